"""Printed roles taken apart: the office, how the speaker stands to it, and its place."""

from __future__ import annotations

import pytest

from archive.roster import load_roster
from archive.roster.known import Known
from archive.roster.roles import Role, Standing

HELD, FORMER, INCOMING, BESIDE = Standing.HELD, Standing.FORMER, Standing.INCOMING, Standing.BESIDE
NEUTRAL, OTHER = Standing.NEUTRAL, Standing.OTHER

# role -> office, standing, the places it may mean by their last parts (None: no place; empty: one that is not known)
ROLES = [
    ("Gov.", "governor", HELD, None),
    ("Governor of New York", "governor", HELD, {"state:ny", "place:new_york"}),
    ("Michigan governor", "governor", HELD, {"state:mi"}),
    ("Democratic Gov.", "governor", HELD, None),
    ("Republican vice-presidential nominee Gov.", "governor", HELD, None),
    ("Sue Gov.", "governor", HELD, None),
    ("Gov., R-Ky.", "governor", HELD, {"state:ky"}),
    ("two-term New Jersey governor", "governor", HELD, {"state:nj"}),
    ("mayor of New York and Democratic presidential candidate", "mayor", HELD, {"state:ny", "place:new_york"}),
    ("Los Angeles mayor", "mayor", HELD, {"place:los_angeles"}),
    ("Mayor of Washington, D.C.,", "mayor", HELD, {"district:dc"}),
    ("the Republican mayor of Miami", "mayor", HELD, {"place:miami"}),
    ("Smallville Mayor", "mayor", HELD, set()),
    ("Acting Mayor", "mayor", HELD, None),
    ("longtime St. Louis Mayor", "mayor", HELD, {"place:st_louis"}),
    ("U.S. Attorney General", "attorney_general", HELD, {"country:us"}),
    ("state Attorney General", "attorney_general", HELD, None),
    ("U.S. Attorney", "us_attorney", HELD, None),
    ("police chief", "police_chief", HELD, None),
    ("Ferguson Police Chief", "police_chief", HELD, {"place:ferguson"}),
    ("chief of police in Ferguson, Mo.", "police_chief", HELD, {"place:ferguson"}),
    ("Boston police commissioner", "police_commissioner", HELD, {"place:boston"}),
    ("Lt. Gov.", "lieutenant_governor", HELD, None),
    ("North Carolina Lieutenant-Governor", "lieutenant_governor", HELD, {"state:nc"}),
    ("House Speaker", "speaker_of_the_house", HELD, None),
    ("Michigan House Speaker", "state_house_speaker", HELD, {"state:mi"}),
    ("Senate Majority Leader", "senator", HELD, None),
    ("state Senate leader", "state_senator", HELD, None),
    ("vice mayor", "deputy_mayor", HELD, None),
    ("City Council President", "council_president", HELD, None),
    ("former mayor", "mayor", FORMER, None),
    ("ex-Mayor", "mayor", FORMER, None),
    ("then-Gov.", "governor", FORMER, None),
    ("who was lieutenant governor of Maryland", "lieutenant_governor", FORMER, {"state:md"}),
    ("former governor and senator", "governor", FORMER, None),
    ("governor-elect", "governor", INCOMING, None),
    ("incoming Mayor", "mayor", INCOMING, None),
    ("White House spokesman", None, BESIDE, {"country:us"}),
    ("spokeswoman for the mayor", None, BESIDE, None),
    ("the mayor's spokeswoman", None, BESIDE, None),
    ("deputy police chief", None, BESIDE, None),
    ("assistant attorney general", None, BESIDE, None),
    ("chief of staff to Gov. Nixon", None, BESIDE, None),
    ("Massachusetts State Police Col.", None, BESIDE, {"state:ma"}),
    ("director of public health for Los Angeles County", None, BESIDE, {"county:los_angeles"}),
    ("executive director of the American Bird Society", None, BESIDE, None),
    ("candidate for governor", None, NEUTRAL, None),
    ("mayoral candidate", None, NEUTRAL, None),
    ("Democrat", None, NEUTRAL, None),
    ("usually a fierce Trump critic", None, NEUTRAL, None),
    ("Republican of Minnesota", None, NEUTRAL, {"state:mn"}),
    ("president of the bank", None, OTHER, None),
    ("the president and publisher of Grand Books", None, OTHER, None),
    ("senior vice president in the Boca Raton office of Acme", None, OTHER, {"place:boca_raton"}),
    ("a union representative", None, OTHER, None),
    ("Fed governor", None, OTHER, None),
    ("governor biographer", None, OTHER, None),
    ("first lady historian", None, OTHER, None),
    ("a teacher", None, OTHER, None),
    ("17-year-old", None, OTHER, None),
]


def read(text: str) -> Role | None:
    known: Known = load_roster()._resolver._known
    return known.roles.read(text)


@pytest.mark.parametrize(("text", "office", "standing", "places"), ROLES, ids=[row[0] for row in ROLES])
def test_roles(text: str, office: str | None, standing: Standing, places: set[str] | None) -> None:
    """What counts is the head of the phrase."""
    role = read(text)
    assert role is not None
    assert (role.office.id if role.office else None, role.standing) == (office, standing)
    found = {each.rsplit("/", 1)[-1] for each in role.place.ids} if role.place else None
    assert found == places or (places is not None and found is not None and places <= found)


@pytest.mark.parametrize("text", [None, "", "Mr.", "Dr.", "Ms", " , "])
def test_no_role(text: str | None) -> None:
    """Nothing, or only a courtesy."""
    assert read(text or "") is None
