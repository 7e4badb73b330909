"""Speakers for people: who a name is, what the roster knows, and what was said, newest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from archive.errors import UnknownRecord
from archive.models import Appearance, Speaker, Statement
from archive.query.filters import Filters
from archive.query.naming import has_id, is_meant, is_private
from archive.query.references import heir_of
from archive.query.statements import StatementHit, count_statements, search_statements
from archive.roster import Person, SpeakerClass, load_roster

__all__ = ["PersonFacts", "Seat", "SpokenAs", "find_speaker", "person", "speaker_of_id"]

NAMED = 8  # of those whom a name may mean


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """An office that the roster says a person held; a missing day is one that the roster does not know.

    `start_kind` is `stated` or `inferred`, `end_kind` `actual`, `inferred` or `expected`; None where no day is known.
    `seen` is the last day on which the person was known to be in office.
    """

    office: str
    jurisdiction: str
    jurisdiction_name: str | None
    start: date | None
    start_kind: str | None
    end: date | None
    end_kind: str | None
    seen: date | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenAs:
    """An office, or none, in which the speaker was quoted: from which day to which, how often, and how it is known."""

    office: str | None
    office_basis: str | None
    jurisdiction: str | None
    jurisdiction_name: str | None
    first_date: date
    last_date: date
    appearances: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts:
    """One speaker. `speaker_id` is None for somebody of the roster who is not quoted in this archive.

    Counts are of the days asked for, as statements, independent stories, documents.
    """

    speaker_id: str | None
    name: str
    speaker_class: str
    person: str | None
    jurisdiction: str | None
    names: list[str]
    offices: list[Seat]
    spoken_as: list[SpokenAs]
    statements: int
    stories: int
    documents: int
    said: list[StatementHit]


def person(
    connection: Connection, written: str, *, since: date | None = None, until: date | None = None, limit: int = 20
) -> PersonFacts:
    """What one speaker said: by the speaker's id, the roster's id or a name.

    Raises UnknownRecord for nobody, for several (naming them), and for private people, who have no page.
    """
    row = find_speaker(connection, written)
    if row is None:
        return _unheard(written.strip())
    if row.speaker_class == SpeakerClass.PRIVATE:
        raise UnknownRecord(_NO_PAGE.format(written))
    filters = Filters(since=since, until=until)
    counts = count_statements(connection, "", filters=filters, speaker=row.public_id)
    known = load_roster().people.get(row.person or "")
    return PersonFacts(
        speaker_id=row.public_id,
        name=row.name,
        speaker_class=row.speaker_class,
        person=row.person,
        jurisdiction=row.jurisdiction,
        names=_names(connection, row, known),
        offices=_seats(row.person),
        spoken_as=_spoken_as(connection, row.id),
        statements=counts.statements,
        stories=counts.stories,
        documents=counts.documents,
        said=search_statements(connection, "", filters=filters, speaker=row.public_id, limit=limit),
    )


_NO_PAGE = (
    "{!r} has no page: private people get none for having been quoted, nor has a name that several people may mean; "
    "`archive search --in statements WORDS` finds the words"
)


def find_speaker(connection: Connection, written: str) -> Any:
    """The row of the only speaker who is meant, a private one by an id only; None where nobody is quoted who may be.

    Raises UnknownRecord where several are meant, naming them, and for names of private people.
    """
    given, private = heir_of(connection, written.strip(), "speaker"), False
    for condition in (has_id(given), func.lower(Speaker.name) == given.lower(), is_meant(connection, given)):
        rows = connection.execute(_HEARD.where(condition).limit(NAMED + 1)).all()
        if len(rows) == 1 and rows[0].public_id.startswith(given.lower()):
            return rows[0]
        known = [row for row in rows if row.speaker_class != SpeakerClass.PRIVATE]
        private |= len(rows) > len(known)
        # All that the others were quoted with is told as the statements of a namesake who is better known.
        known = [row for row in known if row.said] or known
        if len(known) == 1:
            return known[0]
        if known:
            raise UnknownRecord(f"{written!r} may be several speakers: {_listed(known)}; write one of the ids")
    if private:
        raise UnknownRecord(_NO_PAGE.format(written))
    return None


def speaker_of_id(connection: Connection, written: str) -> Any:
    """The speaker of this id with role and place as first printed; None where nobody has it."""
    a = Appearance
    row = connection.execute(select(Speaker.__table__).where(has_id(written.strip())).limit(2)).all()
    if len(row) != 1:
        return None
    return connection.execute(
        select(Speaker.name, Speaker.person, a.role, a.place, a.jurisdiction_name)
        .join(a, a.speaker_id == Speaker.id)
        .where(Speaker.id == row[0].id)
        .order_by(a.role.is_(None), a.place.is_(None), a.day, a.id)
        .limit(1)
    ).one()


_HEARD = (
    select(Speaker.__table__, func.count(Statement.id).label("said"))
    .outerjoin(Statement, Statement.speaker_id == Speaker.id)
    .group_by(*Speaker.__table__.c)
    .order_by(is_private(), func.count(Statement.id).desc(), Speaker.public_id)
)


def _listed(rows: list[Any]) -> str:
    named = [f"{row.public_id} {row.name} ({row.jurisdiction or row.speaker_class})" for row in rows[:NAMED]]
    return "; ".join([*named, "and more"] if len(rows) > NAMED else named)


def _unheard(written: str) -> PersonFacts:
    """Somebody of the roster whom no document quotes."""
    roster = load_roster()
    people = [roster.people[written]] if written in roster.people else roster.find(written)
    if len(people) > 1:
        named = "; ".join(f"{each.id} {each.name}" for each in people[:NAMED])
        raise UnknownRecord(f"nobody called {written!r} is quoted here; in the roster are {named}")
    if not people:
        raise UnknownRecord(f"nobody called {written!r} is quoted here; `archive roster find NAME` asks the roster")
    (known,) = people
    return PersonFacts(
        speaker_id=None,
        name=known.name,
        speaker_class=str(SpeakerClass.OFFICIAL),
        person=known.id,
        jurisdiction=None,
        names=list(known.aliases),
        offices=_seats(known.id),
        spoken_as=[],
        statements=0,
        stories=0,
        documents=0,
        said=[],
    )


def _names(connection: Connection, row: Any, known: Person | None) -> list[str]:
    """The other names: of the roster, and as documents have them."""
    printed = select(Appearance.speaker_name).where(Appearance.speaker_id == row.id).distinct()
    names = {*(known.aliases if known else ()), *(name for name in connection.scalars(printed) if name)}
    return sorted(names - {row.name})


def _spoken_as(connection: Connection, speaker: int) -> list[SpokenAs]:
    a = Appearance
    what = (a.office, a.office_basis, a.jurisdiction, a.jurisdiction_name)
    rows = connection.execute(
        select(
            *what,
            func.min(a.day).label("first_date"),
            func.max(a.day).label("last_date"),
            func.count().label("appearances"),
        )
        .where(a.speaker_id == speaker, or_(a.office.is_not(None), a.jurisdiction.is_not(None)))
        .group_by(*what)
        .order_by(func.max(a.day).desc(), a.office.is_(None), a.office, a.office_basis, a.jurisdiction)
    )
    return [SpokenAs(**row._mapping) for row in rows]


def _seats(person: str | None) -> list[Seat]:
    roster = load_roster()
    return [
        Seat(
            office=term.office,
            jurisdiction=term.jurisdiction,
            jurisdiction_name=roster.jurisdiction_name(term.jurisdiction),
            start=term.start,
            start_kind=term.start_kind or None,
            end=term.end,
            end_kind=term.end_kind or None,
            seen=term.seen,
            origin=term.origin,
        )
        for term in (roster.terms_of(person) if person in roster.people else ())
    ]
