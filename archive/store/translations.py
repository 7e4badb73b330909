"""Which release is the translation of which: looked for among the releases of one jurisdiction of the same days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from archive.derive.translations import DAYS, Release, original_of
from archive.models import Document, Source, Version
from archive.records import DocumentKind
from archive.store.neighbourhoods import chunks
from archive.store.rows import update_by_id

__all__ = ["link_all_translations", "link_translations"]

ORIGINAL = "en"
_RELEASES = (
    select(
        Document.id, Document.public_id, Document.url, Document.language, Document.published_date, Document.first_seen,
        Document.translation_of_id, Source.jurisdiction, Source.timezone,
    )
    .join(Source, Source.id == Document.source_id)
    .where(Document.document_kind == DocumentKind.PRESS_RELEASE, Source.jurisdiction.is_not(None))
)  # fmt: skip
# A page that was Spanish yesterday and is English today is no translation any more: it is looked at again too.
_FOREIGN = or_(Document.language != ORIGINAL, Document.translation_of_id.is_not(None))


def link_translations(connection: Connection, documents: Collection[int], before: Iterable[Any]) -> None:
    """Look again at the translations that these documents (row numbers) are part of.

    `before` are rows of documents as they were: who was likely then may be the only likely one now.
    """
    spots: dict[str, set[date]] = defaultdict(set)
    for row in (*_places(connection, documents), *_places_before(connection, before)):
        spots[row.jurisdiction].add(_day(row))
    for jurisdiction, days in sorted(spots.items()):
        foreign = (
            row for part in chunks(days, 50) for row in connection.execute(_of(jurisdiction, part).where(_FOREIGN))
        )
        _link(connection, {row.id: row for row in foreign}.values())


def link_all_translations(connection: Connection) -> None:
    """Look for the originals of all releases in other languages."""
    _link(connection, connection.execute(_RELEASES.where(_FOREIGN)).all())


def _places(connection: Connection, documents: Collection[int]) -> Iterator[Any]:
    for part in chunks(documents):
        yield from connection.execute(_RELEASES.where(Document.id.in_(part)))


class _Before:
    """A document as it was, with its publisher's place and time zone."""

    def __init__(self, row: Any, source: Any) -> None:
        self.published_date = row.published_date
        self.first_seen = row.first_seen
        self.jurisdiction = source.jurisdiction
        self.timezone = source.timezone


def _places_before(connection: Connection, before: Iterable[Any]) -> Iterator[_Before]:
    rows = list(before)
    sources: dict[str, Any] = {}
    for part in chunks({row.source_id for row in rows}):
        wanted = select(Source.id, Source.jurisdiction, Source.timezone).where(Source.jurisdiction.is_not(None))
        sources |= {row.id: row for row in connection.execute(wanted.where(Source.id.in_(part)))}
    for row in rows:
        if row.source_id in sources and row.document_kind == DocumentKind.PRESS_RELEASE:
            yield _Before(row, sources[row.source_id])


def _day(row: Any) -> date:
    found: date = row.published_date or row.first_seen.astimezone(ZoneInfo(row.timezone)).date()
    return found


def _of(jurisdiction: str, days: Collection[date]) -> Any:
    return _RELEASES.where(Source.jurisdiction == jurisdiction, or_(*map(_near, days)))


def _near(day: date) -> ColumnElement[bool]:
    """Documents of these days; one without a date is of the day it was first seen, somewhere on earth."""
    first, last = _shifted(day, -DAYS), _shifted(day, DAYS)
    seen = Document.first_seen.between(_start(_shifted(first, -1)), _start(_shifted(last, 2)))
    dated = Document.published_date.between(first, last)
    return or_(dated, and_(Document.published_date.is_(None), seen))


def _shifted(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _start(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _link(connection: Connection, foreign: Iterable[Any]) -> None:
    updates = []
    for row in foreign:
        found = None if row.language in (None, ORIGINAL) else _original(connection, row)
        if found != row.translation_of_id:
            updates.append({"b_id": row.id, "translation_of_id": found})
    update_by_id(connection, Document, updates)


def _original(connection: Connection, row: Any) -> int | None:
    others = connection.execute(_of(row.jurisdiction, [_day(row)]).where(Document.language == ORIGINAL)).all()
    if not others:
        return None
    texts = _texts(connection, [row.id, *(other.id for other in others)])
    original = original_of(_release(row, texts), [_release(other, texts) for other in others])
    return {other.public_id: other.id for other in others}[original] if original else None


def _texts(connection: Connection, documents: Collection[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for part in chunks(documents):
        latest = select(Version.document_id, Version.text).where(Version.document_id.in_(part), Version.is_latest)
        found.update((row.document_id, row.text or "") for row in connection.execute(latest))
    return found


def _release(row: Any, texts: dict[int, str]) -> Release:
    return Release(
        id=row.public_id, url=row.url, language=row.language, day=_day(row), text=texts.get(row.id, ""),
        jurisdiction=row.jurisdiction,
    )  # fmt: skip
