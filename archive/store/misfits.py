"""What is not as it should be among speakers, wordings, statements and appearances; all of it a rebuild mends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, exists, func, or_, select
from sqlalchemy.orm import aliased

from archive.derive.statements import Group, Mention, order, statement_id
from archive.derive.wordings import wording_id
from archive.models import Appearance, Document, Speaker, Statement, Version, Wording
from archive.store.mentions import heard_where
from archive.store.speakers import speaker_id

__all__ = ["Misfit", "misfits"]

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Misfit:
    """One row that does not fit the others."""

    kind: str
    where: str
    what: str


def misfits(connection: Connection) -> Iterator[Misfit]:
    """Everything, appearances first."""
    yield from _words(connection)
    yield from _names(connection)
    yield from _statements(connection)
    yield from _pointers(connection)


def _words(connection: Connection) -> Iterator[Misfit]:
    there = func.substr(Version.text, Appearance.char_start + 1, Appearance.char_end - Appearance.char_start)
    wanted = (
        select(Document.public_id, Version.number, Appearance.char_start)
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(or_(Version.text.is_(None), there != Appearance.words))
    )
    for row in connection.execute(wanted):
        what = f"version {row.number} does not have the quoted words at character {row.char_start}"
        yield Misfit("words_misplaced", row.public_id, what)


def _names(connection: Connection) -> Iterator[Misfit]:
    for page in _pages(connection, select(Speaker.id, Speaker.public_id, Speaker.key), Speaker.id):
        for row in page:
            if row.public_id != speaker_id(row.key):
                yield Misfit("id_wrong", row.public_id, "is not the id of this speaker's key")
    columns = (Wording.id, Wording.public_id, Wording.normal, Speaker.key)
    wordings = select(*columns).join(Speaker, Speaker.id == Wording.speaker_id)
    for page in _pages(connection, wordings, Wording.id):
        for row in page:
            if row.public_id != wording_id(row.key, row.normal):
                yield Misfit("id_wrong", row.public_id, "is not the id of this wording's words and speaker")


def _statements(connection: Connection) -> Iterator[Misfit]:
    """A statement's id is that of its earliest mention."""
    for page in _pages(connection, select(Statement.id, Statement.public_id), Statement.id):
        mentions: dict[int, list[Mention]] = defaultdict(list)
        for heard in heard_where(connection, Appearance.statement_id.between(page[0].id, page[-1].id)):
            mentions[heard.rows[0].statement_id].append(heard.mention)
        for row in page:
            if row.id not in mentions:
                yield Misfit("statement_empty", row.public_id, "is in no document")
            elif statement_id(Group(mentions=(min(mentions[row.id], key=order),))) != row.public_id:
                yield Misfit("id_wrong", row.public_id, "is not the id of this statement's earliest words")


def _pointers(connection: Connection) -> Iterator[Misfit]:
    earlier = aliased(Statement)
    repeated = exists().where(earlier.public_id == Statement.repeat_of)
    for public in connection.scalars(select(Statement.public_id).where(Statement.repeat_of.is_not(None), ~repeated)):
        yield Misfit("dangling_row", public, "repeats a statement that is not there")
    primary = exists().where(Appearance.id == Statement.primary_id, Appearance.statement_id == Statement.id)
    for public in connection.scalars(select(Statement.public_id).where(Statement.primary_id.is_not(None), ~primary)):
        yield Misfit("dangling_row", public, "has a primary source that is no appearance of it")


def _pages(connection: Connection, wanted: Any, number: Any) -> Iterator[list[Any]]:
    last = 0
    while page := connection.execute(wanted.where(number > last).order_by(number).limit(PAGE)).all():
        yield list(page)
        last = page[-1].id
