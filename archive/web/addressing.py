"""Permanent addresses: ids as they stand in a path."""

from __future__ import annotations

import re

from archive.errors import UnknownRecord
from archive.query import SHORTEST

__all__ = ["is_id", "own_id"]

_ID = re.compile(rf"[0-9a-f]{{{SHORTEST},20}}")


def is_id(written: str) -> bool:
    """Whether this is written as ids are, or as their beginnings."""
    return _ID.fullmatch(written.lower()) is not None


def own_id(written: str, what: str) -> str:
    """An id of a path, checked; UnknownRecord for anything that is written as none is, such as a name."""
    if not is_id(written):
        raise UnknownRecord(f"{written[:60]!r} is no id of a {what}: ids have 20 signs from 0 to 9 and a to f")
    return written.lower()
