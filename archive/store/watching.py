"""What is known of sources that are watched: their runs, and the days on which they published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from itertools import takewhile
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from archive.derive.health import RunFact, Watched
from archive.derive.rhythm import HISTORY, learn
from archive.models import Coverage, Document, RunRow, Source
from archive.records import Obtained, RunOutcome
from archive.store.neighbourhoods import chunks

__all__ = ["watched"]

CRAWLS = (Obtained.LIVE, Obtained.BACKFILL)
RUNS = 10
MANY = 100  # documents of one day; more teach no more


def watched(
    connection: Connection, priors: Mapping[str, float | None], now: datetime, *, only: str | None = None
) -> dict[str, Watched]:
    """Of every source that was ever crawled, or of `only` one; `priors` are the catalog's documents in a week."""
    mine = [] if only is None else [Source.id == only]
    zones = {
        row.id: ZoneInfo(row.timezone) for row in connection.execute(select(Source.id, Source.timezone).where(*mine))
    }
    runs = {name: _runs(connection, name) for name in zones}
    newest = _newest(connection, zones, now, only)
    days = _published(connection, zones, newest, now)
    spans = _spans(connection, only)
    found = {}
    for name, mine_runs in runs.items():
        if not mine_runs:
            continue
        first, last = spans.get(name, (None, None))
        found[name] = Watched(
            run=_fact(mine_runs[0]),
            rhythm=learn(days[name], priors.get(name)),
            last_new=newest.get(name),
            first_day=first,
            last_day=last,
            failed_runs=sum(1 for _ in takewhile(lambda run: run.outcome == RunOutcome.FAILED, mine_runs)),
        )
    return found


def _runs(connection: Connection, source: str) -> list[Any]:
    return list(
        connection.execute(
            select(RunRow.started_at, RunRow.heartbeat_at, RunRow.outcome, RunRow.reason)
            .where(RunRow.source_id == source, RunRow.obtained.in_(CRAWLS))
            .order_by(RunRow.id.desc())
            .limit(RUNS)
        )
    )


def _fact(run: Any) -> RunFact:
    return RunFact(started_at=run.started_at, heartbeat_at=run.heartbeat_at, outcome=run.outcome, reason=run.reason)


def _published(
    connection: Connection, zones: Mapping[str, ZoneInfo], newest: Mapping[str, date], now: datetime
) -> dict[str, list[date]]:
    """One day per document: its date, or where it has none the day of its first sight.

    Of the year before a source's newest document, not before today: a source that fell silent forgets nothing.
    """
    alike: dict[date, list[str]] = defaultdict(list)
    for name, last in newest.items():
        alike[last - HISTORY].append(name)
    days: dict[str, list[date]] = defaultdict(list)
    for since, names in alike.items():
        for part in chunks(names):
            dated = (
                select(Document.source_id, Document.published_date, func.count().label("n"))
                .where(Document.source_id.in_(part), Document.published_date.between(since, now.date()))
                .group_by(Document.source_id, Document.published_date)
            )
            for name, day, n in connection.execute(dated):
                assert day is not None, "the condition leaves none without a date"
                days[name].extend([day] * min(n, MANY))
            undated = select(Document.source_id, Document.first_seen).where(
                Document.source_id.in_(part),
                Document.published_date.is_(None),
                Document.first_seen >= datetime.combine(since, time(), UTC),
            )
            for name, at in connection.execute(undated):
                days[name].append(at.astimezone(zones[name]).date())
    return days


def _newest(connection: Connection, zones: Mapping[str, ZoneInfo], now: datetime, only: str | None) -> dict[str, date]:
    """The day of the newest document of each source, by date or by first sight, however long ago."""
    mine = [] if only is None else [Document.source_id == only]
    dated = (
        select(Document.source_id, func.max(Document.published_date))
        .where(Document.published_date <= now.date(), *mine)
        .group_by(Document.source_id)
    )
    newest = {name: day for name, day in connection.execute(dated) if day is not None}
    undated = (
        select(Document.source_id, func.max(Document.first_seen))
        .where(Document.published_date.is_(None), *mine)
        .group_by(Document.source_id)
    )
    for name, at in connection.execute(undated):
        seen = at.astimezone(zones[name]).date()
        newest[name] = max(newest.get(name, seen), seen)
    return newest


def _spans(connection: Connection, only: str | None) -> dict[str, tuple[date, date]]:
    """First and last local day on which a crawl could read the source."""
    mine = [] if only is None else [Coverage.source_id == only]
    rows = connection.execute(
        select(Coverage.source_id, func.min(Coverage.day), func.max(Coverage.day))
        .where(Coverage.outcome.in_((RunOutcome.OK, RunOutcome.SHORT)), *mine)
        .group_by(Coverage.source_id)
    )
    return {name: (first, last) for name, first, last in rows}
