"""How much came of each source, week by week or day by day, beside the days on which somebody watched it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, Date, Integer, Select, and_, cast, extract, func, or_, select

from archive.errors import UsageError
from archive.models import Appearance, Coverage, Document, Removal, Source, Version
from archive.records import RunOutcome

__all__ = ["MOST_STEPS", "Activity", "Counted", "Step", "activity", "steps"]

MOST_STEPS = 800  # two years of days, fifteen of weeks
WATCHED = (RunOutcome.OK, RunOutcome.SHORT)
# Local days begin at whole quarters of an hour of UTC in every zone, so that quarters can be counted by the database.
QUARTER = 900
ONE_DAY = timedelta(days=1)
Cells = Counter[tuple[str, date]]


class Step(StrEnum):
    """How long the periods of a series are; a week is an ISO week."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a source brought in one step of a series, in its own time zone; `begins` is the day, or the week's Monday.

    `published` counts documents by the day they bear (without one, by the day they were first seen) and `statements`
    those that they carry, each once. `new_documents` counts by the day of first sight, `new_versions` edits by the
    first capture of the new text, `removals` by the first absence, without those restored since. Of `days` asked for,
    a crawl could read the source on `watched`: where that is 0, nothing is known, and a zero means nothing.
    """

    begins: date
    days: int
    watched: int
    published: int
    statements: int
    new_documents: int
    new_versions: int
    removals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """One source and its series without gaps, oldest first."""

    source: str
    title: str
    office: str | None
    jurisdiction: str | None
    document_kind: str
    periods: tuple[Counted, ...]


def activity(
    connection: Connection, *, since: date, until: date, step: Step = Step.WEEK, source: str | None = None,
    jurisdiction: str | None = None, office: str | None = None,
) -> list[Activity]:  # fmt: skip
    """The series of every source that the filters let in, by id, from `since` to `until`, both inclusive.

    A week that the period cuts has fewer `days`, and counts on those only. `jurisdiction` takes the divisions within it
    too. Raises UsageError where the period is empty or longer than MOST_STEPS.
    """
    begins = steps(since, until, step)
    wanted = select(Source.__table__).where(*_of(source, jurisdiction, office)).order_by(Source.id)
    sources = connection.execute(wanted).all()
    if not sources:
        return []
    found = _Counts(connection, {row.id: row.timezone for row in sources}, since, until, step).all()
    days = Counter(_step_of(since + ONE_DAY * number, step) for number in range((until - since).days + 1))
    return [
        Activity(
            source=row.id, title=row.title, office=row.office, jurisdiction=row.jurisdiction,
            document_kind=row.document_kind,
            periods=tuple(
                Counted(begins=at, days=days[at], **{name: cells[row.id, at] for name, cells in found.items()})
                for at in begins
            ),
        )
        for row in sources
    ]  # fmt: skip


def steps(since: date, until: date, step: Step) -> list[date]:
    """The first day of every step of a period, oldest first; UsageError where there are none or too many."""
    if until < since:
        raise UsageError(f"the period ends on {until}, before it begins on {since}; give the earlier day first")
    first, length = _step_of(since, step), 7 if step is Step.WEEK else 1
    number = (until - first).days // length + 1
    if number > MOST_STEPS:
        raise UsageError(f"{since} to {until} are {number:,} {step}s, more than {MOST_STEPS}; ask for a shorter period")
    return [first + timedelta(days=length) * each for each in range(number)]


def _step_of(day: date, step: Step) -> date:
    return day - ONE_DAY * day.weekday() if step is Step.WEEK else day


def _of(source: str | None, jurisdiction: str | None, office: str | None) -> Iterator[ColumnElement[bool]]:
    if source:
        yield Source.id == source
    if jurisdiction:
        within = Source.jurisdiction.startswith(jurisdiction.rstrip("/") + "/", autoescape=True)
        yield or_(Source.jurisdiction == jurisdiction, within)
    if office:
        yield Source.office == office


class _Counts:
    """The counts of one period, each read by an index or by one pass over `document`, never over texts."""

    def __init__(self, connection: Connection, zones: Mapping[str, str], since: date, until: date, step: Step) -> None:
        self.connection, self.since, self.until, self.step = connection, since, until, step
        self.zones = {name: ZoneInfo(zone) for name, zone in zones.items()}
        # Wide enough for every zone; what lies outside the local days is left out afterwards.
        self.after = datetime.combine(since, time(), UTC) - ONE_DAY
        self.before = datetime.combine(until, time(), UTC) + 2 * ONE_DAY
        everything = connection.scalar(select(func.count()).select_from(Source)) == len(zones)
        self.chosen = None if everything else list(zones)
        self.mine = self.of_chosen(Document.source_id)

    def of_chosen(self, column: Any) -> list[ColumnElement[bool]]:
        """The condition that the filters set on a column of source ids, if any."""
        return [] if self.chosen is None else [column.in_(self.chosen)]

    def all(self) -> dict[str, Cells]:
        """Per field of Counted the counts by source and step."""
        dated, undated = self.documents()
        return {
            "watched": self.watched(),
            "published": self.cells(self.connection.execute(dated)) + self.by_time(undated),
            "statements": self.statements(),
            "new_documents": self.by_time(self.quarters(Document.first_seen)),
            "new_versions": self.by_time(self.edits()),
            "removals": self.by_time(self.removals()),
        }

    def watched(self) -> Cells:
        rows = self.connection.execute(
            select(Coverage.source_id, Coverage.day).where(
                Coverage.day.between(self.since, self.until),
                Coverage.outcome.in_(WATCHED),
                *self.of_chosen(Coverage.source_id),
            )
        )
        return self.cells((row.source_id, row.day, 1) for row in rows)

    def documents(self) -> tuple[Any, Any]:
        day = Document.published_date
        dated = (
            select(Document.source_id, day, func.count())
            .where(day.between(self.since, self.until), *self.mine)
            .group_by(Document.source_id, day)
        )
        return dated, self.quarters(Document.first_seen).where(day.is_(None))

    def edits(self) -> Select[Any]:
        edited = (Version.document_id == Document.id) & (Version.number > 1)
        return (
            self.quarters(Version.first_captured)
            .join(Version, edited)
            .where(Document.versions > 1, Document.last_seen >= self.after)
        )

    def removals(self) -> Select[Any]:
        return (
            self.quarters(Removal.suspected_at)
            .join(Removal, Removal.document_id == Document.id)
            .where(Removal.restored_at.is_(None))
        )

    def quarters(self, at: Any) -> Select[Any]:
        """Source, quarter of an hour since 1970, and how many documents have that time, in and about the period."""
        seconds: Any = extract("epoch", at)
        if self.connection.dialect.name != "sqlite":
            seconds = cast(func.floor(seconds), Integer)
        quarter = (seconds // QUARTER).label("quarter")
        return (
            select(Document.source_id, quarter, func.count())
            .where(at >= self.after, at < self.before, *self.mine)
            .group_by(Document.source_id, quarter)
        )

    def statements(self) -> Cells:
        """A statement counts once in a step, whichever of its days and documents carry it."""
        day, undated = Appearance.day, Document.published_date.is_(None)
        seen = and_(undated, Document.first_seen >= self.after, Document.first_seen < self.before)
        begins = self.step_of(day).label("begins")
        carried = (
            select(Document.source_id, begins, func.count(Appearance.statement_id.distinct()))
            .join(Version, Version.document_id == Document.id)
            .join(Appearance, Appearance.version_id == Version.id)
            .where(or_(Document.published_date.between(self.since, self.until), seen), *self.mine)
            .where(day.between(self.since, self.until), Appearance.statement_id.is_not(None))
            .group_by(Document.source_id, begins)
        )
        rows = self.connection.execute(carried)
        return self.cells((name, max(at, self.since), number) for name, at, number in rows)

    def step_of(self, day: Any) -> ColumnElement[date]:
        if self.step is Step.DAY:
            return day  # type: ignore[no-any-return]
        if self.connection.dialect.name == "sqlite":
            return func.date(day, "weekday 0", "-6 days", type_=Date)
        return cast(func.date_trunc("week", day), Date)

    def by_time(self, wanted: Select[Any]) -> Cells:
        rows = self.connection.execute(wanted)
        local = (
            (name, datetime.fromtimestamp(quarter * QUARTER, self.zones[name]).date(), number)
            for name, quarter, number in rows
        )
        return self.cells(local)

    def cells(self, rows: Iterable[Any]) -> Cells:
        found: Cells = Counter()
        for name, day, number in rows:
            if name in self.zones and self.since <= day <= self.until:
                found[name, _step_of(day, self.step)] += number
        return found
