"""What answers a search, newest first and never more of it than is asked for: the ground of lists, counts and charts.

On SQLite the index itself walks from the newest day back, filters and all, and stops when enough are found. PostgreSQL
looks at all that answer; a time limit of the connection (`Archive.read(seconds=...)`) bounds it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Select, func, literal, select, union_all
from sqlalchemy import cast as cast_sql

from archive.fulltext import STATEMENTS, Index, Query, postgresql, sqlite
from archive.models import Statement, Version

__all__ = ["COUNTED", "EVERY", "LOOKED", "Matching", "OnPostgresql", "OnSqlite", "Total"]

# As many are counted, and no more: beyond, a number is "more than".
COUNTED = 10_000
# No bound: all that answer, however many.
EVERY = 1 << 60
# So many of the newest that answer are looked at for a filter that the index does not know.
LOOKED = 20_000
# Words that more rows hold say nothing of how well one of them fits, and cost a look at each.
TELLING = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """How many answer; where it is not `exact` there are more than `count`."""

    count: int
    exact: bool


class Matching(ABC):
    """The rows of one index that answer a query and pass the filters."""

    @abstractmethod
    def newest(self, limit: int, offset: int = 0) -> Select[int, int]:
        """A select of `id` (row number) and `day` (ordinal), newest first."""

    @abstractmethod
    def fits(self, ids: Collection[int]) -> dict[int, float]:
        """How well these rows fit, more is better; none where the words tell nothing."""

    @abstractmethod
    def complete(self) -> bool:
        """Whether `newest` leaves nothing out, however much is asked for."""

    connection: Connection

    def count(self, at_most: int = COUNTED) -> Total:
        """How many answer, counted up to a bound."""
        some = self.newest(at_most + 1).subquery()
        found = self.connection.scalar(select(func.count()).select_from(some)) or 0
        return Total(count=min(found, at_most), exact=found <= at_most and self.complete())


@dataclass(frozen=True, slots=True, kw_only=True)
class OnSqlite(Matching):
    """Filters are `marks` of the index where it has them, else conditions on what is searched, within `looked`."""

    connection: Connection
    index: Index
    query: Query
    marks: tuple[tuple[str, ...], ...]
    ranges: tuple[tuple[int, int], ...]
    outside: tuple[ColumnElement[bool], ...] = ()
    looked: int = LOOKED

    def newest(self, limit: int, offset: int = 0) -> Select[int, int]:
        first, *more = [self._part(rows, limit + offset) for rows in self.ranges]
        if not more:
            found = first.limit(limit).offset(offset).subquery()
            return select(sqlite.id_of(found.c.place).label("id"), sqlite.day_of(found.c.place).label("day"))
        parts = union_all(*(select(part.subquery().c.place) for part in (first, *more))).subquery()
        day, number = sqlite.day_of(parts.c.place).label("day"), sqlite.id_of(parts.c.place).label("id")
        return select(number, day).order_by(day.desc(), number.desc()).limit(limit).offset(offset)

    def _part(self, rows: tuple[int, int], limit: int) -> Select[int]:
        found = sqlite.matching(self.index, self.expression, rows)
        if not self.outside:
            return found.limit(limit)
        looked = found.limit(self.looked).subquery()
        searched = Statement if self.index is STATEMENTS else Version
        passed = select(looked.c.place).join(searched, searched.id == sqlite.id_of(looked.c.place))
        return passed.where(*self.outside).order_by(looked.c.place.desc()).limit(limit)

    @property
    def expression(self) -> str:
        """The whole question in FTS5's language."""
        return sqlite.expression(self.query, self.marks)

    def complete(self) -> bool:
        if not self.outside:
            return True
        return not any(self._holds_more(self.expression, rows, self.looked) for rows in self.ranges)

    def _holds_more(self, expression: str, rows: tuple[int, int], number: int) -> bool:
        beyond = sqlite.matching(self.index, expression, rows).limit(1).offset(number)
        return self.connection.scalar(beyond) is not None

    def fits(self, ids: Collection[int]) -> dict[int, float]:
        wanted = set(ids)
        telling = tuple(self._telling())
        if not telling or not wanted:
            return {}
        expression = sqlite.expression(replace(self.query, groups=telling))
        found = {}
        for rows in self.ranges:
            for place, fit in self.connection.execute(sqlite.fits(self.index, expression, rows)):
                if (number := place & (1 << sqlite.ID_BITS) - 1) in wanted:
                    found[number] = fit
        return found

    def _telling(self) -> Iterator[Any]:
        """The groups of words that are rare enough to tell how well a row fits."""
        for group in self.query.groups:
            alone = sqlite.expression(Query(groups=(group,)))
            # FTS5 weighs a word by all rows that hold it, whatever the range.
            if not self._holds_more(alone, sqlite.EVERYTHING, TELLING):
                yield group


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPostgresql(Matching):
    """`rows` selects from all tables that the `conditions` and the `day` speak of."""

    connection: Connection
    index: Index
    query: Query
    rows: Select[int]
    day: Any

    def newest(self, limit: int, offset: int = 0) -> Select[int, int]:
        number = self.rows.selected_columns[0]
        ordinal = (self.day - cast_sql(literal("0001-01-01"), Date) + 1).label("day")
        return (
            self.rows.add_columns(ordinal)
            .where(postgresql.answers(self.index, self.query))
            .order_by(ordinal.desc(), number.desc())
            .limit(limit)
            .offset(offset)
        )

    def fits(self, ids: Collection[int]) -> dict[int, float]:
        if not self.query.groups or not ids:
            return {}
        number = Version.id if self.index.table == "version" else Statement.id
        found = select(number, postgresql.fit(self.index, self.query)).where(number.in_(ids))
        return dict(self.connection.execute(found).all())

    def complete(self) -> bool:
        return True
