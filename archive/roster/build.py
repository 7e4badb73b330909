"""Make the roster's registry layer (`registry/*.csv`) from a folder of public records.

    python -m archive.roster.build REGISTRY [OUT]

REGISTRY holds `officials.csv`, `jurisdictions.csv` and `jurisdictions_extra.csv` (Open Civic Data, openstates/people
and Wikidata, all CC0; US Conference of Mayors lists; the Census). Only facts are carried over, each with its origin.
The same folder gives the same files, byte by byte. A person who is in OUT already keeps the id there, so ids survive a
refreshed registry. What a person has reviewed lies in the folder above and is never touched: corrections of what is
made here belong in `overrides.csv`.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from archive.roster.names import fold, split_name
from archive.roster.tables import JURISDICTIONS, PEOPLE, TERMS

__all__ = ["build", "main"]

Row = dict[str, str]
HERE = Path(__file__).parent
DIVISION = "ocd-division/country:us"
_LEGAL = re.compile(r"(?<=\w) (?:city|town|village|borough|municipality|CDP)(?: \(balance\))?$")
_ENDS = {"actual": "actual", "inferred-from-successor": "inferred"}
_STARTS = {"stated": "stated", "inferred-from-predecessor": "inferred"}
# How far ahead of its namesakes a place must be to be meant by its bare name.
DOMINANT = 3
# Names that the Census writes otherwise than people do; the other ways of writing them are kept as aliases.
PEOPLE_WRITE = {
    DIVISION: ("United States", "U.S.|US|USA|United States of America"),
    f"{DIVISION}/district:dc": ("Washington, D.C.", "Washington|D.C.|DC|District of Columbia|Washington DC"),
    f"{DIVISION}/state:ny": ("New York (state)", "New York|New York State"),
    f"{DIVISION}/state:wa": ("Washington (state)", "Washington|Washington State"),
    f"{DIVISION}/state:ny/place:new_york": ("New York City", "New York|NYC|City of New York"),
    f"{DIVISION}/state:ca/place:los_angeles": ("Los Angeles", "L.A.|LA"),
    f"{DIVISION}/state:ca/place:san_francisco": ("San Francisco", "S.F."),
    f"{DIVISION}/state:ca/place:san_jose": ("San Jose", "San José"),
    f"{DIVISION}/state:ca/place:san_buenaventura_ventura": ("Ventura", "San Buenaventura"),
    f"{DIVISION}/state:id/place:boise_city": ("Boise", "Boise City"),
    f"{DIVISION}/state:pa/place:philadelphia": ("Philadelphia", "Philly"),
    f"{DIVISION}/state:mo/place:st_louis": ("St. Louis", "Saint Louis|St Louis"),
    f"{DIVISION}/state:mn/place:st_paul": ("St. Paul", "Saint Paul|St Paul"),
    f"{DIVISION}/state:fl/place:st_petersburg": ("St. Petersburg", "Saint Petersburg|St. Pete"),
    f"{DIVISION}/state:ut/place:salt_lake_city": ("Salt Lake City", "Salt Lake"),
    f"{DIVISION}/state:nv/place:las_vegas": ("Las Vegas", "Vegas"),
    f"{DIVISION}/state:la/place:new_orleans": ("New Orleans", "NOLA"),
    f"{DIVISION}/state:tn/place:nashville": ("Nashville", "Nashville-Davidson|Metro Nashville"),
    f"{DIVISION}/territory:vi": ("U.S. Virgin Islands", "US Virgin Islands|Virgin Islands"),
    f"{DIVISION}/territory:mp": ("Northern Mariana Islands", "Commonwealth of the Northern Mariana Islands|CNMI"),
}


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, columns: Iterable[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, tuple(columns), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _jurisdictions(registry: Path) -> list[Row]:
    """Rows of jurisdictions.csv, named as people write them."""
    rows: list[Row] = []
    for row in _read(registry / "jurisdictions.csv"):
        rows.append({**{key: row[key] for key in JURISDICTIONS if key in row}, "aliases": "", "origin": row["source"]})
    for row in _read(registry / "jurisdictions_extra.csv"):
        origin = "ocd-division-ids; Census" if row["in_ocd"] == "yes" else "officials' own lists; no Census place"
        made = {"population": "", "population_year": "", "aliases": "", "origin": origin}
        rows.append({**{key: row[key] for key in JURISDICTIONS if key in row}, **made})
    for row in rows:
        row["name"] = _LEGAL.sub("", row["name"]).strip()
    _qualify(rows)
    for row in rows:
        if row["id"] in PEOPLE_WRITE:
            row["name"], row["aliases"] = PEOPLE_WRITE[row["id"]]
    return sorted(rows, key=lambda row: row["id"])


def _qualify(rows: list[Row]) -> None:
    """`Springfield, Illinois` where several places share a name and none is far bigger than the rest."""
    states = {row["state"]: row["name"] for row in rows if row["kind"] in ("state", "territory", "district")}
    named: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        named[fold(row["name"])].append(row)
    for same in named.values():
        towns = [row for row in same if row["kind"] in ("place", "county")]
        sizes = sorted((int(row["population"] or 0) for row in same), reverse=True)
        for row in towns if len(same) > 1 else ():
            size = int(row["population"] or 0)
            if size < sizes[0] or sizes[0] < DOMINANT * max(sizes[1], 1):
                row["aliases"] = row["name"]
                row["name"] = f"{row['name']}, {states[row['state']]}"


def _prefix(jurisdiction: str) -> str:
    """What a person's id begins with: `us-ny-new-york`, `us-ny`, `us`."""
    parts = [part.partition(":")[2] for part in jurisdiction.split("/")[1:]]
    if jurisdiction.endswith("district:dc"):
        parts.append("washington")
    return "-".join(re.sub(r"[^a-z0-9]+", "-", part).strip("-") for part in parts)


