"""Who a printed name is: by name, role, place and day, and never by a guess between two."""

from __future__ import annotations

from collections.abc import Sequence

from archive.records import SpeakerForm
from archive.roster.answers import NATIONAL, as_printed, organisation, several, the_person
from archive.roster.known import Held, Known, statewide
from archive.roster.names import FullName
from archive.roster.places import COUNTRY, agrees
from archive.roster.question import Question
from archive.roster.roles import Standing
from archive.roster.values import OfficeBasis, Person, Printed, Resolution, Setting, SpeakerClass, Term

__all__ = ["Resolver"]

# A full name without a role, and a bare surname, are enough only where papers take the office as known.
FULL_NAME_FROM = 250_000  # inhabitants
SURNAME_FROM = 600_000
# The offices, with the kinds of places, whose holders are known by a bare surname.
FAMOUS = {
    "president": ("country",),
    "vice_president": ("country",),
    "attorney_general": ("country",),
    "speaker_of_the_house": ("country",),
    "governor": ("state",),
    "mayor": ("place", "district", "county"),
}
MEMO = 50_000


class Resolver:
    """Pure lookups over the roster; answers are remembered, as a document asks for the same names many times."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._memo: dict[tuple[Printed, Setting], Resolution] = {}

    def resolve(self, printed: Printed, setting: Setting) -> Resolution:
        """What the roster makes of one speaker of one document."""
        key = (printed, setting)
        found = self._memo.get(key)
        if found is None:
            if len(self._memo) >= MEMO:
                self._memo.clear()
            found = self._memo[key] = _resolve(Question(self._known, printed, setting))
        return found

    def resolve_person(self, person: Person, printed: Printed, setting: Setting) -> Resolution:
        """The office that a person who is known by id held on that day; of several the printed one."""
        question = Question(self._known, printed, setting)
        now = question.held([person])
        meant = [each for each in now if question.meant(each.term)]
        if question.role and question.role.standing is Standing.FORMER:
            return the_person(question, person, None, None)
        if meant or now:
            return _one_of(question, meant or now)
        return the_person(question, person, None, None, f"{person.name} held no office on {question.on}")


def _resolve(question: Question) -> Resolution:
    if question.printed.form in (SpeakerForm.GROUP, SpeakerForm.ORGANISATION):
        return organisation(question)
    name = question.name
    if name is None:
        return _holder(question) if question.in_office else as_printed(question)
    index = question.known.index
    # "de Blasio", "Lance Bottoms", "Rawlings-Blake": a surname may have several words, and "Van" is a given name too.
    surname = index.surname(" ".join(name.words))
    people = [] if name.surname_only and surname else index.full(name)
    if people:
        return _full_name(question, people)
    if surname:
        return _surname(question, surname)
    return _turned_round(question, name) if question.in_office else as_printed(question)


# A full name


def _full_name(question: Question, people: Sequence[Person]) -> Resolution:
    role = question.role
    if role is None or role.standing is Standing.NEUTRAL:
        return _full_name_alone(question, people)
    if role.standing is Standing.HELD:
        return _full_name_in_office(question, people)
    if role.standing in (Standing.FORMER, Standing.INCOMING):
        return _full_name_out_of_office(question, people)
    # Whatever else a page calls a president, "the billionaire", it means the president.
    known = [p for p in people if any(t.office in NATIONAL for t in question.known.all_terms(p))]
    return _full_name_alone(question, known) if known and len(people) == 1 else as_printed(question)


def _full_name_in_office(question: Question, people: Sequence[Person]) -> Resolution:
    known = question.known
    terms = [(person, term) for person in people for term in known.all_terms(person) if question.meant(term)]
    if not terms:
        return as_printed(question)
    now = [Held(person, term, basis) for person, term in terms if (basis := known.terms.basis(term, question.on))]
    return _one_of(question, question.narrowed(now)) if now else _out_of_term(question, terms)


def _out_of_term(question: Question, terms: list[tuple[Person, Term]]) -> Resolution:
    """The page prints an office outside of the dates that the roster has.

    It is believed near the dates, or where nobody else held the office; a title kept out of courtesy is not.
    """
    known, on = question.known, question.on
    persons = {person.id: person for person, _ in terms}
    if len(persons) > 1:
        return several(question, persons.values())
    person, term = terms[0]
    others = [held for held, _ in known.terms.holders(term.office, term.jurisdiction, on) if held.person != person.id]
    if on is None or any(known.terms.near(each, on) for _, each in terms) or (not others and question.places):
        return the_person(question, person, term, OfficeBasis.PRINTED)
    reason = f"{person.name} was {known.seat(term)}, but not on {on}"
    if not question.places and not statewide(term):
        return as_printed(question, reason)
    return the_person(question, person, None, None, reason)


def _full_name_out_of_office(question: Question, people: Sequence[Person]) -> Resolution:
    """`former governor Terry McAuliffe`: the person, without an office that day."""
    role = question.role
    if role is None or role.office is None:
        return _full_name_alone(question, people)
    past = role.standing is Standing.FORMER
    fitting = [
        person
        for person in people
        if any(
            question.meant(term) and (not past or not (question.on and term.start and term.start > question.on))
            for term in question.known.all_terms(person)
        )
    ]
    if len(fitting) == 1:
        return the_person(question, fitting[0], None, None)
    return several(question, fitting) if fitting else as_printed(question)


def _full_name_alone(question: Question, people: Sequence[Person]) -> Resolution:
    """Without a role: somebody in office that day, if nobody else of the roster has the name."""
    if len(people) > 1:
        local = [person for person in people if question.near(person)]
        if len(local) != 1:
            return several(question, people)
        people = local
    person = people[0]
    if question.elsewhere(person):
        return as_printed(question)
    near, now = question.near(person), question.held([person])
    if now and (near or any(question.prominent(each.term, FULL_NAME_FROM) for each in now)):
        return _one_of(question, now)
    # Somebody who never held office until then is another of the name; a candidate for president is not.
    terms = question.known.all_terms(person)
    past = [t for t in terms if t.office in NATIONAL or not (question.on and t.start and t.start > question.on)]
    if not now and past and (near or any(map(statewide, past))):
        return the_person(question, person, None, None, f"{person.name} held no office on {question.on}")
    return as_printed(question, f"{person.name} is a name of the roster, but nothing else here points there")


def _turned_round(question: Question, name: FullName) -> Resolution:
    """`Gov. Patrick Deval`: the names of a known holder in the wrong order."""
    people = question.known.index.full(FullName(name.words[::-1], name.nicknames)) if len(name.words) == 2 else []
    now = [each for each in question.held(people) if question.meant(each.term)]
    return _one_of(question, now) if len(question.known.distinct(now)) == 1 else as_printed(question)


# A surname


def _surname(question: Question, people: list[Person]) -> Resolution:
    if question.in_office:
        now = [each for each in question.held(people) if question.meant(each.term)]
        if not now or (question.own_unknown() and not question.agreeing(now)):
            return as_printed(question)
        return _one_of(question, question.narrowed(now))
    # A bare surname with "candidate" or "chairman" is of somebody whom the roster need not know.
    plain = question.role is None or (question.silent and question.role.speaker_class is SpeakerClass.PRIVATE)
    return _surname_alone(question, people) if plain else as_printed(question)


def _surname_alone(question: Question, people: list[Person]) -> Resolution:
    """Somebody whom a page never names in full: the publisher's own official, the holder of an office in a place
    that the page prints, or one whose office makes the bare surname enough."""
    if question.place_unknown:
        return as_printed(question)
    now = question.held(people)
    # "state" and "city" levels alike: a place that is printed is that of the office itself, not one around it.
    for places in (question.own, question.places, question.further):
        found = [each for each in now if each.term.jurisdiction in set(places) - {COUNTRY}]
        if found:
            return _one_of(question, found)
    if question.places:
        now = [each for each in now if agrees(each.term.jurisdiction, question.places)]
    president = [each for each in now if each.term.office == "president"]
    famous = [each for each in now if _famous(question, each.term)]
    # A name that small towns' officials share is a common one: it takes "Democrat" beside it to be the governor's.
    rare = question.role is not None or len(question.known.distinct(now)) == 1
    if president or (famous and rare):
        return _one_of(question, president or famous)
    return several(question, question.known.distinct(now)) if len(now) > 1 else as_printed(question)


def _famous(question: Question, term: Term) -> bool:
    kinds = FAMOUS.get(term.office, ())
    return question.known.kind(term.jurisdiction) in kinds and question.prominent(term, SURNAME_FROM)


# The role alone


def _holder(question: Question) -> Resolution:
    """`the governor`: whoever held the office that day, where exactly one term certainly covers it."""
    role = question.role
    assert role is not None
    assert role.office is not None
    known, office = question.known, role.office
    if question.place_unknown or not office.single:
        return as_printed(question)
    country = (COUNTRY,) if office.id == "president" and not question.places else ()
    for places in (question.places, question.own, question.further, country):
        seats = known.places.at_level(dict.fromkeys(places), role.levels or office.levels)
        certain = [
            Held(known.people[term.person], term, basis)
            for seat in seats
            for term, basis in known.terms.holders(office.id, seat, question.on)
            if question.on and term.started and term.start_kind == "stated"
        ]
        if len(known.distinct(certain)) == 1:
            return _one_of(question, certain)
        if seats:
            break
    return as_printed(question, f"which {office.title.lower()} is meant is not certain")


def _one_of(question: Question, held: list[Held]) -> Resolution:
    """The one person among these, by the first of the offices held; several people stay unresolved."""
    if len(question.known.distinct(held)) != 1:
        return several(question, question.known.distinct(held))
    ranks = question.known.ranks
    best = min(
        held,
        key=lambda each: (
            ranks.get(each.term.office, len(ranks)),
            each.basis is not OfficeBasis.CONFIRMED,
            each.term.jurisdiction,
        ),
    )
    return the_person(question, best.person, best.term, best.basis)
