"""Clocks that are wrong, and days that are odd: order is kept, a run that would seem to come first is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from archive import Archive, clock
from archive.errors import ClockWrong
from archive.models import Coverage, Version
from tests.store.archives import InThisProcess, answer, prose, running, source

START = datetime(2026, 3, 2, 12, tzinfo=UTC)


def crawl(archive: Archive, at: datetime, text: str, zone: str = "America/Chicago") -> None:
    """One live run at that time, which finds one document with that text."""
    with (
        clock.running_on(lambda: at),
        running(archive, source(timezone=zone), executor=InThisProcess()) as run,
    ):
        run.add(replace(answer("/1", text), captured_at=clock.now())).result()


def texts(archive: Archive) -> list[str]:
    with archive.read() as connection:
        return [
            str(text).splitlines()[-1][:20]
            for text in connection.scalars(select(Version.text).order_by(Version.number))
        ]


def days(archive: Archive) -> list[date]:
    with archive.read() as connection:
        return list(connection.scalars(select(Coverage.day).order_by(Coverage.day)))


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=400)])
def test_a_clock_that_went_back_refuses_the_run(
    database_url: str, back: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It names both times; a small step back, as of a time server, is none; a person may say which time was wrong."""
    with Archive.open(database_url) as archive:
        crawl(archive, START, prose(1))
        with pytest.raises(ClockWrong, match="set the clock right"):
            crawl(archive, START - back, prose(2))
        crawl(archive, START - timedelta(minutes=20), prose(1))
        assert texts(archive) == [prose(1)[:20]]
        monkeypatch.setenv("ARCHIVE_TRUST_CLOCK", "1")
        crawl(archive, START - back, prose(2))
        assert texts(archive) == [prose(2)[:20], prose(1)[:20]]


def test_a_year_forward_keeps_the_order(database_url: str) -> None:
    """A gap is a gap: what came later is the later version, and a rebuild agrees."""
    with Archive.open(database_url) as archive:
        crawl(archive, START, prose(1))
        crawl(archive, START + timedelta(days=366), prose(2))
        assert texts(archive) == [prose(1)[:20], prose(2)[:20]]
        archive.rebuild(executor=InThisProcess())
        assert texts(archive) == [prose(1)[:20], prose(2)[:20]]


# Chicago puts its clocks forward on 8 March 2026 at 2:00 and back on 1 November at 2:00.
@pytest.mark.parametrize(
    ("times", "local"),
    [
        (["2026-03-08T07:59:00", "2026-03-08T08:01:00"], [date(2026, 3, 8)]),
        (["2026-03-08T05:59:00", "2026-03-08T06:01:00"], [date(2026, 3, 7), date(2026, 3, 8)]),
        (["2026-11-01T06:30:00", "2026-11-01T07:30:00"], [date(2026, 11, 1)]),
        (["2026-11-02T05:59:00", "2026-11-02T06:01:00"], [date(2026, 11, 1), date(2026, 11, 2)]),
        (["2028-02-29T12:00:00", "2028-03-01T12:00:00"], [date(2028, 2, 29), date(2028, 3, 1)]),
    ],
)
def test_odd_days_are_counted_where_the_source_is(database_url: str, times: list[str], local: list[date]) -> None:
    """An hour that comes twice, one that never comes, the 29th of February: versions keep their order."""
    with Archive.open(database_url) as archive:
        for number, time in enumerate(times):
            crawl(archive, datetime.fromisoformat(time).replace(tzinfo=UTC), prose(number))
        assert days(archive) == local
        assert texts(archive) == [prose(number)[:20] for number in range(len(times))]
