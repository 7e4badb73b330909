"""From what a person writes - a statement's, wording's, appearance's or record's id - to statements and appearances."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, or_, select

from archive.errors import UnknownRecord
from archive.models import Appearance, CaptureRow, Document, RetiredId, Statement, Version, Wording
from archive.query.ids import SHORTEST, find_document, version_id

__all__ = [
    "Spot", "appearance_id", "find_appearance", "find_statement", "find_statements", "heir_of", "is_appearance",
    "is_retired",
]  # fmt: skip

_HEX = re.compile(r"[0-9a-f]{1,20}")
_APPEARANCE = re.compile(r"(?P<version>.+)#(?P<start>\d{1,9})(?:-(?P<end>\d{1,9}))?")
MOST = 1_000  # that the beginning of an id is taken to mean
LISTED = 20  # statements that one id may mean, and that are named where it means too many


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where an appearance stands; `statement` is the public id of the statement it is of, None where it is nobody's."""

    id: str
    document: str
    words: str
    start: int
    statement: str | None


def appearance_id(document: str, first_captured: datetime, start: int, end: int) -> str:
    """How an appearance is cited: `DOCUMENT@TIME#START-END`, the version and the offsets in its text."""
    return f"{version_id(document, first_captured)}#{start}-{end}"


def is_appearance(written: str) -> bool:
    """Whether this is written as the id of an appearance is."""
    return _APPEARANCE.fullmatch(written.strip()) is not None


def find_statements(connection: Connection, written: str) -> list[str]:
    """The public ids of the statements that something means, the earliest first; none where it means none.

    It may be a statement's id or a wording's, either of them by at least 6 first characters, an id that retired, an
    appearance (`DOCUMENT@TIME#START-END`), or the record id that `statement_appearance` gives.
    """
    given = written.strip()
    if is_appearance(given):
        found = find_appearance(connection, given).statement
        return [found] if found else []
    if _HEX.fullmatch(given.lower()) and len(given) >= SHORTEST:
        for named in (given.lower(), heir_of(connection, given.lower(), "statement")):
            if ids := _statements(connection, _by_id(connection, named)):
                return ids
    return _statements(connection, _by_record(given))


def find_statement(connection: Connection, written: str) -> str:
    """The public id of the one statement that something means. Raises UnknownRecord for none, or several."""
    ids = find_statements(connection, written)
    if len(ids) == 1:
        return ids[0]
    if ids:
        more = ", ..." if len(ids) == LISTED else ""
        raise UnknownRecord(f"{written!r} means several statements: {', '.join(ids)}{more}; name one of them")
    if is_appearance(written):
        raise UnknownRecord(f"{written} is of no statement: nobody can be named whose words these are")
    raise UnknownRecord(
        f"no statement or wording has the id {written!r}; `archive search --in statements WORDS` prints ids"
    )


def find_appearance(connection: Connection, written: str) -> Spot:
    """The appearance that `DOCUMENT@TIME#START-END` cites, in the version in force then.

    The end may be left out where one appearance begins there, the time where the latest version is meant. Raises
    UnknownRecord where there is none, or more than one.
    """
    cited = _APPEARANCE.fullmatch(written.strip())
    if cited is None:
        raise UnknownRecord(
            f"{written!r} is no appearance; `archive trace STATEMENT` prints them, as ID@TIME#START-END"
        )
    found = find_document(connection, cited["version"])
    wanted = _SPOTS.where(Document.id == found.row, Appearance.char_start == int(cited["start"]))
    if cited["end"]:
        wanted = wanted.where(Appearance.char_end == int(cited["end"]))
    if found.at is not None:
        wanted = wanted.where(Version.first_captured <= found.at)
    rows = connection.execute(wanted.order_by(Version.number.desc(), Appearance.char_end)).all()
    return _the_only(written, [row for row in rows if row.number == _in_force(connection, found.row, found.at)])


def _in_force(connection: Connection, document: int, at: datetime | None) -> int | None:
    numbers = select(Version.number).where(Version.document_id == document).order_by(Version.number.desc())
    return connection.scalar((numbers.where(Version.first_captured <= at) if at else numbers).limit(1))


def _the_only(written: str, rows: Sequence[Any]) -> Spot:
    # The extractor's own quotation counts before what was found in it: decisions are about the former.
    own = [row for row in rows if not row.held] or rows
    if len(own) != 1:
        ends = ", ".join(f"{row.char_start}-{row.char_end}" for row in own)
        what = f"several appearances begin there ({ends}); write the end too" if own else "no quotation stands there"
        raise UnknownRecord(f"{written}: {what}")
    (row,) = own
    return Spot(
        id=appearance_id(row.document, row.first_captured, row.char_start, row.char_end),
        document=row.document,
        words=row.words,
        start=row.char_start,
        statement=row.statement,
    )


_SPOTS = (
    select(
        Document.public_id.label("document"), Version.number, Version.first_captured, Appearance.words,
        Appearance.char_start, Appearance.char_end, Appearance.held, Statement.public_id.label("statement"),
    )
    .join(Version, Version.id == Appearance.version_id)
    .join(Document, Document.id == Version.document_id)
    .outerjoin(Statement, Statement.id == Appearance.statement_id)
)  # fmt: skip


def _statements(connection: Connection, means: ColumnElement[bool]) -> list[str]:
    found = select(Statement.public_id).where(means).order_by(Statement.first_date, Statement.public_id)
    return list(connection.scalars(found.limit(LISTED)))


def _by_id(connection: Connection, given: str) -> ColumnElement[bool]:
    # The numbers first, each by its own index: asked in one question, SQLite looks at every statement.
    own = select(Statement.id).where(Statement.public_id.between(given, given + "g"))
    worded = (
        select(Appearance.statement_id)
        .join(Wording, Wording.id == Appearance.wording_id)
        .where(Wording.public_id.between(given, given + "g"), Appearance.statement_id.is_not(None))
    )
    return Statement.id.in_([*connection.scalars(own.limit(MOST)), *connection.scalars(worded.distinct().limit(MOST))])


def _by_record(given: str) -> ColumnElement[bool]:
    recorded = (
        select(Appearance.statement_id)
        .join(Version, Version.id == Appearance.version_id)
        .join(CaptureRow, CaptureRow.id == Version.capture_id)
        .where(or_(CaptureRow.record_id == given.strip("<>"), CaptureRow.handed_id == given))
    )
    return Statement.id.in_(recorded)


def heir_of(connection: Connection, given: str, kind: str) -> str:
    """What took the place of an id of a statement or speaker that retired, or the id itself."""
    seen: set[str] = set()
    while given not in seen:
        seen.add(given)
        heir = connection.scalar(select(RetiredId.new).where(RetiredId.old == given, RetiredId.kind == kind))
        given = heir or given
    return given


def is_retired(connection: Connection, given: str) -> bool:
    """Whether this very id was one that retired."""
    return connection.scalar(select(RetiredId.old).where(RetiredId.old == given)) is not None
