"""One speaker of one document: what is printed, read once, and the evidence of places."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from archive.roster.known import Held, Known, statewide
from archive.roster.names import FullName, fold, parse_name
from archive.roster.places import COUNTRY, agrees
from archive.roster.roles import Role, Standing
from archive.roster.values import Person, Printed, Setting, Term

__all__ = ["Question"]

_TITLES = ("mayor", "governor", "gov", "president", "senator", "sen", "representative", "rep")
# Offices whose place a page need not know: fifty governors and a president are known by name.
_BY_NAME = ("governor", "president", "vice_president")


class Question:
    """What the page says of the speaker, in the roster's terms."""

    def __init__(self, known: Known, printed: Printed, setting: Setting) -> None:
        self.known = known
        self.printed = printed
        self.setting = setting
        text, role = printed.name, printed.role
        if text and known.roles.is_title(text):
            text, role = None, role or text  # "the governor said"
        if text and not role:
            first, _, rest = text.partition(" ")
            if rest and fold(first) in _TITLES:
                text, role = rest, first  # a title that was left on the name
        self.text = text
        self.name: FullName | None = parse_name(text) if text and parse_name(text).words else None
        self.role: Role | None = known.roles.read(role)
        self.places, self.place_unknown = self._printed_places()

    @property
    def on(self) -> date | None:
        """The document's day."""
        return self.setting.on

    @property
    def in_office(self) -> bool:
        """Whether the role names an office that is held."""
        return self.role is not None and self.role.standing is Standing.HELD and self.role.office is not None

    @property
    def silent(self) -> bool:
        """Whether no role is printed, or one that says nothing for or against an office."""
        return self.role is None or self.role.standing is Standing.NEUTRAL

    def _printed_places(self) -> tuple[tuple[str, ...], bool]:
        """The divisions that the printed place may mean, and whether one is printed that is not known."""
        levels = self.role.office.levels if self.role and self.role.office else frozenset()
        beside = self.known.places.find(self.printed.place) if self.printed.place else None
        found: tuple[str, ...] = ()
        unknown = False
        for place in (self.role.place if self.role else None, beside):
            if place is None:
                continue
            unknown = unknown or not place.ids
            ids = self.known.places.at_level(place.ids, levels) or place.ids
            inner = tuple(each for each in ids if agrees(each, found)) if found else ids
            found = inner or found
        return found, unknown and not found

    @cached_property
    def further(self) -> tuple[str, ...]:
        """Divisions that the document prints elsewhere."""
        return tuple(each for text in self.setting.places for each in self.known.places.find(text).ids)

    @property
    def own(self) -> tuple[str, ...]:
        """The division that the publisher speaks for, if any."""
        return (self.setting.jurisdiction,) if self.setting.jurisdiction else ()

    def meant(self, term: Term) -> bool:
        """Whether a term is of the printed office and of the printed place."""
        role = self.role
        if role is None or role.office is None or term.office != role.office.id:
            return False
        if role.levels and self.known.kind(term.jurisdiction) not in role.levels:
            return False
        if self.place_unknown:
            return term.office in _BY_NAME and self.name is not None and not self.name.surname_only
        return not self.places or agrees(term.jurisdiction, self.places)

    def agreeing(self, held: list[Held]) -> list[Held]:
        """Those that the printed place, else further places, else the publisher's own speak for."""
        for places in (self.places, self.further, self.own):
            exact = [each for each in held if each.term.jurisdiction in places]
            fitting = exact or [each for each in held if agrees(each.term.jurisdiction, set(places) - {COUNTRY})]
            if fitting:
                return fitting
        return []

    def narrowed(self, held: list[Held]) -> list[Held]:
        """Of several people those that a place speaks for."""
        return held if len(self.known.distinct(held)) < 2 else self.agreeing(held) or held

    def near(self, person: Person) -> bool:
        """Whether a printed place or the publisher's own belongs to one of the person's jurisdictions."""
        places = {*self.places, *self.further, *self.own} - {COUNTRY}
        terms = self.known.all_terms(person)
        return any(agrees(term.jurisdiction, places) for term in terms if term.jurisdiction != COUNTRY)

    def elsewhere(self, person: Person) -> bool:
        """Whether the printed place gainsays every jurisdiction of the person."""
        terms = self.known.all_terms(person)
        return self.place_unknown or bool(
            self.places and not any(agrees(term.jurisdiction, self.places) for term in terms)
        )

    def own_unknown(self) -> bool:
        """Whether a bare `Mayor Roe` must be the publisher's own mayor, of whom the roster knows nothing."""
        own, role = self.setting.jurisdiction, self.role
        if not own or self.places or role is None or role.office is None or self.setting.office != role.office.id:
            return False
        return not self.known.terms.holders(role.office.id, own, self.on)

    def held(self, people: list[Person]) -> list[Held]:
        """Every office that these people hold that day."""
        return [
            Held(person, term, basis)
            for person in people
            for term, basis in self.known.terms.held_by(person.id, self.on)
        ]

    def prominent(self, term: Term, size: int) -> bool:
        """Whether papers take the holder of this seat as known: statewide, or of a place of this size."""
        return statewide(term) or self.known.size(term.jurisdiction) >= size
