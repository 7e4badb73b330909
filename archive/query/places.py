"""What places are called."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from archive.models import Statement
from archive.roster import load_roster

__all__ = ["place_names"]


def place_names(connection: Connection, jurisdictions: Sequence[str]) -> dict[str, str]:
    """The names of these divisions: the roster's, else what a statement's speaker is said to speak for."""
    roster = load_roster()
    named = {each: roster.jurisdiction_name(each) or _printed(connection, each) for each in jurisdictions}
    return {each: name for each, name in named.items() if name}


def _printed(connection: Connection, jurisdiction: str) -> str | None:
    # Of one statement: to look at all of a place that thousands speak for would take longer than the search.
    found = select(Statement.jurisdiction_name).where(Statement.jurisdiction == jurisdiction).limit(1)
    return connection.scalar(found)