def _person_key(row: Row) -> tuple[str, ...]:
    """What makes two rows one person: Wikidata's id, else the name within one state."""
    return (fold(row["name"]), "/".join(row["jurisdiction"].split("/")[:3]))


def _persons(officials: list[Row]) -> list[list[Row]]:
    """Rows of one person together; namesakes who were both mayors of different towns stay apart."""
    groups: list[list[Row]] = []
    by_item: dict[str, int] = {}
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for row in officials:
        found = by_item.get(row["wikidata"]) if row["wikidata"] else None
        if found is None:
            found = next((at for at in by_name[_person_key(row)] if _one_person(groups[at], row)), None)
        if found is None:
            found = len(groups)
            groups.append([])
            by_name[_person_key(row)].append(found)
        groups[found].append(row)
        if row["wikidata"]:
            by_item[row["wikidata"]] = found
    return groups


def _one_person(rows: list[Row], row: Row) -> bool:
    items = {other["wikidata"] for other in rows if other["wikidata"]}
    if row["wikidata"] and items and row["wikidata"] not in items:
        return False
    return any(other["jurisdiction"] == row["jurisdiction"] or other["office"] != row["office"] for other in rows)


def _person(rows: list[Row]) -> Row:
    named = next((row for row in rows if row["family"]), rows[0])
    given, family = (named["given"], named["family"]) if named["family"] else split_name(named["name"])
    aliases = dict.fromkeys(
        alias.strip() for row in rows for alias in [*row["aliases"].split("|"), row["name"]] if alias.strip()
    )
    aliases.pop(named["name"], None)
    return {
        "name": named["name"],
        "given": given,
        "family": family,
        "aliases": "|".join(aliases),
        "wikidata": next((row["wikidata"] for row in rows if row["wikidata"]), ""),
        "origin": named["source"].split(";")[0],
    }


def _term(person: str, row: Row) -> Row:
    left = row["status"].startswith("former")
    end_kind = _ENDS.get(row["end_kind"], "inferred" if left else "expected") if row["end_date"] else ""
    if "/retired/" in row["source"] and not row["start_date"] and end_kind == "actual":
        # Lists of mayors with their next election became "retired" entries that end on that day, re-elected or not.
        end_kind = "expected"
    observed = re.search(r"observed@(\d{4}-\d{2})", row["status"])
    current = row["status"] == "current" and row["source"].startswith("openstates")
    return {
        "person": person,
        "office": row["office"],
        "jurisdiction": row["jurisdiction"],
        "start": row["start_date"],
        "end": row["end_date"],
        "start_kind": _STARTS.get(row["start_kind"], "inferred") if row["start_date"] else "",
        "end_kind": end_kind,
        "seen": observed[1] if observed else "2026-08" if current else "",
        "origin": row["source"],
    }


