"""Roster files of one's own: read after the built-in ones, or refused with file, line and what to do."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from archive.errors import RosterError, UnknownRecord
from archive.roster import Printed, Setting, load_roster
from archive.roster.reading import read_tables
from archive.roster.tables import COLUMNS
from tests.roster.conftest import ASHBY, MAYOR, Made, Written, jurisdiction, person, term

ADA = person("us-vt-ashby-ada-nairn", "Ada Nairn")


def test_a_town_of_ones_own(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of ARCHIVE_ROSTER add towns and people, and change the digest."""
    town = written("town", jurisdictions=[jurisdiction(ASHBY, "Ashby")], people=[ADA])
    held = written("terms", terms=[term("us-vt-ashby-ada-nairn", start="2024-03-05", start_kind="stated")])
    monkeypatch.setenv("ARCHIVE_ROSTER", f"{town}{os.pathsep}{held}")
    roster = load_roster()
    found = roster.resolve(Printed(name="Nairn", role="Mayor"), Setting(on=date(2025, 1, 1)))
    assert (found.person, found.office, found.jurisdiction_name) == ("us-vt-ashby-ada-nairn", "mayor", "Ashby")
    assert roster.resolve(Printed(name="Bowser", role="Mayor"), Setting(on=date(2019, 7, 14))).person
    assert roster.digest != load_roster(()).digest
    assert load_roster() is roster


def test_the_first_row_of_an_id_counts(made: Made) -> None:
    """And the second is told of."""
    roster = made(people=[ADA, {**ADA, "name": "Ada Other"}])
    assert roster.person("us-vt-ashby-ada-nairn").name == "Ada Nairn"
    assert [problem.kind for problem in roster.problems() if problem.level == "error"] == ["duplicate"]


def test_nobody_of_this_id(made: Made) -> None:
    """Says how to look people up."""
    with pytest.raises(UnknownRecord, match=r"no person 'us-nobody'.*archive roster find"):
        made().person("us-nobody")


# table, a line after its header (or the header itself), words of the error
BAD_LINES = [
    ("terms", "a,mayor", "line 2: it has 2 cells where the columns are 9; mend the commas"),
    ("terms", ",mayor,x,,,,,,", "line 2: person is empty; fill it in"),
    ("terms", "a,mayor,x,July 2019,,,,,", "start is 'July 2019'; write 2019-07-14, 2019-07, 2019 or leave it empty"),
    ("terms", "a,mayor,x,2019-02-30,,,,,", "start is '2019-02-30'; write 2019-07-14"),
    ("terms", "a,mayor,x,,,known,,,", "start_kind is 'known'; choose of stated, inferred"),
    ("offices", "reeve,Reeve,shire,one,official,reeve", "level holds 'shire'; choose of country"),
    ("offices", "reeve,Reeve,place,two,official,reeve", "holders is 'two'; choose of one, many"),
    ("jurisdictions", "x,X,shire,,,,,,", "kind is 'shire'; choose of country"),
    ("jurisdictions", "x,X,place,,,1.5,,,", "population is '1.5'; write a whole number or leave it empty"),
    ("overrides", "2026-01-01,a,,,start,,,r,s", "field is 'start'; choose of id, name"),
    ("overrides", "soon,a,,,name,,,r,s", "day is 'soon'; write 2019-07-14"),
]


@pytest.mark.parametrize(("name", "line", "words"), BAD_LINES, ids=[words for *_, words in BAD_LINES])
def test_bad_lines_are_refused(name: str, line: str, words: str, tmp_path: Path) -> None:
    """Naming file, line and what to do."""
    (tmp_path / f"{name}.csv").write_text(f"{','.join(COLUMNS[name])}\n{line}\n", encoding="utf-8")
    with pytest.raises(RosterError, match=rf"{tmp_path.name}/{name}\.csv, line 2") as raised:
        read_tables([tmp_path])
    assert words in str(raised.value)


