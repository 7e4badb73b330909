"""The answers: a person of the roster, or the speaker as printed with the office and place that the page gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from archive.roster.places import COUNTRY, agrees
from archive.roster.question import Question
from archive.roster.roles import Role, Standing
from archive.roster.values import OfficeBasis, Person, Resolution, SpeakerClass, Term

__all__ = ["NATIONAL", "as_printed", "organisation", "several", "the_person"]

NATIONAL = ("president", "vice_president")
# A newsroom or an office of a state prints its own legislators by the same words.
LEGISLATORS = ("senator", "representative")
_CONGRESS = re.compile(r"\b(?:U\.? ?S\b|Congress)", re.I)
NAMED = 6  # people named in the reason why a name stays unresolved


def the_person(
    question: Question, person: Person, term: Term | None, basis: OfficeBasis | None, reason: str | None = None
) -> Resolution:
    """A person of the roster, in office by `term` or out of office."""
    jurisdiction = term.jurisdiction if term else _last_seat(question, person)
    if basis is OfficeBasis.OPEN and question.on is None:
        basis = OfficeBasis.PRINTED
    return Resolution(
        name=person.name,
        person=person.id,
        speaker_class=SpeakerClass.OFFICIAL,
        office=term.office if term else None,
        office_basis=basis,
        jurisdiction=jurisdiction,
        jurisdiction_name=question.known.name(jurisdiction),
        reason=reason,
    )


def as_printed(question: Question, reason: str | None = None) -> Resolution:
    """The speaker as the page has it."""
    role = question.role
    office = role.office.id if role and role.office and role.standing is Standing.HELD else None
    jurisdiction = _printed_jurisdiction(question, role) if role else None
    return Resolution(
        name=question.text,
        speaker_class=role.speaker_class if role else SpeakerClass.PRIVATE,
        office=office,
        office_basis=OfficeBasis.PRINTED if office else None,
        jurisdiction=jurisdiction,
        jurisdiction_name=question.known.name(jurisdiction),
        reason=reason,
    )


def organisation(question: Question) -> Resolution:
    """A group or an organisation; its place is the printed one, or that which its name begins with."""
    name = question.printed.name or ""
    first = question.known.places.leading(name.removeprefix("The ").removeprefix("the ").split())[0]
    jurisdiction = _likeliest(question, question.places or (first.ids if first else ()))
    return Resolution(
        name=question.printed.name,
        speaker_class=SpeakerClass.ORGANISATION,
        jurisdiction=jurisdiction,
        jurisdiction_name=question.known.name(jurisdiction),
    )


def several(question: Question, people: Iterable[Person]) -> Resolution:
    """Unresolved, with the people whom the name may mean."""
    found = sorted(people, key=lambda person: person.id)
    role = question.role
    title = f"{role.office.title.lower()}s" if role and role.office else "people of the roster"
    seats = ((person.name, question.known.name(_last_seat(question, person))) for person in found[:NAMED])
    named = "; ".join(f"{name} ({seat or 'place unknown'})" for name, seat in seats)
    more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
    return as_printed(question, f"{len(found)} {title} are called {question.text}: {named}{more}")


def _last_seat(question: Question, person: Person) -> str | None:
    """Where somebody out of office last held one, as of that day."""
    on = question.on
    terms = [term for term in question.known.all_terms(person) if not (on and term.start and term.start > on)]
    last = max(terms, key=lambda term: (term.end or date.max, term.jurisdiction), default=None)
    return last.jurisdiction if last else None


def _printed_jurisdiction(question: Question, role: Role) -> str | None:
    """The division that the printed role is of; a federal office's is the country, whatever state it came from."""
    if role.speaker_class is SpeakerClass.PRIVATE:
        return None
    known = question.known
    if role.office and role.office.id in NATIONAL:
        return None  # every president of the time is in the roster: this one is another country's or body's
    levels = role.levels or (role.office.levels if role.office else frozenset())
    if levels == {"country"}:
        placed = role.levels or role.place or question.places
        if question.setting.jurisdiction != COUNTRY and not placed and _sits(role):
            return None
        return COUNTRY if role.place is None or role.place.ids else None
    if question.places or question.place_unknown:
        fitting = known.places.at_level(question.places, levels)
        if not fitting and "state" in levels:
            # A legislator from Springfield sits for the state that Springfield lies in.
            fitting = tuple(sorted({"/".join(each.split("/")[:3]) for each in question.places if each != COUNTRY}))
        return _likeliest(question, fitting)
    own = question.setting.jurisdiction
    if own and role.office and question.setting.office and known.kind(own) in levels:
        return own
    return None


def _sits(role: Role) -> bool:
    """Whether somebody is printed as a legislator, and not as one of Congress."""
    return role.office is not None and role.office.id in LEGISLATORS and not _CONGRESS.search(role.text)


def _likeliest(question: Question, ids: Sequence[str]) -> str | None:
    """The one division meant: among several the publisher's own or the one printed elsewhere, else the far bigger."""
    if len(ids) < 2:
        return ids[0] if ids else None
    for places in (question.own, question.further):
        near = [each for each in ids if each in places] or [
            each for each in ids if agrees(each, set(places) - {COUNTRY})
        ]
        if len(near) == 1:
            return near[0]
    # Only the far bigger of several namesakes is called by its bare name (`Portland`; `Portland, Maine`).
    bare = [each for each in ids if each.endswith("district:dc") or "," not in (question.known.name(each) or ",")]
    return bare[0] if len(bare) == 1 else None
