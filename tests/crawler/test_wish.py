"""`-a since=DATE -a until=DATE -a backfill=1`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from archive.errors import UsageError
from archive.records import Entry
from crawler.spiders.wish import Wish

CHICAGO = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    ("arguments", "wish"),
    [
        ({}, Wish()),
        ({"since": "2026-03-01"}, Wish(since=date(2026, 3, 1))),
        ({"since": "2026-03-01", "until": "2026-03-01"}, Wish(since=date(2026, 3, 1), until=date(2026, 3, 1))),
        ({"backfill": "1"}, Wish(backfill=True)),
        ({"backfill": "Yes"}, Wish(backfill=True)),
        ({"backfill": "0"}, Wish()),
    ],
)
def test_arguments_are_read(arguments: dict[str, str], wish: Wish) -> None:
    """Days are ISO dates; backfill is on or off."""
    assert Wish.read(arguments) == wish


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"since": "March 1"}, "since=March 1: no date; write it as"),
        ({"until": "2026-02-30"}, "until=2026-02-30: no date"),
        ({"backfill": "maybe"}, "backfill=maybe: neither 1 nor 0"),
        ({"sinse": "2026-03-01"}, "did you mean since"),
        ({"run": "x"}, "known are since, until, backfill"),
        ({"since": "2026-03-02", "until": "2026-03-01"}, "is after until"),
    ],
)
def test_a_wrong_argument_is_one_clear_sentence(arguments: dict[str, str], said: str) -> None:
    """The sentence names the argument and what to write."""
    with pytest.raises(UsageError, match=said):
        Wish.read(arguments)


@pytest.mark.parametrize(
    ("published", "wanted"),
    [
        (None, True),
        (date(2026, 3, 1), True),
        (date(2026, 2, 28), False),
        (date(2026, 3, 3), False),
        (datetime(2026, 3, 1, 5, 30, tzinfo=UTC), False),  # still February in Chicago
        (datetime(2026, 3, 3, 5, 30, tzinfo=UTC), True),  # still March 2 there
    ],
)
def test_days_are_those_of_the_source(published: date | None, wanted: bool) -> None:
    """Both ends belong to the span; an entry without a date is always asked for."""
    wish = Wish(since=date(2026, 3, 1), until=date(2026, 3, 2))
    entry = Entry(url="https://brackwater.example/1", published=published)
    assert wish.wants(entry, CHICAGO) is wanted
