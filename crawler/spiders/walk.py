"""How far a listing is read: until what it shows is known, or, in a backfill, to its end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from archive.records import Entry

__all__ = ["Walk", "is_trap"]

KNOWN_IN_A_ROW = 5
OVERLAP = timedelta(days=7)  # press rooms date releases back by some days, and list them late
IDLE_PAGES = 10  # pages that show only what this walk has seen: a calendar without end, a listing that goes in circles
REPEATED = re.compile(r"((?:/[^/]+)+)(?:\1){2,}(?=/|$)")


@dataclass(slots=True, kw_only=True)
class Walk:
    """The way through one listing, page after page. `newest` is the day of the newest document known before it."""

    newest: date | None = None
    to_the_end: bool = False
    behind: bool = False
    known_in_a_row: int = 0
    idle: int = 0
    seen: set[str] = field(default_factory=set)

    def goes_on(self, entries: Sequence[Entry], known: Mapping[str, bool]) -> bool:
        """Whether the next page is worth reading, after a page with these entries; `known` says so per URL.

        A page without entries is an index of further listings. Five known entries in a row at the end of what was
        read, or an entry dated before all that may still be missing, end the walk; pinned entries do not.
        """
        fresh = {entry.url for entry in entries} - self.seen
        self.seen |= fresh
        self.idle = 0 if fresh else self.idle + 1
        if self.idle >= IDLE_PAGES:
            return False
        if self.to_the_end or not entries:
            return True
        for entry in entries:
            self.known_in_a_row = self.known_in_a_row + 1 if known.get(entry.url) else 0
        return self.known_in_a_row < KNOWN_IN_A_ROW and not self._is_past(entries[-1])

    def _is_past(self, entry: Entry) -> bool:
        day = entry.published.date() if isinstance(entry.published, datetime) else entry.published
        return self.newest is not None and day is not None and day < self.newest - OVERLAP


def is_trap(url: str) -> bool:
    """Whether an address repeats a part of its path three times or more, as relative links on wrong pages make them.

    https://www.ashby.example/news/2026/news/2026/news/2026/item
    """
    return REPEATED.search(urlsplit(url).path) is not None
