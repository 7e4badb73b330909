"""Pages, totals, facets and timelines of searches, of documents and of statements, on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from archive import Archive, query
from archive.errors import UsageError
from archive.models import Document, Version
from archive.query import Filters
from tests.query.rows import BUDGET, GONE, OCD, REPRINT, SNOW, day
from tests.store.conftest import invented_roster as invented_roster
from tests.store.speaking import ALDER, GATE, HALL, PAPER, SOCKS, add_pages, page, quoting


def counts(values: list[query.FacetValue]) -> dict[str, int]:
    return {each.value: each.count for each in values}


def test_pages_follow_one_another(connection: Connection) -> None:
    """Each hit is on one page, in the order of a list that is not cut."""
    whole = [hit.document for hit in query.search(connection, "")]
    assert whole == [REPRINT, GONE, BUDGET, SNOW]
    pages = [query.search(connection, "", limit=1, offset=place) for place in range(5)]
    assert [[hit.document for hit in page] for page in pages] == [[each] for each in whole] + [[]]


def test_best_first_or_newest_first(connection: Connection) -> None:
    """A title counts more than a day; asked for the newest, the day alone counts."""
    connection.execute(update(Version).where(Version.document_id == 1).values(title="Snow, snow and snow"))
    assert [hit.document for hit in query.search(connection, "snow")] == [SNOW, REPRINT]
    assert [hit.document for hit in query.search(connection, "snow", sort="newest")] == [REPRINT, SNOW]


def test_of_two_that_fit_alike_the_recent_one_is_before(connection: Connection) -> None:
    """Equal texts of one title differ by their day alone."""
    texts = update(Version).where(Version.id.in_([21, 41]))
    connection.execute(texts.values(title="Levee", text="The levee holds."))
    old = update(Document).where(Document.public_id == GONE)
    connection.execute(old.values(published_date=date(2019, 3, 3)))
    assert [hit.document for hit in query.search(connection, "levee")] == [BUDGET, GONE]


@pytest.mark.parametrize("offset", [-1, 10_001, 10**15])
def test_a_page_too_far_is_refused(connection: Connection, offset: int) -> None:
    """In one sentence, before the database is asked."""
    for found in (query.search, query.search_statements):
        with pytest.raises(UsageError, match="first 10,000"):
            found(connection, "snow", offset=offset)


def test_a_total_is_counted_up_to_a_bound(connection: Connection) -> None:
    """Beyond the bound it says that there are more."""
    assert query.total_documents(connection, "") == query.Total(count=4, exact=True)
    assert query.total_documents(connection, "", at_most=3) == query.Total(count=3, exact=False)
    assert query.total_documents(connection, "snow", all_versions=True).count == 3


def test_facets_of_documents(connection: Connection) -> None:
    """By the source's office and place, by kind and by year; a value has the name that people know."""
    found = query.facets(connection, "", of="documents")
    assert (found.counted, found.exact) == (4, True)
    assert counts(found.source) == {"ash": 2, "elm": 1, "news": 1}
    assert [each.name for each in found.source] == ["Ashby", "Elm", "The News"]
    assert counts(found.office) == {"mayor": 2, "governor": 1}
    assert counts(found.jurisdiction)[f"{OCD}/place:ashby"] == 2
    assert counts(found.document_kind) == {"press_release": 3, "article": 1}
    assert counts(found.year) == {"2026": 4}
    assert found.speaker == found.kind == []


def test_facets_of_a_narrowed_search(connection: Connection) -> None:
    """Words and filters count; earlier versions of one document count once."""
    assert counts(query.facets(connection, "snow", of="documents").source) == {"ash": 1, "news": 1}
    narrowed = query.facets(connection, "snow", of="documents", filters=Filters(office="mayor"), all_versions=True)
    assert counts(narrowed.source) == {"ash": 1}
    assert query.facets(connection, "nothing at all", of="documents").counted == 0
    cut = query.facets(connection, "", of="documents", at_most=2)
    assert (cut.counted, cut.exact, counts(cut.source)) == (2, False, {"news": 1, "elm": 1})


