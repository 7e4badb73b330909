"""What a table of an export is made of: columns with all that a dictionary says of them, and where rows come from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, collate, literal_column, nulls_first, select

from archive.export.choice import Asked, Choice

__all__ = ["DERIVED", "FACTS", "OBSERVED", "RIGHTS", "Column", "Reference", "Table", "derived", "observed"]

OBSERVED, DERIVED = "observed", "derived"
RIGHTS = ("cc-by", "cc0", "facts", "public record", "publisher")
# In rows of the archive's own records nobody has a right.
FACTS: Any = literal_column("'facts'")
BATCH = 4_000

Join = Callable[[Select[*tuple[Any, ...]], Asked], Select[*tuple[Any, ...]]]
Given = Callable[[Asked], Iterable[Sequence[Any]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `type` is string, integer, number, boolean, date or datetime (UTC).

    `basis` says whether the value is OBSERVED (what a server or a page said, or when) or DERIVED by this program.
    `missing` says what null means; a column without it is never null. `values` are the only ones allowed. `since` is
    the version of these definitions (`archive.export.tables.SCHEMA`) that brought the column. `origin` is an SQL
    expression, or None in a table whose rows are given; `chosen` makes one of the choice where that matters, and
    `convert` makes the value of what the database gave.
    """

    name: str
    type: str
    description: str
    basis: str
    origin: Any = None
    chosen: Callable[[Choice], Any] | None = None
    convert: Callable[[Any], Any] | None = None
    unit: str | None = None
    values: tuple[str, ...] = ()
    missing: str | None = None
    since: str = "1"

    def expression(self, choice: Choice) -> Any:
        """What to select for it."""
        return self.chosen(choice) if self.chosen else self.origin


def observed(name: str, type_: str, description: str, origin: Any = None, **said: Any) -> Column:
    """A column of what was seen."""
    return Column(name=name, type=type_, description=description, basis=OBSERVED, origin=origin, **said)


def derived(name: str, type_: str, description: str, origin: Any = None, **said: Any) -> Column:
    """A column of what this program makes of what was seen."""
    return Column(name=name, type=type_, description=description, basis=DERIVED, origin=origin, **said)


@dataclass(frozen=True, slots=True)
class Reference:
    """That each value of a column (null apart) is a value of `column` in the table `table` of the same export."""

    name: str
    table: str
    column: str = "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its columns, and how its rows are found. Rows are in the order of `key`, the names of its columns.

    `unique` says that no two rows have one key, and no part of it is null. Rows come from the database by `joined`,
    which adds joins and conditions to a select of the columns, or are `given`, in their order.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    joined: Join | None = None
    given: Given | None = None
    references: tuple[Reference, ...] = ()
    unique: bool = True
    batch: int = BATCH

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of this name."""
        return self.columns[self.names.index(name)]

    def select(self, asked: Asked) -> Select[*tuple[Any, ...]]:
        """The select of this table's rows in their order."""
        assert self.joined is not None, "only tables of the database are selected from it"
        found = {column.name: column.expression(asked.choice) for column in self.columns}
        wanted = self.joined(select(*(value.label(name) for name, value in found.items())), asked)
        return wanted.order_by(*(self._ordered(name, found[name], asked.dialect) for name in self.key))

    def _ordered(self, name: str, value: Any, dialect: str) -> ColumnElement[Any]:
        # PostgreSQL orders texts by the locale of the database, and no two servers need have the same.
        if dialect == "postgresql" and self.column(name).type == "string":
            value = collate(value, "C")
        ordered: ColumnElement[Any] = nulls_first(value) if self.column(name).missing else value
        return ordered
