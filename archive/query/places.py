"""What places are called."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select

from archive.models import Statement
from archive.roster import load_roster

__all__ = ["place_names"]


def place_names(connection: Connection, jurisdictions: Sequence[str]) -> dict[str, str]:
    """The names of these divisions: the roster's, else what a statement's speaker is said to speak for."""
    roster = load_roster()
    found = {each: name for each in jurisdictions if (name := roster.jurisdiction_name(each))}
    s = Statement
    printed = (
        select(s.jurisdiction, func.max(s.jurisdiction_name))
        .where(s.jurisdiction.in_([each for each in jurisdictions if each not in found]))
        .where(s.jurisdiction_name.is_not(None))
        .group_by(s.jurisdiction)
    )
    return {str(row[0]): str(row[1]) for row in connection.execute(printed)} | found
