"""Statements for people: found by their words, speaker, office, place and day, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, column, func, literal, or_, select, table

from archive import fulltext
from archive.fulltext import sqlite
from archive.models import Appearance, Document, Speaker, Statement, Version
from archive.query.filters import Filters
from archive.query.matching import COUNTED, EVERY, LOOKED, Matching, OnPostgresql, OnSqlite, Total
from archive.query.naming import is_meant
from archive.query.ranking import Sort, ordered
from archive.query.tagged import is_tagged
from archive.query.wording import snippet
from archive.text import storable

__all__ = [
    "Counts", "StatementHit", "count_statements", "search_statements", "statement_hits", "statements",
    "statements_matching",
    "total_statements",
]  # fmt: skip

VIEW = table("statement_latest", column("statement_id", Text), column("primary_status", Text))

# So many speakers may be named in one question to the index.
NAMED = 200


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
    kind: str | None = None, limit: int = 20, offset: int = 0, sort: Sort = "best",
    marks: tuple[str, str] = ("[", "]"),
) -> list[StatementHit]:  # fmt: skip
    """The statements whose words answer, best first; newest first where the words are common or there are none.

    `office` and `jurisdiction` of the filters are the speaker's on that day, the rest are of a document that carries
    the statement; `speaker` is a part of a name, or the id of a speaker or of a person of the roster. `offset` hits
    are passed over; beyond `ranking.FARTHEST` it raises UsageError.
    """
    query = fulltext.parse(asked)
    matching = statements_matching(connection, query, filters, speaker=speaker, kind=kind)
    best = ordered(matching, query, sort=sort, limit=limit, offset=offset)
    return statement_hits(connection, best, query=query, marks=marks)


def total_statements(
    connection: Connection, asked: str, *, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None, at_most: int = COUNTED,
) -> Total:  # fmt: skip
    """How many statements answer, for a page that shows some of them: counted up to `at_most`."""
    return statements_matching(connection, fulltext.parse(asked), filters, speaker=speaker, kind=kind).count(at_most)


def count_statements(
    connection: Connection, asked: str, *, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None,
) -> Counts:  # fmt: skip
    """How many statements answer, and how many stories and documents carry them that the filters let through."""
    matching = statements_matching(connection, fulltext.parse(asked), filters, speaker=speaker, kind=kind, cut=False)
    found = matching.newest(EVERY).subquery()
    story = func.coalesce(Document.story_id, -Document.id)
    each = (Appearance.statement_id, story, Document.id)
    counted = (
        select(*(func.count(column.distinct()) for column in each))
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Appearance.statement_id.in_(select(found.c.id)), *_carrying(filters), *_on_days(filters))
    )
    row = connection.execute(counted).one()
    return Counts(statements=row[0], stories=row[1], documents=row[2])


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
    status = select(VIEW.c.primary_status).where(VIEW.c.statement_id == Statement.public_id)
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


def statements_matching(
    connection: Connection, query: fulltext.Query, filters: Filters | None, *, speaker: str | None, kind: str | None,
    cut: bool = True,
) -> Matching:  # fmt: skip
    """The statements that answer, newest first by their first day, then by row number.

    Without `cut`, and for a tag, a filter that the index of SQLite does not know is asked of every statement, whatever
    it takes.
    """
    given = filters or Filters()
    speaker, kind = (storable(asked) if asked else None for asked in (speaker, kind))
    if connection.dialect.name == "sqlite":
        meant = _speakers(connection, speaker)
        outside = _outside(given)
        if meant is None and speaker:
            outside.append(Statement.speaker_id.in_(select(Speaker.id).where(is_meant(connection, speaker))))
        return OnSqlite(
            connection=connection, index=fulltext.STATEMENTS, query=query, marks=_marks(given, meant, kind),
            ranges=(sqlite.row_range(None, given.until.toordinal() if given.until else None, latest=True),),
            outside=tuple(outside), looked=LOOKED if cut and not given.tag else EVERY,
        )  # fmt: skip
    conditions = [*_conditions(given, kind), *_outside(given)]
    if speaker:
        conditions.append(is_meant(connection, speaker))
    rows = select(Statement.id).join(Speaker, Speaker.id == Statement.speaker_id).where(*conditions)
    return OnPostgresql(
        connection=connection, index=fulltext.STATEMENTS, query=query, rows=rows, day=Statement.first_date
    )  # fmt: skip


def _speakers(connection: Connection, speaker: str | None) -> list[int] | None:
    """The row numbers of the speakers meant; None where they are too many to be named in a question, or none asked."""
    if not speaker:
        return None
    found = select(Speaker.id).where(is_meant(connection, speaker)).order_by(Speaker.id).limit(NAMED + 1)
    numbers = list(connection.scalars(found))
    return numbers if len(numbers) <= NAMED else None


def _marks(filters: Filters, speakers: Sequence[int] | None, kind: str | None) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    if speakers is not None:
        # No speaker has the number nought, so that nothing answers where nobody is meant.
        found.append(tuple(sqlite.mark("p", number) for number in speakers or (0,)))
    if kind:
        found.append((sqlite.mark("k", kind),))
    if filters.office:
        found.append((sqlite.mark("o", filters.office),))
    if filters.jurisdiction:
        within = sqlite.mark("j", filters.jurisdiction.rstrip("/") + "/")
        found.append((sqlite.mark("j", filters.jurisdiction), f"{within}*"))
    return tuple(found)


def _conditions(given: Filters, kind: str | None) -> list[ColumnElement[bool]]:
    found = []
    if kind:
        found.append(Statement.kind == kind)
    if given.office:
        found.append(Statement.office == given.office)
    if given.jurisdiction:
        within = Statement.jurisdiction.startswith(given.jurisdiction.rstrip("/") + "/", autoescape=True)
        found.append(or_(Statement.jurisdiction == given.jurisdiction, within))
    if given.until:
        found.append(Statement.first_date <= given.until)
    return found


def _outside(given: Filters) -> list[ColumnElement[bool]]:
    """The conditions that SQLite's index of statements knows nothing of."""
    found: list[ColumnElement[bool]] = []
    if given.since:
        found.append(Statement.last_date >= given.since)
    if carrying := _carrying(given):
        carried = (
            select(literal(1))
            .select_from(Appearance)
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .where(*carrying, Appearance.statement_id == Statement.id)
            .correlate(Statement)
        )
        found.append(carried.exists())
    if given.tag:
        found.append(is_tagged(given.tag))
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
