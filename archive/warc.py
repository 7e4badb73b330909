"""WARC 1.1 files: what a server answered, kept byte for byte.

A writer appends to a file of its own, which it closes read-only into `manifest.sha256` (as `sha256sum -c` reads it)
when it is full or its run ends. Each record is one gzip member written by one call, so that a kill leaves at worst a
torn last member, which `seal_abandoned` cuts off before the file is closed in its stead.
"""

from __future__ import annotations

import base64
import fcntl
import hashlib
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from isal import igzip
from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from archive.errors import WarcError
from archive.records import Capture

__all__ = [
    "MANIFEST",
    "Original",
    "Place",
    "WarcWriter",
    "add_to_manifest",
    "read_payload",
    "seal_abandoned",
    "sha256_of",
]

MANIFEST = "manifest.sha256"
MAX_BYTES = 1_000_000_000
# A sixth of the time of zlib's usual level, for a tenth more bytes.
COMPRESSION = 3
SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
# The payload is kept decoded, so these would be untrue of it; what they said is kept under another name.
_UNTRUE = frozenset({"content-encoding", "transfer-encoding", "content-length"})


# Makes records, and keeps nothing of them.
_BUILDER = WARCWriter(BytesIO(), gzip=False, warc_version="1.1")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record lies: file name within the WARC folder, offset and length in bytes, and its type."""

    file: str
    offset: int
    length: int
    warc_type: str


@dataclass(frozen=True, slots=True)
class Original:
    """The record that a revisit refers to."""

    record_id: str
    url: str
    captured_at: datetime


class WarcWriter:
    """Appends records to files `otr-<name>-<time>-<token>.warc.gz` in a folder; not for use by two threads."""

    def __init__(
        self, folder: Path, *, name: str, software: str, operator: str, robots: str, max_bytes: int = MAX_BYTES
    ) -> None:
        self.folder = folder
        self.name = name
        self.info = {"software": software, "operator": operator, "robots": robots, "format": "WARC File Format 1.1"}
        self.max_bytes = max_bytes
        self.file: BinaryIO | None = None
        self._serialiser = WARCWriter(BytesIO(), gzip=False, warc_version="1.1")

    def write(self, capture: Capture, record_id: str, original: Original | None = None) -> Place:
        """Append a capture as response (resource, conversion, revisit of `original`) with its request; not yet synced.

        Raises OSError where the disk refuses; what was written of the record is then cut off again.
        """
        if self.file is None or self.file.tell() >= self.max_bytes:
            self._rotate()
        assert self.file is not None
        record = _record(capture, record_id, original)
        offset, length = self._append(record)
        if capture.request_headers:
            self._append(_request(capture, record_id))
        return Place(self.path.name, offset, length, record.rec_type)

    def sync(self) -> None:
        """Hand what was written to the disk: call it before the rows that refer to it are committed."""
        if self.file is not None:
            self.file.flush()
            if os.environ.get("ARCHIVE_SYNCHRONOUS", "FULL") != "NORMAL":
                os.fsync(self.file.fileno())

    def close(self) -> None:
        """Close the current file read-only and enter it in the manifest."""
        if self.file is not None:
            self.sync()
            _seal(self.path)
            self.file.close()
            self.file = None

    def _rotate(self) -> None:
        self.close()
        self.folder.mkdir(parents=True, exist_ok=True)
        stamp = datetime.now(UTC).strftime("%Y%m%d%H%M%S")
        self.path = self.folder / f"otr-{self.name}-{stamp}-{uuid4().hex[:8]}.warc.gz"
        self.file = self.path.open("xb", buffering=0)
        # Held for as long as this process lives: others see by it that the file is not abandoned.
        fcntl.flock(self.file, fcntl.LOCK_EX)
        self._append(_BUILDER.create_warcinfo_record(self.path.name, self.info))

    def _append(self, record: ArcWarcRecord) -> tuple[int, int]:
        assert self.file is not None
        plain = BytesIO()
        self._serialiser.out = plain
        self._serialiser.write_record(record)
        member = igzip.compress(plain.getvalue(), COMPRESSION)
        offset = self.file.tell()
        try:
            written = self.file.write(member)
            while written < len(member):
                written += self.file.write(member[written:])
        except OSError:
            self.file.truncate(offset)
            self.file.seek(offset)
            raise
        return offset, len(member)


def _record(capture: Capture, record_id: str, original: Original | None) -> ArcWarcRecord:
    headers = {"WARC-Record-ID": f"<{record_id}>", "WARC-Date": warc_date(capture.captured_at)}
    if capture.truncated:
        headers["WARC-Truncated"] = capture.truncated
    if original is not None:
        profile = NOT_MODIFIED if capture.status == 304 else SAME_PAYLOAD
        record = _BUILDER.create_revisit_record(
            capture.url,
            digest=_payload_digest(capture),
            refers_to_uri=original.url,
            refers_to_date=warc_date(original.captured_at),
            http_headers=_http_headers(capture),
            warc_headers_dict=headers,
        )
        record.rec_headers.replace_header("WARC-Profile", profile)
        if capture.status == 304:
            record.rec_headers.remove_header("WARC-Payload-Digest")
        record.rec_headers.add_header("WARC-Refers-To", f"<{original.record_id}>")
        return record
    if capture.drawn_from:
        headers["WARC-Refers-To"] = f"<{capture.drawn_from}>"
        return _BUILDER.create_warc_record(
            capture.url, "conversion", payload=BytesIO(capture.payload), length=len(capture.payload),
            warc_content_type=capture.header("content-type") or "text/html", warc_headers_dict=headers,
        )  # fmt: skip
    if capture.url.startswith("urn:"):
        headers["Content-Type"] = capture.header("content-type") or "text/plain"
        return _BUILDER.create_warc_record(
            capture.url, "resource", payload=BytesIO(capture.payload), length=len(capture.payload),
            warc_content_type=headers["Content-Type"], warc_headers_dict=headers,
        )  # fmt: skip
    return _BUILDER.create_warc_record(
        capture.url, "response", payload=BytesIO(capture.payload), length=len(capture.payload),
        http_headers=_http_headers(capture), warc_headers_dict=headers,
    )  # fmt: skip


def _request(capture: Capture, record_id: str) -> ArcWarcRecord:
    path = "/" + capture.url.split("://", 1)[-1].partition("/")[2]
    return _BUILDER.create_warc_record(
        capture.url,
        "request",
        http_headers=StatusAndHeaders(f"GET {path} HTTP/1.1", list(capture.request_headers), is_http_request=True),
        warc_headers_dict={
            "WARC-Date": warc_date(capture.captured_at),
            "WARC-Concurrent-To": f"<{record_id}>",
        },
    )


def _http_headers(capture: Capture) -> StatusAndHeaders:
    kept = [(f"X-Archive-Orig-{key}" if key.lower() in _UNTRUE else key, value) for key, value in capture.headers]
    if capture.status != 304:
        kept.append(("Content-Length", str(len(capture.payload))))
    clean = [(key, value.replace("\r", " ").replace("\n", " ")) for key, value in kept]
    return StatusAndHeaders(f"{capture.status} {'OK' if capture.status == 200 else ''}".strip(), clean, "HTTP/1.1")


def _payload_digest(capture: Capture) -> str:
    """As warcio writes it for the response that a revisit refers to, so that the two can be matched."""
    return f"sha1:{base64.b32encode(hashlib.sha1(capture.payload, usedforsecurity=False).digest()).decode()}"


def warc_date(at: datetime) -> str:
    """A time as WARC 1.1 writes it, with microseconds where there are any."""
    plain = at.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="microseconds" if plain.microsecond else "seconds") + "Z"


def read_payload(folder: Path, place: Place) -> bytes:
    """The payload of the record at a place. Raises WarcError naming the file where it cannot be read."""
    path = folder / place.file
    try:
        with path.open("rb") as file:
            file.seek(place.offset)
            # The whole member at once: its checksum stands at the end, which a reader of the payload never reaches.
            member = zlib.decompress(file.read(place.length), wbits=31)
            record = next(ArchiveIterator(BytesIO(member)), None)
            if record is None:
                raise WarcError(
                    f"{path}: no record at byte {place.offset}; run `archive verify` for all that is damaged"
                )
            return bytes(record.content_stream().read())
    except FileNotFoundError:
        raise WarcError(f"{path}: the WARC file is gone; restore it from a backup, then run `archive verify`") from None
    except (OSError, EOFError, zlib.error, ArchiveLoadFailed, ValueError, UnicodeError) as error:
        raise WarcError(f"{path}: damaged at byte {place.offset} ({error}); restore it from a backup") from None


def seal_abandoned(folder: Path) -> list[Path]:
    """Close the files that killed processes left open: a torn last record is cut off. Gives the files closed."""
    listed = {name for name, _ in manifest(folder)}
    sealed = []
    for path in sorted(folder.glob("otr-*.warc.gz")):
        if path.name not in listed and _claim(path):
            sealed.append(path)
    return sealed


def _claim(path: Path) -> bool:
    try:
        file = path.open("r+b")
    except OSError:
        return False
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        file.truncate(_whole_length(file))
        _seal(path)
        return True


def _whole_length(file: BinaryIO) -> int:
    """The length up to which gzip members are whole."""
    file.seek(0)
    whole, decoder, position = 0, zlib.decompressobj(wbits=31), 0
    while chunk := file.read(1 << 20):
        while chunk:
            try:
                decoder.decompress(chunk)
            except zlib.error:
                return whole
            position += len(chunk) - len(decoder.unused_data)
            chunk = decoder.unused_data
            if not decoder.eof:
                break
            whole, decoder = position, zlib.decompressobj(wbits=31)
    return whole


def _seal(path: Path) -> None:
    path.chmod(0o444)
    add_to_manifest(path.parent, path.name, sha256_of(path))


def sha256_of(path: Path) -> str:
    """sha256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add_to_manifest(folder: Path, name: str, digest: str) -> None:
    """Enter a closed file; one short append, so that writers need not wait for one another."""
    with (folder / MANIFEST).open("ab", buffering=0) as file:
        file.write(f"{digest}  {name}\n".encode())


def manifest(folder: Path) -> Iterator[tuple[str, str]]:
    """File name and sha256 of the closed files; a later line replaces an earlier one of the same file."""
    lines: dict[str, str] = {}
    with suppress(FileNotFoundError):
        for line in (folder / MANIFEST).read_text(encoding="utf-8").splitlines():
            digest, _, name = line.partition("  ")
            lines[name] = digest
    return iter(lines.items())