def test_a_timeline_has_every_day_between(connection: Connection) -> None:
    """A day without an answer is a bucket with nought."""
    found = query.timeline(connection, "", of="documents")
    assert (found.period, found.counted, found.exact) == ("day", 4, True)
    assert [each.start for each in found.buckets] == [date(2026, 2, 27) + timedelta(days=past) for past in range(8)]
    assert [each.count for each in found.buckets] == [1, 0, 0, 1, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("since", "period", "first", "number"),
    [
        (date(2026, 1, 1), "week", date(2025, 12, 29), 10),
        (date(2023, 1, 1), "month", date(2023, 1, 1), 39),
        (date(1999, 5, 5), "year", date(1999, 1, 1), 28),
    ],
)
def test_the_period_follows_the_span(
    connection: Connection, since: date, period: str, first: date, number: int
) -> None:
    """The buckets reach from the days that were asked for; weeks begin on Monday."""
    found = query.timeline(connection, "", of="documents", filters=Filters(since=since))
    assert (found.period, found.buckets[0].start, len(found.buckets)) == (period, first, number)
    assert sum(each.count for each in found.buckets) == 4
    assert found.buckets[-1].start <= date(2026, 3, 6) <= found.buckets[-1].end


def test_a_timeline_cut_short_begins_with_a_whole_bucket(connection: Connection) -> None:
    """Of the day on which counting ended not all was counted, so it is left out."""
    found = query.timeline(connection, "", of="documents", at_most=3)
    assert (found.counted, found.exact) == (3, False)
    assert [(each.start, each.count) for each in found.buckets if each.count] == [
        (date(2026, 3, 2), 1), (date(2026, 3, 3), 1), (date(2026, 3, 6), 1),
    ]  # fmt: skip


def test_too_many_buckets_are_refused(connection: Connection) -> None:
    """Asking for days over centuries is one sentence."""
    with pytest.raises(UsageError, match="longer period"):
        query.timeline(connection, "", of="documents", filters=Filters(since=date(1, 1, 1)), period="day")
    everything = Filters(since=date.min, until=date.max)
    assert len(query.timeline(connection, "", of="documents", filters=everything).buckets) > 0


def test_a_changed_day_or_source_is_found_under_the_new_one(connection: Connection) -> None:
    """The index follows the document, not only its versions."""
    moved = update(Document).where(Document.public_id == SNOW)
    connection.execute(moved.values(published_date=date(2030, 1, 1), source_id="elm"))
    assert query.search(connection, "")[0].document == SNOW
    assert query.search(connection, "snow", filters=Filters(source="ash")) == []
    assert len(query.search(connection, "snow", filters=Filters(source="elm", since=date(2030, 1, 1)))) == 1
    connection.execute(update(Version).where(Version.id == 12).values(is_latest=False))
    assert query.search(connection, "snow", filters=Filters(source="elm")) == []


def test_a_document_of_the_far_past_or_future_is_in_its_place(connection: Connection) -> None:
    """The first and the last day that exist sort as days do."""
    for document, when in ((2, date.min), (4, date.max)):
        connection.execute(update(Document).where(Document.id == document).values(published_date=when))
    assert [hit.document for hit in query.search(connection, "")] == [GONE, REPRINT, SNOW, BUDGET]


def test_many_answers_are_counted_in_part(connection: Connection) -> None:
    """Of a word in more rows than relevance can tell apart, the newest come first, page by page."""
    rows = [{**_document(number)} for number in range(100, 1_300)]
    connection.execute(insert(Document), rows)
    connection.execute(insert(Version), [_version(number) for number in range(100, 1_300)])
    first = query.search(connection, "heron", limit=3)
    assert [hit.document for hit in first] == [f"{number:020x}" for number in (1_299, 1_298, 1_297)]
    second = query.search(connection, "heron", limit=2, offset=3)
    assert [hit.document for hit in second] == [f"{number:020x}" for number in (1_296, 1_295)]
    assert query.total_documents(connection, "heron", at_most=1_000) == query.Total(count=1_000, exact=False)


def _document(number: int) -> dict[str, object]:
    url = f"https://ash.example/{number}"
    return {
        "id": number, "public_id": f"{number:020x}", "source_id": "ash", "document_kind": "press_release", "url": url,
        "address": url, "title": "Herons", "language": "en", "byline": None, "published_at": None,
        "published_date": date(2020, 1, 1) + timedelta(days=number), "published_precision": "day",
        "published_basis": "meta", "modified_at": None, "modified_date": None, "first_seen": day(1),
        "last_seen": day(1), "versions": 1, "removal_state": None, "obtained": "live", "story_id": None,
    }  # fmt: skip


