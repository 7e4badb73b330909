"""What holds for every roster: no order of rows matters, and a stranger never takes another's words."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from archive.roster import Jurisdiction, Office, Person, Printed, Roster, Setting, SpeakerClass, Term
from archive.roster.names import fold, given_roots
from archive.roster.reading import Tables
from tests.roster.conftest import ASHBY, LARKIN, VERMONT

GIVEN = ("Ada", "Tom", "Thomas", "Bea", "Beatrice Q.")
FAMILY = ("Nairn", "Orr", "O'Dell", "de Witt")
TOWNS = (ASHBY, LARKIN)
PLACES = {ASHBY: "Ashby", LARKIN: "Larkin", VERMONT: "Vermont"}
OFFICES = ("mayor", "governor", "police_chief")


def _place(division: str, name: str) -> Jurisdiction:
    kind = "state" if division == VERMONT else "place"
    return Jurisdiction(
        id=division,
        name=name,
        kind=kind,
        state="VT",
        geoid="",
        population=None,
        population_year=None,
        aliases=(),
        origin="invented",
    )


def _office(name: str) -> Office:
    level = "state" if name == "governor" else "place"
    return Office(
        id=name,
        title=name.replace("_", " "),
        levels=frozenset((level,)),
        single=True,
        speaker_class=SpeakerClass.OFFICIAL,
        forms=(name.replace("_", " "),),
    )


days = st.dates(date(2000, 1, 1), date(2024, 12, 31))
names = st.tuples(st.sampled_from(GIVEN), st.sampled_from(FAMILY))


@st.composite
def holdings(draw: st.DrawFn, number: int) -> tuple[Person, Term]:
    """Somebody and a time in office; either end may be unknown."""
    first, family = draw(names)
    office = draw(st.sampled_from(OFFICES))
    start, end = sorted((draw(days), draw(days)))
    known_start, known_end = draw(st.booleans()), draw(st.sampled_from(("actual", "expected", "")))
    who = Person(
        id=f"p{number}",
        name=f"{first} {family}",
        given=first,
        family=family,
        aliases=(),
        wikidata=None,
        origin="invented",
    )
    term = Term(
        person=who.id,
        office=office,
        jurisdiction=VERMONT if office == "governor" else draw(st.sampled_from(TOWNS)),
        start=start if known_start else None,
        started=start if known_start else None,
        end=end if known_end else None,
        start_kind="stated" if known_start else "",
        end_kind=known_end,
        seen=None,
        origin="invented",
        at="here",
    )
    return who, term


@st.composite
def rosters(draw: st.DrawFn) -> list[tuple[Person, Term]]:
    """Up to six people."""
    return [draw(holdings(number)) for number in range(draw(st.integers(0, 6)))]


@st.composite
def questions(draw: st.DrawFn) -> tuple[Printed, Setting]:
    """A name, in full or in part, with or without role, place and setting."""
    first, family = draw(names)
    name = draw(st.sampled_from((f"{first} {family}", family, None)))
    role = draw(st.sampled_from((None, "mayor", "Gov. of Vermont", "police chief", "former mayor", "Democrat")))
    place = draw(st.sampled_from((None, "Ashby", "Larkin", "Elsewhere")))
    setting = Setting(
        on=draw(st.one_of(st.none(), days)),
        jurisdiction=draw(st.sampled_from((None, *PLACES))),
        office=draw(st.sampled_from((None, "mayor"))),
        places=draw(st.sampled_from(((), ("Ashby",), ("Larkin", "Vermont")))),
    )
    return Printed(name=name, role=role, place=place), setting


def build(held: list[tuple[Person, Term]]) -> Roster:
    """A roster of these people, their rows in this order."""
    tables = Tables(
        jurisdictions=[_place(division, name) for division, name in PLACES.items()],
        offices=[_office(name) for name in OFFICES],
        people=[person for person, _ in held],
        terms=[term for _, term in held],
    )
    return Roster(tables)


@given(held=rosters(), question=questions(), seed=st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_the_order_of_rows_does_not_matter(
    held: list[tuple[Person, Term]], question: tuple[Printed, Setting], seed: random.Random
) -> None:
    """The same rows in any order give the same answer, and the same question gets it again."""
    shuffled = list(held)
    seed.shuffle(shuffled)
    roster = build(held)
    assert roster.resolve(*question) == build(shuffled).resolve(*question) == roster.resolve(*question)


@given(held=rosters(), stranger=holdings(99), question=questions())
@settings(max_examples=300, deadline=None)
def test_a_stranger_changes_nothing_but_to_uncertain(
    held: list[tuple[Person, Term]], stranger: tuple[Person, Term], question: tuple[Printed, Setting]
) -> None:
    """One more person may make a name of the same surname uncertain, but never takes it over, unless of a place that
    the document speaks of."""
    seat = (stranger[1].office, stranger[1].jurisdiction)
    assume(seat not in {(term.office, term.jurisdiction) for _, term in held})  # a successor is no stranger
    before = build(held).resolve(*question)
    after = build([*held, stranger]).resolve(*question)
    printed, name = question[0].name, stranger[0].name
    if printed and fold(printed).split()[-1] != fold(name).split()[-1]:
        assert replace(after, office=before.office, office_basis=before.office_basis, reason=before.reason) == before
    elif before.person:
        asked, setting = question
        spoken_of = {
            setting.jurisdiction,
            *(place for place, name in PLACES.items() if name in (asked.place, *setting.places)),
        }
        near = any(place and (seat[1].startswith(place) or place.startswith(seat[1])) for place in spoken_of)
        assert after.person in (before.person, None, stranger[0].id if near else None)


@given(held=rosters(), question=questions())
@settings(max_examples=300, deadline=None)
def test_who_is_found_fits(held: list[tuple[Person, Term]], question: tuple[Printed, Setting]) -> None:
    """A person that is found has the printed name, and an office that is given was held by the dates or printed."""
    printed, setting = question
    found = build(held).resolve(printed, setting)
    assert (found.office is None) == (found.office_basis is None)
    if found.person is None:
        assert found.name == printed.name
        return
    person, term = next(pair for pair in held if pair[0].id == found.person)
    if printed.name:
        words, own = fold(printed.name).split(), fold(person.name).split()
        assert words[-1] == own[-1]
        assert len(words) < 2 or words[0] == "de" or given_roots(words[0]) & given_roots(own[0])
    if found.office and found.office_basis != "printed":
        assert (found.office, found.jurisdiction) == (term.office, term.jurisdiction)
        assert setting.on is not None
        assert not (term.start and setting.on < term.start)
        assert not (term.end_kind == "actual" and term.end and setting.on > term.end)
