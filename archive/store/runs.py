"""Runs: how they begin, what they count, how they come out, and what was watched by them."""

from __future__ import annotations

import os
import platform
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, func, insert, select, update

from archive import clock
from archive.catalog import SourceEntry
from archive.derive.health import SourceState, judge
from archive.derive.moves import site_moves
from archive.errors import ClockWrong, SourceError, SourceSilent
from archive.extract import EXTRACTOR
from archive.models import Coverage, Document, RunRow, Source
from archive.records import Obtained, RunOutcome
from archive.store.derived import derive_addresses
from archive.store.neighbourhoods import chunks
from archive.store.rehoming import concerned, rehome
from archive.store.rows import upsert
from archive.store.speech import Speech
from archive.store.stories import tell_stories
from archive.store.watching import watched

__all__ = ["RunSummary", "begin_run", "cover", "end_run", "note_progress", "software"]

# Named counts that say the source, or the way to it, was at fault.
ERRORS = (
    "unreachable", "timeouts", "server_errors", "robots_unreachable", "discovery_failed", "not_drawn",
    "callback_errors", "refused_address", "redirect_loop", "too_large", "bad_content", "truncated", "refused",
    "unreadable", "blocked", "clock_off", "trap",
)  # fmt: skip
USUAL_ENTRIES = 5
CLOCK_MARGIN = timedelta(hours=1)
OUTCOMES_BY_WEIGHT = (RunOutcome.FAILED, RunOutcome.QUARANTINED, RunOutcome.SHORT, RunOutcome.OK)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSummary:
    """How a run came out, with its named counts and the exit status that says so."""

    run: int
    source: str
    outcome: RunOutcome
    reason: str
    counts: dict[str, int]
    exit_status: int


def software() -> str:
    """Name and version of this program and what it reads pages with."""
    try:
        own = version("on-the-record")
    except PackageNotFoundError:
        own = "unreleased"
    return f"on-the-record/{own} (extractor {EXTRACTOR}; Python {platform.python_version()})"


def begin_run(connection: Connection, entry: SourceEntry, *, obtained: Obtained) -> int:
    """Enter the source as its catalog entry stands today, and a new run; gives the run's row number."""
    moves = [[move.on.isoformat(), move.old, move.new] for move in entry.moves]
    values = {
        "id": entry.id, "title": entry.title, "jurisdiction": entry.jurisdiction, "office": entry.office,
        "document_kind": str(entry.kind), "timezone": entry.timezone, "language": entry.language,
        "rights": entry.rights, "hints": [list(hint) for hint in entry.hints], "entry_digest": entry.digest,
        "moves": moves,
    }  # fmt: skip
    before = connection.execute(
        select(Source.jurisdiction, Source.office, Source.moves).where(Source.id == entry.id)
    ).first()
    statement = upsert(connection, Source).values(values)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={key: value for key, value in values.items() if key != "id"}
        )
    )
    now = clock.now()
    if obtained in (Obtained.LIVE, Obtained.BACKFILL):
        _check_clock(connection, now)
    if before is not None and before.moves != moves:
        _move(connection, entry.id, before.moves, moves, now)
    if before is not None and tuple(before[:2]) != (entry.jurisdiction, entry.office):
        _tell_again(connection, entry.id)
    row: int | None = connection.scalar(
        insert(RunRow)
        .values(
            source_id=entry.id,
            obtained=str(obtained),
            started_at=now,
            heartbeat_at=now,
            software=software(),
            counts={},
            held=False,
        )
        .returning(RunRow.id)
    )
    assert row is not None, "an insert gives its row number"
    return row


def _check_clock(connection: Connection, now: datetime) -> None:
    """Raise ClockWrong where the last sign of life of any run lies in the future."""
    last = connection.scalar(select(func.max(RunRow.heartbeat_at)))
    if last is not None and now < last - CLOCK_MARGIN and not os.environ.get("ARCHIVE_TRUST_CLOCK"):
        raise ClockWrong(
            f"the clock says {now:%Y-%m-%d %H:%M} UTC, but a run was alive at {last:%Y-%m-%d %H:%M}; set the clock "
            "right, or, if it was wrong then and is right now, set ARCHIVE_TRUST_CLOCK=1"
        )


def _tell_again(connection: Connection, source: str) -> None:
    """Whose words a release is depends on whom its publisher speaks for."""
    for part in chunks(connection.scalars(select(Document.id).where(Document.source_id == source))):
        Speech(connection).tell(part)


def _move(connection: Connection, source: str, before: Iterable[Any], moves: Iterable[Any], now: datetime) -> None:
    """The catalog tells otherwise than before how the whole site moved."""
    old, new = site_moves(before), site_moves(moves)
    rehome(connection, source, [move for move in new if move not in old], now)
    touched = concerned(connection, source, {*old, *new})
    if touched:
        speech = Speech(connection)
        changes = derive_addresses(connection, source, touched, speech)
        speech.tell(changes.respeak, stories=tell_stories(connection, changes.restory))


def note_progress(connection: Connection, *, row: int, counts: Mapping[str, int]) -> None:
    """Keep a run's counts as they are now, and that it is alive."""
    connection.execute(update(RunRow).where(RunRow.id == row).values(heartbeat_at=clock.now(), counts=_sorted(counts)))


