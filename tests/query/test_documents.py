"""Ids, versions in force, overviews: what the named selects answer."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from archive.catalog import Discover, SourceEntry
from archive.errors import UnknownRecord
from archive.query import capture, document, find_document, removals, runs, status, versions
from archive.records import DocumentKind
from tests.query.rows import BUDGET, GONE, REPRINT, SNOW, day


@pytest.mark.parametrize(
    ("written", "answers"),
    [
        (SNOW, SNOW),
        (SNOW.upper(), SNOW),
        (f" {SNOW} ", SNOW),
        ("bbbb11", REPRINT),
        ("aaaa11112", SNOW),
        ("dddd11113333", SNOW),
        ("dddd11112222", SNOW),
        (f"{SNOW}@2026-03-02", SNOW),
        ("https://www.ash.example/1?utm_source=x#top", SNOW),
    ],
)
def test_an_id_answers(connection: Connection, written: str, answers: str) -> None:
    """An id, its beginning, a retired id, a version's id and an address all lead to the document."""
    assert find_document(connection, written).id == answers


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("aaaa11", "beginning of several ids (aaaa11112222, aaaa11113333); write more"),
        ("aaaa1", "at least 6"),
        ("bbbb11112233", "near it are bbbb11112222"),
        ("0000000000", "archive search"),
        ("snow plan", "is no id"),
        ("", "is no id"),
        ("eeee11112222", "retired (re-homed) and nothing took its place"),
        (f"{SNOW}@yesterday", "neither a day nor a time"),
        ("https://ash.example/none", "no document had the address https://ash.example/none"),
        ("https://", "write the address of a page"),
    ],
)
def test_an_unknown_id_is_told_with_what_to_do(connection: Connection, written: str, said: str) -> None:
    """What answers to nothing, or to several, is told in one sentence with the next step."""
    with pytest.raises(UnknownRecord) as caught:
        find_document(connection, written)
    assert said in str(caught.value)


def test_a_retired_id_is_followed_with_a_note(connection: Connection) -> None:
    """The person is told which id took the place of the one they wrote."""
    assert (
        find_document(connection, "dddd11112222").note == f"dddd11112222 was retired (re-homed); its place took {SNOW}"
    )
    assert find_document(connection, SNOW).note is None


@pytest.mark.parametrize(
    ("when", "number"),
    [
        ("2026-03-01", 1),
        ("2026-03-01T09:00:00Z", 1),
        ("2026-03-01T04:00:00-05:00", 1),
        ("2026-03-06T08:59:59", 1),
        ("2026-03-06", 2),
        ("20260306", 2),
        ("2030-01-01", 2),
    ],
)
def test_a_time_answers_with_the_version_in_force(connection: Connection, when: str, number: int) -> None:
    """A day means its end in UTC; any later time answers with the last version."""
    shown = document(connection, find_document(connection, f"{SNOW}@{when}"))
    assert shown.version is not None
    assert shown.version.number == number


def test_there_is_no_version_before_the_first(connection: Connection) -> None:
    """A time before the first capture, and a number that is not there, are told."""
    with pytest.raises(UnknownRecord, match="in force at 2026-02-01"):
        document(connection, find_document(connection, f"{SNOW}@2026-02-01"))
    with pytest.raises(UnknownRecord, match="no version 3"):
        document(connection, find_document(connection, SNOW), number=3)


def test_a_document_is_shown_with_all_that_belongs_to_it(connection: Connection) -> None:
    """Addresses, removals and the other documents of its story come with a document."""
    shown = document(connection, find_document(connection, SNOW))
    assert [mate.id for mate in shown.story] == [REPRINT]
    assert shown.document.story == SNOW
    assert [address.url for address in shown.addresses] == ["https://ash.example/1"]
    assert shown.document.published_basis == "meta"
    (removal,) = document(connection, find_document(connection, GONE)).removals
    assert (removal.state, removal.suspected_at, removal.document) == ("confirmed", day(10), GONE)
    assert document(connection, find_document(connection, BUDGET)).story == []


def test_versions_are_cited_by_document_and_time(connection: Connection) -> None:
    """A version's id is its document's and the time of its first capture; it knows the span in which it came about."""
    first, second = versions(connection, find_document(connection, SNOW))
    assert (first.id, first.changed_after) == (f"{SNOW}@2026-03-01T09:00:00Z", None)
    assert (second.id, second.changed_after, second.first_captured) == (f"{SNOW}@2026-03-06T09:00:00Z", day(4), day(5))
    assert second.is_latest


def test_a_capture_answers_to_its_record_id(connection: Connection) -> None:
    """With or without the angle brackets of WARC, and with the document it was taken of."""
    row, facts = capture(connection, "<urn:uuid:00000000-0000-4000-8000-000000000011>")
    assert (row, facts.document, facts.captured_at) == (11, SNOW, day(0))
    with pytest.raises(UnknownRecord, match="archive history"):
        capture(connection, "urn:uuid:none")


def test_status_counts_what_is_there(connection: Connection) -> None:
    """Stories count when they have several documents, removals when they are confirmed."""
    found = status(connection)
    assert (found.sources, found.documents, found.versions, found.captures) == (3, 4, 5, 5)
    assert (found.stories, found.removed, found.payload_bytes) == (1, 1, 50)
    assert (found.first_capture, found.last_capture) == (day(0), day(6))


def test_failing_runs_are_those_that_did_not_end_well(connection: Connection) -> None:
    """A run without an end was killed, or is running: it did not end well."""
    assert [run.source for run in runs(connection)] == ["elm", "news", "elm", "ash"]
    assert [(run.source, run.outcome) for run in runs(connection, failing=True)] == [("elm", None), ("news", "failed")]
    assert [run.counts for run in runs(connection, source="ash")] == [{"captures": 4}]


def test_removals_are_filtered(connection: Connection) -> None:
    """By source, state and the day of the first absence."""
    assert [row.document for row in removals(connection)] == [GONE]
    assert removals(connection, source="ash") == []
    assert removals(connection, state="restored") == []
    assert removals(connection, since=date(2026, 3, 12)) == []
    assert removals(connection, since=date(2026, 3, 11)) != []


def _entry(name: str, per_week: float | None) -> SourceEntry:
    return SourceEntry(
        id=name, title=name.title(), kind=DocumentKind.ARTICLE, start=("https://x.example/",), timezone="UTC",
        discover=Discover(strategy="feed", options={}), rights="publisher", per_week=per_week,
    )  # fmt: skip
