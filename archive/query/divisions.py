"""Places: how much was said for each, by whom, and which sources speak for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from archive.errors import UnknownRecord
from archive.models import Source, Speaker, Statement
from archive.query.naming import is_private
from archive.query.sourcing import SourceFacts, sources
from archive.roster import load_roster

__all__ = ["PlaceCount", "PlaceFacts", "PlaceSpeaker", "place", "place_counts", "place_name"]

MOST_SPEAKERS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCount:
    """How many statements speak for a division itself, not counting those within it."""

    jurisdiction: str
    name: str
    statements: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSpeaker:
    """Who spoke for a place, in which office, how often and when; nobody private."""

    speaker: str
    speaker_id: str
    office: str | None
    statements: int
    first_date: date
    last_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceFacts:
    """A division. `statements` counts its own and those `within`; `around` are those it lies in, outermost first.

    `kind` and `population` are the roster's, None where it does not know the place.
    """

    id: str
    name: str
    kind: str | None
    population: int | None
    population_year: int | None
    around: list[tuple[str, str]]
    statements: int
    own: int
    within: list[PlaceCount]
    speakers: list[PlaceSpeaker]
    sources: list[SourceFacts]


def place_name(jurisdiction: str, printed: str | None = None) -> str:
    """What people call a division: by the roster, else as documents print it, else by the end of its id."""
    known = load_roster().jurisdiction_name(jurisdiction)
    end = jurisdiction.rpartition(":")[2].replace("_", " ")
    return known or printed or (end.upper() if len(end) == 2 else end.title()) or jurisdiction


def place_counts(connection: Connection) -> list[PlaceCount]:
    """Every division that statements speak for, the most first."""
    where, count = Statement.jurisdiction, func.count()
    # By the index alone: names are looked up for the few that the roster does not know.
    rows = connection.execute(
        select(where, count).where(where.is_not(None)).group_by(where).order_by(count.desc(), where)
    )
    counts: dict[str, int] = {str(row[0]): row[1] for row in rows}
    return [
        PlaceCount(jurisdiction=division, name=_name(connection, division), statements=number)
        for division, number in counts.items()
    ]


def _name(connection: Connection, division: str) -> str:
    if load_roster().jurisdiction_name(division):
        return place_name(division)
    printed = Statement.jurisdiction_name
    named = select(printed).where(Statement.jurisdiction == division, printed.is_not(None)).limit(1)
    return place_name(division, connection.scalar(named))


def place(connection: Connection, division: str, counts: Iterable[PlaceCount] | None = None) -> PlaceFacts:
    """One place; `counts` spares counting again. UnknownRecord for a division that neither archive nor roster knows."""
    given = place_counts(connection) if counts is None else list(counts)
    own = next((each for each in given if each.jurisdiction == division), None)
    within = [each for each in given if each.jurisdiction.startswith(f"{division}/")]
    known = load_roster().jurisdictions.get(division)
    heard = _sources(connection, division)
    if not (own or within or known or heard):
        raise UnknownRecord(f"no place has the id {division!r}; ids begin like ocd-division/country:us/state:il")
    own_statements = own.statements if own else 0
    return PlaceFacts(
        id=division,
        name=own.name if own else place_name(division),
        kind=known.kind if known else None,
        population=known.population if known else None,
        population_year=known.population_year if known else None,
        around=[(each, place_name(each)) for each in _around(division)],
        statements=own_statements + sum(each.statements for each in within),
        own=own_statements,
        within=within,
        speakers=_speakers(connection, division),
        sources=heard,
    )


def _around(division: str) -> list[str]:
    parts = division.split("/")
    return ["/".join(parts[:size]) for size in range(2, len(parts))]


def _speakers(connection: Connection, division: str) -> list[PlaceSpeaker]:
    first, count = Statement.first_date, func.count()
    rows = connection.execute(
        select(
            Speaker.name.label("speaker"), Speaker.public_id.label("speaker_id"), Statement.office,
            count.label("statements"), func.min(first).label("first_date"), func.max(first).label("last_date"),
        )
        .join(Speaker, Speaker.id == Statement.speaker_id)
        .where(Statement.jurisdiction == division, ~is_private())
        .group_by(Speaker.id, Speaker.name, Speaker.public_id, Statement.office)
        .order_by(count.desc(), Speaker.name, Speaker.public_id, Statement.office)
        .limit(MOST_SPEAKERS)
    )  # fmt: skip
    return [PlaceSpeaker(**row._mapping) for row in rows]


def _sources(connection: Connection, division: str) -> list[SourceFacts]:
    mine = Source.jurisdiction == division
    within = Source.jurisdiction.startswith(f"{division}/", autoescape=True)
    return list(sources(connection, connection.scalars(select(Source.id).where(mine | within))).values())
