"""The tables that come from the roster: offices, terms and jurisdictions, whole, whatever the filters are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from archive.export.choice import Asked
from archive.export.columns import RIGHTS, Reference, Table, derived, observed
from archive.roster import Term, load_roster

__all__ = ["ROSTER", "open_states", "wikidata"]

_OPEN_STATES = re.compile(r"openstates/[^;]*?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.yml")
KINDS = ("country", "county", "district", "place", "state", "territory")


def wikidata(person: str | None) -> str | None:
    """The Wikidata item of a person of the roster, where it is known."""
    found = load_roster().people.get(person or "")
    return found.wikidata if found else None


def open_states(person: str | None) -> str | None:
    """The id in Open States (`ocd-person/...`) of a person whose data came from there."""
    roster = load_roster()
    found = roster.people.get(person or "")
    if found is None:
        return None
    told = (found.origin, *(term.origin for term in roster.terms_of(found.id)))
    match = next(filter(None, map(_OPEN_STATES.search, told)), None)
    return f"ocd-person/{match[1]}" if match else None


def _rights(origin: str) -> str:
    return "cc0" if "CC0" in origin or "openstates/" in origin else "public record"


def _offices(_: Asked) -> Iterator[tuple[Any, ...]]:
    for office in sorted(load_roster().offices.values(), key=lambda each: each.id):
        levels = "|".join(sorted(office.levels)) or None
        yield (office.id, office.title, levels, office.single, str(office.speaker_class), "facts")


def _terms(_: Asked) -> Iterator[tuple[Any, ...]]:
    roster = load_roster()

    def place(term: Term) -> tuple[str, ...]:
        return (term.person, term.office, term.jurisdiction, str(term.start or ""), str(term.end or ""))

    for term in sorted(roster.tables.terms, key=place):
        person = roster.people.get(term.person)
        yield (
            term.person, person.name if person else term.person, wikidata(term.person),
            open_states(term.person), term.office, term.jurisdiction, term.start, term.started, term.end,
            term.start_kind or None, term.end_kind or None, term.seen, None, term.origin, _rights(term.origin),
        )  # fmt: skip


def _jurisdictions(_: Asked) -> Iterator[tuple[Any, ...]]:
    for place in sorted(load_roster().jurisdictions.values(), key=lambda each: each.id):
        yield (
            place.id, place.name, place.kind, place.state or None, place.geoid or None, place.population,
            place.population_year, "|".join(place.aliases) or None, place.origin, _rights(place.origin),
        )  # fmt: skip


OFFICES = Table(
    name="offices",
    description="The offices that the roster knows, all of them whatever the filters are.",
    columns=(
        observed("id", "string", "id of the office"),
        observed("title", "string", "as it is printed"),
        observed("levels", "string", "kinds of jurisdictions that have it, joined by `|`", missing="any kind may"),
        observed("single", "boolean", "whether each jurisdiction has one holder at a time"),
        observed("speaker_class", "string", "what its holder is", values=("official", "public_role")),
        observed("rights", "string", "rights in this row", values=RIGHTS),
    ),
    key=("id",),
    given=_offices,
)

TERMS = Table(
    name="terms",
    description="Who held which office where and when, by the roster that resolved the speakers; all of it.",
    columns=(
        observed("person", "string", "id of the person in the roster; `person` in speakers"),
        observed("name", "string", "full name"),
        observed("wikidata", "string", "item of Wikidata, `Q...`", missing="not known"),
        observed("open_states", "string", "id in Open States, `ocd-person/...`", missing="not known"),
        observed("office", "string", "id of the office"),
        observed("jurisdiction", "string", "Open Civic Data id of the place"),
        observed("start", "date", "first day; of a month or a year its first day", missing="not known"),
        derived("started", "date", "latest day on which it can have begun", missing="not known"),
        observed("end", "date", "last day; of a month or a year its last day", missing="not known, or still in office"),
        observed("start_kind", "string", "how the start is known", values=("inferred", "stated"), missing="not said"),
        observed("end_kind", "string", "how the end is known", values=("actual", "expected", "inferred"),
                 missing="not said"),
        observed("seen", "date", "last day on which the person was known to be in office", missing="not said"),
        observed("party", "string", "party of this term", values=("nonpartisan",),
                 missing="unknown: the roster holds no party"),
        observed("origin", "string", "where the row comes from"),
        observed("rights", "string", "rights in this row", values=RIGHTS),
    ),
    key=("person", "office", "jurisdiction", "start", "end"),
    unique=False,
    given=_terms,
    references=(Reference("office", "offices"), Reference("jurisdiction", "jurisdictions")),
)  # fmt: skip

JURISDICTIONS = Table(
    name="jurisdictions",
    description="The places that the roster knows, all of them whatever the filters are.",
    columns=(
        observed("id", "string", "Open Civic Data division id"),
        observed("name", "string", "as people write it"),
        observed("kind", "string", "what it is", values=KINDS),
        observed("state", "string", "postal abbreviation of its state", missing="lies in no state"),
        observed("geoid", "string", "Census GEOID; text, since zeros lead", missing="not known"),
        observed("population", "integer", "inhabitants in `population_year`", unit="people", missing="not known"),
        observed("population_year", "integer", "year of the estimate", unit="year", missing="not known"),
        observed("aliases", "string", "other names, joined by `|`", missing="none"),
        observed("origin", "string", "where the row comes from"),
        observed("rights", "string", "rights in this row", values=RIGHTS),
    ),
    key=("id",),
    given=_jurisdictions,
)

ROSTER = (OFFICES, TERMS, JURISDICTIONS)
