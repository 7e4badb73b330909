"""What is there and how it fares: counts, runs, removals, and each source against its own rhythm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from archive.catalog import SourceEntry
from archive.models import (
    Appearance,
    CaptureRow,
    Coverage,
    Document,
    Removal,
    RunRow,
    Source,
    Statement,
    Story,
    Version,
)
from archive.query.documents import removal_columns
from archive.query.rows import RemovalFacts, RunFacts
from archive.query.statements import count_statements

__all__ = ["Health", "Status", "removals", "runs", "sources", "status"]

RECENT = timedelta(days=28)
# Where so many new documents were due by a source's rhythm and none came, chance would do so once in 150 times.
SILENT_AFTER = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """How much is in the archive; `removed` are the confirmed removals not restored.

    `stories` are those of more than one document. Of what was said: `statements`, the `independent_stories` and
    `quoting_documents` that carry them, how many of them a person `checked`, and the quotations of nobody who can be
    named, in latest versions. `quotations_read` counts latest versions by whether they were looked through.
    """

    sources: int
    runs: int
    captures: int
    documents: int
    versions: int
    stories: int
    removed: int
    statements: int
    independent_stories: int
    quoting_documents: int
    checked: int
    unattributed: int
    quotations_read: dict[str, int]
    payload_bytes: int
    first_capture: datetime | None
    last_capture: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """A source against its own rhythm; rates are new documents in a week, over the last four weeks watched,
    and at least over one.

    `health` is the last run's outcome, `never run`, `unfinished`, or `silent`: five or more documents were due by
    the rhythm since the last new one, and none came.
    """

    source: str
    health: str
    last_run: datetime | None
    documents: int
    last_new: date | None
    per_week: float | None
    expected: float | None
    title: str


def status(connection: Connection) -> Status:
    """Counts of everything."""

    def count(table: Any, *conditions: Any) -> int:
        return connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    captured = CaptureRow.captured_at
    bounds = connection.execute(
        select(func.min(captured), func.max(captured), func.coalesce(func.sum(CaptureRow.payload_length), 0))
    ).one()
    said = count_statements(connection, "")
    read = (
        select(func.coalesce(Version.quotation_status, "not_read"), func.count())
        .where(Version.is_latest)
        .group_by(Version.quotation_status)
    )
    return Status(
        sources=count(Source),
        runs=count(RunRow),
        captures=count(CaptureRow),
        documents=count(Document),
        versions=count(Version),
        stories=count(Story, Story.documents > 1),
        removed=count(Document, Document.removal_state == "confirmed"),
        statements=said.statements,
        independent_stories=said.stories,
        quoting_documents=said.documents,
        checked=count(Statement, Statement.checked),
        unattributed=connection.scalar(_UNATTRIBUTED) or 0,
        quotations_read=dict(sorted((row[0], row[1]) for row in connection.execute(read))),
        payload_bytes=int(bounds[2]),
        first_capture=bounds[0],
        last_capture=bounds[1],
    )


_UNATTRIBUTED = (
    select(func.count())
    .select_from(Appearance)
    .join(Version, Version.id == Appearance.version_id)
    .where(Version.is_latest, Appearance.speaker_id.is_(None))
)


def runs(
    connection: Connection, *, source: str | None = None, failing: bool = False, limit: int | None = 50
) -> list[RunFacts]:
    """Runs, newest first; `failing` are those that did not end `ok`, the unfinished ones among them."""
    r = RunRow
    wanted = (
        select(
            r.source_id.label("source"), r.obtained, r.started_at, r.ended_at, r.outcome, r.reason, r.counts, r.software
        )
        .order_by(r.started_at.desc(), r.id.desc())
        .limit(limit)
    )
    if source:
        wanted = wanted.where(r.source_id == source)
    if failing:
        wanted = wanted.where(func.coalesce(r.outcome, "unfinished") != "ok")
    return [RunFacts(**row._mapping) for row in connection.execute(wanted)]


def removals(
    connection: Connection,
    *,
    source: str | None = None,
    state: str | None = None,
    since: date | None = None,
    limit: int | None = None,
) -> list[RemovalFacts]:
    """Removals, the latest first; `since` is the UTC day of the first absence."""
    wanted = (
        select(*removal_columns())
        .join(Document, Document.id == Removal.document_id)
        .order_by(Removal.suspected_at.desc(), Document.public_id)
        .limit(limit)
    )
    if source:
        wanted = wanted.where(Document.source_id == source)
    if state:
        wanted = wanted.where(Removal.state == state)
    rows = [RemovalFacts(**row._mapping) for row in connection.execute(wanted)]
    return [row for row in rows if since is None or row.suspected_at.date() >= since]


def sources(connection: Connection, catalog: Mapping[str, SourceEntry]) -> list[Health]:
    """Every source of the catalog and of the archive, by id."""
    kept = {row.id: row.title for row in connection.execute(select(Source.id, Source.title))}
    held = select(Document.source_id, func.count().label("documents")).group_by(Document.source_id)
    counts = {row.source_id: row.documents for row in connection.execute(held)}
    days: dict[str, list[Any]] = {}
    for row in connection.execute(select(Coverage).order_by(Coverage.source_id, Coverage.day)):
        days.setdefault(row.source_id, []).append(row)
    last = _last_runs(connection)
    return [
        _health(
            name,
            title=catalog[name].title if name in catalog else kept[name],
            expected=catalog[name].per_week if name in catalog else None,
            documents=counts.get(name, 0),
            run=last.get(name),
            days=days.get(name, []),
        )
        for name in sorted({*catalog, *kept})
    ]


def _last_runs(connection: Connection) -> dict[str, Any]:
    latest = select(func.max(RunRow.id)).group_by(RunRow.source_id)
    rows = connection.execute(select(RunRow.source_id, RunRow.started_at, RunRow.outcome).where(RunRow.id.in_(latest)))
    return {row.source_id: row for row in rows}


def _health(name: str, *, title: str, expected: float | None, documents: int, run: Any, days: list[Any]) -> Health:
    last_day = days[-1].day if days else None
    last_new = max((row.day for row in days if row.new_documents), default=None)
    per_week = None
    if last_day:
        recent = [row for row in days if row.day > last_day - RECENT]
        watched = max(7, (last_day - recent[0].day).days + 1)
        per_week = sum(row.new_documents for row in recent) * 7 / watched
    if run is None:
        health = "never run"
    elif expected and last_day and _due(expected, last_new or days[0].day, last_day) >= SILENT_AFTER:
        health = "silent"
    else:
        health = run.outcome or "unfinished"
    return Health(
        source=name,
        health=health,
        last_run=run.started_at if run else None,
        documents=documents,
        last_new=last_new,
        per_week=per_week,
        expected=expected,
        title=title,
    )


def _due(per_week: float, since: date, until: date) -> float:
    return per_week * (until - since).days / 7
