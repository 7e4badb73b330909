"""Reading the roster's CSV files: whole or not at all, naming file, line and what to do.

A folder holds any of jurisdictions.csv, offices.csv, people.csv, terms.csv and overrides.csv; the files of several
folders are read one after another as if they were one. References between rows are not checked here but by
`Roster.problems`, so that one wrong line of one town does not silence the rest.
"""

from __future__ import annotations

import calendar
import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from archive.errors import RosterError
from archive.roster.tables import COLUMNS
from archive.roster.values import Jurisdiction, Office, Override, Person, SpeakerClass, Term

__all__ = ["Tables", "read_tables"]

REQUIRED = {
    "jurisdictions": ("id", "name", "kind"),
    "offices": ("id", "title", "level", "holders", "speaker_class"),
    "people": ("id", "name", "family"),
    "terms": ("person", "office", "jurisdiction"),
    "overrides": ("day", "person", "field", "reason", "source"),
}
KINDS = ("country", "state", "territory", "district", "county", "place")
START_KINDS = ("", "stated", "inferred")
END_KINDS = ("", "actual", "inferred", "expected")
DROP = "drop"  # takes out the row whose start (of a person: name) is `was`
# A corrected date is a known one; a correction of its kind may follow.
REVIEWED = {"start": "stated", "end": "actual"}
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# Counted into the digest: a change of the rules by which names resolve makes derived rows anew, like a change of data.
RULES = "1"


@dataclass(slots=True)
class Row:
    """One line of one file, by column."""

    at: str
    fields: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def wrong(self, words: str) -> RosterError:
        """The error to raise about this line."""
        return RosterError(f"{self.at}: {words}")


@dataclass(slots=True)
class Tables:
    """All rows, in the order of the files."""

    jurisdictions: list[Jurisdiction] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)
    unfit: list[Override] = field(default_factory=list)  # corrections that found nothing to correct
    digest: str = ""


def read_tables(folders: Iterable[Path]) -> Tables:
    """Read every file of these folders and apply the corrections; raises RosterError at the first bad line."""
    read: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    digest = hashlib.sha256(RULES.encode())
    for folder in folders:
        if not folder.is_dir():
            raise RosterError(f"{folder}: there is no such folder of roster files; correct ARCHIVE_ROSTER")
        for name in COLUMNS:
            path = folder / f"{name}.csv"
            if path.exists():
                payload = path.read_bytes()
                digest.update(f"{name} {len(payload)}\n".encode() + payload)
                read[name].extend(_rows(path, name, payload))
    tables = Tables(digest=digest.hexdigest())
    tables.overrides = [_override(row) for row in read["overrides"]]
    tables.unfit = _corrected(tables.overrides, read["people"], read["terms"])
    tables.jurisdictions = [_jurisdiction(row) for row in read["jurisdictions"]]
    tables.offices = [_office(row) for row in read["offices"]]
    tables.people = [_person(row) for row in read["people"]]
    tables.terms = [_term(row) for row in read["terms"]]
    return tables


def _rows(path: Path, name: str, payload: bytes) -> Iterator[Row]:
    where = "/".join(path.parts[-2:])
    try:
        reader = csv.reader(payload.decode("utf-8-sig").splitlines())
        header = next(reader, [])
        if set(header) != set(COLUMNS[name]):
            wanted = ",".join(COLUMNS[name])
            raise RosterError(f"{where}, line 1: its columns are {','.join(header) or 'none'}; make them {wanted}")
        for cells in reader:
            if not cells:
                continue
            row = Row(f"{where}, line {reader.line_num}", dict(zip(header, map(str.strip, cells), strict=False)))
            if len(cells) != len(header):
                raise row.wrong(f"it has {len(cells)} cells where the columns are {len(header)}; mend the commas")
            for column in REQUIRED[name]:
                if not row[column]:
                    raise row.wrong(f"{column} is empty; fill it in")
            yield row
    except (UnicodeDecodeError, csv.Error) as error:
        raise RosterError(f"{where}: it cannot be read ({error}); save it as CSV in UTF-8") from error


