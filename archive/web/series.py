"""The answers of a question over time, as a chart whose bars ask for their own days."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from sqlalchemy import Connection

from archive import query
from archive.query import What
from archive.web.asking import Asking
from archive.web.charts import Bar, Chart, chart

__all__ = ["over_time"]

BARS = 160  # of more, bars on a phone would be thinner than a point


def over_time(connection: Connection, asking: Asking, path: str = "/search") -> Chart | None:
    """How many answers there are per day, week, month or year; None without any, or where all are of one day."""
    what = cast(What, asking.where)
    of: dict[str, Any] = {"of": what, "filters": asking.filters, "speaker": asking.speaker, "kind": asking.kind}
    found = query.timeline(connection, asking.words, **of)
    if found.period == "year" and len(found.buckets) * 12 <= BARS:
        found = query.timeline(connection, asking.words, period="month", **of)
    if len(found.buckets) < 2:
        return None
    buckets = found.buckets[-BARS:]
    bars = [
        Bar(
            value=each.count,
            label=f"{each.start} to {each.end}: {each.count:,} {what}",
            href=asking.address(path, since=each.start, until=each.end) if each.count else None,
        )
        for each in buckets
    ]
    older = "" if found.exact else f", the latest {found.counted:,}"
    return chart(
        f"{what.capitalize()} by {found.period}{older}", bars,
        first=_called(buckets[0].start, found.period), last=_called(buckets[-1].start, found.period),
    )  # fmt: skip


def _called(day: date, period: str) -> str:
    """What stands under an end of the axis."""
    if period == "year":
        return str(day.year)
    return f"{day:%B %Y}" if period == "month" else f"{day:%b} {day.day}, {day.year}"
