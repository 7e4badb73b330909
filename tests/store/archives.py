"""Archives for tests: a source, captures of invented pages, and all derived rows in a form that can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from archive import Archive, Run
from archive.catalog import Discover, SourceEntry
from archive.models import (
    Appearance,
    CaptureRow,
    Coverage,
    Delisting,
    Document,
    DocumentUrl,
    ExtractionRow,
    NearDuplicate,
    Removal,
    Speaker,
    Statement,
    StatementTag,
    Story,
    Version,
    Wording,
)
from archive.records import Capture, DocumentKind, Receipt

BEGINNING = datetime(2026, 1, 5, 12, tzinfo=UTC)
HTML = (("Content-Type", "text/html; charset=utf-8"),)
_SYLLABLES = ("ba", "ro", "ti", "lum", "ke", "sa", "ver", "no", "dal", "pi")


def source(name: str = "xx-alder-mayor", **changes: Any) -> SourceEntry:
    """An invented source."""
    values: dict[str, Any] = {
        "id": name, "title": "Mayor of Alder", "kind": DocumentKind.PRESS_RELEASE,
        "start": ("https://alder.example/news",), "discover": Discover(strategy="listing", options={}),
        "timezone": "America/Chicago", "rights": "public record",
    }  # fmt: skip
    return SourceEntry(**{**values, **changes})


def prose(seed: int, words: int = 80) -> str:
    """Invented words, the same for the same seed, with nothing in common for different ones."""
    digits = [(seed * 7919 + n * (seed + 3)) % 1000 for n in range(words)]
    return " ".join("".join(_SYLLABLES[int(digit)] for digit in f"{seed % 10}{value:03d}") for value in digits) + "."


def page(text: str, title: str = "Mayor opens the bridge") -> bytes:
    """A plain web page."""
    body = "".join(f"<p>{part}</p>" for part in text.split("\n"))
    head = f"<head><title>{title}</title></head>"
    return f"<html>{head}<body><main><article><h1>{title}</h1>{body}</article></main></body></html>".encode()


def answer(path: str, text: str | None = None, *, day: float = 0, status: int = 200, **changes: Any) -> Capture:
    """A capture of `https://alder.example<path>` so many days after the beginning."""
    headers = changes.pop("headers", HTML)
    payload = changes.pop("payload", page(text) if text is not None else b"")
    return Capture(
        url=f"https://alder.example{path}", captured_at=BEGINNING + timedelta(days=day), status=status,
        headers=headers, payload=payload, **changes,
    )  # fmt: skip


def redirect(path: str, target: str, *, day: float, status: int = 301) -> Capture:
    """A capture of a redirect."""
    return answer(path, day=day, status=status, headers=(("Location", f"https://alder.example{target}"),))


@contextmanager
def running(archive: Archive, entry: SourceEntry | None = None, **options: Any) -> Iterator[Run]:
    """A run that is finished at the end."""
    run = archive.start_run(entry or source(), operator="tests", **options)
    try:
        yield run
    finally:
        run.finish("finished")


def add(
    archive: Archive, captures: Iterable[Capture], entry: SourceEntry | None = None, **options: Any
) -> list[Receipt]:
    """Add captures in one run."""
    with running(archive, entry, **options) as run:
        return list(run.add_all(captures))


class InThisProcess:
    """An executor that computes at once: hundreds of archives in one property cannot each start processes."""

    def submit(self, function: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(function(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


def derived_rows(archive: Archive) -> dict[str, list[Any]]:
    """All derived rows, by public ids instead of row numbers, sorted."""
    document, other, story = Document.public_id, Document.__table__.alias("other"), Story.public_id
    selects = {
        "document": select(*_columns(Document, {"id", "story_id", "translation_of_id"}), story).outerjoin(
            Story, Story.id == Document.story_id
        ),
        "document_url": select(document, *_columns(DocumentUrl, {"document_id"})).join(Document),
        "version": select(document, CaptureRow.record_id, ExtractionRow.key, *_columns(Version, _NUMBERS))
        .join(Document, Document.id == Version.document_id)
        .join(CaptureRow, CaptureRow.id == Version.capture_id)
        .join(ExtractionRow, ExtractionRow.id == Version.extraction_id),
        "removal": select(document, *_columns(Removal, {"id", "document_id"})).join(Document),
        "story": select(story, Story.documents),
        "near_duplicate": select(document, other.c.public_id, NearDuplicate.jaccard)
        .join(Document, Document.id == NearDuplicate.a_id)
        .join(other, other.c.id == NearDuplicate.b_id),
        "delisting": select(CaptureRow.record_id, Delisting.address, Delisting.delisted_at).join(
            CaptureRow, CaptureRow.id == Delisting.capture_id
        ),
        "coverage": select(*_columns(Coverage, set())),
    }
    selects |= _speech()
    with archive.read() as connection:
        found = {name: [tuple(row) for row in connection.execute(query)] for name, query in selects.items()}
    found["near_duplicate"] = [(*sorted(row[:2]), row[2]) for row in found["near_duplicate"]]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def _speech() -> dict[str, Any]:
    """Speakers, wordings, statements and appearances by public ids; a primary appearance by its place."""
    primary = aliased(Appearance)
    at, number = Document.public_id, Version.number
    translated = aliased(Document)
    return {
        "speaker": select(*_columns(Speaker, {"id", "document_id"}), at).outerjoin(
            Document, Document.id == Speaker.document_id
        ),
        "wording": select(Speaker.key, *_columns(Wording, {"id", "speaker_id"})).join(Speaker),
        "statement": select(
            Speaker.key, primary.char_start, primary.words, *_columns(Statement, {"id", "speaker_id", "primary_id"})
        )
        .join(Speaker, Speaker.id == Statement.speaker_id)
        .outerjoin(primary, primary.id == Statement.primary_id),
        "appearance": select(
            at, number, Statement.public_id, Wording.public_id, Speaker.key,
            *_columns(Appearance, {"id", "version_id", "statement_id", "wording_id", "speaker_id"}),
        )
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .outerjoin(Statement, Statement.id == Appearance.statement_id)
        .outerjoin(Wording, Wording.id == Appearance.wording_id)
        .outerjoin(Speaker, Speaker.id == Appearance.speaker_id),
        "statement_tag": select(Statement.public_id, StatementTag.dictionary, StatementTag.tag).join(Statement),
        "translation": select(at, translated.public_id).join(
            translated, translated.id == Document.translation_of_id
        ),
    }  # fmt: skip


_NUMBERS = {"id", "document_id", "capture_id", "extraction_id"}


def _columns(model: Any, without: set[str]) -> list[Any]:
    return [column for column in model.__table__.c if column.name not in without]