def end_run(
    connection: Connection, entry: SourceEntry, *, row: int, reason: str, counts: Counter[str], alarm: str | None = None
) -> RunSummary:
    """Close a run with its outcome, and enter in the coverage of its day what it watched.

    `alarm` is why it is held.
    """
    outcome, why, status = _judge(connection, entry, row=row, reason=reason, counts=counts)
    if alarm:
        outcome, status = RunOutcome.QUARANTINED, SourceError.exit_status
        why = f"{alarm}; look at the site, then `archive decide release-run {entry.id}`"
    now = clock.now()
    connection.execute(
        update(RunRow)
        .where(RunRow.id == row)
        .values(ended_at=now, heartbeat_at=now, outcome=str(outcome), reason=why, counts=_sorted(counts))
    )
    started = connection.scalar(select(RunRow.started_at).where(RunRow.id == row))
    assert started is not None, "a run that ends has begun"
    days = {started.astimezone(ZoneInfo(entry.timezone)).date()}
    cover(connection, entry.id, entry.timezone, days=days)
    if outcome is RunOutcome.OK and counts["listings"] and (quiet := _silence(connection, entry, now)):
        outcome, why, status = RunOutcome.SHORT, quiet, SourceSilent.exit_status
        connection.execute(update(RunRow).where(RunRow.id == row).values(outcome=str(outcome), reason=why))
        cover(connection, entry.id, entry.timezone, days=days)
    return RunSummary(run=row, source=entry.id, outcome=outcome, reason=why, counts=_sorted(counts), exit_status=status)


def _sorted(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: counts[key] for key in sorted(counts) if counts[key]}


def _judge(
    connection: Connection, entry: SourceEntry, *, row: int, reason: str, counts: Counter[str]
) -> tuple[RunOutcome, str, int]:
    errors = [f"{counts[name]} {name.replace('_', ' ')}" for name in ERRORS if counts[name]]
    watched = bool(counts["listings"])
    crawled = connection.scalar(select(RunRow.obtained).where(RunRow.id == row)) in (Obtained.LIVE, Obtained.BACKFILL)
    if reason == "closespider_timeout":
        return RunOutcome.OK, "its time was up; the rest stays due", 0
    if reason not in ("finished", "shutdown"):
        return RunOutcome.FAILED, f"ended early: {reason}", SourceError.exit_status
    if not watched and errors and crawled:
        return RunOutcome.FAILED, f"no listing could be read: {', '.join(errors)}", SourceError.exit_status
    if watched and not counts["listed"] and _usually_lists(connection, entry, row):
        return (
            RunOutcome.SHORT,
            "its listings showed no document, where it usually shows some",
            SourceSilent.exit_status,
        )
    if counts["documents"] >= USUAL_ENTRIES and counts["absent"] == counts["documents"]:
        return RunOutcome.FAILED, "every page asked for was gone", SourceError.exit_status
    if errors:
        return RunOutcome.OK, ", ".join(errors), SourceError.exit_status
    return RunOutcome.OK, reason, 0


def _silence(connection: Connection, entry: SourceEntry, now: datetime) -> str | None:
    """Why the source counts as silent by its own rhythm, if it does."""
    if entry.closed:
        return None
    seen = watched(connection, {entry.id: entry.per_week}, now, only=entry.id).get(entry.id)
    state, reason = judge(seen, now) if seen else (None, "")
    return reason if state is SourceState.SILENT else None


def _usually_lists(connection: Connection, entry: SourceEntry, row: int) -> bool:
    """Whether an empty listing is news: the catalog gives a rhythm, or one of its last runs showed five or more."""
    if entry.per_week:
        return True
    recent = connection.scalars(
        select(RunRow.counts)
        .where(RunRow.source_id == entry.id, RunRow.id != row, RunRow.ended_at.is_not(None))
        .order_by(RunRow.id.desc())
        .limit(10)
    ).all()
    return any(counts.get("listed", 0) >= USUAL_ENTRIES for counts in recent)


def cover(connection: Connection, source: str, timezone: str, *, days: Iterable[date] | None = None) -> None:
    """Remake the coverage of a source from its runs: of the given local days, or of all."""
    zone = ZoneInfo(timezone)
    wanted = None if days is None else set(days)
    by_day: dict[date, list[Any]] = {}
    for run in connection.execute(
        select(RunRow.started_at, RunRow.outcome, RunRow.counts, RunRow.obtained).where(RunRow.source_id == source)
    ):
        day = run.started_at.astimezone(zone).date()
        if run.obtained in (Obtained.LIVE, Obtained.BACKFILL) and (wanted is None or day in wanted):
            by_day.setdefault(day, []).append(run)
    stale = delete(Coverage).where(Coverage.source_id == source)
    connection.execute(stale if wanted is None else stale.where(Coverage.day.in_(wanted)))
    rows = [_covered(source, day, runs) for day, runs in sorted(by_day.items())]
    if rows:
        connection.execute(insert(Coverage), rows)


def _covered(source: str, day: date, runs: list[Any]) -> dict[str, Any]:
    total: Counter[str] = Counter()
    for run in runs:
        total.update(run.counts)
    outcomes = {run.outcome for run in runs}
    return {
        "source_id": source,
        "day": day,
        "runs": len(runs),
        "outcome": next((str(each) for each in reversed(OUTCOMES_BY_WEIGHT) if each in outcomes), None),
        "listed": total["listed"],
        "fetched": total["documents"],
        "refused": total["refused"] + total["robots_refused"] + total["blocked"],
        "new_documents": total["new_documents"],
    }
