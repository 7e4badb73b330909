"""WARC, ARC and WACZ files, of whatever crawler: their answers as captures that keep record id and date.

Taken are `response` and `resource` records of pages, PDF files and plain texts, answers without a page (a redirect,
404, 410, 5xx), and `revisit` records whose first record is in one of the files. Of a file that is cut or damaged
every whole record before that is used.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr
from datetime import UTC, datetime
from gzip import GzipFile
from io import StringIO
from pathlib import Path
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from archive.ingest.files import MAX_BYTES
from archive.ingest.values import Counted, Fault
from archive.records import Capture, Obtained

__all__ = ["WarcReader"]

CHUNK = 1 << 16
_GZIP = b"\x1f\x8b"
_FIRST_WORDS = (b"WARC/", b"filedesc:")  # of a WARC and of an ARC file
_ADDRESSES = ("http://", "https://", "urn:sha256:", "urn:record:")
_READABLE = ("text/html", "application/xhtml", "application/pdf", "text/plain")
# warcio has undone these in what it gives as payload.
_UNDONE = frozenset({"content-encoding", "transfer-encoding", "content-length"})
_DAMAGE = (ArchiveLoadFailed, EOFError, ValueError, zlib.error)
Result = Capture | Counted | Fault


class WarcReader:
    """Reads files one after another, and remembers where payloads lie for the revisits of later ones."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[str, int]] = {}

    def read(self, path: Path) -> Iterator[Result]:
        """The captures of a file, what was left out, and what was lost. Raises OSError where it cannot be opened."""
        if not zipfile.is_zipfile(path):
            yield from self._read_warc(path, str(path))
            return
        # A revisit is resolved by going back in the file, and a zip's member cannot go back.
        with zipfile.ZipFile(path) as packed, tempfile.TemporaryDirectory() as folder:
            for name in packed.namelist():
                if name.startswith("archive/") and ".warc" in name:
                    copy = Path(packed.extract(name, folder))
                    yield from self._read_warc(copy, f"{path}, {name}")
            self._places = {key: place for key, place in self._places.items() if not place[0].startswith(folder)}

    def _read_warc(self, path: Path, shown: str) -> Iterator[Result]:
        whole, damage = 0, ""
        try:
            for record, offset_of in _records(path):
                result = self._result(path, offset_of, record)
                if not _is_whole(record):
                    damage = "its last record is cut"
                    break
                whole += 1
                if result is not None:
                    yield result
        except _DAMAGE as error:
            damage = (str(error).splitlines() or [type(error).__name__])[0][:60]
        if not whole:
            yield Fault("no_warc_file", f"{shown}: holds no whole WARC record; give a .warc, .warc.gz or .wacz file")
        elif damage:
            kept = f"the {whole} whole records before that were used"
            yield Fault("cut_or_damaged_file", f"{shown}: cut or damaged ({damage}); {kept}, what follows is lost")

    def _result(self, path: Path, offset_of: Callable[[], int], record: ArcWarcRecord) -> Result | None:
        url = record.rec_headers.get_header("WARC-Target-URI") or ""
        if record.rec_type not in ("response", "resource", "revisit"):
            return None
        if not url.startswith(_ADDRESSES):
            return Counted("no_web_address", url)
        if record.rec_type == "revisit" and _status(record) != 304:
            return self._revisit(record, url)
        media_type = _media_type(record)
        if 200 <= _status(record) < 300 and media_type and not media_type.startswith(_READABLE):
            return Counted("no_page", url)
        payload = _payload(record)
        if payload is None:
            return Counted("too_large", url)
        place = (str(path), offset_of())
        for key in _keys(record, url):
            self._places.setdefault(key, place)
        return _capture(record, url, payload)

    def _revisit(self, record: ArcWarcRecord, url: str) -> Result:
        uri, date = (record.rec_headers.get_header(f"WARC-Refers-To-{name}") for name in ("Target-URI", "Date"))
        keys = (
            (record.rec_headers.get_header("WARC-Refers-To") or "").strip("<>"),
            f"{uri} {date}",
            record.rec_headers.get_header("WARC-Payload-Digest") or "",
        )
        place = next((self._places[key] for key in keys if key in self._places), None)
        if place is None:
            return Counted("revisit_without_its_first_record", url)
        with Path(place[0]).open("rb") as file:
            file.seek(place[1])
            first = next(iter(ArchiveIterator(file, arc2warc=True)))
            payload = _payload(first) or b""
        return _capture(record, url, payload, first=first)


