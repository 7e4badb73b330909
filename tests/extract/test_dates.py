"""Dates as pages write them."""

from __future__ import annotations

import random
import time
from datetime import date, datetime, timedelta, timezone

import pytest

from archive.extract.dates import claim_of, opening_day

CAPTURED = date(2025, 12, 1)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-14", "2025-03-14"),
        ("2025/3/4", "2025-03-04"),
        ("20250314", "2025-03-14"),
        ("March 14, 2025", "2025-03-14"),
        ("Mar. 14th 2025", "2025-03-14"),
        ("Posted on: Friday, March 14, 2025 | Updated 3 hours ago", "2025-03-14"),
        ("14 March 2025", "2025-03-14"),
        ("14 de marzo de 2025", "2025-03-14"),
        ("14. März 2025", "2025-03-14"),
        ("le 14 mars 2025", "2025-03-14"),
        ("14.03.2025", "2025-03-14"),
        ("03/14/2025", "2025-03-14"),
        ("3/4/2025", "2025-03-04"),
        ("3/4/25", "2025-03-04"),
        ("31/12/2024", "2024-12-31"),
        ("2025年3月14日", "2025-03-14"),
        ("14 марта 2025", "2025-03-14"),
        ("14 مارس 2025", "2025-03-14"),
        ("Fri, 14 Mar 2025 09:30:00 GMT", "2025-03-14"),
        ("1741944600", "2025-03-14"),
        ("1741944600000", "2025-03-14"),
        ("Feb\u00adru\u00adary 11, 2025", "2025-02-11"),
        ("2025-12-02", "2025-12-02"),
    ],
)
def test_written_day(written: str, day: str) -> None:
    """A day is read in every form that press offices and outlets write."""
    claim = claim_of(written, basis="meta", captured=CAPTURED)
    assert claim is not None
    assert claim.day.isoformat() == day


@pytest.mark.parametrize(
    "written",
    [
        "", " ", "soon", "2099-01-01", "1970-01-01", "0", "0000000000", "31/02/2025", "February 31, 2025", "2025-13-45",
        "2025-00-10", "January 45, 2025", "2025-12-03", "12 of 2025", "May", "555-0142", "9" * 2000, "2025", "14:30",
        "٢٠٢٥", "二〇二五年", "\x00", "1/1/1",
    ],
)  # fmt: skip
def test_no_date(written: str) -> None:
    """What is no day of the calendar, is before 1990 or after the capture, is no date."""
    assert claim_of(written, basis="meta", captured=CAPTURED) is None


@pytest.mark.parametrize(
    ("written", "hours", "precision"),
    [
        ("2025-03-14T09:30:00-04:00", -4, "second"),
        ("2025-03-14T09:30:00.123Z", 0, "second"),
        ("2025-03-14T09:30+0530", 5.5, "minute"),
        ("March 14, 2025 9:30 AM EDT", -4, "minute"),
        ("Fri, 14 Mar 2025 09:30:00 GMT", 0, "second"),
    ],
)
def test_moment(written: str, hours: float, precision: str) -> None:
    """A time with its zone is kept in the zone it was declared in."""
    claim = claim_of(written, basis="meta", captured=CAPTURED)
    assert claim is not None
    assert claim.at == datetime(
        2025, 3, 14, 9, 30, claim.at.second if claim.at else 0, tzinfo=claim.at and claim.at.tzinfo
    )
    assert claim.at.utcoffset() == timedelta(hours=hours)
    assert claim.precision == precision


@pytest.mark.parametrize("written", ["2025-03-14T09:30:00", "March 14, 2025 at 9:30 AM", "2025-03-14T99:99:00Z"])
def test_time_without_zone(written: str) -> None:
    """A time without its zone, or one that no clock shows, leaves a claim of a day."""
    claim = claim_of(written, basis="meta", captured=CAPTURED)
    assert claim is not None
    assert (claim.at, claim.precision) == (None, "day")


def test_day_first() -> None:
    """Where the day is written first, the page's language says so."""
    claims = [claim_of("3/4/2025", basis="meta", captured=CAPTURED, day_first=first) for first in (False, True)]
    assert [claim.day for claim in claims if claim] == [date(2025, 3, 4), date(2025, 4, 3)]


def test_moment_equals_instant() -> None:
    """An aware moment is the instant that the page names."""
    claim = claim_of("2025-03-14T09:30:00-04:00", basis="meta", captured=CAPTURED)
    assert claim is not None
    assert claim.at == datetime(2025, 3, 14, 13, 30, tzinfo=timezone.utc)  # noqa: UP017


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 4, 2025 – The council met.", date(2025, 5, 4)),
        ("RIVERTON, N.Y. (May 4, 2025) — The council met.", date(2025, 5, 4)),
        ("May 4, 2025 (SAINT MARA) -- The council met.", date(2025, 5, 4)),
        ("Karlsruhe, (12.11.2024). Die Stadt", date(2024, 11, 12)),
        ("4 de mayo de 2025", date(2025, 5, 4)),
        ("On May 4, 2025, the council met.", None),
        ("The fair of May 4, 2025 – a memory", None),
        ("May 4, 2099 – The council will meet.", None),
    ],
)
def test_dateline(text: str, day: date | None) -> None:
    """A paragraph that opens with a date has a dateline; one that only speaks of a date has none."""
    assert opening_day(text, captured=CAPTURED) == day


def test_hostile_strings_are_quick() -> None:
    """Two hundred hostile strings of 2 kB cost less than a fifth of a second each, and none gives a day to come."""
    rng = random.Random(7)
    alphabet = "0123456789/-.,:TZ maychju de 年月日١٢٣\u200b\x00Ω"
    strings = ["".join(rng.choices(alphabet, k=2_000)) for _ in range(190)]
    strings += [piece * 400 for piece in ("12/", "January ", "1 de ", "2025-", "9", " ", "May 1 ", "T00:", "(", "1.1.")]
    for written in strings:
        begun = time.process_time()
        claims = (claim_of(written, basis="text", captured=CAPTURED), opening_day(written, captured=CAPTURED))
        assert time.process_time() - begun < 0.2
        assert claims[0] is None or claims[0].day <= CAPTURED + timedelta(days=1)
        assert claims[1] is None or claims[1] <= CAPTURED + timedelta(days=1)
