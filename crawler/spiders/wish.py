"""What a person may tell a crawl: `-a since=DATE -a until=DATE -a backfill=1`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self
from zoneinfo import ZoneInfo

from archive.errors import UsageError
from archive.records import Entry

__all__ = ["Wish"]

NAMES = ("since", "until", "backfill")
TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False, "": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Bounds of one run. Days are the source's own, both ends included; `backfill` goes to the end of every listing."""

    since: date | None = None
    until: date | None = None
    backfill: bool = False

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> Self:
        """From `-a` arguments; UsageError names the one that is wrong."""
        for name in arguments:
            if name not in NAMES:
                near = difflib.get_close_matches(name, NAMES, n=1)
                hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(NAMES)}"
                raise UsageError(f"-a {name}: no such argument; {hint}")
        backfill = TRUTHS.get(arguments.get("backfill", "").lower())
        if backfill is None:
            raise UsageError(f"-a backfill={arguments['backfill']}: neither 1 nor 0; say backfill=1 or leave it out")
        wish = cls(since=_day("since", arguments), until=_day("until", arguments), backfill=backfill)
        if wish.since and wish.until and wish.since > wish.until:
            raise UsageError(f"-a since={wish.since} is after until={wish.until}; exchange them")
        return wish

    def wants(self, entry: Entry, zone: ZoneInfo) -> bool:
        """Whether an entry may be asked for; one without a printed date always may."""
        day = _local(entry, zone)
        if day is None:
            return True
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def is_past(self, entry: Entry, zone: ZoneInfo) -> bool:
        """Whether an entry is older than anything asked for."""
        day = _local(entry, zone)
        return self.since is not None and day is not None and day < self.since


def _day(name: str, arguments: Mapping[str, str]) -> date | None:
    value = arguments.get(name)
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"-a {name}={value}: no date; write it as 2026-09-30") from None


def _local(entry: Entry, zone: ZoneInfo) -> date | None:
    if isinstance(entry.published, datetime):
        return entry.published.astimezone(zone).date()
    return entry.published