def _coarsen(officials: list[Row]) -> None:
    """Wikidata writes a year as its first of January: such a date is kept as a year, unless a neighbour has it too."""
    days: dict[tuple[str, str], list[date]] = defaultdict(list)
    for row in officials:
        days[row["office"], row["jurisdiction"]] += [
            date.fromisoformat(row[column]) for column in ("start_date", "end_date") if len(row[column]) == 10
        ]
    for row in officials:
        for column in ("start_date", "end_date") if row["source"].startswith("Wikidata") else ():
            if row[column].endswith("-01-01"):
                day = date.fromisoformat(row[column])
                near = [other for other in days[row["office"], row["jurisdiction"]] if abs((other - day).days) <= 2]
                row[column] = row[column] if len(near) > 1 else row[column][:4]


def _known_ids(out: Path) -> dict[tuple[str, str], str]:
    """Ids given before, by name and by each jurisdiction of the person's terms."""
    if not (out / "people.csv").exists():
        return {}
    names = {row["id"]: row["name"] for row in _read(out / "people.csv")}
    return {(names[row["person"]], row["jurisdiction"]): row["person"] for row in _read(out / "terms.csv")}


def _identified(groups: list[list[Row]], known: dict[tuple[str, str], str]) -> list[tuple[str, list[Row]]]:
    """Each group with a stable, readable id, from the person's first jurisdiction and name."""
    given: set[str] = set()
    found: list[tuple[str, list[Row]]] = []
    for rows in groups:
        first = min(rows, key=lambda row: (row["start_date"] or row["end_date"] or "9999", row["jurisdiction"]))
        name = _person(rows)["name"]
        kept = next((known[name, row["jurisdiction"]] for row in rows if (name, row["jurisdiction"]) in known), None)
        stem = f"{_prefix(first['jurisdiction'])}-{fold(name).replace(' ', '-')}"
        number = Counter(taken for taken in given if taken.startswith(stem))
        identity = kept or (stem if stem not in given else f"{stem}-{len(number) + 1}")
        given.add(identity)
        found.append((identity, rows))
    return found


def build(registry: Path, out: Path) -> dict[str, int]:
    """Write jurisdictions.csv, people.csv and terms.csv to `out`; returns the number of rows of each."""
    officials = _read(registry / "officials.csv")
    _coarsen(officials)
    persons = _identified(_persons(officials), _known_ids(out))
    people = sorted(({"id": identity, **_person(rows)} for identity, rows in persons), key=lambda row: row["id"])
    terms = [_term(identity, row) for identity, rows in persons for row in rows]
    terms.sort(key=lambda row: (row["jurisdiction"], row["office"], row["start"] or row["end"], row["person"]))
    jurisdictions = _jurisdictions(registry)
    for name, columns, rows in (
        ("jurisdictions", JURISDICTIONS, jurisdictions),
        ("people", PEOPLE, people),
        ("terms", TERMS, terms),
    ):
        _write(out / f"{name}.csv", columns, rows)
    return {"jurisdictions": len(jurisdictions), "people": len(people), "terms": len(terms)}


def main(arguments: list[str]) -> int:
    """The command: where the registry lies, and optionally where to write."""
    if not arguments:
        sys.stderr.write("usage: python -m archive.roster.build REGISTRY [OUT]\n")
        return 1
    try:
        counts = build(Path(arguments[0]), Path(arguments[1]) if len(arguments) > 1 else HERE / "registry")
    except OSError as error:
        sys.stderr.write(f"{error.filename}: {error.strerror}; name the folder that has the registry\n")
        return 1
    sys.stderr.write(", ".join(f"{count} {name}" for name, count in counts.items()) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
