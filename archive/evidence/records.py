"""WARC records as they are stored, copied byte for byte into one file, and its index."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from cdxj_indexer.main import CDXJIndexer
from warcio.archiveiterator import ArchiveIterator

from archive.errors import WarcError
from archive.warc import Place, read_payload

__all__ = ["WARC", "Packed", "Taken", "copy_records", "index"]

WARC = "archive/evidence.warc.gz"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A capture with where its record lies in the package, and where it lay; digests are sha256, hexadecimal.

    `payload_digest` is that of the decoded body, of a revisit that of the record it refers to.
    """

    record_id: str
    url: str
    captured_at: datetime
    status: int
    headers: list[Any]
    media_type: str | None
    obtained: str
    warc_type: str
    refers_to: str | None
    payload_digest: str | None
    payload_length: int
    file: str
    offset: int
    length: int
    record_digest: str
    stored_in: str


@dataclass(frozen=True, slots=True)
class Packed:
    """The bytes of the package's WARC file, and what lies where in it."""

    warc: bytes
    taken: list[Taken]


def copy_records(folder: Path, captures: Sequence[Any]) -> Packed:
    """The records of these captures (rows) with the requests that belong to them, below the heads of their files.

    Raises WarcError where a record cannot be read, or where its bytes are not those that the archive was given.
    """
    out, taken = io.BytesIO(), []
    for name in dict.fromkeys(row.warc_file for row in captures):
        out.write(_first_of(folder / name))
    for row in captures:
        member = _member(folder / row.warc_file, row.warc_offset, row.warc_length)
        _check(folder, row)
        taken.append(_taken(row, out.tell(), member))
        out.write(member)
        out.write(_request(folder / row.warc_file, row.warc_offset + row.warc_length, row.record_id))
    return Packed(out.getvalue(), taken)


def _check(folder: Path, row: Any) -> None:
    if row.warc_type == "revisit" or row.payload_digest is None:
        return
    place = Place(row.warc_file, row.warc_offset, row.warc_length, row.warc_type)
    if hashlib.sha256(read_payload(folder, place)).hexdigest() != row.payload_digest:
        raise WarcError(f"{folder / row.warc_file}: the bytes at {row.warc_offset} are others than were captured; "
                        "run `archive verify`, and restore the file from a backup")  # fmt: skip


def _member(path: Path, offset: int, length: int) -> bytes:
    with _opened(path, offset) as file:
        found = file.read(length)
    if len(found) < length:
        raise WarcError(f"{path}: ends before byte {offset + length}; restore it from a backup")
    return found


def _first_of(path: Path) -> bytes:
    """The first record of a file, which says by what software, and for whom, it was written."""
    with _opened(path, 0) as file:
        return _whole(file)


@contextmanager
def _opened(path: Path, offset: int) -> Iterator[BinaryIO]:
    """A WARC file from `offset` on. Raises WarcError where it cannot be read, or its bytes there are damaged."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            yield file
    except OSError as error:
        raise WarcError(f"{path}: {error.strerror}; restore it from a backup, then run `archive verify`") from None
    except zlib.error as error:
        raise WarcError(f"{path}: damaged after byte {offset} ({error}); restore it from a backup") from None


def _request(path: Path, offset: int, record_id: str) -> bytes:
    """The record after a response, if it is the request that was answered."""
    with _opened(path, offset) as file:
        member = _whole(file)
    record = next(ArchiveIterator(io.BytesIO(member)), None) if member else None
    if record is None or record.rec_type not in ("request", "metadata"):
        return b""
    return member if record.rec_headers.get_header("WARC-Concurrent-To") == f"<{record_id}>" else b""


def _whole(file: BinaryIO) -> bytes:
    """The gzip member that begins here; empty where none does."""
    decoder, read = zlib.decompressobj(wbits=31), b""
    while not decoder.eof and (chunk := file.read(1 << 16)):
        decoder.decompress(chunk)
        read += chunk
    return read[: len(read) - len(decoder.unused_data)] if decoder.eof else b""


def _taken(row: Any, offset: int, member: bytes) -> Taken:
    return Taken(
        record_id=row.record_id, url=row.url, captured_at=row.captured_at, status=row.status, headers=row.headers,
        media_type=row.media_type, obtained=row.obtained, warc_type=row.warc_type, refers_to=row.refers_to,
        payload_digest=row.payload_digest, payload_length=row.payload_length, file=WARC, offset=offset,
        length=len(member), record_digest=hashlib.sha256(member).hexdigest(), stored_in=row.warc_file,
    )  # fmt: skip


def index(warc: bytes) -> bytes:
    """The CDXJ index of the WARC file, sorted, as replay software reads it."""
    out = io.StringIO()
    file = io.BytesIO(warc)
    file.name = WARC
    CDXJIndexer(out, [file], sort=True, filename=WARC.rpartition("/")[2]).process_all()
    return out.getvalue().encode()
