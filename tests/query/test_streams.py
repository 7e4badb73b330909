"""Streams of texts, stories and days that were watched, on both databases."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Connection

from archive import query
from archive.query import Filters
from tests.query.rows import BUDGET, GONE, REPRINT, SNOW, day


@pytest.mark.parametrize("batch", [1, 3, 200])
def test_every_text_newest_first(connection: Connection, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    """Whatever the batches, each version in force comes once, with its text."""
    monkeypatch.setattr("archive.query.streams.BATCH", batch)
    texts = list(query.every_text(connection))
    assert [each.document for each in texts] == [REPRINT, GONE, BUDGET, SNOW]
    assert texts[-1].version == f"{SNOW}@2026-03-06T09:00:00Z"
    assert (texts[-1].version_number, texts[-1].office, texts[-1].story) == (2, "mayor", SNOW)
    assert texts[-1].text == "Mayor Ada Penn said the snow plan costs 4.5 million dollars.\n\nCrews start at 4 a.m."


def test_texts_of_a_search(connection: Connection) -> None:
    """By words and filters; with earlier versions too where they are asked for."""
    found = query.every_text(connection, "snow", filters=Filters(source="ash"), all_versions=True)
    assert [each.version_number for each in found] == [2, 1]


def test_stories(connection: Connection) -> None:
    """Documents of two sources with one text, under the title of the earliest."""
    (story,) = query.stories(connection)
    assert (story.id, story.title, story.documents, story.sources) == (SNOW, "Snow plan", 2, 2)
    assert (story.first_seen, story.last_seen) == (day(0), day(6))
    assert list(query.stories(connection, at_least=3)) == []


def test_coverage(connection: Connection) -> None:
    """By source and day, within days."""
    found = list(query.coverage(connection, since=date(2026, 3, 2), until=date(2026, 3, 6)))
    assert [(each.source, each.day.day, each.new_documents) for each in found] == [("ash", 6, 0), ("elm", 3, 1)]
    assert len(list(query.coverage(connection, source="ash"))) == 2
