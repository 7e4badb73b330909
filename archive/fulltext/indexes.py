"""What is searched, and the indexes over it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

__all__ = ["STATEMENTS", "VERSIONS", "Field", "Index", "create", "drop"]

# A tsvector holds 1 MiB; of single words parted by single spaces this many characters always fit.
TITLE_CHARACTERS, TEXT_CHARACTERS = 10_000, 200_000


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is searched: how many of its characters, and how much it weighs on SQLite and PostgreSQL."""

    name: str
    characters: int
    bm25: float
    letter: str


@dataclass(frozen=True, slots=True)
class Index:
    """What is searched of one table."""

    table: str
    fields: tuple[Field, ...]


VERSIONS = Index("version", (Field("title", TITLE_CHARACTERS, 4.0, "A"), Field("text", TEXT_CHARACTERS, 1.0, "D")))
STATEMENTS = Index("statement", (Field("words", TEXT_CHARACTERS, 1.0, "D"),))


def create(connection: Connection, index: Index = VERSIONS) -> None:
    """Make the index over its table as it stands; from then on the database keeps it by itself.

    A bulk load into an emptied table is quicker between `drop` and `create`, and only `drop` and `create` leave
    nothing of a deleted text behind in SQLite's index.
    """
    from archive.fulltext import postgresql, sqlite

    made = sqlite.created(index) if connection.dialect.name == "sqlite" else postgresql.created(index)
    _execute(connection, made)


def drop(connection: Connection, index: Index = VERSIONS) -> None:
    """Take the index away. On PostgreSQL the column stays: a table counts its dropped columns for ever, up to 1,600."""
    from archive.fulltext import postgresql, sqlite

    gone = sqlite.dropped(index) if connection.dialect.name == "sqlite" else postgresql.dropped(index)
    _execute(connection, gone)


def _execute(connection: Connection, statements: Sequence[str]) -> None:
    for statement in statements:
        # No parameters here: SQLAlchemy would take a colon for one.
        connection.execute(text(statement.replace(":", "\\:")))
