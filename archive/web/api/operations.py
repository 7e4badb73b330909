"""What an operation of the API is: an address, the parameters it takes, the dataclass it answers with, and how."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from archive.web.api.parameters import Parameter
from archive.web.asking import Asking

__all__ = ["BASE", "Call", "Moved", "Operation"]

BASE = "/api/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: a read-only connection, and what the address asks; `values` are its own parameters by name."""

    connection: Connection
    path: Mapping[str, str]
    asking: Asking
    values: Mapping[str, Any]


class Moved(Exception):
    """What was asked for lives at another path below BASE, for good where an id retired."""

    def __init__(self, path: str, *, for_good: bool) -> None:
        super().__init__(path)
        self.path = path
        self.for_good = for_good


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One address below BASE; `ids` says what stands in the braces of its path.

    `answer` gives a value of `answers`, which has a field `next` where the answer comes in pages, or raises Moved.
    """

    path: str
    name: str
    title: str
    answers: type
    answer: Callable[[Call], Any]
    takes: tuple[Parameter, ...] = ()
    ids: Mapping[str, str] = field(default_factory=dict)
