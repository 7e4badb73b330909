"""All that resolving looks things up in, in one value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from archive.roster.index import Index
from archive.roster.places import Places
from archive.roster.roles import Roles
from archive.roster.terms import Terms
from archive.roster.values import Jurisdiction, OfficeBasis, Person, Term

__all__ = ["Held", "Known", "kind_of", "statewide"]


@dataclass(frozen=True, slots=True)
class Held:
    """Somebody in office on the day that is asked about, and with what evidence."""

    person: Person
    term: Term
    basis: OfficeBasis


@dataclass(frozen=True, slots=True)
class Known:
    """The roster's data with their indexes."""

    people: Mapping[str, Person]
    jurisdictions: Mapping[str, Jurisdiction]
    terms: Terms
    places: Places
    roles: Roles
    index: Index
    ranks: Mapping[str, int]  # of the offices, the first first

    def name(self, jurisdiction: str | None) -> str | None:
        """A division as people write it."""
        place = self.jurisdictions.get(jurisdiction) if jurisdiction else None
        return place.name if place else None

    def kind(self, jurisdiction: str) -> str:
        """What kind of division it is: as the roster has it, else as its id ends (`.../place:ashby`)."""
        return kind_of(self.jurisdictions, jurisdiction)

    def size(self, jurisdiction: str) -> int:
        """Its inhabitants, 0 where they are not known."""
        place = self.jurisdictions.get(jurisdiction)
        return (place.population if place else None) or 0

    def all_terms(self, person: Person) -> list[Term]:
        """Every term of one person."""
        return self.terms.by_person.get(person.id, [])

    def seat(self, term: Term) -> str:
        """A term's office in words: `mayor of Chicago`."""
        return f"{term.office.replace('_', ' ')} of {self.name(term.jurisdiction) or term.jurisdiction}"

    def distinct(self, held: Iterable[Held]) -> list[Person]:
        """The people of these, each once, by id."""
        return sorted({each.person.id: each.person for each in held}.values(), key=lambda person: person.id)


def statewide(term: Term) -> bool:
    """Whether a term is of the country, a state or a territory, so that papers take its holder as known."""
    return "/place:" not in term.jurisdiction and "/county:" not in term.jurisdiction


def kind_of(jurisdictions: Mapping[str, Jurisdiction], jurisdiction: str) -> str:
    """What kind of division an id is of: as these have it, else as it ends (`.../place:ashby`)."""
    place = jurisdictions.get(jurisdiction)
    return place.kind if place else jurisdiction.rpartition("/")[2].partition(":")[0]
