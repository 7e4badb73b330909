"""Texts that somebody hands in: kept exactly as given, under the address, title and day given with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from archive import text
from archive.ingest.files import decode, lines_of, read_bytes
from archive.ingest.lines import BadLine, read_lines
from archive.ingest.values import Fault, record_id_of
from archive.records import Capture, Obtained
from archive.urls import record_address, text_address

__all__ = ["read_records", "read_text"]

_HEADERS = (("Content-Type", "text/plain; charset=utf-8"),)


def read_text(
    path: str, *, now: datetime, url: str | None = None, title: str | None = None, published: date | None = None
) -> Capture | Fault:
    """One plain text file, or standard input for `-`."""
    try:
        words = decode(read_bytes(path))
    except (OSError, ValueError) as error:
        return Fault("unreadable_file", f"{path}: {getattr(error, 'strerror', None) or error}; it was left out")
    if not words.strip():
        return Fault("empty_text", f"{path}: is empty; it was left out")
    return _capture(words, url or text_address(text.digest(words)), now=now, title=title, published=published)


def read_records(path: str, source: str, *, now: datetime) -> Iterator[Capture | Fault]:
    """The records of a JSON-lines file; one without a URL is known by its id within the source.

    Of two texts under one id in one file the second is left out: which of them was first nobody says.
    """
    texts: dict[str, str] = {}
    try:
        for line in read_lines(lines_of(path)):
            if isinstance(line, BadLine):
                yield Fault("bad_record", f"{path}: {line.reason}; it was left out")
            elif texts.setdefault(line.id, text.digest(line.text)) != text.digest(line.text):
                yield Fault("bad_record", f"{path}: id {line.id!r} comes again with another text; it was left out")
            else:
                address = line.url or record_address(source, line.id)
                yield _capture(line.text, address, now=now, title=line.title, published=line.published, handed=line.id)
    except (OSError, ValueError) as error:
        yield Fault("unreadable_file", f"{path}: {getattr(error, 'strerror', None) or error}; the rest was left out")


def _capture(
    words: str, url: str, *, now: datetime, title: str | None, published: date | None, handed: str | None = None
) -> Capture:
    return Capture(
        url=url,
        captured_at=now,
        status=200,
        headers=_HEADERS,
        payload=words.encode(errors="replace"),
        obtained=Obtained.HANDED_IN,
        record_id=record_id_of(url, words, title, published),
        title=title,
        published=published,
        handed_id=handed,
    )
