"""The registry layer is made from public records: deterministic, with ids that stay."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from archive.roster.build import build, main
from archive.roster.reading import read_tables

OFFICIALS = (
    "name,given,family,aliases,office,jurisdiction,party,start_date,end_date,end_kind,status,wikidata,source,start_kind,"
    "in_office_2019"
)
VT = "ocd-division/country:us/state:vt"
SOURCE = "openstates/people data/vt"
PASSED, INFERRED = "current?(term end passed)", "inferred-from-predecessor"
ROWS = f"""Ada Nairn,Ada,Nairn,,mayor,{VT}/place:ashby,,2010-03-05,2016-03-01,actual,former,Q1,{SOURCE}/x.yml,stated,no
Ada Nairn,Ada,Nairn,,governor,{VT},,2017-01-05,2031-01-05,expected,current,,{SOURCE}/y.yml,stated,yes
Ada Nairn,Ada,Nairn,,mayor,{VT}/place:larkin,,,2022-03-01,actual,former,Q2,{SOURCE}/retired/z.yml,,likely
Bea de Witt,,,,mayor,{VT}/place:ashby,,2016-03-01,2020-01-01,actual,former,Q3,Wikidata (CC0),stated,yes
Cy Orr,Cy,Orr,Cyrus Orr,mayor,{VT}/place:larkin,,2022-03-01,2024-03-01,expected,{PASSED},,list,{INFERRED},no
"""
JURISDICTIONS = f"""id,name,kind,state,geoid,population,population_year,rank,source
{VT},Vermont,state,VT,50,647064,2022,,census
{VT}/place:ashby,Ashby,place,VT,5001,30000,2021,1,census
ocd-division/country:us/state:nh,New Hampshire,state,NH,33,1,2022,,census
ocd-division/country:us/state:nh/place:ashby,Ashby,place,NH,3301,4000,2021,1,census
"""
EXTRA = f"id,name,kind,state,geoid,in_ocd\n{VT}/place:larkin,Larkin town,place,VT,5002,yes\n"


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """Public records of invented towns."""
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "officials.csv").write_text(f"{OFFICIALS}\n{ROWS}", encoding="utf-8")
    (folder / "jurisdictions.csv").write_text(JURISDICTIONS, encoding="utf-8")
    (folder / "jurisdictions_extra.csv").write_text(EXTRA, encoding="utf-8")
    return folder


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_built_rows(registry: Path, tmp_path: Path) -> None:
    """People are one by item or by name and state with another office; dates keep what is known of them."""
    out = tmp_path / "out"
    out.mkdir()
    assert build(registry, out) == {"jurisdictions": 5, "people": 4, "terms": 5}
    held = [
        (row["person"], row["start"], row["start_kind"], row["end"], row["end_kind"]) for row in rows(out / "terms.csv")
    ]
    assert held == [
        ("us-vt-ashby-ada-nairn", "2017-01-05", "stated", "2031-01-05", "expected"),
        ("us-vt-ashby-ada-nairn", "2010-03-05", "stated", "2016-03-01", "actual"),
        ("us-vt-ashby-bea-de-witt", "2016-03-01", "stated", "2020", "actual"),  # Wikidata's first of January
        ("us-vt-larkin-ada-nairn", "", "", "2022-03-01", "expected"),  # a list's next election
        ("us-vt-larkin-cy-orr", "2022-03-01", "inferred", "2024-03-01", "expected"),
    ]
    people = {row["id"]: (row["given"], row["family"], row["aliases"]) for row in rows(out / "people.csv")}
    assert people["us-vt-ashby-bea-de-witt"] == ("Bea", "de Witt", "")
    assert people["us-vt-larkin-cy-orr"] == ("Cy", "Orr", "Cyrus Orr")
    names = {row["id"].rpartition("us/")[2]: row["name"] for row in rows(out / "jurisdictions.csv")}
    assert names["state:vt/place:larkin"] == "Larkin"
    assert names["state:vt/place:ashby"] == "Ashby"
    assert names["state:nh/place:ashby"] == "Ashby, New Hampshire"  # its namesake is far bigger
    read_tables([out])


def test_the_same_input_gives_the_same_files(registry: Path, tmp_path: Path) -> None:
    """Byte by byte, and ids that were given stay when earlier terms come to light."""
    first, second = tmp_path / "first", tmp_path / "second"
    for out in (first, second):
        out.mkdir()
        build(registry, out)
    assert {path.name: path.read_bytes() for path in first.iterdir()} == {
        path.name: path.read_bytes() for path in second.iterdir()
    }
    found = (registry / "officials.csv").read_text(encoding="utf-8")
    earlier = f"Cy Orr,Cy,Orr,,governor,{VT},,2001-01-05,2003-01-05,actual,former,,list,stated,no\n"
    (registry / "officials.csv").write_text(found + earlier, encoding="utf-8")
    build(registry, first)
    assert [row["person"] for row in rows(first / "terms.csv") if row["start"] == "2001-01-05"] == [
        "us-vt-larkin-cy-orr"
    ]


def test_command(registry: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Says what it wrote, or how it is called."""
    assert main([str(registry), str(tmp_path)]) == 0
    assert "4 people" in capsys.readouterr().err
    assert main([]) == 1
    assert "usage" in capsys.readouterr().err
