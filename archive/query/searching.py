"""Full-text search of documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, func, not_, select

from archive import fulltext
from archive.models import Document, Source, Version
from archive.query.filters import Filters, published_day
from archive.query.ids import version_id
from archive.query.wording import snippet

__all__ = ["DocumentCounts", "Hit", "count_documents", "search"]

# Of words that so many versions hold, relevance tells nothing and costs a look at every one of them.
COMMON = 1_000


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
    marks: tuple[str, str] = ("[", "]"),
) -> list[Hit]:
    """The versions that answer, best first; newest first where the words are common or there are none.

    Only latest versions are looked at, unless `all_versions`. The query language is that of `archive.fulltext`.
    """
    query = fulltext.parse(asked)
    dialect = connection.dialect.name
    hits = fulltext.hits(query, dialect)
    newest = (published_day(dialect).desc(), Document.public_id, Version.number.desc())
    found = hits.subquery("hits")
    order = newest if _common(connection, query, hits) else (found.c.fit.desc(), *newest)
    wanted = _answering(found, query, dialect, filters, all_versions, found.c.id)
    best = list(connection.scalars(wanted.order_by(*order).limit(limit)))
    return [_hit(row, query, marks) for row in _rows(connection, best)]


def count_documents(
    connection: Connection, asked: str, *, filters: Filters | None = None, all_versions: bool = False
) -> DocumentCounts:
    """How many documents, in how many independent stories, have a version that answers."""
    query = fulltext.parse(asked)
    dialect = connection.dialect.name
    found = fulltext.hits(query, dialect).subquery("hits")
    each = (func.coalesce(Document.story_id, -Document.id), Document.id)
    counted = (func.count(column.distinct()) for column in each)
    row = connection.execute(_answering(found, query, dialect, filters, all_versions, *counted)).one()
    return DocumentCounts(stories=row[0], documents=row[1])


def _answering(
    found: Any, query: fulltext.Query, dialect: str, filters: Filters | None, all_versions: bool, *columns: Any
) -> Select[*tuple[Any, ...]]:
    wanted = (
        select(*columns)
        .select_from(found)
        .join(Version, Version.id == found.c.id)
        .join(Document, Document.id == Version.document_id)
        .join(Source, Source.id == Document.source_id)
        .where(not_(fulltext.refused(query, dialect)), *(filters or Filters()).conditions())
    )
    return wanted if all_versions else wanted.where(Version.is_latest)


def _rows(connection: Connection, best: list[int]) -> list[Any]:
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


def _common(connection: Connection, query: fulltext.Query, hits: Select[*tuple[Any, ...]]) -> bool:
    if not query.groups:
        return True
    some = hits.with_only_columns(hits.selected_columns.id).limit(COMMON + 1).subquery()
    return (connection.scalar(select(func.count()).select_from(some)) or 0) > COMMON


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
