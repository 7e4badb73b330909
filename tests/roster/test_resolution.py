"""Whom printed names mean, case by case, on the built-in roster."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import pytest

from archive.records import SpeakerForm
from archive.roster import OfficeBasis, Printed, Resolution, Setting, SpeakerClass, load_roster

US = "ocd-division/country:us"
DC = f"{US}/district:dc"
CHICAGO = f"{US}/state:il/place:chicago"
NYC = f"{US}/state:ny/place:new_york"
NEW_YORK = f"{US}/state:ny"
MICHIGAN = f"{US}/state:mi"
BOSTON = f"{US}/state:ma/place:boston"


class Asked(NamedTuple):
    """One speaker of one document: what is printed, and when and by whom."""

    name: str | None
    role: str | None = None
    place: str | None = None
    on: str | None = "2019-07-14"
    source: str | None = None
    office: str | None = None
    places: tuple[str, ...] = ()
    form: SpeakerForm | None = None


def ask(case: Asked) -> Resolution:
    setting = Setting(
        on=date.fromisoformat(case.on) if case.on else None,
        jurisdiction=case.source,
        office=case.office,
        places=case.places,
    )
    return load_roster().resolve(Printed(name=case.name, role=case.role, place=case.place, form=case.form), setting)


# asked -> the roster's name, office, and the place as people write it
FOUND = [
    # a printed office and a full name
    (Asked("Lori Lightfoot", "mayor", "Chicago"), "Lori Lightfoot", "mayor", "Chicago"),
    (Asked("Muriel Bowser", "Mayor of Washington, D.C.,"), "Muriel Bowser", "mayor", "Washington, D.C."),
    (Asked("Muriel Bowser", "D.C. Mayor"), "Muriel Bowser", "mayor", "Washington, D.C."),
    (Asked("Eric Garcetti", "Los Angeles Mayor"), "Eric Garcetti", "mayor", "Los Angeles"),
    (Asked("Eric Garcetti", "L.A. mayor"), "Eric Garcetti", "mayor", "Los Angeles"),
    (
        Asked("Bill De Blasio", "mayor of New York and Democratic presidential candidate"),
        "Bill de Blasio",
        "mayor",
        "New York City",
    ),
    (Asked("Andrew Cuomo", "Governor of New York"), "Andrew Cuomo", "governor", "New York (state)"),
    (Asked("Andrew M. Cuomo", "New York Gov."), "Andrew Cuomo", "governor", "New York (state)"),
    (Asked("Gretchen Whitmer", "Democratic Gov."), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked("Gretchen Whitmer", "the Michigan governor"), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked("Gretchen Whitmer", "Michigan’s governor"), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked("Jay Inslee", "Gov.", "Washington state"), "Jay Inslee", "governor", "Washington (state)"),
    (Asked("Jay Inslee", "Washington governor"), "Jay Inslee", "governor", "Washington (state)"),
    (Asked("Phil Bryant", "Gov.", "Mississippi"), "Phil Bryant", "governor", "Mississippi"),
    (Asked("Pam Bondi", "U.S. Attorney General", on="2025-05-09"), "Pam Bondi", "attorney_general", "United States"),
    (Asked("Pam Bondi", "Attorney General", "Florida", on="2016-05-09"), "Pam Bondi", "attorney_general", "Florida"),
    (Asked("Josh Stein", "state Attorney General"), "Josh Stein", "attorney_general", "North Carolina"),
    (Asked("Dana Nessel", "Michigan Attorney General"), "Dana Nessel", "attorney_general", "Michigan"),
    (Asked("Garlin Gilchrist", "Lt. Gov."), "Garlin Gilchrist", "lieutenant_governor", "Michigan"),
    (Asked("Dan Forest", "Lieutenant Governor", "N.C."), "Dan Forest", "lieutenant_governor", "North Carolina"),
    (Asked("Rand Paul", "Sen.", "R-Ky."), "Rand Paul", "senator", "United States"),
    (Asked("Kim Janey", "acting mayor", "Boston", on="2021-05-01"), "Kim Janey", "mayor", "Boston"),
    (Asked("Carlos Gimenez", "Miami-Dade County Mayor"), "Carlos Gimenez", "mayor", "Miami-Dade County"),
    # names in other forms
    (Asked("Thomas M. Menino", "Mayor", on="2013-04-20"), "Thomas Menino", "mayor", "Boston"),
    (Asked("Tom Menino", "Mayor", on="2013-04-20"), "Thomas Menino", "mayor", "Boston"),
    (Asked("Martin J. Walsh", "Mayor", on="2016-04-20"), "Marty Walsh", "mayor", "Boston"),
    (Asked("Julian Castro", "Mayor", "San Antonio", on="2013-04-20"), "Julián Castro", "mayor", "San Antonio"),
    (Asked("Martin O’Malley", "Gov.", on="2013-04-20"), "Martin O'Malley", "governor", "Maryland"),
    (Asked("MURIEL BOWSER", "MAYOR"), "Muriel Bowser", "mayor", "Washington, D.C."),
    (Asked("J. B. Pritzker", "Gov."), "J.B. Pritzker", "governor", "Illinois"),
    (Asked("Edmund G. Brown Jr.", "Governor", on="2016-04-20"), "Jerry Brown", "governor", "California"),
    (Asked("Michelle Lujan Grisham", "Gov."), "Michelle Lujan Grisham", "governor", "New Mexico"),
    (Asked("Van Johnson", "Mayor", "Savannah", on="2020-04-20"), "Van Johnson", "mayor", "Savannah"),
    (Asked("Catherine E. Pugh", "Baltimore Mayor", on="2017-08-16"), "Catherine Pugh", "mayor", "Baltimore"),
    (Asked("Patrick Deval", "Gov.", on="2013-04-20"), "Deval Patrick", "governor", "Massachusetts"),
    # a surname and an office
    (Asked("Bowser", "Mayor"), "Muriel Bowser", "mayor", "Washington, D.C."),
    (Asked("Mayor Bowser"), "Muriel Bowser", "mayor", "Washington, D.C."),
    (Asked("de Blasio", "Mayor"), "Bill de Blasio", "mayor", "New York City"),
    (Asked("Rawlings-Blake", "Mayor", on="2015-04-27"), "Stephanie Rawlings-Blake", "mayor", "Baltimore"),
    (Asked("Lance Bottoms", "Mayor"), "Keisha Lance Bottoms", "mayor", "Atlanta"),
    (Asked("Lujan Grisham", "Gov."), "Michelle Lujan Grisham", "governor", "New Mexico"),
    (Asked("Nixon", "Gov.", on="2014-08-15"), "Jay Nixon", "governor", "Missouri"),
    (Asked("Beshear", "Gov.", on="2014-08-15"), "Steve Beshear", "governor", "Kentucky"),
    (Asked("Beshear", "Gov.", on="2020-08-15"), "Andy Beshear", "governor", "Kentucky"),
    (Asked("Johnson", "Mayor", "Dallas", on="2020-08-15"), "Eric Johnson", "mayor", "Dallas"),
    (Asked("Johnson", "Mayor", on="2020-08-15", places=("DALLAS",)), "Eric Johnson", "mayor", "Dallas"),
    (Asked("Brown", "Governor", on="2016-08-15", source=f"{US}/state:or"), "Kate Brown", "governor", "Oregon"),
    (Asked("Brown", "Gov.", "California", on="2016-08-15"), "Jerry Brown", "governor", "California"),
    (Asked("Brown", "Gov.", "Calif.", on="2016-08-15"), "Jerry Brown", "governor", "California"),
    # a full name alone
    (Asked("Lori Lightfoot"), "Lori Lightfoot", "mayor", "Chicago"),
    (Asked("Gretchen Whitmer", "Democrat"), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked("Paul Ryan", on="2016-03-01"), "Paul Ryan", "speaker_of_the_house", "United States"),
    (Asked("Bill de Blasio", "Democratic presidential candidate"), "Bill de Blasio", "mayor", "New York City"),
    (Asked("James Knowles", on="2014-08-15", places=("FERGUSON, Mo.",)), "James Knowles", "mayor", "Ferguson"),
    # a surname alone
    (Asked("Lightfoot", source=CHICAGO, office="mayor"), "Lori Lightfoot", "mayor", "Chicago"),
    (Asked("Ms. Lightfoot", source=CHICAGO), "Lori Lightfoot", "mayor", "Chicago"),
    (Asked("Kelly", on="2020-04-10", places=("Kansas",)), "Laura Kelly", "governor", "Kansas"),
    (Asked("Kelly", "Democrat", on="2020-04-10"), "Laura Kelly", "governor", "Kansas"),
    (Asked("Gavin Newsom", "a fierce Trump critic", on="2020-04-10"), "Gavin Newsom", "governor", "California"),
    (Asked("Whitmer", on="2020-04-10"), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked("Trump", on="2020-04-10"), "Donald Trump", "president", "United States"),
    (Asked("Obama", on="2013-04-20"), "Barack Obama", "president", "United States"),
    # an office alone
    (Asked(None, "the governor", source=MICHIGAN), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked(None, "the mayor", source=CHICAGO, office="mayor"), "Lori Lightfoot", "mayor", "Chicago"),
    (Asked(None, "the Governor of Missouri", on="2014-08-15"), "Jay Nixon", "governor", "Missouri"),
    (Asked("the governor", source=MICHIGAN), "Gretchen Whitmer", "governor", "Michigan"),
    (Asked(None, "mayor", "New York", on="2012-01-10"), "Michael Bloomberg", "mayor", "New York City"),
    (Asked(None, "President", on="2012-01-10"), "Barack Obama", "president", "United States"),
]  # fmt: skip


def _name(value: object) -> str | None:
    return " ".join(str(part) for part in value if part) if isinstance(value, Asked) else None


@pytest.mark.parametrize(("asked", "name", "office", "place"), FOUND, ids=_name)
def test_who_is_meant(asked: Asked, name: str, office: str, place: str) -> None:
    """The person, the office that day and its place."""
    found = ask(asked)
    assert (found.name, found.office, found.jurisdiction_name) == (name, office, place)
    assert found.person is not None
    assert found.speaker_class is SpeakerClass.OFFICIAL
    assert found.office_basis is not None
    assert found.reason is None


# asked -> the roster's name: the person, but no office that day
OUT_OF_OFFICE = [
    (Asked("Terry McAuliffe", "former governor", on="2019-02-05"), "Terry McAuliffe"),
    (Asked("Terry McAuliffe", "former Virginia Gov.", on="2019-02-05"), "Terry McAuliffe"),
    (Asked("Michael Bloomberg", "ex-mayor of New York"), "Michael Bloomberg"),
    (Asked("Joe Biden", "former Vice President"), "Joe Biden"),
    (Asked("Joe Biden", "Democratic presidential candidate"), "Joe Biden"),
    (Asked("Donald Trump", "the billionaire", on="2016-05-01"), "Donald Trump"),
    (Asked("Abigail Spanberger", "governor-elect", "Virginia", on="2025-12-01"), "Abigail Spanberger"),
    (Asked("Sarah Palin", "Gov.", on="2019-07-14"), "Sarah Palin"),  # a title kept out of courtesy
    (Asked("Rahm Emanuel", "former Chicago Mayor"), "Rahm Emanuel"),
    (Asked("Martin O'Malley", "former Maryland governor and Democratic presidential candidate"), "Martin O'Malley"),
]


@pytest.mark.parametrize(("asked", "name"), OUT_OF_OFFICE, ids=_name)
def test_who_is_meant_out_of_office(asked: Asked, name: str) -> None:
    """The person without an office."""
    found = ask(asked)
    assert (found.name, found.office, found.office_basis) == (name, None, None)
    assert found.person is not None


# asked -> office as printed, place of it, class: nobody of the roster
AS_PRINTED = [
    # another office than the roster's
    (Asked("Thomas Jackson", "Police Chief", "Ferguson", on="2014-08-15"), "police_chief", "Ferguson", "public_role"),
    (Asked("Bowser", "Sen."), "senator", None, "official"),
    (Asked("Lightfoot", "Police Chief"), "police_chief", None, "public_role"),
    (Asked("Muriel Bowser", "spokeswoman for the mayor"), None, None, "public_role"),
    (Asked("Anne Roe", "spokeswoman for the mayor", source=CHICAGO, office="mayor"), None, None, "public_role"),
    (Asked("Anne Roe", "the mayor's spokeswoman"), None, None, "public_role"),
    (Asked("Anne Roe", "chief of staff to Gov. Andrew Cuomo"), None, None, "public_role"),
    (Asked("Bowser", "deputy mayor"), "deputy_mayor", None, "official"),
    (Asked("Nixon", "Lt. Gov.", on="2014-08-15"), "lieutenant_governor", None, "official"),
    (Asked("Kelly", "former governor"), None, None, "public_role"),
    (Asked("Lightfoot", "mayoral candidate"), None, None, "public_role"),
    (Asked("Andrew Cuomo", "CNN anchor"), None, None, "private"),
    (Asked("Scott Walker", "a nurse", on="2015-03-01"), None, None, "private"),
    # another place
    (Asked("Bowser", "Mayor", "Smallville"), "mayor", None, "official"),
    (Asked("Lori Lightfoot", "Mayor", "Houston"), "mayor", "Houston", "official"),
    (Asked("Cuomo", "Governor", "Ohio"), "governor", "Ohio", "official"),
    # nobody known
    (Asked("Edward F. Davis", "Boston Police Commissioner"), "police_commissioner", "Boston", "public_role"),
    (Asked("Timothy Alben", "Massachusetts State Police Col.", on="2013-04-20"), None, "Massachusetts", "public_role"),
    (Asked("Josh Earnest", "White House spokesman"), None, "United States", "public_role"),
    (Asked("Anne Roe", "FBI Director"), None, "United States", "public_role"),
    (Asked("Anne Roe", "captain of the Missouri State Highway Patrol"), None, "Missouri", "public_role"),
    (Asked("Kirk Cox", "Virginia House Speaker"), "state_house_speaker", "Virginia", "official"),
    (Asked("Anne Roe", "Mayor", "Ann Arbor, Mich."), "mayor", "Ann Arbor", "official"),
    (Asked("Anne Roe", "state Sen.", "Ohio"), "state_senator", "Ohio", "official"),
    (Asked("Anne Roe", "Rep."), "representative", None, "official"),  # of Congress or of a state
    (Asked("Anne Roe", "U.S. Rep."), "representative", "United States", "official"),
    (Asked("Jane Roe", "Sen.", "R-Ky."), "senator", "United States", "official"),
    (Asked("Anne Roe", "St. Louis County Police Chief"), "police_chief", "St. Louis County", "public_role"),
    (Asked("Anne Roe", "Police Chief", source=CHICAGO, office="mayor"), "police_chief", "Chicago", "public_role"),
    (Asked("Anne Roe", "Governor", source=CHICAGO, office="mayor"), "governor", None, "official"),
    (Asked("Anne Roe", "Mayor", source=MICHIGAN, office="governor"), "mayor", None, "official"),
    (Asked("Roe", "Mayor", source=CHICAGO), "mayor", None, "official"),  # a newspaper may write of another mayor
    (Asked("Anne Roe", "president of the teachers union"), None, None, "private"),
    (Asked("Anne Roe", "senior vice president of Acme"), None, None, "private"),
    (Asked("Emmanuel Macron", "French President"), "president", None, "official"),
    (Asked("Anne Roe", "candidate for governor"), None, None, "public_role"),
    (Asked("Anne Roe", "judge"), None, None, "public_role"),
    (Asked("Anne Roe"), None, None, "private"),
    (Asked("Chris Carr", on="2015-03-01"), None, None, "private"),  # attorney general of Georgia only later
    (Asked("Mapp", on="2016-03-01"), None, None, "private"),
    (Asked("Giles", on="2016-03-01"), None, None, "private"),
    (Asked("Anne Roe", "a teacher in Chicago"), None, None, "private"),
    (Asked(None, "a spokesman", form=SpeakerForm.UNNAMED), None, None, "public_role"),
    (Asked("Nurses Union", form=SpeakerForm.ORGANISATION), None, None, "organisation"),
    (Asked("the Boston Police Department", form=SpeakerForm.ORGANISATION), None, "Boston", "organisation"),
    (Asked("Michigan House Republicans", form=SpeakerForm.GROUP), None, "Michigan", "organisation"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "office", "place", "speaker_class"), AS_PRINTED, ids=_name)
def test_who_stays_as_printed(asked: Asked, office: str | None, place: str | None, speaker_class: str) -> None:
    """Nobody of the roster; the office and place as far as the page prints them."""
    found = ask(asked)
    assert found.person is None
    assert (found.office, found.jurisdiction_name, found.speaker_class) == (office, place, speaker_class)
    assert found.office_basis is (OfficeBasis.PRINTED if office else None)


@pytest.mark.parametrize("role", ["Rep.", "Representative", "Sen."])
def test_legislators_are_printed_without_their_legislature(role: str) -> None:
    """Which legislature an unknown one sits in is then not said; "U.S. Rep." says it."""
    found = ask(Asked("Jane Roe", role, source=f"{US}/state:mn"))
    assert (found.person, found.jurisdiction) == (None, None)
    assert ask(Asked("Jane Roe", f"U.S. {role}", source=f"{US}/state:mn")).jurisdiction == US


# asked -> words of the reason
UNCERTAIN = [
    (Asked("Johnson", "Mayor", on="2020-08-15"), "mayors are called Johnson"),
    (Asked("Brown", "Gov.", on="2016-08-15"), "2 governors are called Brown: Jerry Brown (California); Kate"),
    (Asked("Jones", on="2023-01-15", places=("St. Louis", "Newport News")), "2 people of the roster are called Jones"),
    (Asked(None, "the governor"), "which governor is meant is not certain"),
    (Asked(None, "the mayor", on="2009-01-01", source=f"{US}/state:mo/place:ferguson"), "not certain"),
    (Asked("Kelly", on="2020-04-10"), "people of the roster are called Kelly"),
    (Asked("James Knowles", on="2014-08-15"), "nothing else here points there"),
    (Asked("Dan Sullivan", "Mayor", on="2019-08-15"), "was mayor of Anchorage, but not on 2019-08-15"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "reason"), UNCERTAIN, ids=_name)
def test_what_is_not_certain_says_so(asked: Asked, reason: str) -> None:
    """Unresolved, as printed, with the reason in words."""
    found = ask(asked)
    assert found.person is None
    assert found.name == asked.name
    assert reason in (found.reason or "")


BASES = [
    (Asked("Eric Garcetti", "mayor"), OfficeBasis.CONFIRMED),
    (Asked("Bowser", "Mayor"), OfficeBasis.CONFIRMED),  # her listed end is stale; she was in office all the while
    (Asked("Bowser", "Mayor", on="2024-05-01"), OfficeBasis.CONFIRMED),
    (Asked("Tommy Muska", "Mayor", "West, Texas", on="2013-04-18"), OfficeBasis.OPEN),  # no end is known
    (Asked("Marty Walsh", "Mayor", "Boston", on="2021-04-01"), OfficeBasis.PRINTED),  # ten days after he left
    (Asked("Gretchen Whitmer", "Gov.", on=None), OfficeBasis.PRINTED),  # a document without a day
]


@pytest.mark.parametrize(("asked", "basis"), BASES, ids=_name)
def test_evidence_for_an_office(asked: Asked, basis: OfficeBasis) -> None:
    """Confirmed between known dates, open where an end is unknown, else as printed."""
    assert ask(asked).office_basis is basis


def test_an_office_follows_the_day() -> None:
    """One person, three offices, by the document's day; before all of them nobody."""
    days = {"2009-05-01": "mayor", "2015-05-01": "lieutenant_governor", "2019-05-01": "governor"}
    found = {day: ask(Asked("Gavin Newsom", on=day)) for day in days}
    assert {day: each.office for day, each in found.items()} == days
    assert {each.person for each in found.values()} == {"us-ca-san-francisco-gavin-newsom"}
    assert ask(Asked("Gavin Newsom", on="2003-05-01")).person is None


