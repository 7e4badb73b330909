"""What was watched: a nought is only a nought where a day has a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from archive.models import Coverage

__all__ = ["CoverageDay", "coverage"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageDay:
    """A source on one of its own days: the best outcome of its runs, and what they counted."""

    source: str
    day: date
    runs: int
    outcome: str | None
    listed: int
    fetched: int
    refused: int
    new_documents: int


def coverage(
    connection: Connection, *, source: str | None = None, since: date | None = None, until: date | None = None
) -> Iterator[CoverageDay]:
    """The days on which sources were looked at, by source and day."""
    c = Coverage
    wanted = select(
        c.source_id.label("source"), c.day, c.runs, c.outcome, c.listed, c.fetched, c.refused, c.new_documents
    )
    if source:
        wanted = wanted.where(c.source_id == source)
    if since:
        wanted = wanted.where(c.day >= since)
    if until:
        wanted = wanted.where(c.day <= until)
    for row in connection.execute(wanted.order_by(c.source_id, c.day).execution_options(yield_per=1_000)):
        yield CoverageDay(**row._mapping)
