"""What is wrong or doubtful in the roster's data: errors want mending, notes want knowing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from archive.roster.names import fold
from archive.roster.reading import Tables
from archive.roster.values import Office, Problem, Term

__all__ = ["problems"]

# A month without a holder, or with two, is looked at; a handover may take days.
TOLERANCE = timedelta(days=31)


def problems(tables: Tables, on: date | None = None) -> Iterator[Problem]:
    """Everything to look at; `on` is the day by which terms can have become stale, None asks nothing of that."""
    yield from _twice("jurisdiction", ((place.id, None) for place in tables.jurisdictions))
    yield from _twice("office", ((office.id, None) for office in tables.offices))
    yield from _twice("person", ((person.id, None) for person in tables.people))
    yield from _twice(
        "term", (((term.person, term.office, term.jurisdiction, term.start), term.at) for term in tables.terms)
    )
    yield from _references(tables)
    for override in tables.unfit:
        about = " ".join(filter(None, (override.person, override.office, override.jurisdiction)))
        words = f"the correction of {override.field} finds nothing that is {override.was or 'empty'!r}; take it out"
        yield Problem(level="error", kind="override", about=about, words=words, at=override.at)
    yield from _idle_people(tables)
    yield from _namesakes(tables)
    yield from _seats(tables, on)


def _twice(what: str, keys: Iterable[tuple[Hashable, str | None]]) -> Iterator[Problem]:
    seen = set()
    for key, at in keys:
        if key in seen:
            about = " ".join(str(part) for part in key if part) if isinstance(key, tuple) else str(key)
            yield Problem(level="error", kind="duplicate", about=about, words=f"this {what} stands there twice", at=at)
        seen.add(key)


def _references(tables: Tables) -> Iterator[Problem]:
    people = {person.id for person in tables.people}
    places = {place.id: place.kind for place in tables.jurisdictions}
    offices = {office.id: office for office in tables.offices}
    for term in tables.terms:
        wrong = []
        if term.person not in people:
            wrong.append(("unknown", f"people.csv has no {term.person}"))
        if term.jurisdiction not in places:
            wrong.append(("unknown", f"jurisdictions.csv has no {term.jurisdiction}"))
        if term.office not in offices:
            wrong.append(("unknown", f"offices.csv has no {term.office}"))
        elif term.jurisdiction in places and places[term.jurisdiction] not in offices[term.office].levels:
            wrong.append(("level", f"a {places[term.jurisdiction]} has no {term.office}"))
        if term.start and term.end and term.end < term.start:
            wrong.append(("order", f"it ends on {term.end}, before it starts on {term.start}"))
        for kind, words in wrong:
            yield Problem(level="error", kind=kind, about=_about(term), words=words, at=term.at)


def _about(term: Term) -> str:
    return f"{term.person} {term.office} {term.jurisdiction}"


def _idle_people(tables: Tables) -> Iterator[Problem]:
    busy = {term.person for term in tables.terms}
    for person in tables.people:
        if person.id not in busy:
            yield Problem(level="note", kind="idle", about=person.id, words=f"{person.name} has no term")


def _namesakes(tables: Tables) -> Iterator[Problem]:
    """People of one name and state: perhaps one person under two ids."""
    states: dict[str, set[str]] = defaultdict(set)
    for term in tables.terms:
        states[term.person].add("/".join(term.jurisdiction.split("/")[:3]))
    named: dict[tuple[str, str], set[str]] = defaultdict(set)
    for person in tables.people:
        for state in states[person.id]:
            named[fold(person.name), state].add(person.id)
    for same in sorted(map(sorted, (ids for ids in named.values() if len(ids) > 1))):
        words = f"one name in one state: perhaps one person ({', '.join(same[1:])})"
        yield Problem(level="note", kind="namesakes", about=same[0], words=words)


def _seats(tables: Tables, on: date | None) -> Iterator[Problem]:
    offices: dict[str, Office] = {office.id: office for office in tables.offices}
    seats: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for term in tables.terms:
        if term.office in offices and offices[term.office].single:
            seats[term.jurisdiction, term.office].append(term)
    for _, terms in sorted(seats.items()):
        dated = sorted((term for term in terms if term.start), key=lambda term: (term.start or date.min, term.person))
        yield from _between(dated)
        latest = max((term.start for term in dated if term.start), default=None)
        for term in terms if on else ():
            followed = latest is not None and term.start != latest and latest >= (term.end or latest)
            if term.end_kind == "expected" and term.end and on and term.end < on and not followed:
                words = f"its term was to end on {term.end}, and nobody is known to have followed"
                yield Problem(level="note", kind="stale", about=_about(term), words=words, at=term.at)


def _between(dated: list[Term]) -> Iterator[Problem]:
    for before, after in pairwise(dated):
        if before.end is None or after.start is None or before.end_kind == "expected":
            continue
        if after.start - before.end > TOLERANCE:
            words = (
                f"nobody is known between {before.person}, until {before.end}, and {after.person}, from {after.start}"
            )
            yield Problem(level="note", kind="gap", about=_seat(after), words=words, at=after.at)
        elif before.end - after.start > TOLERANCE and after.started and before.end - after.started > TOLERANCE:
            words = f"{before.person}, until {before.end}, and {after.person}, from {after.start}, overlap"
            yield Problem(level="note", kind="overlap", about=_seat(after), words=words, at=after.at)


def _seat(term: Term) -> str:
    return f"{term.office} {term.jurisdiction}"
