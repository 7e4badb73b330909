"""What a worker process does with one payload: extract it, and work out by what its text is compared."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date

from pebble import ProcessExpired

from archive import text
from archive.extract import EXTRACTOR
from archive.records import Capture, Extraction, Outcome, Page

__all__ = ["ExtractionTask", "Prepared", "key_for", "outcome_of", "prepare", "task_for"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionTask:
    """One page to extract, with what a person handed in beside it."""

    key: str
    payload_digest: str
    page: Page
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An extraction with its digests; `key` and `payload_digest` are those of its task."""

    key: str
    payload_digest: str
    extraction: Extraction
    text_digest: str | None = None
    text_key: str | None = None
    words: int = 0
    signature: bytes | None = None
    redacted: bool = False


Hints = tuple[tuple[str, str], ...]


def key_for(capture: Capture, *, address: str, payload_digest: str, hints: Hints) -> str:
    """The digest of everything that a capture's extraction depends on, the extractor's own version among it."""
    day, media_type = capture.captured_at.date().isoformat(), capture.header("content-type")
    said = (payload_digest, address, day, EXTRACTOR, media_type, hints, capture.title, str(capture.published))
    return text.digest(repr(said))


def task_for(capture: Capture, *, address: str, payload_digest: str, hints: Hints) -> ExtractionTask:
    """The extraction task of a capture."""
    media_type, charset = _content_type(capture.header("content-type"))
    return ExtractionTask(
        key=key_for(capture, address=address, payload_digest=payload_digest, hints=hints),
        payload_digest=payload_digest,
        page=Page(
            payload=capture.payload,
            url=None if capture.url.startswith("urn:") else capture.url,
            media_type=media_type,
            charset=charset,
            captured=capture.captured_at.date(),
            status=capture.status,
            headers=capture.headers,
            hints=hints,
        ),
        title=capture.title,
        published=capture.published,
    )


def _content_type(value: str | None) -> tuple[str | None, str | None]:
    media_type, _, rest = (value or "").partition(";")
    _, _, charset = rest.partition("charset=")
    return media_type.strip().lower() or None, charset.split(";")[0].strip(" \"'") or None


def prepare(task: ExtractionTask) -> Prepared:
    """Extract a page; pure, runs in a worker process."""
    from archive.extract import read_page

    found = read_page(task.page, title=task.title, published=task.published)
    if found.outcome is not Outcome.TEXT:
        return Prepared(key=task.key, payload_digest=task.payload_digest, extraction=replace(found, text=""))
    return Prepared(
        key=task.key,
        payload_digest=task.payload_digest,
        extraction=found,
        text_digest=text.digest(found.text),
        text_key=text.text_key(found.title, found.text),
        words=len(text.words(found.text)),
        signature=text.signature(found.text),
    )


def _unreadable(task: ExtractionTask, reason: str) -> Prepared:
    """The stored outcome of a page whose extraction was stopped or died."""
    return Prepared(
        key=task.key,
        payload_digest=task.payload_digest,
        extraction=Extraction(outcome=Outcome.UNREADABLE, reason=reason),
    )


def outcome_of(task: ExtractionTask, future: Future[Prepared]) -> Prepared:
    """What came of a task; a stopped or dead worker is an outcome like any other, which a rebuild reuses."""
    try:
        return future.result()
    except TimeoutError:
        return _unreadable(task, "the extraction was stopped at its time limit")
    except ProcessExpired:
        return _unreadable(task, "the worker process died over this page")
