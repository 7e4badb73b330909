"""The states as tiles, each about where it lies: a map that a phone and a screen reader can read. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.query import PlaceCount

__all__ = ["Tile", "elsewhere", "tiles"]

# The usual grid of newspapers: a row of the map in each line, a cell in each two characters.
GRID = """\
AK .. .. .. .. .. .. .. .. .. ME
.. .. .. .. .. .. .. .. .. VT NH
WA ID MT ND MN IL WI MI NY RI MA
OR NV WY SD IA IN OH PA NJ CT ..
CA UT CO NE MO KY WV VA MD DE ..
.. AZ NM KS AR TN NC SC DC .. ..
.. .. .. OK LA MS AL GA .. .. ..
HI .. .. TX .. .. .. .. FL .. PR"""
COUNTRY = "ocd-division/country:us"
LEVELS = (1, 10, 100, 1_000, 10_000)  # statements from which a tile is a shade darker


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A state on the map, at a row and a column from 1 on; `level` is its shade, 0 to 5."""

    state: str
    division: str
    row: int
    column: int
    statements: int
    level: int


def division(state: str) -> str:
    """The division id of a state's two letters."""
    kind = {"DC": "district", "PR": "territory"}.get(state, "state")
    return f"{COUNTRY}/{kind}:{state.lower()}"


def tiles(counts: Iterable[PlaceCount]) -> list[Tile]:
    """The map, with the statements for each state and the places in it."""
    said: dict[str, int] = {}
    for each in counts:
        state = "/".join(each.jurisdiction.split("/")[:3])
        said[state] = said.get(state, 0) + each.statements
    return [
        _tile(cell, row, column, said.get(division(cell), 0))
        for row, line in enumerate(GRID.splitlines(), 1)
        for column, cell in enumerate(line.split(), 1)
        if cell != ".."
    ]


def _tile(state: str, row: int, column: int, statements: int) -> Tile:
    level = sum(statements >= least for least in LEVELS)
    return Tile(state=state, division=division(state), row=row, column=column, statements=statements, level=level)


def elsewhere(counts: Iterable[PlaceCount]) -> list[PlaceCount]:
    """The places that lie in none of the states of the map."""
    drawn = tuple(division(cell) for cell in GRID.split() if cell != "..")
    return [
        each
        for each in counts
        if not any(each.jurisdiction == one or each.jurisdiction.startswith(f"{one}/") for one in drawn)
    ]
