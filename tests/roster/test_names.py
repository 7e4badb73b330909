"""Names and places in the forms in which they are compared."""

from __future__ import annotations

import pytest

from archive.roster import load_roster
from archive.roster.names import fold, given_roots, parse_name, split_name


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("O'Malley", "omalley"),
        ("O’Malley", "omalley"),
        ("Julián Castro", "julian castro"),
        ("Rawlings-Blake", "rawlings blake"),
        ("J.B. Pritzker", "jb pritzker"),
        ("  St.  Louis ", "st louis"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    """Accents, case, apostrophes and dots aside."""
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words", "surname_only"),
    [
        ("Thomas M. Menino", ("thomas", "m", "menino"), False),
        ("Mr. Menino", ("menino",), True),
        ("Dr. Anne Roe, M.D.", ("anne", "roe"), False),
        ("Frank Scott Jr.", ("frank", "scott"), False),
        ("de Blasio", ("de", "blasio"), True),
        ("J. B. Pritzker", ("jb", "pritzker"), False),
        ("W.J. 'Jim' Lane", ("wj", "lane"), False),
    ],
)
def test_parse_name(text: str, words: tuple[str, ...], surname_only: bool) -> None:
    """Courtesies, suffixes and quoted nicknames are no words of the name."""
    found = parse_name(text)
    assert (found.words, found.surname_only) == (words, surname_only)


@pytest.mark.parametrize(
    ("text", "given", "family"),
    [
        ("Bill de Blasio", "Bill", "de Blasio"),
        ("Frank Scott Jr.", "Frank", "Scott"),
        ("Michael B. Coleman", "Michael B.", "Coleman"),
        ('Bernard C. "Jack" Young', "Bernard C.", "Young"),
    ],
)
def test_split_name(text: str, given: str, family: str) -> None:
    """Given and family name as they are written."""
    assert split_name(text) == (given, family)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("tom", "thomas", True), ("bill", "william", True), ("ed", "edwin", True), ("ed", "thomas", False)],
)
def test_nicknames(one: str, other: str, same: bool) -> None:
    """A short form may stand for several names."""
    assert bool(given_roots(one) & given_roots(other)) is same


@pytest.mark.parametrize(
    ("name", "people"),
    [
        ("Tom Menino", ["us-ma-boston-thomas-menino"]),
        ("Thomas Q. Menino", ["us-ma-boston-thomas-menino"]),  # only the name as known has no middle name
        ("George H. W. Bush", ["us-george-hw-bush"]),
        ("George W. Bush", ["us-george-w-bush"]),
        ("George Bush", ["us-george-hw-bush", "us-george-w-bush"]),
        ("Butch Otter", ["us-id-clement-otter"]),
        ("Nobody Atall", []),
        ("", []),
    ],
)
def test_find(name: str, people: list[str]) -> None:
    """Everybody whom a name may mean; middle names that contradict each other keep people apart."""
    assert [person.id for person in load_roster().find(name)] == people


@pytest.mark.parametrize(
    ("text", "divisions"),
    [
        ("Chicago", {"state:il/place:chicago"}),
        ("Washington, D.C.", {"district:dc"}),
        ("Washington state", {"state:wa"}),
        ("Washington", {"state:wa", "district:dc"}),
        ("New York City", {"state:ny/place:new_york"}),
        ("New York", {"state:ny", "state:ny/place:new_york"}),
        ("the city of Chicago", {"state:il/place:chicago"}),
        ("Commonwealth of Virginia", {"state:va"}),
        ("Mich.", {"state:mi"}),
        ("MI", {"state:mi"}),
        ("mi", set()),
        ("R-Ky.", {"state:ky"}),
        ("Portland, Maine", {"state:me/place:portland"}),
        ("Portland, Ore.", {"state:or/place:portland"}),
        ("Springfield, Ill.", {"state:il/place:springfield"}),
        ("Chicago's", {"state:il/place:chicago"}),
        ("St. Louis County", {"state:mo/county:st_louis"}),
        ("Saint Louis", {"state:mo/place:st_louis"}),
        ("the White House", {""}),
        ("Justice Department", {""}),
        ("Atlantis", set()),
        ("Chicago, Ohio", set()),
    ],
)
def test_places(text: str, divisions: set[str]) -> None:
    """What a printed place may mean."""
    found = load_roster()._places.find(text).ids
    assert {each.removeprefix("ocd-division/country:us").removeprefix("/") for each in found} == divisions


def test_places_in_a_text() -> None:
    """Known places as printed, each once, without the bare name of the capital."""
    text = "CHICAGO (AP) - Officials in Michigan and St. Louis County met in Washington. Chicago's mayor left Michigan."
    assert load_roster().places_in(text) == ("CHICAGO", "Michigan", "St. Louis County", "Chicago's")


@pytest.mark.parametrize(
    ("division", "name"),
    [
        ("district:dc", "Washington, D.C."),
        ("state:ny", "New York (state)"),
        ("state:wa", "Washington (state)"),
        ("state:ny/place:new_york", "New York City"),
        ("state:or/place:portland", "Portland"),
        ("state:me/place:portland", "Portland, Maine"),
        ("state:id/place:boise_city", "Boise"),
        ("state:xx", None),
    ],
)
def test_jurisdictions_are_named_as_people_write_them(division: str, name: str | None) -> None:
    """Not as the Census does."""
    assert load_roster().jurisdiction_name(f"ocd-division/country:us/{division}") == name
