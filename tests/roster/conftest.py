"""Rosters of invented towns, written as the files that a civic group would write."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from archive.roster import Roster
from archive.roster.reading import read_tables
from archive.roster.tables import COLUMNS

VERMONT = "ocd-division/country:us/state:vt"
ASHBY = f"{VERMONT}/place:ashby"
LARKIN = f"{VERMONT}/place:larkin"

Rows = Sequence[dict[str, str]]
Written = Callable[..., Path]
Made = Callable[..., Roster]


def jurisdiction(id: str, name: str, kind: str = "place", **other: str) -> dict[str, str]:  # noqa: A002
    """A row of jurisdictions.csv."""
    return {"id": id, "name": name, "kind": kind, "state": "VT", **other}


def person(id: str, name: str, **other: str) -> dict[str, str]:  # noqa: A002
    """A row of people.csv, the last word being the family name."""
    given, _, family = name.rpartition(" ")
    return {"id": id, "name": name, "given": given, "family": family, **other}


def term(person: str, jurisdiction: str = ASHBY, office: str = "mayor", **other: str) -> dict[str, str]:
    """A row of terms.csv."""
    return {"person": person, "office": office, "jurisdiction": jurisdiction, **other}


MAYOR = {
    "id": "mayor",
    "title": "Mayor",
    "level": "place",
    "holders": "one",
    "speaker_class": "official",
    "forms": "mayor",
}
CHIEF = {
    "id": "police_chief",
    "title": "Police Chief",
    "level": "place",
    "holders": "one",
    "speaker_class": "public_role",
    "forms": "police chief|chief of police",
}
TOWNS = (
    jurisdiction(VERMONT, "Vermont", "state"),
    jurisdiction(ASHBY, "Ashby"),
    jurisdiction(LARKIN, "Larkin", aliases="New Larkin"),
)


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Write roster files; a table that is not given is not written."""

    def write(folder: str = "town", **tables: Rows) -> Path:
        path = tmp_path / folder
        path.mkdir(exist_ok=True)
        for name, rows in tables.items():
            with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS[name], restval="")
                writer.writeheader()
                writer.writerows(rows)
        return path

    return write


@pytest.fixture
def made(written: Written) -> Made:
    """A roster of nothing but these rows, with the towns of Ashby and Larkin in Vermont and two offices."""

    def make(**tables: Rows) -> Roster:
        return Roster(read_tables([written(**{"jurisdictions": TOWNS, "offices": (MAYOR, CHIEF), **tables})]))

    return make