def _version(number: int) -> dict[str, object]:
    return {
        "id": number, "document_id": number, "number": 1, "is_latest": True, "title": "Herons", "text": "A heron.",
        "text_digest": "d", "text_key": "k", "words": 2, "first_captured": day(1), "last_captured": day(1),
        "changed_after": None, "captures": 1, "capture_id": 11, "extraction_id": 1, "obtained": "live",
        "language": "en", "truncated": False, "redacted": False,
    }  # fmt: skip


@pytest.fixture
def spoken(database_url: str, invented_roster: None) -> Archive:
    """What a mayor said on a Tuesday and nine days later, and a newspaper that carried the first."""
    archive = Archive.open(database_url)
    add_pages(
        archive,
        [
            page(HALL, "/gate", quoting(GATE), 1, published=date(2026, 1, 6)),
            page(PAPER, "/gate", quoting(GATE), 2, published=date(2026, 1, 7)),
            page(HALL, "/socks", quoting(SOCKS), 10, published=date(2026, 1, 15)),
        ],
    )
    return archive


def test_facets_and_timeline_of_statements(spoken: Archive) -> None:
    """A statement counts once for its speaker, and for each source that carries it."""
    with spoken, spoken.read() as connection:
        found = query.facets(connection, "", of="statements")
        (okafor,) = found.speaker
        assert (okafor.name, okafor.count, found.counted, found.exact) == ("Ruth Okafor", 2, 2, True)
        assert counts(found.office) == {"mayor": 2}
        assert counts(found.jurisdiction) == {ALDER: 2}
        assert counts(found.source) == {HALL.id: 2, PAPER.id: 1}
        assert counts(found.document_kind) == {"press_release": 2, "article": 1}
        assert counts(found.kind) == {"direct": 2}
        over = query.timeline(connection, "", of="statements", period="week")
        assert [(each.start, each.count) for each in over.buckets] == [(date(2026, 1, 5), 1), (date(2026, 1, 12), 1)]


@pytest.mark.parametrize(
    ("asked", "given", "found"),
    [
        ("", {}, [SOCKS, GATE]),
        ("gate", {}, [GATE]),
        ("-gate", {}, [SOCKS]),
        ("", {"speaker": "okafor"}, [SOCKS, GATE]),
        ("", {"speaker": "nobody"}, []),
        ("", {"kind": "direct"}, [SOCKS, GATE]),
        ("", {"kind": "whole"}, []),
        ("", {"filters": Filters(office="mayor")}, [SOCKS, GATE]),
        ("", {"filters": Filters(office="governor")}, []),
        ("", {"filters": Filters(jurisdiction=ALDER)}, [SOCKS, GATE]),
        ("", {"filters": Filters(jurisdiction="ocd-division/country:us/state:nd")}, [SOCKS, GATE]),
        ("", {"filters": Filters(jurisdiction="ocd-division/country:us/state:n")}, []),
        ("", {"filters": Filters(source=PAPER.id)}, [GATE]),
        ("", {"filters": Filters(document_kind="press_release")}, [SOCKS, GATE]),
        ("", {"filters": Filters(since=date(2026, 1, 7))}, [SOCKS, GATE]),
        ("", {"filters": Filters(since=date(2026, 1, 8))}, [SOCKS]),
        ("", {"filters": Filters(until=date(2026, 1, 14))}, [GATE]),
        ("gate", {"filters": Filters(until=date(2026, 1, 5))}, []),
    ],
)
def test_filters_of_statements(spoken: Archive, asked: str, given: dict[str, object], found: list[str]) -> None:
    """Each lets through what it names, on both databases, and the total counts what the list shows."""
    with spoken, spoken.read() as connection:
        hits = query.search_statements(connection, asked, **given)  # type: ignore[arg-type]
        assert [hit.words for hit in hits] == found
        total = query.total_statements(connection, asked, **given)  # type: ignore[arg-type]
        assert total == query.Total(count=len(found), exact=True)
