"""Full-text search of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from archive import fulltext
from archive.fulltext import sqlite
from archive.models import Document, Source, Version
from archive.query.filters import Filters, carrying, published_day
from archive.query.ids import version_id
from archive.query.matching import COUNTED, EVERY, Matching, OnPostgresql, OnSqlite, Total
from archive.query.ranking import Sort, ordered
from archive.query.wording import snippet

__all__ = ["DocumentCounts", "Hit", "count_documents", "documents_matching", "search", "total_documents"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A version that answers; `snippet` has the hits between the marks that were asked for."""

    document: str
    version: str
    source: str
    document_kind: str
    title: str | None
    url: str
    published_date: date | None
    first_captured: datetime
    is_latest: bool
    removal_state: str | None
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCounts:
    """How many documents answer, in how many independent stories; a document without a story is its own."""

    stories: int
    documents: int


def search(
    connection: Connection,
    asked: str,
    *,
    filters: Filters | None = None,
    all_versions: bool = False,
    limit: int = 20,
    offset: int = 0,
    sort: Sort = "best",
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """The versions that answer, best first; newest first where the words are common or there are none.

    Only latest versions are looked at, unless `all_versions`. The query language is that of `archive.fulltext`.
    `offset` hits are passed over; beyond `ranking.FARTHEST` it raises UsageError.
    """
    query = fulltext.parse(asked)
    matching = documents_matching(connection, query, filters, all_versions=all_versions)
    best = ordered(matching, query, sort=sort, limit=limit, offset=offset)
    return [_hit(row, query, marks) for row in _rows(connection, best)]


def total_documents(
    connection: Connection,
    asked: str,
    *,
    filters: Filters | None = None,
    all_versions: bool = False,
    at_most: int = COUNTED,
) -> Total:
    """How many versions answer, for a page that shows some of them: counted up to `at_most`."""
    matching = documents_matching(connection, fulltext.parse(asked), filters, all_versions=all_versions)
    return matching.count(at_most)


def count_documents(
    connection: Connection, asked: str, *, filters: Filters | None = None, all_versions: bool = False
) -> DocumentCounts:
    """How many documents, in how many independent stories, have a version that answers; all are counted."""
    matching = documents_matching(connection, fulltext.parse(asked), filters, all_versions=all_versions)
    found = matching.newest(EVERY).subquery()
    each = (func.coalesce(Document.story_id, -Document.id), Document.id)
    counted = select(*(func.count(column.distinct()) for column in each)).select_from(found)
    joined = counted.join(Version, Version.id == found.c.id).join(Document, Document.id == Version.document_id)
    row = connection.execute(joined).one()
    return DocumentCounts(stories=row[0], documents=row[1])


def documents_matching(
    connection: Connection, query: fulltext.Query, filters: Filters | None, *, all_versions: bool
) -> Matching:
    """The versions that answer, newest first by `published_day`, then by row number."""
    given = filters or Filters()
    if connection.dialect.name == "sqlite":
        first, last = (day.toordinal() if day else None for day in (given.since, given.until))
        latest = (True, False) if all_versions else (True,)
        return OnSqlite(
            connection=connection, index=fulltext.VERSIONS, query=query, marks=_marks(connection, given),
            ranges=tuple(sqlite.row_range(first, last, latest=each) for each in latest),
            outside=(Version.document_id.in_(carrying(given.tag)),) if given.tag else (),
            looked=EVERY,
        )  # fmt: skip
    rows = select(Version.id).join(Document, Document.id == Version.document_id)
    rows = rows.join(Source, Source.id == Document.source_id).where(*given.conditions())
    return OnPostgresql(
        connection=connection, index=fulltext.VERSIONS, query=query, day=published_day("postgresql"),
        rows=rows if all_versions else rows.where(Version.is_latest),
    )  # fmt: skip


def _marks(connection: Connection, filters: Filters) -> tuple[tuple[str, ...], ...]:
    found = []
    if filters.source or filters.office or filters.jurisdiction:
        sources = connection.scalars(select(Source.id).where(*filters.of_source()).order_by(Source.id))
        # No source has the mark of none, so that nothing answers where no source passes.
        found.append(tuple(sqlite.mark("s", source) for source in sources) or (sqlite.mark("s", ""),))
    if filters.document_kind:
        found.append((sqlite.mark("k", filters.document_kind),))
    return tuple(found)


def _rows(connection: Connection, best: Sequence[int]) -> list[Any]:
    # The texts are fetched last: a sort of everything that answers would carry them all.
    rows = connection.execute(
        select(
            Version.id, Document.public_id, Document.source_id, Document.document_kind, Version.title, Document.url,
            Document.published_date, Version.first_captured, Version.is_latest, Document.removal_state, Version.text,
        )
        .join(Document, Document.id == Version.document_id)
        .where(Version.id.in_(best))
    )  # fmt: skip
    place = {row: number for number, row in enumerate(best)}
    return sorted(rows, key=lambda row: place[row.id])


def _hit(row: Any, query: fulltext.Query, marks: tuple[str, str]) -> Hit:
    return Hit(
        document=row.public_id,
        version=version_id(row.public_id, row.first_captured),
        source=row.source_id,
        document_kind=row.document_kind,
        title=row.title,
        url=row.url,
        published_date=row.published_date,
        first_captured=row.first_captured,
        is_latest=row.is_latest,
        removal_state=row.removal_state,
        snippet=snippet(row.text or "", query, marks=marks),
    )
