"""What an operation of the API is: an address, the parameters it takes, the dataclass it answers with, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Connection

from archive.web.api.parameters import LAST_PAGE, PER_PAGE, Parameter
from archive.web.asking import Asking

__all__ = ["BASE", "Call", "Operation"]

BASE = "/api/v1"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: a read-only connection, and what the address asks; `values` are its own parameters by name.

    `remember` gives what a function of a connection makes, at most a minute old: what is costly to count.
    """

    connection: Connection
    path: Mapping[str, str]
    asking: Asking
    values: Mapping[str, Any]
    remember: Callable[[str, Callable[[Connection], Any]], Any]

    @property
    def page(self) -> int:
        """Which page is asked for, from 1 on."""
        return int(self.values.get("page", 1))

    @property
    def offset(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * PER_PAGE

    @property
    def most(self) -> int:
        """How many rows there are up to the end of the page, and one that says whether more follow."""
        return self.page * PER_PAGE + 1

    def cut(self, rows: Sequence[Row], path: str) -> tuple[Sequence[Row], str | None]:
        """The rows of a page, of which PER_PAGE + 1 were asked for, and the address of the next if there is one."""
        if len(rows) <= PER_PAGE or self.page >= LAST_PAGE:
            return rows[:PER_PAGE], None
        own = {name: str(value).lower() for name, value in self.values.items()}
        return rows[:PER_PAGE], self.asking.address(f"{BASE}{path}", **{**own, "page": self.page + 1})


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address below BASE; `ids` says what stands in the braces of its path.

    `answer` gives a value of `answers`, which has a field `next` where the answer comes in pages, or raises Elsewhere.
    """

    path: str
    name: str
    title: str
    answers: type
    answer: Callable[[Call], Any]
    takes: tuple[Parameter, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
