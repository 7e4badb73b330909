"""What a table of an export is made of: columns with their types, meanings and origins, and how rows are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, collate, null, or_, select

from archive.models import Appearance, Statement
from archive.query.filters import CONFIDENT, Filters

__all__ = ["Choice", "Column", "Table"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What of an archive is exported: the documents, how sure attributions must be, and what is left out.

    Quotations of nobody, and what a person checked, are there whatever `min_confidence` (0.0 to 1.0) is.
    """

    filters: Filters = field(default_factory=Filters)
    min_confidence: float = CONFIDENT
    include_text: bool = True
    private_names: bool = False

    def sure(self) -> list[ColumnElement[bool]]:
        """The condition on rows of `appearance` outer-joined with `statement`."""
        if self.min_confidence <= 0:
            return []
        checked = or_(Appearance.checked, Statement.checked)
        return [or_(Appearance.speaker_id.is_(None), Appearance.confidence >= self.min_confidence, checked)]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `type` is string, integer, number, boolean, date or datetime (UTC).

    `public` takes the place of `origin` where it would name a private person, unless names are asked for.
    """

    name: str
    type: str
    description: str
    origin: Any
    public: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table: its columns, and how its rows are found and ordered; `body` names the columns of others' words.

    Filters are conditions on documents. A table that is not of documents says by `within` which of its own columns must
    be among what a select of documents, to which the conditions are added, gives. `spoken` tables are of appearances,
    or of what appearances carry, and hold only what is sure enough.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    joined: Callable[[Select[*tuple[Any, ...]]], Select[*tuple[Any, ...]]]
    order: tuple[Any, ...]
    body: frozenset[str] = frozenset()
    within: tuple[Any, Select[*tuple[Any, ...]]] | None = None
    spoken: bool = False

    def rows(self, choice: Choice, dialect: str) -> Select[*tuple[Any, ...]]:
        """The select of this table's rows in their order; without texts the body columns are null."""
        wanted = self.joined(select(*(self._value(column, choice) for column in self.columns)))
        conditions = [*choice.filters.conditions(), *(choice.sure() if self.spoken else ())]
        if self.within is None:
            wanted = wanted.where(*conditions)
        elif conditions:
            column, documents = self.within
            wanted = wanted.where(column.in_(documents.where(*conditions)))
        return wanted.order_by(*(_bytewise(each, dialect) for each in self.order))

    def _value(self, column: Column, choice: Choice) -> Any:
        if column.name in self.body and not choice.include_text:
            return null()
        return column.origin if column.public is None or choice.private_names else column.public


def _bytewise(column: Any, dialect: str) -> ColumnElement[Any]:
    # PostgreSQL orders texts by the locale of the database, and no two servers need have the same.
    is_text = column.type.python_type is str
    return collate(column, "C") if is_text and dialect == "postgresql" else column
