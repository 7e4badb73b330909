"""How many answers a search has per day, week, month or year."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sqlalchemy import Connection, func, select

from archive.errors import UsageError
from archive.query.filters import Filters
from archive.query.what import What, matching_of

__all__ = ["Bucket", "Period", "Timeline", "timeline"]

Period = Literal["day", "week", "month", "year"]

# So many answers are counted, the newest.
DATED = 100_000
# A period is chosen so that no more buckets than these are needed, about.
SPANS: tuple[tuple[int, Period], ...] = ((62, "day"), (540, "week"), (6 * 366, "month"))
BUCKETS = 10_000  # as many years as there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """The answers of the days from `start` to `end`, both included."""

    start: date
    end: date
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The buckets between the first and the last day, earliest first, those with no answer too.

    `counted` answers were looked at, the newest; where it is not `exact` there are older ones, and the buckets begin
    with the first one that is counted in full. A nought says that the archive has nothing, not that nobody spoke:
    whether somebody watched, `coverage` says.
    """

    period: Period
    buckets: list[Bucket]
    counted: int
    exact: bool


def timeline(
    connection: Connection, asked: str, *, of: What, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None, all_versions: bool = False, period: Period | None = None, at_most: int = DATED,
) -> Timeline:  # fmt: skip
    """The answers of a search over time: documents by their day of publication, statements by their first day.

    Without a `period` it is chosen by the span, which the filters' days give, else the first and last answer. Raises
    UsageError for a period of which there would be more than 10,000.
    """
    matching = matching_of(
        connection, asked, of=of, filters=filters, speaker=speaker, kind=kind, all_versions=all_versions
    )
    some = matching.newest(at_most + 1).subquery()
    rows = connection.execute(select(some.c.day, func.count()).group_by(some.c.day)).all()
    days = Counter({date.fromordinal(day): count for day, count in rows})
    counted = days.total()
    whole = counted <= at_most
    first, last = _span(days, filters or Filters(), whole=whole)
    chosen = period or _period(first, last)
    if _days(first, last) // _SHORTEST[chosen] > BUCKETS:
        raise UsageError(f"from {first} to {last} are more than {BUCKETS:,} times a {chosen}; ask for a longer period")
    buckets = _buckets(days, first, last, chosen) if days or whole else []
    return Timeline(
        period=chosen,
        # Of the day on which counting ended, and so of its bucket, not all was counted.
        buckets=buckets if whole else buckets[1:],
        counted=min(counted, at_most),
        exact=whole and matching.complete(),
    )


_SHORTEST = {"day": 1, "week": 7, "month": 28, "year": 366}


def _span(days: Counter[date], filters: Filters, *, whole: bool) -> tuple[date | None, date | None]:
    """The days to show: those that were asked for, else those that hold something."""
    first, last = min(days, default=None), max(days, default=None)
    return (filters.since or first if whole else first), (filters.until or last)


def _days(first: date | None, last: date | None) -> int:
    return (last - first).days if first and last else 0


def _period(first: date | None, last: date | None) -> Period:
    return next((period for most, period in SPANS if _days(first, last) <= most), "year")


def _start(day: date, period: Period) -> date:
    """The first day of the period that a day lies in; weeks begin on Monday."""
    if period == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    return {"day": day, "month": day.replace(day=1), "year": day.replace(month=1, day=1)}[period]


def _last(start: date, period: Period) -> date:
    """The last day of the period that begins so."""
    if period in ("day", "week"):
        return date.fromordinal(min(date.max.toordinal(), start.toordinal() + _SHORTEST[period] - 1))
    if period == "year":
        return start.replace(month=12, day=31)
    return (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1) if start < _EVER else date.max


_EVER = date(9999, 12, 1)


def _buckets(days: Counter[date], first: date | None, last: date | None, period: Period) -> list[Bucket]:
    if first is None or last is None:
        return []
    counts = Counter[date]()
    for day, count in days.items():
        counts[_start(day, period)] += count
    found, start = [], _start(first, period)
    while start <= last:
        end = _last(start, period)
        found.append(Bucket(start=start, end=end, count=counts[start]))
        if end == date.max:
            break
        start = end + timedelta(days=1)
    return found
