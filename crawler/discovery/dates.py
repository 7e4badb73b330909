"""Dates as listings print them. A listing that prints no whole day gives none: a guessed day would be a false fact."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

__all__ = ["read_date", "read_time"]

# dateparser's time grows with the text; no printed date is longer.
MAX_LENGTH = 60
LANGUAGES = ["en", "es"]
# Only absolute dates: "two days ago" would depend on the clock.
SETTINGS = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True}
EARLIEST = 1900
LATEST = 9000  # astimezone() fails on the calendar's last day
# Where the date begins in "Posted on October 7, 2017".
START = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|\d)", re.IGNORECASE)


def read_date(value: object, date_format: str | None = None) -> datetime | date | None:
    """A printed date: aware datetime where it says time and zone, else the day, else None.

    `date_format` is a `strptime` format and then the only one; without it ISO 8601 and the usual English and
    Spanish spellings are read, month before day.
    """
    text = " ".join(str(value or "").split())[:MAX_LENGTH]
    if not text:
        return None
    if date_format:
        return _settle(_by_format(text, date_format))
    return _settle(_iso(text) or _spelt(text))


def read_time(value: object) -> datetime | None:
    """An ISO 8601 time with its zone, as sitemaps print it; None for anything less."""
    found = _settle(_iso(str(value or "").strip()[:MAX_LENGTH]))
    return found if isinstance(found, datetime) else None


def _iso(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _by_format(text: str, date_format: str) -> datetime | None:
    try:
        return datetime.strptime(text, date_format)
    except ValueError:
        return None


def _spelt(text: str) -> datetime | None:
    import dateparser  # in the workers only: it takes 15 MB

    start = START.search(text)
    return dateparser.parse(text[start.start() :], languages=LANGUAGES, settings=dict(SETTINGS)) if start else None


def _settle(found: datetime | None) -> datetime | date | None:
    if found is None or not EARLIEST <= found.year < LATEST:
        return None
    if found.tzinfo is None:
        return found.date()
    return found.astimezone(UTC)
