"""A catalog entry as a value: what a source is, where it starts, how its documents are found, how often looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from urllib.parse import urlsplit

import orjson

from archive import text
from archive.records import DocumentKind

__all__ = ["REVISIT", "REVISIT_BUDGET", "Behind", "Discover", "Formerly", "Move", "SourceEntry"]

# Ages at which a document is asked for again. Silent edits come soon after publication; after the last of these ages it
# is looked at rarely, but for ever.
REVISIT = tuple(timedelta(hours=hours) for hours in (3, 12, 24, 72, 168, 336, 720, 1440, 2880))
REVISIT_BUDGET = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Discover:
    """How a source's documents are found: a strategy's name and what it is told."""

    strategy: str
    options: Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """The fuller listing behind a feed: read when the feed has dropped items, and by a backfill."""

    start: tuple[str, ...]
    discover: Discover


@dataclass(frozen=True, slots=True, kw_only=True)
class Formerly:
    """An address that a source had before: until when, as far as known (`2022`, `2022-11` or a day), and what of it."""

    url: str
    until: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A migration of a whole site: what stood at `old` + rest stands at `new` + the same rest, from that day on (UTC).

    Both are beginnings of addresses without scheme and `www.`.
    """

    on: date
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One catalog entry. `per_week` is the expected number of new documents in a week, None where unknown.

    `revisit` are the ages of a document, from its first capture on, at which it is asked for again, and
    `revisit_budget` how many revisits one run may make. `browser` wants its pages drawn by a browser.
    A `candidate` was never seen to work, a `closed` source has nothing new to come: neither is on the schedule.
    """

    id: str
    title: str
    kind: DocumentKind
    start: tuple[str, ...]
    discover: Discover
    timezone: str
    rights: str
    jurisdiction: str | None = None
    office: str | None = None
    per_week: float | None = None
    language: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()
    revisit: tuple[timedelta, ...] = REVISIT
    revisit_budget: int = REVISIT_BUDGET
    behind: Behind | None = None
    paywall: str | None = None
    formerly: tuple[Formerly, ...] = ()
    moves: tuple[Move, ...] = ()
    browser: bool = False
    candidate: bool = False
    closed: bool = False
    file: str = ""

    @property
    def netlocs(self) -> frozenset[str]:
        """The hosts of the start addresses, with a port where one is named."""
        return frozenset(urlsplit(url).netloc.lower() for url in self.start)

    @property
    def digest(self) -> str:
        """sha256 of what the entry says, wherever it stands."""
        said = asdict(self)
        del said["file"]
        return text.digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS, default=str).decode())
