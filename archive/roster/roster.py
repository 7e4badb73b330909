"""The roster: who held which office where and when, and whom a printed name means."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from archive.errors import UnknownRecord
from archive.roster.checking import problems
from archive.roster.index import Index
from archive.roster.known import Known, kind_of
from archive.roster.names import parse_name
from archive.roster.places import Places
from archive.roster.reading import Tables, read_tables
from archive.roster.resolving import Resolver
from archive.roster.roles import Roles
from archive.roster.terms import Terms
from archive.roster.values import Person, Printed, Problem, Resolution, Setting, Term

__all__ = ["BUILT_IN", "Roster", "load_roster"]

BUILT_IN = (Path(__file__).parent / "registry", Path(__file__).parent)
ADDED = "ARCHIVE_ROSTER"


class Roster:
    """All people, offices, terms and jurisdictions, read once; a pure function of its files."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.digest = tables.digest
        # The first row of an id counts; `problems` tells of the others.
        self.people = {person.id: person for person in reversed(tables.people)}
        self.jurisdictions = {place.id: place for place in reversed(tables.jurisdictions)}
        self.offices = {office.id: office for office in reversed(tables.offices)}

    @cached_property
    def terms(self) -> Terms:
        """Who held what, by person and by seat."""
        single = {office.id for office in self.offices.values() if office.single}
        return Terms(self.tables.terms, self.people, single)

    @cached_property
    def _index(self) -> Index:
        return Index(sorted(self.people.values(), key=lambda person: person.id))

    @cached_property
    def _places(self) -> Places:
        return Places({place.id: place for place in sorted(self.jurisdictions.values(), key=lambda each: each.id)})

    @cached_property
    def _resolver(self) -> Resolver:
        roles = Roles(reversed(self.offices.values()), self._places)
        ranks = {office.id: rank for rank, office in enumerate(reversed(self.offices.values()))}
        return Resolver(Known(self.people, self.jurisdictions, self.terms, self._places, roles, self._index, ranks))

    def resolve(self, printed: Printed, setting: Setting) -> Resolution:
        """Whom a document's words for a speaker mean, the office held that day and its place."""
        return self._resolver.resolve(printed, setting)

    def resolve_person(self, person: str, printed: Printed, setting: Setting) -> Resolution:
        """As `resolve`, for somebody who is known by id: the office held that day. UnknownRecord for no such id."""
        return self._resolver.resolve_person(self.person(person), printed, setting)

    def places_in(self, text: str) -> tuple[str, ...]:
        """The known places that a text names, as printed: what `Setting.places` may hold beside dateline and title."""
        return self._places.mentioned(text)

    def home(self, setting: Setting, office: str | None = None) -> str | None:
        """The place that a document is about: the publisher's own, else the only town that it prints.

        With an office, None where such a place has none: a town has no governor, and sends nobody to Congress.
        """
        found = setting.jurisdiction or self._only_town(setting)
        known = self.offices.get(office or "")
        if found and known and known.levels and kind_of(self.jurisdictions, found) not in known.levels:
            return None
        return found

    def _only_town(self, setting: Setting) -> str | None:
        meant = [self._places.find(text).ids for text in setting.places]
        states = {each for ids in meant for each in ids if len(ids) == 1 and each.count("/") == 2}
        towns: set[str] = set()
        for ids in meant:
            near = [each for each in ids if each.count("/") > 2]
            inside = [each for each in near if any(each.startswith(f"{state}/") for state in states)]
            if len(inside or near) == 1:
                towns.update(inside or near)
        return towns.pop() if len(towns) == 1 else None

    def jurisdiction_name(self, jurisdiction: str) -> str | None:
        """A division as people write it, `Washington, D.C.`; None for one that the roster does not know."""
        place = self.jurisdictions.get(jurisdiction)
        return place.name if place else None

    def person(self, id: str) -> Person:  # noqa: A002 - the contract names it so
        """The person of this id; UnknownRecord where there is none."""
        if id not in self.people:
            raise UnknownRecord(f"the roster has no person {id!r}; `archive roster find NAME` looks people up")
        return self.people[id]

    def find(self, name: str) -> list[Person]:
        """Everybody whom a full name or a surname may mean, by id."""
        parsed = parse_name(name)
        if not parsed.words:
            return []
        found = self._index.surname(" ".join(parsed.words)) if parsed.surname_only else self._index.full(parsed)
        return sorted(found, key=lambda person: person.id)

    def problems(self, on: date | None = None) -> Iterator[Problem]:
        """What is wrong or doubtful in the data; with a day, terms that have become stale by then too."""
        return problems(self.tables, on)

    def terms_of(self, person: str) -> list[Term]:
        """One person's terms, in the order of the data."""
        return list(self.terms.by_person.get(person, ()))


def load_roster(folders: Iterable[Path] | None = None) -> Roster:
    """The built-in roster with the files of these folders, by default those of ARCHIVE_ROSTER; cached per process."""
    if folders is None:
        folders = (Path(part) for part in os.environ.get(ADDED, "").split(os.pathsep) if part)
    return _loaded(tuple(folders))


@lru_cache(maxsize=8)
def _loaded(folders: tuple[Path, ...]) -> Roster:
    return Roster(read_tables((*BUILT_IN, *folders)))