@pytest.mark.parametrize(("header", "columns"), [("person,office\n", "person,office"), ("", "none")])
def test_bad_headers_are_refused(header: str, columns: str, tmp_path: Path) -> None:
    """With the columns that are wanted."""
    (tmp_path / "terms.csv").write_text(header, encoding="utf-8")
    with pytest.raises(RosterError, match=f"line 1: its columns are {columns}; make them person,office,jurisdiction"):
        read_tables([tmp_path])


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    """Is named."""
    (tmp_path / "people.csv").write_bytes(b"\xff\xfe\x00id")
    with pytest.raises(RosterError, match=r"people\.csv: it cannot be read .*; save it as CSV in UTF-8"):
        read_tables([tmp_path])


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    """Is named with the variable that named it."""
    with pytest.raises(RosterError, match=r"no such folder of roster files; correct ARCHIVE_ROSTER"):
        load_roster([tmp_path / "nowhere"])


def override(**fields: str) -> dict[str, str]:
    return {"day": "2026-01-02", "reason": "known better", "source": "town report", **fields}


def test_corrections(made: Made) -> None:
    """A corrected date is a known one; one may move a term, and take a row out."""
    seat = {"person": "ada", "office": "mayor", "jurisdiction": ASHBY}
    roster = made(
        people=[person("ada", "Ada Nairn"), person("bea", "Bea Orr")],
        terms=[
            term("ada", end="2020-01-01", end_kind="expected"),
            term("bea", start="2010"),
            term("bea", start="2014"),
        ],
        overrides=[
            override(**seat, field="end", was="2020-01-01", becomes="2024-03-05"),
            override(person="ada", field="name", was="Ada Nairn", becomes="Addie Nairn"),
            override(**{**seat, "person": "bea"}, field="drop", was="2010"),
            override(**{**seat, "person": "bea"}, field="person", was="bea", becomes="ada"),
        ],
    )
    assert roster.person("ada").name == "Addie Nairn"
    found = [(each.end, each.end_kind, each.start) for each in roster.terms_of("ada")]
    assert found == [(date(2024, 3, 5), "actual", None), (None, "", date(2014, 1, 1))]
    assert [each.kind for each in roster.problems()] == ["idle"]


def test_coarse_dates_are_read_as_wide_as_they_are(made: Made) -> None:
    """`2014` as a start is any day of it, as an end the last one."""
    roster = made(
        people=[person("bea", "Bea Orr")], terms=[term("bea", start="2014", end="2016-02", start_kind="stated")]
    )
    (found,) = roster.terms_of("bea")
    assert (found.start, found.started, found.end) == (date(2014, 1, 1), date(2014, 12, 31), date(2016, 2, 29))


CHECKED = [
    ("unknown", {"terms": [term("nobody")]}),
    ("unknown", {"people": [person("a", "A B")], "terms": [term("a", jurisdiction=f"{ASHBY}x")]}),
    ("unknown", {"people": [person("a", "A B")], "terms": [term("a", office="reeve")]}),
    ("level", {"people": [person("a", "A B")], "terms": [term("a", jurisdiction=ASHBY.rpartition("/")[0])]}),
    ("order", {"people": [person("a", "A B")], "terms": [term("a", start="2020", end="2019")]}),
    ("duplicate", {"people": [person("a", "A B")], "terms": [term("a", start="2020"), term("a", start="2020")]}),
    ("duplicate", {"offices": [MAYOR, MAYOR]}),
    ("override", {"overrides": [override(person="a", field="name", was="A B", becomes="B A")]}),
    ("idle", {"people": [person("a", "A B")]}),
    (
        "namesakes",
        {
            "people": [person("a", "A B"), person("b", "A. B")],
            "terms": [term("a", end="2010", end_kind="actual"), term("b", start="2011", start_kind="stated")],
        },
    ),
    (
        "gap",
        {
            "people": [person("a", "A B"), person("c", "C D")],
            "terms": [term("a", start="2009", end="2010", end_kind="actual"), term("c", start="2012")],
        },
    ),
    (
        "overlap",
        {
            "people": [person("a", "A B"), person("c", "C D")],
            "terms": [term("a", start="2009", end="2014", end_kind="actual"), term("c", start="2012")],
        },
    ),
    ("stale", {"people": [person("a", "A B")], "terms": [term("a", end="2014", end_kind="expected")]}),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "tables"), CHECKED, ids=[kind for kind, _ in CHECKED])
def test_problems(kind: str, tables: dict[str, list[dict[str, str]]], made: Made) -> None:
    """Each is told once, errors apart from notes."""
    errors = {"unknown", "level", "order", "duplicate", "override"}
    found = [each for each in made(**tables).problems(date(2026, 1, 1)) if each.kind == kind]
    assert [each.level for each in found] == ["error" if kind in errors else "note"]
