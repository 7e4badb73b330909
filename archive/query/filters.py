"""Filters on documents, the same for a search, a list and an export."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Date, Select, and_, cast, func, or_, select

from archive.models import Appearance, Document, Source, Statement, Version
from archive.query.tagged import is_tagged
from archive.text import storable

__all__ = ["CONFIDENT", "Filters", "carrying", "published_day"]

# What exports and samples take by default: under it an attribution is too doubtful to be published on.
CONFIDENT = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What a document must be; a filter left None lets everything through.

    `since` and `until` are inclusive days of publication; a document without a date counts by the UTC day on which
    it was first seen. `jurisdiction` takes the divisions within it too. `tag` is that of a statement, or of one that
    the document carries: `TAG` or `DICTIONARY/TAG`.
    """

    source: str | None = None
    jurisdiction: str | None = None
    office: str | None = None
    document_kind: str | None = None
    since: date | None = None
    until: date | None = None
    tag: str | None = None

    def __post_init__(self) -> None:
        for name in ("source", "jurisdiction", "office", "document_kind", "tag"):
            # Whatever is written in an address or a form: what no database takes, no document has.
            object.__setattr__(self, name, storable(getattr(self, name)) if getattr(self, name) else None)

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions on rows of `document` joined with `source`."""
        found = self.of_source()
        if self.document_kind:
            found.append(Document.document_kind == self.document_kind)
        if self.tag:
            found.append(Document.id.in_(carrying(self.tag)))
        return [*found, *self._days()]

    def of_source(self) -> list[ColumnElement[bool]]:
        """The conditions on rows of `source`."""
        found: list[ColumnElement[bool]] = []
        if self.source:
            found.append(Source.id == self.source)
        if self.jurisdiction:
            within = Source.jurisdiction.startswith(self.jurisdiction.rstrip("/") + "/", autoescape=True)
            found.append(or_(Source.jurisdiction == self.jurisdiction, within))
        if self.office:
            found.append(Source.office == self.office)
        return found

    def _days(self) -> list[ColumnElement[bool]]:
        found = []
        undated = Document.published_date.is_(None)
        if self.since:
            seen = and_(undated, Document.first_seen >= _midnight(self.since))
            found.append(or_(Document.published_date >= self.since, seen))
        if self.until and self.until < date.max:
            seen = and_(undated, Document.first_seen < _midnight(self.until + timedelta(days=1)))
            found.append(or_(Document.published_date <= self.until, seen))
        return found


def carrying(tag: str) -> Select[int]:
    """The documents (row numbers) whose latest version carries a statement of a tag."""
    return (
        select(Version.document_id)
        .join(Appearance, Appearance.version_id == Version.id)
        .join(Statement, Statement.id == Appearance.statement_id)
        .where(Version.is_latest, is_tagged(tag))
        .correlate(None)
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def published_day(dialect: str) -> ColumnElement[date]:
    """A document's day of publication, else the UTC day on which it was first seen."""
    if dialect == "sqlite":
        return func.coalesce(Document.published_date, func.date(Document.first_seen))
    return func.coalesce(Document.published_date, cast(func.timezone("UTC", Document.first_seen), Date))
