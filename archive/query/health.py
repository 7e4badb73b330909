"""How sources fare: each judged by its own rhythm, with the fields its documents have and the errors of its runs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import Connection, func, select

from archive.catalog import SourceEntry
from archive.derive.health import SourceState, Watched, judge
from archive.derive.rhythm import visit_interval
from archive.models import Document, Frontier, Host, RunRow, Source, Version
from archive.store.runs import ERRORS
from archive.store.watching import watched

__all__ = ["DueSource", "Health", "due", "health"]

RECENT = timedelta(days=90)
ERRORS_OF = timedelta(days=30)
# What the frontier owes is worth a run of its own, but not one after the other.
PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A source and its state; `reason` says why in words.

    `per_week` documents are expected by `basis` (its `history`, or the `catalog`), no pause longer than `quiet_days`.
    Of the documents first seen in the last 90 days: the shares that have a date and a title, and the median of their
    words. `failed_runs` are the last ones in a row; `errors` are the named counts of the runs of the last 30 days that
    say that something went wrong.
    """

    source: str
    state: str
    reason: str
    last_run: datetime | None
    last_new: date | None
    documents: int
    per_week: float | None
    quiet_days: float | None
    basis: str | None
    dated: float | None
    titled: float | None
    words: int | None
    errors: dict[str, int]
    failed_runs: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DueSource:
    """A source that is to be crawled now, and why."""

    source: str
    reason: str
    last_run: datetime | None


def health(connection: Connection, catalog: Mapping[str, SourceEntry], now: datetime) -> list[Health]:
    """Every source of the catalog and of the archive, by id."""
    kept = {row.id: row.title for row in connection.execute(select(Source.id, Source.title))}
    found = watched(connection, _priors(catalog), now)
    counts = dict(connection.execute(select(Document.source_id, func.count()).group_by(Document.source_id)).all())
    fields, errors = _fields(connection, now), _errors(connection, now)
    return [
        _health(
            name, catalog.get(name), kept.get(name, ""), found.get(name), now,
            documents=counts.get(name, 0), fields=fields.get(name), errors=errors.get(name, Counter()),
        )
        for name in sorted({*catalog, *kept})
    ]  # fmt: skip


def _priors(catalog: Mapping[str, SourceEntry]) -> dict[str, float | None]:
    return {name: entry.per_week for name, entry in catalog.items()}


def _health(
    name: str, entry: SourceEntry | None, title: str, seen: Watched | None, now: datetime, *, documents: int,
    fields: tuple[float, float, int] | None, errors: Counter[str],
) -> Health:  # fmt: skip
    state, reason = _state(entry, seen, now)
    rhythm = seen.rhythm if seen else None
    return Health(
        source=name,
        state=str(state),
        reason=reason,
        last_run=seen.run.started_at if seen and seen.run else None,
        last_new=seen.last_new if seen else None,
        documents=documents,
        per_week=rhythm.per_week if rhythm else None,
        quiet_days=rhythm.quiet_days if rhythm else None,
        basis=rhythm.basis if rhythm else None,
        dated=fields[0] if fields else None,
        titled=fields[1] if fields else None,
        words=fields[2] if fields else None,
        errors=dict(errors),
        failed_runs=seen.failed_runs if seen else 0,
        title=entry.title if entry else title,
    )


def _state(entry: SourceEntry | None, seen: Watched | None, now: datetime) -> tuple[SourceState, str]:
    if entry is not None and entry.closed:
        return SourceState.CLOSED, "nothing new is to come"
    if entry is not None and entry.candidate and seen is None:
        return SourceState.CANDIDATE, "nobody has seen it work; `archive sources probe` tries it"
    if seen is None:
        return SourceState.NEVER_RUN, "nobody has crawled it yet"
    return judge(seen, now)


def _fields(connection: Connection, now: datetime) -> dict[str, tuple[float, float, int]]:
    """Per source the shares of recent documents with a date and with a title, and the median of their words."""
    rows: dict[str, list[Any]] = {}
    recent = (
        select(Document.source_id, Document.published_date, Document.title, Version.words)
        .join(Version, (Version.document_id == Document.id) & Version.is_latest)
        .where(Document.first_seen >= now - RECENT)
    )
    for row in connection.execute(recent):
        rows.setdefault(row.source_id, []).append(row)
    return {
        name: (
            sum(row.published_date is not None for row in mine) / len(mine),
            sum(bool(row.title) for row in mine) / len(mine),
            int(median(row.words for row in mine)),
        )
        for name, mine in rows.items()
    }


def _errors(connection: Connection, now: datetime) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    recent = select(RunRow.source_id, RunRow.counts).where(RunRow.started_at >= now - ERRORS_OF)
    for row in connection.execute(recent):
        wrong = {name: row.counts[name] for name in ERRORS if row.counts.get(name)}
        found.setdefault(row.source_id, Counter()).update(wrong)
    return found


def due(connection: Connection, catalog: Mapping[str, SourceEntry], now: datetime) -> list[DueSource]:
    """The sources of the catalog that are to be crawled at `now`, those that wait longest first.

    By its rhythm each is looked at twice per expected document, within 2 to 24 hours; sooner, but not within the hour,
    where its frontier owes documents. Candidates and closed sources never are, nor a source whose first host asked to
    wait.
    """
    found = watched(connection, _priors(catalog), now)
    owed = dict(
        connection.execute(
            select(Frontier.source_id, func.count()).where(Frontier.due_at <= now).group_by(Frontier.source_id)
        ).all()
    )
    held = set(connection.scalars(select(Host.name).where(Host.not_before > now)))
    wanted = [
        DueSource(source=name, reason=reason, last_run=seen.run.started_at if seen and seen.run else None)
        for name, entry in catalog.items()
        for seen in [found.get(name)]
        if not entry.candidate and not entry.closed and not held.issuperset(entry.netlocs)
        and (reason := _why(seen, owed.get(name, 0), now))
    ]  # fmt: skip
    return sorted(wanted, key=lambda each: (each.last_run is not None, each.last_run, each.source))


def _why(seen: Watched | None, owed: int, now: datetime) -> str | None:
    if seen is None or seen.run is None:
        return "never crawled"
    passed = now - seen.run.started_at
    if passed >= visit_interval(seen.rhythm.per_week if seen.rhythm else None):
        return "its rhythm"
    return f"{owed} documents to look at" if owed and passed >= PAUSE else None
