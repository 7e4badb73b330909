"""What a decision would change: it is carried out, looked at, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from archive.models import Appearance, Speaker, Statement, Version
from archive.store.neighbourhoods import chunks

__all__ = ["Changed", "Standing", "rehearse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A statement as far as a person deciding about it looks at it; `speaker` is the speaker's public id."""

    words: str
    speaker: str
    name: str
    office: str | None
    stories: int
    documents: int
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A statement, by public id, as it is and as it would be; None where it is not, or would not be any more."""

    statement: str
    before: Standing | None
    after: Standing | None


def rehearse(connection: Connection, documents: Collection[int], act: Callable[[], object]) -> list[Changed]:
    """The statements that would not be as they are if something were done that touches these documents (row numbers).

    The connection is in a transaction, whose state is afterwards what it was.
    """
    touched = set(_statements(connection, documents))
    savepoint = connection.begin_nested()
    try:
        act()
        touched.update(_statements(connection, documents))
        after = _standings(connection, touched)
    finally:
        savepoint.rollback()
    before = _standings(connection, touched)
    return [
        Changed(statement=each, before=before.get(each), after=after.get(each))
        for each in sorted(touched, key=lambda each: (each not in before, each))
        if before.get(each) != after.get(each)
    ]


def _statements(connection: Connection, documents: Collection[int]) -> Iterator[str]:
    for part in chunks(documents):
        carried = (
            select(Appearance.statement_id)
            .join(Version, Version.id == Appearance.version_id)
            .where(Version.document_id.in_(part))
        )
        yield from connection.scalars(select(Statement.public_id).where(Statement.id.in_(carried)))


def _standings(connection: Connection, statements: Collection[str]) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for part in chunks(statements):
        rows = connection.execute(
            select(Statement.__table__, Speaker.public_id.label("speaker"), Speaker.name)
            .join(Speaker, Speaker.id == Statement.speaker_id)
            .where(Statement.public_id.in_(part))
        )
        for row in rows:
            found[row.public_id] = Standing(
                words=row.words, speaker=row.speaker, name=row.name, office=row.office, stories=row.stories,
                documents=row.documents, checked=row.checked,
            )  # fmt: skip
    return found
