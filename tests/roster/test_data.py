"""The built-in data hold together."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

import pytest

from archive.roster import Roster, load_roster
from archive.roster.names import fold
from archive.roster.tables import COLUMNS


@pytest.fixture(scope="module")
def roster() -> Roster:
    return load_roster(())


def test_nothing_wants_mending(roster: Roster) -> None:
    """Ids are unique, references lead somewhere, terms run forwards, corrections correct something."""
    assert [problem for problem in roster.problems(date(2026, 11, 1)) if problem.level == "error"] == []


def test_every_fact_has_its_origin(roster: Roster) -> None:
    """And every correction its reason, source and day."""
    tables = roster.tables
    origins = {
        **{place.id: place.origin for place in tables.jurisdictions},
        **{person.id: person.origin for person in tables.people},
        **{term.at: term.origin for term in tables.terms},
    }
    assert [about for about, origin in origins.items() if not origin] == []
    for override in tables.overrides:
        assert override.reason, override
        assert override.source, override
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", override.day), override


def test_ids_are_readable(roster: Roster) -> None:
    """The first jurisdiction and the name, in plain letters."""
    assert [each for each in roster.people if not re.fullmatch(r"us(-[a-z0-9]+)+", each)] == []


def test_people_of_the_names_that_the_roster_prints_are_found(roster: Roster) -> None:
    """Everybody is found by name and by each alias."""
    for person in roster.people.values():
        for name in (person.name, *(alias for alias in person.aliases if " " in alias)):
            assert person.id in {found.id for found in roster.find(name)}, (person.id, name)


@pytest.mark.parametrize("year", range(2010, 2027))
def test_every_state_has_one_governor(roster: Roster, year: int) -> None:
    """On the first of March of each year."""
    states = [place.id for place in roster.jurisdictions.values() if place.kind == "state"]
    assert len(states) == 50
    counts = {state: len(roster.terms.holders("governor", state, date(year, 3, 1))) for state in states}
    assert {state: count for state, count in counts.items() if count != 1} == {}


@pytest.mark.parametrize("year", range(2010, 2027))
def test_the_biggest_cities_have_a_mayor(roster: Roster, year: int) -> None:
    """Of the fifty biggest all but a few, on the first of March of each year: none of them two with known dates."""
    towns = [place for place in roster.jurisdictions.values() if place.kind in ("place", "district")]
    biggest = sorted(towns, key=lambda place: -(place.population or 0))[:50]
    on = date(year, 3, 1)
    held = {place.name: roster.terms.holders("mayor", place.id, on) for place in biggest}
    assert sum(not holders for holders in held.values()) <= 4, [name for name, holders in held.items() if not holders]
    certain = {name: [term.person for term, basis in terms if basis == "confirmed"] for name, terms in held.items()}
    assert {name: people for name, people in certain.items() if len(people) > 1} == {}


def test_names_of_places_are_unambiguous(roster: Roster) -> None:
    """No two of the same kind are written alike."""
    names = Counter((fold(place.name), place.kind) for place in roster.jurisdictions.values())
    assert {name: count for name, count in names.items() if count > 1} == {}


def test_presidents_follow_one_another(roster: Roster) -> None:
    """On the day after each inauguration there is one."""
    for year in (2001, 2009, 2013, 2017, 2021, 2025):
        (found,) = roster.terms.holders("president", "ocd-division/country:us", date(year, 1, 21))
        assert found[1] in ("confirmed", "open")


def test_the_columns_are_documented() -> None:
    """Each in back quotes, in docs/roster.md."""
    from tests.docs_blocks import DOCS

    text = (DOCS / "roster.md").read_text(encoding="utf-8")
    assert [column for columns in COLUMNS.values() for column in columns if f"`{column}`" not in text] == []
