"""The roster's values: what a document prints, what is known of it, and what the roster makes of the two."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from archive.records import SpeakerForm

__all__ = [
    "Jurisdiction",
    "Office",
    "OfficeBasis",
    "Override",
    "Person",
    "Printed",
    "Problem",
    "Resolution",
    "Setting",
    "SpeakerClass",
    "Term",
]


class SpeakerClass(StrEnum):
    """What a speaker is to the public; it decides who gets a page and who is protected."""

    OFFICIAL = "official"  # elected, or appointed head: mayor, governor, legislator, attorney general
    PUBLIC_ROLE = "public_role"  # speaks or acts for a public body: spokesperson, police chief, judge, candidate
    ORGANISATION = "organisation"
    PRIVATE = "private"


class OfficeBasis(StrEnum):
    """How it is known that the speaker held the office that day."""

    CONFIRMED = "confirmed"  # the day lies between dates that are known
    OPEN = "open"  # an end of the term is unknown
    PRINTED = "printed"  # the page says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """What a document prints of one speaker.

    `name` is the full name as the document resolves it, or only a surname, or None where nobody is named.
    """

    name: str | None = None
    role: str | None = None
    place: str | None = None
    form: SpeakerForm | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is known of a document: its day, and the place and office that its publisher speaks for.

    `places` are further places that it prints (dateline, title); they narrow what would be ambiguous.
    """

    on: date | None
    jurisdiction: str | None = None
    office: str | None = None
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Who it was. `name` is the roster's for a person of the roster, else as printed.

    `office` is the one held that day, `jurisdiction` an Open Civic Data division id. `reason` says in words why a name
    stayed unresolved, or why no office is given.
    """

    name: str | None
    person: str | None = None
    speaker_class: SpeakerClass = SpeakerClass.PRIVATE
    office: str | None = None
    office_basis: OfficeBasis | None = None
    jurisdiction: str | None = None
    jurisdiction_name: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Jurisdiction:
    """A place that has offices; `kind` is country, state, territory, district, county or place."""

    id: str
    name: str
    kind: str
    state: str
    geoid: str
    population: int | None
    population_year: int | None
    aliases: tuple[str, ...]
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office and the forms in which it is printed.

    `levels` are the kinds of jurisdictions that have it; `single` says that each of them has one holder at a time.
    """

    id: str
    title: str
    levels: frozenset[str]
    single: bool
    speaker_class: SpeakerClass
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who holds or held an office of the roster."""

    id: str
    name: str
    given: str
    family: str
    aliases: tuple[str, ...]
    wikidata: str | None
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A time in office, both days included. A date known only to its month or year is its widest reading.

    `start_kind`: stated, inferred (from the predecessor: not earlier, perhaps later), or empty. `end_kind`: actual,
    inferred (known to have left about then), expected (the end of the term as scheduled), or empty.
    `seen` is the last day on which the person was known to be in office.
    """

    person: str
    office: str
    jurisdiction: str
    start: date | None
    started: date | None  # the latest day on which the term can have begun; equals `start` where that is exact
    end: date | None
    start_kind: str
    end_kind: str
    seen: date | None
    origin: str
    at: str  # file and line, for messages


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A dated correction of one field of a person (`office` empty) or of a term, with its reason and source."""

    day: str
    person: str
    office: str
    jurisdiction: str
    field: str
    was: str
    becomes: str
    reason: str
    source: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something to look at in the data: `error` wants mending, `note` wants knowing."""

    level: str
    kind: str
    about: str
    words: str
    at: str | None = None
