"""WARC files as a place that answers requests: an index of what they hold, and the answer at one address."""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from archive.errors import UsageError, WarcError
from archive.urls import address_of

__all__ = ["WarcAnswer", "WarcIndex", "open_index"]

logger = logging.getLogger(__name__)

# warcio has undone these when it gives a payload.
UNDONE = frozenset({"content-encoding", "transfer-encoding"})
CHUNK = 65_536
# The last two are what warcio stumbles into where a record's head is cut.
UNREADABLE = (ArchiveLoadFailed, EOFError, OSError, ValueError, zlib.error, AttributeError, TypeError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One record of a file. `record_id` is without its angle brackets."""

    file: str
    offset: int
    captured_at: datetime
    record_id: str
    digest: str | None
    revisit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcAnswer:
    """What a server once answered; `payload` is decoded."""

    status: int
    headers: tuple[tuple[str, str], ...]
    payload: bytes
    captured_at: datetime
    record_id: str


class WarcIndex:
    """Where the answers of some WARC files lie, the latest one of each address."""

    def __init__(self, held: dict[str, Held], by_address: dict[str, Held], payloads: dict[str, Held]) -> None:
        self.held = held
        self.by_address = by_address
        self.payloads = payloads

    def answer(self, url: str, max_size: int) -> WarcAnswer | None:
        """The answer at exactly this address, else at the same canonical one; None where the files hold neither.

        Raises OverflowError for a payload of more than `max_size` bytes when decoded.
        """
        found = self.held.get(url)
        if found is None:
            try:
                found = self.by_address.get(address_of(url))
            except ValueError:
                return None
        return self._read(found, max_size) if found is not None else None

    def _read(self, held: Held, max_size: int) -> WarcAnswer | None:
        record, payload = _load(held, max_size)
        if held.revisit:
            original = self.payloads.get(held.digest or "")
            if original is None:
                return None
            first, payload = _load(original, max_size)
            record.http_headers = record.http_headers or first.http_headers
        headers = tuple((key, value) for key, value in record.http_headers.headers if key.lower() not in UNDONE)
        return WarcAnswer(
            status=int(record.http_headers.get_statuscode()),
            headers=headers,
            payload=payload,
            captured_at=held.captured_at,
            record_id=held.record_id,
        )


@lru_cache(maxsize=4)
def open_index(paths: tuple[str, ...]) -> WarcIndex:
    """Read the files once and say where everything lies; a file that is cut gives what is whole, with a warning.

    Raises UsageError for a file that is not there, WarcError for one that is no WARC file at all.
    """
    held: dict[str, Held] = {}
    by_address: dict[str, Held] = {}
    payloads: dict[str, Held] = {}
    for path in paths:
        if not Path(path).is_file():
            raise UsageError(f"{path}: no such WARC file; look at REPLAY")
        for url, found in _scan(path):
            if found.digest and not found.revisit:
                payloads.setdefault(found.digest, found)
            _keep(held, url, found)
            try:
                _keep(by_address, address_of(url), found)
            except ValueError:
                continue  # held by its exact spelling only
    return WarcIndex(held, by_address, payloads)


def _keep(index: dict[str, Held], key: str, found: Held) -> None:
    known = index.get(key)
    if known is None or known.captured_at <= found.captured_at:
        index[key] = found


def _scan(path: str) -> Iterator[tuple[str, Held]]:
    whole = read = 0
    damage: str | None = None
    try:
        with Path(path).open("rb") as file:
            records = ArchiveIterator(file)
            for record in records:
                if not _is_whole(record):
                    damage = "a record is cut"
                    continue
                records.read_to_end()
                offset = records.get_record_offset()
                read = offset + records.get_record_length()
                whole += 1
                if described := _describe(path, offset, record):
                    yield described
        # A member cut within its first bytes looks to warcio like the end of the file.
        if damage is None and read < Path(path).stat().st_size:
            damage = "its last record is cut"
    except UNREADABLE as error:
        damage = str(error)
    if damage and not whole:
        raise WarcError(f"{path}: no readable WARC file ({damage}); look at REPLAY")
    if damage:
        logger.warning("%s is cut or damaged (%s); its %d whole records are used", path, damage, whole)


def _is_whole(record: ArcWarcRecord) -> bool:
    """Read a record to its end: warcio ends a cut one without a word."""
    if (
        record.rec_headers.get_header("WARC-Record-ID") is None
        or record.rec_headers.get_header("Content-Length") is None
    ):
        return False
    while record.raw_stream.read(CHUNK):
        pass
    return int(getattr(record.raw_stream, "limit", 0)) == 0


def _describe(path: str, offset: int, record: ArcWarcRecord) -> tuple[str, Held] | None:
    url = record.rec_headers.get_header("WARC-Target-URI") or ""
    revisit = record.rec_type == "revisit"
    if record.rec_type not in ("response", "revisit") or not url.startswith(("http://", "https://")):
        return None
    # "Not modified" answered a condition that nobody has set here.
    if record.http_headers is None or record.http_headers.get_statuscode() == "304":
        return None
    return url, Held(
        file=path,
        offset=offset,
        captured_at=datetime.fromisoformat(record.rec_headers.get_header("WARC-Date")).astimezone(UTC),
        record_id=record.rec_headers.get_header("WARC-Record-ID").strip("<>"),
        digest=record.rec_headers.get_header("WARC-Payload-Digest"),
        revisit=revisit,
    )


def _load(held: Held, max_size: int) -> tuple[ArcWarcRecord, bytes]:
    with Path(held.file).open("rb") as file:
        file.seek(held.offset)
        record = next(iter(ArchiveIterator(file)))
        stream = record.content_stream()
        payload = bytearray()
        while chunk := stream.read(CHUNK):
            payload += chunk
            if len(payload) > max_size:
                raise OverflowError(f"larger than {max_size} bytes")
        return record, bytes(payload)