def _records(path: Path) -> Iterator[tuple[ArcWarcRecord, Callable[[], int]]]:
    """The records of a file, each with what tells its offset once it is read.

    A file gzipped as one piece is read through the unpacked stream.
    """
    with path.open("rb") as file:
        start = _start(file)
        if not start.startswith(_FIRST_WORDS):
            return
        # One gzip member that holds several records: another one begins after the first one's content.
        if start.count(b"WARC-Record-ID:") < 2 or file.read(2) != _GZIP:
            file.seek(0)
            yield from _iterated(file)
            return
    with GzipFile(path) as unpacked:
        yield from _iterated(unpacked)


def _iterated(file: BinaryIO | GzipFile) -> Iterator[tuple[ArcWarcRecord, Callable[[], int]]]:
    records = ArchiveIterator(file, arc2warc=True)
    while True:
        with redirect_stderr(StringIO()):  # warcio talks of every oddity, we say one sentence at the end
            record = next(records, None)
        if record is None:
            return
        yield record, records.get_record_offset  # asked before, it would read the record away


def _start(file: BinaryIO) -> bytes:
    """The first bytes of the first gzip member, or of the file itself."""
    start = file.read(16 * CHUNK)
    file.seek(0)
    return zlib.decompressobj(wbits=31).decompress(start, 64 * CHUNK) if start.startswith(_GZIP) else start


def _is_whole(record: ArcWarcRecord) -> bool:
    """Read what is left of a record: warcio ends a cut one without a word."""
    while record.raw_stream.read(CHUNK):
        pass
    return int(getattr(record.raw_stream, "limit", 0)) == 0


def _payload(record: ArcWarcRecord) -> bytes | None:
    stream, payload = record.content_stream(), bytearray()
    while chunk := stream.read(CHUNK):
        payload += chunk
        if len(payload) > MAX_BYTES:
            return None
    return bytes(payload)


def _keys(record: ArcWarcRecord, url: str) -> Iterator[str]:
    headers = record.rec_headers
    if record_id := headers.get_header("WARC-Record-ID"):
        yield record_id.strip("<>")
    yield f"{url} {headers.get_header('WARC-Date')}"
    if digest := headers.get_header("WARC-Payload-Digest"):
        yield digest


def _status(record: ArcWarcRecord) -> int:
    if record.http_headers is None:
        return 200
    said = record.http_headers.get_statuscode()
    return int(said) if said.isdecimal() else 0


def _media_type(record: ArcWarcRecord) -> str:
    headers = record.rec_headers if record.http_headers is None else record.http_headers
    return (headers.get_header("Content-Type") or "").strip().lower()


def _capture(record: ArcWarcRecord, url: str, payload: bytes, *, first: ArcWarcRecord | None = None) -> Result:
    source = record if record.http_headers is not None or first is None else first
    date = record.rec_headers.get_header("WARC-Date") or ""
    try:
        captured_at = datetime.fromisoformat(date)
    except ValueError:
        return Counted("no_capture_date", url)
    if not 100 <= _status(source) <= 599:
        return Counted("no_http_status", url)
    headers = (
        source.http_headers.headers if source.http_headers is not None else [("Content-Type", _media_type(source))]
    )
    return Capture(
        url=url,
        captured_at=captured_at.astimezone(UTC) if captured_at.tzinfo else captured_at.replace(tzinfo=UTC),
        status=_status(source),
        headers=tuple((name, value) for name, value in headers if name.lower() not in _UNDONE),
        payload=payload,
        obtained=Obtained.IMPORT,
        record_id=(record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>") or None,
        truncated=record.rec_headers.get_header("WARC-Truncated"),
    )
