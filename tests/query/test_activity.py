"""Activity: what came of each source in each week or day, and whether anybody watched."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from archive import query
from archive.errors import UsageError
from archive.models import Appearance, Document, Removal, Source, Speaker, Statement
from archive.query.activity import MOST_STEPS, steps
from tests.query.rows import OCD, day

FIRST, LAST = date(2026, 2, 23), date(2026, 3, 15)  # three ISO weeks


def _series(connection: Connection, source: str, **asked: object) -> tuple[query.Counted, ...]:
    asked = {"since": FIRST, "until": LAST, **asked}
    (found,) = query.activity(connection, source=source, **asked)  # type: ignore[arg-type]
    return found.periods


def _column(periods: tuple[query.Counted, ...], name: str) -> list[int]:
    return [getattr(each, name) for each in periods]


def test_weeks_of_a_source(connection: Connection) -> None:
    """Documents count by the day they bear, else by first sight; edits by the first capture of the new text."""
    periods = _series(connection, "ash")
    assert [each.begins for each in periods] == [date(2026, 2, 23), date(2026, 3, 2), date(2026, 3, 9)]
    assert _column(periods, "published") == [1, 1, 0], "the one without a date was seen on 2 March"
    assert _column(periods, "new_documents") == [1, 1, 0]
    assert _column(periods, "new_versions") == [0, 1, 0]
    assert _column(periods, "watched") == [1, 1, 0]
    assert _column(periods, "days") == [7, 7, 7]


def test_a_removal_counts_from_its_first_absence_until_it_is_restored(connection: Connection) -> None:
    """As `archive removals --since` counts."""
    assert _column(_series(connection, "elm"), "removals") == [0, 0, 1]
    connection.execute(update(Removal).values(restored_at=day(40)))
    assert _column(_series(connection, "elm"), "removals") == [0, 0, 0]


def test_days_sum_to_weeks(connection: Connection) -> None:
    """The same rows in either step, but for statements, which count once in each."""
    weeks = query.activity(connection, since=FIRST, until=LAST)
    days = query.activity(connection, since=FIRST, until=LAST, step=query.Step.DAY)
    for by_week, by_day in zip(weeks, days, strict=True):
        assert len(by_day.periods) == 21
        for name in ("days", "watched", "published", "new_documents", "new_versions", "removals"):
            summed = [sum(_column(by_day.periods[at : at + 7], name)) for at in (0, 7, 14)]
            assert summed == _column(by_week.periods, name), (by_week.source, name)


def test_a_week_that_the_period_cuts_counts_on_the_days_asked_for(connection: Connection) -> None:
    """From Saturday 28 February to Tuesday 3 March: two days of each."""
    periods = _series(connection, "ash", since=date(2026, 2, 28), until=date(2026, 3, 3))
    assert _column(periods, "days") == [2, 2]
    assert _column(periods, "published") == [0, 1], "27 February is outside"


def test_days_are_those_of_the_source(connection: Connection) -> None:
    """The Marquesas are nine hours and a half behind UTC, a zone that no whole hour fits."""
    connection.execute(update(Source).where(Source.id == "ash").values(timezone="Pacific/Marquesas"))
    connection.execute(
        update(Document).where(Document.id == 1).values(first_seen=datetime(2026, 3, 1, 9, 29, tzinfo=UTC))
    )
    connection.execute(
        update(Document).where(Document.id == 2).values(first_seen=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))
    )
    days = _series(connection, "ash", since=date(2026, 2, 28), until=date(2026, 3, 1), step=query.Step.DAY)
    assert _column(days, "new_documents") == [1, 1], "half past nine is midnight there"


def test_only_what_a_crawl_could_read_is_watched(connection: Connection) -> None:
    """The only run of the newspaper failed: its zeros mean nothing."""
    assert _column(_series(connection, "news"), "watched") == [0, 0, 0]


def test_statements_count_once_in_a_step(connection: Connection) -> None:
    """Two documents of one week that carry one statement are one; in two weeks it is counted in each."""
    _say(connection, version=11, said=date(2026, 2, 27))
    _say(connection, version=12, said=date(2026, 2, 27))
    _say(connection, version=21, said=date(2026, 3, 2))
    assert _column(_series(connection, "ash"), "statements") == [1, 1, 0]
    assert _column(_series(connection, "news"), "statements") == [0, 0, 0]
    cut = _series(connection, "ash", since=date(2026, 2, 27), until=date(2026, 3, 1))
    assert _column(cut, "statements") == [1]
    days = _series(connection, "ash", since=date(2026, 2, 26), until=date(2026, 3, 2), step=query.Step.DAY)
    assert _column(days, "statements") == [0, 1, 0, 0, 1]


def _say(connection: Connection, *, version: int, said: date) -> None:
    if connection.scalar(Statement.__table__.select().limit(1)) is None:
        connection.execute(insert(Speaker), [{"id": 1, "public_id": "s", "key": "s", "name": "Ada Penn",
                                              "speaker_class": "official"}])  # fmt: skip
        connection.execute(insert(Statement), [{
            "id": 1, "public_id": "t", "speaker_id": 1, "words": "snow", "kind": "direct", "first_date": said,
            "last_date": said, "documents": 1, "stories": 1, "checked": False,
        }])  # fmt: skip
    connection.execute(insert(Appearance), [{
        "version_id": version, "statement_id": 1, "words": "snow", "char_start": 0, "char_end": 4, "kind": "direct",
        "utterance": 1, "turn": False, "confidence": 1.0, "day": said, "day_basis": "published", "held": False,
        "checked": False,
    }])  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["ash", "elm", "news"]),
        ({"office": "mayor"}, ["ash"]),
        ({"jurisdiction": OCD}, ["ash"]),
        ({"jurisdiction": f"{OCD}_"}, ["elm"]),
        ({"source": "nobody"}, []),
    ],
)
def test_filters_choose_sources(connection: Connection, asked: dict[str, str], found: list[str]) -> None:
    """A jurisdiction takes those within it, and no namesake of its beginning."""
    rows = query.activity(connection, since=FIRST, until=LAST, **asked)  # type: ignore[arg-type]
    assert [each.source for each in rows] == found
    alone = {each.source: each for each in query.activity(connection, since=FIRST, until=LAST)}
    assert all(each == alone[each.source] for each in rows)


@pytest.mark.parametrize(
    ("since", "until", "step", "words"),
    [
        (LAST, FIRST, query.Step.WEEK, "before it begins"),
        (FIRST, FIRST + timedelta(days=MOST_STEPS), query.Step.DAY, "shorter period"),
    ],
)
def test_periods_that_cannot_be_answered(since: date, until: date, step: query.Step, words: str) -> None:
    """Backwards, or of more steps than anybody could look at."""
    with pytest.raises(UsageError, match=words):
        steps(since, until, step)
