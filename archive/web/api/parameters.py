"""The parameters of the API: those of the search form, from its own table, and a few more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from archive.errors import UsageError
from archive.query.ranking import FARTHEST
from archive.web.asking import CHOICES, LONGEST, PARAMETERS

__all__ = ["LAST_PAGE", "PAGE", "PER_PAGE", "Parameter", "choice", "flag", "number", "search"]

PER_PAGE = 50
LAST_PAGE = FARTHEST // PER_PAGE


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter; `read` makes a value of what is written, and is None for those of the search form."""

    name: str
    meaning: str
    schema: Mapping[str, Any]
    read: Callable[[str], Any] | None = None


def search(*names: str) -> tuple[Parameter, ...]:
    """These parameters of the search form."""
    return tuple(Parameter(name=name, meaning=PARAMETERS[name], schema=_schema(name)) for name in names)


def _schema(name: str) -> dict[str, Any]:
    if name in CHOICES:
        return {"type": "string", "enum": list(CHOICES[name])}
    if name in ("since", "until"):
        return {"type": "string", "format": "date"}
    return {"type": "string", "maxLength": LONGEST}


def choice(name: str, meaning: str, allowed: tuple[str, ...]) -> Parameter:
    """One of some words."""

    def read(written: str) -> str:
        if written not in allowed:
            raise UsageError(f"`{name}` is one of {', '.join(allowed)}, not {written[:40]!r}")
        return written

    return Parameter(name=name, meaning=meaning, schema={"type": "string", "enum": list(allowed)}, read=read)


def number(name: str, meaning: str, most: int) -> Parameter:
    """A whole number from 1 on."""

    def read(written: str) -> int:
        if not (written.isascii() and written.isdigit() and 1 <= int(written) <= most):
            raise UsageError(f"`{name}` is a number from 1 to {most}, not {written[:40]!r}")
        return int(written)

    return Parameter(name=name, meaning=meaning, schema={"type": "integer", "minimum": 1, "maximum": most}, read=read)


def flag(name: str, meaning: str) -> Parameter:
    """`true` or `false`."""
    said = choice(name, meaning, ("true", "false"))

    def read(written: str) -> bool:
        assert said.read
        return bool(said.read(written) == "true")

    return Parameter(name=name, meaning=meaning, schema={"type": "boolean"}, read=read)


PAGE = number("page", f"which page of the answer, {PER_PAGE} to each", LAST_PAGE)
