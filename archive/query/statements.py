"""Statements for people: found by their words, speaker, office, place and day, and counted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, literal_column, not_, or_, select

from archive import fulltext
from archive.models import Appearance, Document, Speaker, Statement, Version
from archive.query.filters import Filters
from archive.query.naming import is_meant
from archive.query.wording import snippet
from archive.views import STATEMENT_APPEARANCE as VIEW

__all__ = ["Counts", "StatementHit", "count_statements", "search_statements", "statement_hits", "statements"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementHit:
    """A statement that answers. `stories` counts independent stories; days are those of its appearances."""

    statement: str
    speaker: str
    speaker_id: str
    speaker_class: str
    office: str | None
    office_basis: str | None
    jurisdiction: str | None
    jurisdiction_name: str | None
    kind: str
    first_date: date
    last_date: date
    stories: int
    documents: int
    primary_status: str | None
    repeat_of: str | None
    checked: bool
    words: str
    snippet: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many statements, in how many independent stories and documents; a document without a story is its own."""

    statements: int
    stories: int
    documents: int


def search_statements(
    connection: Connection, asked: str, *, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None, limit: int = 20, marks: tuple[str, str] = ("[", "]"),
) -> list[StatementHit]:  # fmt: skip
    """The statements whose words answer, best first, newest first where no words are asked for.

    `office` and `jurisdiction` of the filters are the speaker's on that day, the rest are of a document that carries
    the statement; `speaker` is a part of a name, or the id of a speaker or of a person of the roster.
    """
    query = fulltext.parse(asked)
    newest = (Statement.first_date.desc(), Statement.public_id)
    wanted = _answering(connection, query, Statement.id).where(*_conditions(connection, filters, speaker, kind))
    order = (literal_column("hits.fit").desc(), *newest) if query.groups else newest
    best = list(connection.scalars(wanted.order_by(*order).limit(limit)))
    return statement_hits(connection, best, query=query, marks=marks)


def count_statements(
    connection: Connection, asked: str, *, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None,
) -> Counts:  # fmt: skip
    """How many statements answer, and how many stories and documents carry them that the filters let through."""
    query = fulltext.parse(asked)
    wanted = _answering(connection, query, Statement.id).where(*_conditions(connection, filters, speaker, kind))
    story = func.coalesce(Document.story_id, -Document.id)
    each = (Appearance.statement_id, story, Document.id)
    counted = (
        select(*(func.count(column.distinct()) for column in each))
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Appearance.statement_id.in_(wanted), *_carrying(filters), *_on_days(filters))
    )
    found = connection.execute(counted).one()
    return Counts(statements=found[0], stories=found[1], documents=found[2])


def statements(connection: Connection, ids: Iterable[str]) -> list[StatementHit]:
    """The statements of these public ids, earliest first."""
    wanted = select(Statement.id).where(Statement.public_id.in_(list(ids)))
    return statement_hits(connection, connection.scalars(wanted.order_by(Statement.first_date, Statement.public_id)))


def statement_hits(
    connection: Connection, numbers: Iterable[int], *, query: fulltext.Query | None = None,
    marks: tuple[str, str] = ("[", "]"),
) -> list[StatementHit]:  # fmt: skip
    """The statements of these row numbers, in that order; without a query the snippet is how their words begin."""
    place = {number: at for at, number in enumerate(numbers)}
    # The words and what the view has to look up are fetched last, for the few that are shown.
    status = select(func.max(VIEW.c.primary_status)).where(VIEW.c.statement_id == Statement.public_id)
    rows = connection.execute(
        select(
            Statement.__table__,
            Speaker.name.label("speaker"),
            Speaker.public_id.label("speaker_public"),
            Speaker.speaker_class,
            status.scalar_subquery().label("primary_status"),
        )
        .join(Speaker, Speaker.id == Statement.speaker_id)
        .where(Statement.id.in_(place))
    )
    return [_hit(row, query or fulltext.Query(), marks) for row in sorted(rows, key=lambda row: place[row.id])]


def _hits_of(query: fulltext.Query, connection: Connection) -> Any:
    return fulltext.hits(query, connection.dialect.name, fulltext.STATEMENTS).subquery("hits")


def _answering(connection: Connection, query: fulltext.Query, *columns: Any) -> Select[*tuple[Any, ...]]:
    wanted = select(*columns).join(Speaker, Speaker.id == Statement.speaker_id)
    if query.groups:
        found = _hits_of(query, connection)
        wanted = wanted.join(found, found.c.id == Statement.id)
    return wanted.where(not_(fulltext.refused(query, connection.dialect.name, fulltext.STATEMENTS)))


def _conditions(
    connection: Connection, filters: Filters | None, speaker: str | None, kind: str | None
) -> list[ColumnElement[bool]]:
    given, found = filters or Filters(), []
    if speaker:
        found.append(is_meant(connection, speaker))
    if kind:
        found.append(Statement.kind == kind)
    if given.office:
        found.append(Statement.office == given.office)
    if given.jurisdiction:
        within = Statement.jurisdiction.startswith(given.jurisdiction.rstrip("/") + "/", autoescape=True)
        found.append(or_(Statement.jurisdiction == given.jurisdiction, within))
    if given.since:
        found.append(Statement.last_date >= given.since)
    if given.until:
        found.append(Statement.first_date <= given.until)
    if carrying := _carrying(given):
        carried = (
            select(Appearance.statement_id)
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .where(*carrying, Appearance.statement_id.is_not(None))
        )
        found.append(Statement.id.in_(carried))
    return found


def _carrying(filters: Filters | None) -> list[ColumnElement[bool]]:
    found = []
    if filters and filters.source:
        found.append(Document.source_id == filters.source)
    if filters and filters.document_kind:
        found.append(Document.document_kind == filters.document_kind)
    return found


def _on_days(filters: Filters | None) -> list[ColumnElement[bool]]:
    found = []
    if filters and filters.since:
        found.append(Appearance.day >= filters.since)
    if filters and filters.until:
        found.append(Appearance.day <= filters.until)
    return found


def _hit(row: Any, query: fulltext.Query, marks: tuple[str, str]) -> StatementHit:
    return StatementHit(
        statement=row.public_id,
        speaker=row.speaker,
        speaker_id=row.speaker_public,
        speaker_class=row.speaker_class,
        office=row.office,
        office_basis=row.office_basis,
        jurisdiction=row.jurisdiction,
        jurisdiction_name=row.jurisdiction_name,
        kind=row.kind,
        first_date=row.first_date,
        last_date=row.last_date,
        stories=row.stories,
        documents=row.documents,
        primary_status=row.primary_status,
        repeat_of=row.repeat_of,
        checked=row.checked,
        words=row.words,
        snippet=snippet(row.words, query, marks=marks),
    )
