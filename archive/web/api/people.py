"""Speakers and places, each with what was said, newest first. Private people have no page."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from archive import query
from archive.web.api.operations import BASE, Call, Operation
from archive.web.api.parameters import PAGE, PER_PAGE, search
from archive.web.api.records import StatementRecord, with_statement_rights
from archive.web.elsewhere import Elsewhere
from archive.web.subjects import speaker_id

__all__ = ["operations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerRecord:
    """One speaker. `speaker_id` is null for somebody of the roster who is not quoted; `person` is the roster's id.

    Counts are of the days asked for, as statements, independent stories, documents.
    """

    speaker_id: str | None
    name: str
    speaker_class: str
    person: str | None
    jurisdiction: str | None
    names: list[str]
    offices: list[query.Seat]
    spoken_as: list[query.SpokenAs]
    statements: int
    stories: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerAnswer:
    """A speaker, and a page of what the speaker said; `next` is the address of the page that follows."""

    speaker: SpeakerRecord
    said: list[StatementRecord]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAnswer:
    """A place, and a page of what was said for it and the divisions within it; `next` is that of the next page."""

    place: query.PlaceFacts
    said: list[StatementRecord]
    next: str | None


def speaker(call: Call) -> SpeakerAnswer:
    """A speaker by id, the archive's or the roster's."""
    given, days = call.path["id"], call.asking.filters
    own = speaker_id(call.connection, given)
    path = f"/speakers/{quote(own, safe='')}"
    if own != given:
        raise Elsewhere(BASE + path, for_good=query.is_retired(call.connection, given))
    facts = query.person(call.connection, own, since=days.since, until=days.until, limit=call.most)
    shown, further = call.cut(facts.said[call.offset :], path)
    return SpeakerAnswer(
        speaker=SpeakerRecord(
            speaker_id=facts.speaker_id, name=facts.name, speaker_class=facts.speaker_class, person=facts.person,
            jurisdiction=facts.jurisdiction, names=facts.names, offices=facts.offices, spoken_as=facts.spoken_as,
            statements=facts.statements, stories=facts.stories, documents=facts.documents,
        ),
        said=with_statement_rights(call.connection, shown),
        next=further,
    )  # fmt: skip


def place(call: Call) -> PlaceAnswer:
    """A place by its Open Civic Data division id."""
    division, days = call.path["division"], call.asking.filters
    counts = call.remember("places", query.place_counts)
    facts = query.place(call.connection, division, counts)
    filters = query.Filters(jurisdiction=division, since=days.since, until=days.until)
    hits = query.search_statements(call.connection, "", filters=filters, limit=PER_PAGE + 1, offset=call.offset)
    shown, further = call.cut(hits, f"/places/{quote(division, safe='')}")
    return PlaceAnswer(place=facts, said=with_statement_rights(call.connection, shown), next=further)


operations = (
    Operation(
        path="/speakers/{id}",
        name="speaker",
        title="A speaker and what the speaker said",
        answers=SpeakerAnswer,
        answer=speaker,
        takes=(*search("since", "until"), PAGE),
        ids={"id": "the speaker's id, or that of a person of the roster"},
    ),
    Operation(
        path="/places/{division:path}",
        name="place",
        title="A place, who speaks for it, and what was said",
        answers=PlaceAnswer,
        answer=place,
        takes=(*search("since", "until"), PAGE),
        ids={"division": "an Open Civic Data division id"},
    ),
)