def test_father_and_son() -> None:
    """Chokwe Lumumba and Chokwe Antar Lumumba were both mayors of Jackson."""
    assert ask(Asked("Chokwe Lumumba", "Mayor", on="2013-08-01")).person == "us-ms-jackson-chokwe-lumumba"
    son = ask(Asked("Chokwe Antar Lumumba", "Mayor", on="2020-08-01"))
    assert son.person == "us-ms-jackson-chokwe-antar-lumumba-esq"


@pytest.mark.parametrize(
    ("person", "role", "on", "office"),
    [
        ("us-mo-ferguson-james-knowles", None, "2014-08-15", "mayor"),  # a name that would not be enough
        ("us-mo-ferguson-james-knowles", None, "2024-08-15", None),
        ("us-mo-ferguson-james-knowles", "former mayor", "2014-08-15", None),
        ("us-ca-san-francisco-gavin-newsom", "Gov.", "2019-01-07", "governor"),  # the day of two offices
        ("us-ca-san-francisco-gavin-newsom", "Lt. Gov.", "2019-01-07", "lieutenant_governor"),
    ],
)
def test_a_person_known_by_id(person: str, role: str | None, on: str, office: str | None) -> None:
    """Has the office of that day; of two the printed one."""
    printed, setting = Printed(name="whatever", role=role), Setting(on=date.fromisoformat(on))
    found = load_roster().resolve_person(person, printed, setting)
    assert (found.person, found.office) == (person, office)
