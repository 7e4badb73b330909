"""A source's state, judged by its own rhythm and its runs, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from archive.derive.rhythm import Rhythm, visit_interval

__all__ = ["BAD", "RunFact", "SourceState", "Watched", "judge"]

DEAD_AFTER = timedelta(minutes=15)  # a run that has written nothing for so long was killed
UNWATCHED_AFTER = timedelta(days=2)


class SourceState(StrEnum):
    """How a source fares."""

    OK = "ok"
    SILENT = "silent"  # its listings answer, and nothing new comes
    FAILING = "failing"  # it could not be read
    QUARANTINED = "quarantined"  # it changed so much that its last run waits for a person
    UNWATCHED = "unwatched"  # nobody has looked for longer than its rhythm allows
    UNFINISHED = "unfinished"  # its last run was killed
    RUNNING = "running"
    NEVER_RUN = "never run"
    CANDIDATE = "candidate"  # not on the schedule: nobody has seen it work
    CLOSED = "closed"  # nothing new is to come


BAD = frozenset({SourceState.SILENT, SourceState.FAILING, SourceState.QUARANTINED, SourceState.UNWATCHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFact:
    """The last run of a source: times aware, `outcome` None while it runs or if it was killed."""

    started_at: datetime
    heartbeat_at: datetime
    outcome: str | None
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What is known of a source: days are its local ones.

    `last_new` is the day of its newest document, by date or by first sight, `first_day` and `last_day` are those of the
    first and the last crawl that read a listing, `failed_runs` how many of the last runs in a row failed.
    """

    run: RunFact | None
    rhythm: Rhythm | None
    last_new: date | None
    first_day: date | None
    last_day: date | None
    failed_runs: int = 0


def judge(watched: Watched, now: datetime) -> tuple[SourceState, str]:
    """The state of a source at `now`, and why."""
    run = watched.run
    if run is None:
        return SourceState.NEVER_RUN, "nobody has crawled it yet"
    if run.outcome is None and now - run.heartbeat_at <= DEAD_AFTER:
        return SourceState.RUNNING, f"since {run.started_at:%Y-%m-%d %H:%M} UTC"
    if run.outcome == "quarantined":
        return SourceState.QUARANTINED, run.reason or "its last run waits for a person"
    if run.outcome == "failed":
        again = f", {watched.failed_runs} runs in a row" if watched.failed_runs > 1 else ""
        return SourceState.FAILING, f"{run.reason or 'its last run failed'}{again}"
    return _silence(watched) or _neglect(watched, now) or _last(run)


def _silence(watched: Watched) -> tuple[SourceState, str] | None:
    assert watched.run is not None, "only a source that was crawled can be silent"
    if watched.run.outcome == "short":
        return SourceState.SILENT, watched.run.reason or "its listings showed nothing"
    if watched.rhythm is None or watched.first_day is None or watched.last_day is None:
        return None
    since = max(watched.last_new or watched.first_day, watched.first_day)
    quiet = (watched.last_day - since).days
    if quiet <= watched.rhythm.quiet_days:
        return None
    known = "its history" if watched.rhythm.basis == "history" else "the catalog"
    return SourceState.SILENT, (
        f"nothing new since {since}, {quiet} days; by {known} it publishes {watched.rhythm.per_week:.1f} in a week "
        f"and is never quiet for more than {watched.rhythm.quiet_days:.0f} days"
    )


def _neglect(watched: Watched, now: datetime) -> tuple[SourceState, str] | None:
    assert watched.run is not None, "only a source that was crawled once can be neglected"
    interval = visit_interval(watched.rhythm.per_week if watched.rhythm else None)
    if now - watched.run.started_at <= max(3 * interval, UNWATCHED_AFTER):
        return None
    return SourceState.UNWATCHED, f"not crawled since {watched.run.started_at:%Y-%m-%d}; look at the schedule"


def _last(run: RunFact) -> tuple[SourceState, str]:
    if run.outcome is None:
        return SourceState.UNFINISHED, f"its run of {run.started_at:%Y-%m-%d %H:%M} UTC was killed"
    return SourceState.OK, "" if run.reason in (None, "finished", "shutdown") else str(run.reason)
