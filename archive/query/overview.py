"""What is there: counts, runs and removals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from archive.models import (
    Appearance,
    CaptureRow,
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

__all__ = ["Recent", "Status", "recent", "removals", "runs", "status"]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Recent:
    """What came lately: documents first seen, edits, removals confirmed, and runs that did not end `ok`."""

    new_documents: int
    new_versions: int
    removals: int
    failed_runs: int


def recent(connection: Connection, since: datetime) -> Recent:
    """What came since a time."""

    def count(table: Any, *conditions: Any) -> int:
        return connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0

    return Recent(
        new_documents=count(Document, Document.first_seen >= since),
        new_versions=count(Version, Version.number > 1, Version.first_captured >= since),
        removals=count(Removal, Removal.confirmed_at >= since, Removal.state == "confirmed"),
        failed_runs=count(RunRow, RunRow.started_at >= since, func.coalesce(RunRow.outcome, "unfinished") != "ok"),
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