def _list(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _number(row: Row, column: str) -> int | None:
    cell = row[column]
    if cell and not cell.isdecimal():
        raise row.wrong(f"{column} is {cell!r}; write a whole number or leave it empty")
    return int(cell) if cell else None


def _day(row: Row, column: str, *, last: bool = False) -> date | None:
    """The first (or last) day that a cell can mean: `2019`, `2019-07` or `2019-07-14`."""
    cell = row[column]
    if not cell:
        return None
    found = _DATE.fullmatch(cell)
    try:
        if not found:
            raise ValueError
        year, month, day = int(found[1]), int(found[2] or (12 if last else 1)), found[3]
        return date(year, month, int(day) if day else calendar.monthrange(year, month)[1] if last else 1)
    except ValueError:
        raise row.wrong(f"{column} is {cell!r}; write 2019-07-14, 2019-07, 2019 or leave it empty") from None


def _chosen(row: Row, column: str, among: Iterable[str]) -> str:
    choices = tuple(among)
    if row[column] not in choices:
        raise row.wrong(f"{column} is {row[column]!r}; choose of {', '.join(filter(None, choices))}")
    return row[column]


def _chosen_of(row: Row, column: str, among: Iterable[str]) -> tuple[str, ...]:
    found = _list(row[column])
    for each in found:
        if each not in among:
            raise row.wrong(f"{column} holds {each!r}; choose of {', '.join(among)}")
    return found


def _jurisdiction(row: Row) -> Jurisdiction:
    return Jurisdiction(
        id=row["id"],
        name=row["name"],
        kind=_chosen(row, "kind", KINDS),
        state=row["state"].upper(),
        geoid=row["geoid"],
        population=_number(row, "population"),
        population_year=_number(row, "population_year"),
        aliases=_list(row["aliases"]),
        origin=row["origin"],
    )


def _office(row: Row) -> Office:
    return Office(
        id=row["id"],
        title=row["title"],
        levels=frozenset(_chosen_of(row, "level", KINDS)),
        single=_chosen(row, "holders", ("one", "many")) == "one",
        speaker_class=SpeakerClass(_chosen(row, "speaker_class", ("official", "public_role"))),
        forms=_list(row["forms"]),
    )


def _person(row: Row) -> Person:
    return Person(
        id=row["id"],
        name=row["name"],
        given=row["given"],
        family=row["family"],
        aliases=_list(row["aliases"]),
        wikidata=row["wikidata"] or None,
        origin=row["origin"],
    )


def _term(row: Row) -> Term:
    return Term(
        person=row["person"],
        office=row["office"],
        jurisdiction=row["jurisdiction"],
        start=_day(row, "start"),
        started=_day(row, "start", last=True),
        end=_day(row, "end", last=True),
        start_kind=_chosen(row, "start_kind", START_KINDS),
        end_kind=_chosen(row, "end_kind", END_KINDS),
        seen=_day(row, "seen"),
        origin=row["origin"],
        at=row.at,
    )


def _override(row: Row) -> Override:
    _day(row, "day")
    allowed = COLUMNS["terms" if row["office"] else "people"]
    _chosen(row, "field", [*allowed, DROP])
    return Override(**row.fields, at=row.at)


def _corrected(overrides: list[Override], people: list[Row], terms: list[Row]) -> list[Override]:
    """Apply the corrections in their order; returns those that found nothing to correct."""
    rows: dict[tuple[str, ...], list[Row]] = {}
    for row in people:
        rows.setdefault((row["id"],), []).append(row)
    for row in terms:
        rows.setdefault(_key(row), []).append(row)
    unfit: list[Override] = []
    for override in overrides:
        key = (override.person, override.office, override.jurisdiction) if override.office else (override.person,)
        column = override.field if override.field != DROP else "start" if override.office else "name"
        found = next((row for row in rows.get(key, ()) if row[column] == override.was), None)
        if found is None:
            unfit.append(override)
            continue
        rows[key].remove(found)
        if override.field == DROP:
            found.fields.clear()
            continue
        found.fields[column] = override.becomes
        if column in REVIEWED:
            found.fields[f"{column}_kind"] = REVIEWED[column] if override.becomes else ""
        rows.setdefault(_key(found) if override.office else (found["id"],), []).append(found)
    for kept in (people, terms):
        kept[:] = [row for row in kept if row.fields]
    return unfit


def _key(term: Row) -> tuple[str, str, str]:
    return (term["person"], term["office"], term["jurisdiction"])
