"""All that a report tells of a period, asked of the query layer. Its time is the archive's own, never the clock's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import Connection

from archive import query
from archive.catalog import SourceEntry
from archive.derive.health import BAD
from archive.errors import UsageError
from archive.report.drawing import Bars, bars
from archive.report.passages import Passage, passages

__all__ = ["DAYS", "TITLE", "Changed", "Report", "Silence", "SourceRow", "gather", "period_of"]

TITLE = "What officials said"
YEARS = range(1000, 9000)  # a report looks some weeks back and a day ahead
DAYS = 30  # of a report without other wishes
WEEKS = 12  # of a source's bars
MOST_DAYS = 62  # that are drawn as days; a longer period is drawn as weeks
MOST_SOURCES, MOST_EDITS, MOST_REMOVALS = 60, 20, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An edit with the passages that changed; `more` passages are not shown."""

    edit: query.Edit
    passages: list[Passage]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """A source with its items per week, and the days of the period on which it was watched."""

    source: str
    title: str
    published: int
    weeks: Bars
    days: Bars | None
    watched: int
    asked: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Days in a row on which no source was watched, both ends included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A period of an archive, ready to be written; lists are cut, and `counts` say how long they would be."""

    title: str
    since: date
    until: date
    held: query.Status
    counts: Mapping[str, int]
    said: list[query.StatementHit]
    carriers: list[query.Carrier]
    voices: list[query.Voice]
    timeline: Bars
    timeline_step: str
    unannounced: list[Changed]
    noted: list[Changed]
    removals: list[query.RemovalFacts]
    health: list[query.Health]
    failed: list[tuple[str, str, int]]
    sources: list[SourceRow]
    silences: list[Silence]


def period_of(held: query.Status, since: date | None, until: date | None, days: int = DAYS) -> tuple[date, date]:
    """The period asked for; it ends on the day (UTC) of the last capture and has so many days, unless it is said.

    Raises UsageError where the archive holds no capture, and for days beyond YEARS.
    """
    if held.last_capture is None:
        raise UsageError("nothing was captured yet, so that there is nothing to report: crawl or ingest first")
    last = until or held.last_capture.date()
    for day in (since or last, last):
        if day.year not in YEARS:
            raise UsageError(f"{day}: no report reaches there; give days from {YEARS[0]} to {YEARS[-1]}")
    return since or last - timedelta(days=days - 1), last


def gather(
    connection: Connection, catalog: Mapping[str, SourceEntry], *, since: date | None = None,
    until: date | None = None, title: str = TITLE,
) -> Report:  # fmt: skip
    """What the period from `since` to `until`, both inclusive, brought; by default the archive's last 30 days.

    Raises UsageError where nothing was captured yet, or the period is none.
    """
    held = query.status(connection)
    first, last = period_of(held, since, until)
    assert held.last_capture is not None, "a period has an end"
    by_day = query.activity(connection, since=first, until=last, step=query.Step.DAY)
    said = query.said_by_day(connection, since=first, until=last)
    most = query.said_most(connection, since=first, until=last)
    noted, unannounced = _edits(connection, first, last)
    gone = [each for each in query.removals(connection, since=first) if each.suspected_at.date() <= last]
    health = [each for each in query.health(connection, catalog, held.last_capture) if each.state in BAD]
    watched = _watched_days(by_day, first, last)
    step, timeline = _timeline(said, watched, first)
    rows = _rows(connection, by_day, last)
    return Report(
        title=title, since=first, until=last, held=held, said=most,
        counts=_counts(by_day, said, unannounced, noted, gone, rows),
        carriers=query.carriers(connection, [each.statement for each in most]),
        voices=query.voices(connection, since=first, until=last),
        timeline=timeline, timeline_step=step,
        unannounced=unannounced.shown, noted=noted.shown, removals=gone[:MOST_REMOVALS],
        health=health, failed=_failed(connection, first, last),
        sources=rows[:MOST_SOURCES], silences=_silences(watched, first),
    )  # fmt: skip


def _counts(
    by_day: Sequence[query.Activity], said: Mapping[date, int], unannounced: _Edits, noted: _Edits,
    gone: Sequence[query.RemovalFacts], rows: Sequence[SourceRow],
) -> dict[str, int]:  # fmt: skip
    days = [period for each in by_day for period in each.periods]
    return {
        "statements": sum(said.values()),
        "published": sum(day.published for day in days),
        "unannounced": unannounced.count,
        "noted": noted.count,
        "removals": len([each for each in gone if each.state != "restored"]),
        "all_removals": len(gone),
        "sources": len(rows),
        "watched": sum(each.watched > 0 for each in rows),
    }


@dataclass(slots=True)
class _Edits:
    """Edits of one sort: how many, and the latest of them."""

    count: int = 0
    shown: list[Changed] = field(default_factory=list)

    def add(self, edit: query.Edit) -> None:
        self.count += 1
        if len(self.shown) < MOST_EDITS:
            found, more = passages(edit)
            self.shown.append(Changed(edit=edit, passages=found, more=more))


def _edits(connection: Connection, since: date, until: date) -> tuple[_Edits, _Edits]:
    noted, unannounced = _Edits(), _Edits()
    for edit in query.edits(connection, since=since, until=until):
        (noted if edit.notice else unannounced).add(edit)
    return noted, unannounced


def _watched_days(by_day: Sequence[query.Activity], since: date, until: date) -> list[bool]:
    """Of each day, whether any source was watched."""
    columns = zip(*(each.periods for each in by_day), strict=True)
    watched = [any(day.watched for day in column) for column in columns]
    return watched or [False] * ((until - since).days + 1)


def _timeline(said: Mapping[date, int], watched: Sequence[bool], since: date) -> tuple[str, Bars]:
    """Statements per day, or per week where the period is long."""
    days = [since + timedelta(days=number) for number in range(len(watched))]
    if len(days) <= MOST_DAYS:
        steps = [(day, said.get(day, 0), seen) for day, seen in zip(days, watched, strict=True)]
        return "day", bars(steps, width=720, height=120)
    weeks = [(days[at : at + 7], watched[at : at + 7]) for at in range(0, len(days), 7)]
    steps = [(week[0], sum(said.get(day, 0) for day in week), any(seen)) for week, seen in weeks]
    return "week", bars(steps, width=720, height=120)


def _rows(connection: Connection, by_day: Sequence[query.Activity], until: date) -> list[SourceRow]:
    """The sources of the archive, those that published most first."""
    monday = until - timedelta(days=until.weekday())
    weekly = query.activity(connection, since=monday - timedelta(weeks=WEEKS - 1), until=until)
    rows = [_row(week, day) for week, day in zip(weekly, by_day, strict=True)]
    return sorted(rows, key=lambda row: (-row.published, row.source))


def _row(week: query.Activity, day: query.Activity) -> SourceRow:
    weeks = [(each.begins, each.published, each.watched > 0) for each in week.periods]
    days = [(each.begins, int(each.watched > 0), each.watched > 0) for each in day.periods]
    return SourceRow(
        source=week.source,
        title=week.title,
        published=sum(each.published for each in day.periods),
        weeks=bars(weeks, width=168, height=28),
        days=bars(days, width=180, height=12, gap=0.12) if len(days) <= MOST_DAYS else None,
        watched=sum(each.watched for each in day.periods),
        asked=len(days),
    )


def _failed(connection: Connection, since: date, until: date) -> list[tuple[str, str, int]]:
    """Source, why, and how often, of the runs of the period (UTC days) that did not end `ok`."""
    runs = query.runs(connection, failing=True, limit=None)
    why = Counter(
        (run.source, run.reason or run.outcome or "it never ended")
        for run in runs
        if since <= run.started_at.date() <= until
    )
    return sorted((source, reason, times) for (source, reason), times in why.items())


def _silences(watched: Sequence[bool], since: date) -> list[Silence]:
    """The stretches of days on which nobody watched any source."""
    found: list[Silence] = []
    for number, seen in enumerate(watched):
        day = since + timedelta(days=number)
        if seen:
            continue
        if found and found[-1].last == day - timedelta(days=1):
            found[-1] = Silence(first=found[-1].first, last=day)
        else:
            found.append(Silence(first=day, last=day))
    return found
