"""A panel: counts by one dimension and period, zero only where somebody watched, else null."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Date, cast, func, select

from archive.errors import UsageError
from archive.export.choice import Asked
from archive.export.columns import RIGHTS, Column, Table, derived
from archive.models import Appearance, Coverage, Document, Source, Speaker, Statement, Version
from archive.query.filters import published_day

__all__ = ["DIMENSIONS", "PERIODS", "panel_table", "read_panel"]

DIMENSIONS: Mapping[str, tuple[Any, str]] = {
    "source": (Source.id, "id of the source in the catalog"),
    "jurisdiction": (Source.jurisdiction, "Open Civic Data id of the place that the sources speak for"),
    "office": (Source.office, "office that speaks in the sources' releases"),
    "speaker": (Speaker.public_id, "public id of the speaker"),
    "document_kind": (Document.document_kind, "what the documents are"),
}
PERIODS = ("day", "week", "month", "year")
_ON_SQLITE = {"day": (), "week": ("-6 days", "weekday 1"), "month": ("start of month",), "year": ("start of year",)}
_UNKNOWN = "nobody watched, so nothing is known"
Cell = tuple[str | None, date]


def read_panel(written: str) -> tuple[str, str]:
    """What `jurisdiction,month` asks for. Raises UsageError for other words."""
    parts = tuple(part.strip() for part in written.split(","))
    if len(parts) != 2 or parts[0] not in DIMENSIONS or parts[1] not in PERIODS:
        raise UsageError(
            f"{written!r} is no panel; write one of {', '.join(DIMENSIONS)}, a comma, and one of {', '.join(PERIODS)}"
        )
    return parts[0], parts[1]


def panel_table(dimension: str, period: str) -> Table:
    """The table of a panel: a row for each value of the dimension and each period."""
    return Table(
        name="panel",
        description=f"Counts by {dimension} and {period}: 0 only where the coverage says that somebody watched.",
        columns=(_value(dimension), *_COLUMNS),
        key=(dimension, "first_day"),
        unique=False,
        given=partial(_rows, dimension, period),
    )


def _value(dimension: str) -> Column:
    return derived(dimension, "string", DIMENSIONS[dimension][1], missing="of documents that have none")


_COLUMNS = (
    derived("first_day", "date", "first day of the period; a week begins on Monday"),
    derived("days", "integer", "length of the period", unit="days"),
    derived("sources", "integer", "sources that belong to the value; of a speaker those that ever carried words",
            unit="sources"),
    derived("watched_share", "number", "share of the days of these sources on which a crawl read the source, 0.0 to "
            "1.0"),
    derived("documents", "integer", "documents published in the period; by speaker those that carry words",
            unit="documents", missing=_UNKNOWN),
    derived("statements", "integer", "statements that the latest versions of these documents carry", unit="statements",
            missing=_UNKNOWN),
    derived("rights", "string", "rights in this row", values=RIGHTS),
)  # fmt: skip


def _rows(dimension: str, period: str, asked: Asked) -> Iterator[tuple[Any, ...]]:
    counting = _Counting(asked, DIMENSIONS[dimension][0], period, by_speaker=dimension == "speaker")
    documents, statements = counting.documents(), counting.statements()
    of, watched = counting.sources(), counting.watched()
    days = [day for each in watched.values() for day in each]
    looked = list(_periods(min(days), max(days), period)) if days else []
    counted: defaultdict[str | None, set[date]] = defaultdict(set)
    for value, first in (*documents, *statements):
        counted[value].add(first)
    for value in sorted({*of, *counted}, key=lambda each: (each is not None, each or "")):
        # Outside of the days on which anybody watched there are rows of what was found all the same, and of nothing.
        for first in sorted({*looked, *counted[value]}):
            length = (_next(first, period) - first).days
            seen = sum(watched[source].get(first, 0) for source in of[value])
            nothing = 0 if seen else None
            yield (
                value, first, length, len(of[value]), seen / (length * len(of[value])) if of[value] else 0.0,
                documents.get((value, first), nothing), statements.get((value, first), nothing), "facts",
            )  # fmt: skip


def _next(first: date, period: str) -> date:
    if period == "year":
        return date(first.year + 1, 1, 1)
    if period == "month":
        return (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first + timedelta(days=7 if period == "week" else 1)


def _periods(first: date, last: date, period: str) -> Iterator[date]:
    while first <= last:
        yield first
        first = _next(first, period)


@dataclass(frozen=True, slots=True)
class _Counting:
    """Counts of one archive by a column and the first day of a period."""

    asked: Asked
    column: Any
    period: str
    by_speaker: bool

    def _first(self, day: Any) -> ColumnElement[date]:
        if self.asked.dialect == "sqlite":
            return func.date(day, *_ON_SQLITE[self.period], type_=Date)
        return cast(func.date_trunc(self.period, day), Date)

    def _counted(self, wanted: Any) -> dict[Cell, int]:
        return {(value, first): count for value, first, count in self.asked.connection.execute(wanted)}

    def _spoken(self, *columns: Any) -> Any:
        wanted = (
            select(*columns)
            .select_from(Appearance)
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .join(Source, Source.id == Document.source_id)
            .outerjoin(Statement, Statement.id == Appearance.statement_id)
            .where(Version.is_latest, *self.asked.appearances)
        )
        return wanted.join(Speaker, Speaker.id == Appearance.speaker_id) if self.by_speaker else wanted

    def documents(self) -> dict[Cell, int]:
        """Documents by value and first day."""
        if self.by_speaker:
            first = self._first(Appearance.day)
            return self._counted(
                self._spoken(self.column, first, func.count(Document.id.distinct())).group_by(self.column, first)
            )
        first = self._first(published_day(self.asked.dialect))
        wanted = select(self.column, first, func.count()).join(Source, Source.id == Document.source_id)
        return self._counted(wanted.where(*self.asked.documents).group_by(self.column, first))

    def statements(self) -> dict[Cell, int]:
        """Statements by value and first day."""
        first = self._first(Appearance.day)
        counted = func.count(Appearance.statement_id.distinct())
        return self._counted(self._spoken(self.column, first, counted).group_by(self.column, first))

    def sources(self) -> defaultdict[str | None, set[str]]:
        """The sources that belong to each value."""
        if self.by_speaker:
            wanted = self._spoken(self.column, Document.source_id).distinct()
        elif self.column is Document.document_kind:
            wanted = select(Source.document_kind, Source.id)
        else:
            wanted = select(self.column, Source.id)
        one = self.asked.choice.filters.source
        found: defaultdict[str | None, set[str]] = defaultdict(set)
        for value, source in self.asked.connection.execute(wanted.where(Source.id == one) if one else wanted):
            found[value].add(source)
        return found

    def watched(self) -> defaultdict[str, dict[date, int]]:
        """Days on which a source was watched, by source and first day of the period."""
        filters, first = self.asked.choice.filters, self._first(Coverage.day)
        wanted = select(Coverage.source_id, first, func.count()).where(Coverage.outcome == "ok")
        wanted = wanted.where(Coverage.day >= filters.since) if filters.since else wanted
        wanted = wanted.where(Coverage.day <= filters.until) if filters.until else wanted
        found: defaultdict[str, dict[date, int]] = defaultdict(dict)
        for source, day, count in self.asked.connection.execute(wanted.group_by(Coverage.source_id, first)):
            found[source][day] = count
        return found
