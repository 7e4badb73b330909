"""Dates as pages write them: which day, at what time in which zone, and never one that cannot be."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from archive.extract.limits import INVISIBLE
from archive.records import DateClaim

__all__ = ["EARLIEST", "claim_of", "opening_day"]

EARLIEST = date(1990, 1, 1)
MAX_LENGTH = 120  # characters of a declaration that are read
# The capture's day is kept in UTC; east of it the next day has begun.
TOLERANCE = timedelta(days=1)
# What stands before and after the date of a dateline; "On May 4, 2026, the council" is none.
_NO_PLACE = r"(?!(?:On|Last|Posted|Published|Updated|Revised|Modified|Date|Filed)\b)"
_PLACE = re.compile("(?:" + _NO_PLACE + r"[A-Z(][\w.'’]*[\s,:|()–—-]*){0,8}")
_AFTER = re.compile(r"\s*(?:[-–—:|()]|$|\.\s*[-–—]|\n)")

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan enero ene janvier janv januar jänner janeiro gennaio januari styczen يناير января",
            "february feb febrero février fevrier fév février febr februar fevereiro febbraio februari فبراير февраля",
            "march mar marzo mars märz maerz março marco maart mrt مارس марта",
            "april apr abril abr avril aprile avr أبريل ابريل апреля",
            "may mayo mai maio maggio mei mag مايو мая",
            "june jun junio juin juni junho giugno giu يونيو июня",
            "july jul julio juillet juil juli julho luglio lug يوليو июля",
            "august aug agosto ago août aout augustus أغسطس اغسطس августа",
            "september sep sept septiembre setiembre septembre setembro settembre set سبتمبر сентября",
            "october oct octubre octobre oktober okt outubro ottobre out ott أكتوبر اكتوبر октября",
            "november nov noviembre novembre novembro نوفمبر ноября",
            "december dec diciembre dic décembre decembre déc dezember dez dezembro dicembre ديسمبر декабря",
        ),
        1,
    )
    for name in names.split()
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_TIME = r"(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d{1,9})?)?\s*(?P<half>[ap]\.?m\b\.?)?"
_ZONE = r"(?P<zone>Z\b|UTC\b|GMT\b|[+-]\d{2}:?\d{2}\b|[+-]\d{2}\b|[ECMP][SD]T\b|AK[SD]T\b|HST\b)"
_CLOCK = re.compile(rf"{_TIME}\s*\(?{_ZONE}?", re.IGNORECASE)
_ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d{1,5}\b)")
_MONTH_FIRST = re.compile(
    rf"\b(?P<name>{_NAMES})\b\.?\s*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s*(?P<year>\d{{4}})(?!\d)", re.IGNORECASE
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.|º|er)?[\s-]*(?:de\s+|of\s+)?(?P<name>{_NAMES})\b\.?,?"
    r"[\s-]*(?:de\s+|del\s+)?(?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<first>\d{1,2})(?P<mark>[/.-])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})(?!\d)"
)
_DOTTED = re.compile(r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})(?!\d)")
_EAST_ASIAN = re.compile(r"(?P<year>\d{4})\s*[年년]\s*(?P<month>\d{1,2})\s*[月월]\s*(?P<day>\d{1,2})\s*[日일]")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_ZONES = {
    "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10,
}  # fmt: skip


def claim_of(written: str, *, basis: str, captured: date, day_first: bool = False) -> DateClaim | None:
    """The date that a declaration writes, or None: unreadable, before 1990, or later than the day after `captured`.

    Only the first 120 characters are read. `day_first` decides 03/04/2026 where nothing else does.
    """
    text = " ".join(written[:MAX_LENGTH].translate(INVISIBLE).split())
    if _EPOCH.fullmatch(text):
        return _from_epoch(int(text[:10]), basis, captured)
    found = _day(text, day_first)
    if found is None:
        return None
    day, end = found
    if not EARLIEST <= day <= captured + TOLERANCE:
        return None
    moment = _moment(day, text[end:])
    if moment is None:
        return DateClaim(day=day, at=None, precision="day", basis=basis)
    return DateClaim(day=day, at=moment[0], precision=moment[1], basis=basis)


def opening_day(text: str, *, captured: date) -> date | None:
    """The day of a dateline: `May 4, 2026 -- ...`, `RIVERTON, N.Y. (May 4, 2026) -- ...`, or a line of its own."""
    start = text[:MAX_LENGTH]
    for pattern in (_MONTH_FIRST, _DAY_FIRST, _DOTTED):
        match = pattern.search(start)
        if match and _PLACE.fullmatch(start[: match.start()]) and _AFTER.match(start[match.end() :]):
            day = _calendar(match.groupdict())
            return day if day and EARLIEST <= day <= captured + TOLERANCE else None
    return None


def _from_epoch(seconds: int, basis: str, captured: date) -> DateClaim | None:
    moment = datetime.fromtimestamp(seconds, UTC)
    if not EARLIEST <= moment.date() <= captured + TOLERANCE:
        return None
    return DateClaim(day=moment.date(), at=moment, precision="second", basis=basis)


def _day(text: str, day_first: bool) -> tuple[date, int] | None:
    """The first date in a text that exists in the calendar, with the place where it ends."""
    for pattern in (_ISO, _EAST_ASIAN, _MONTH_FIRST, _DAY_FIRST, _NUMERIC, _COMPACT):
        for match in pattern.finditer(text):
            parts = match.groupdict()
            day = _numeric(parts, day_first) if pattern is _NUMERIC else _calendar(parts)
            if day is not None:
                return day, match.end()
    return None


def _calendar(parts: dict[str, str]) -> date | None:
    month = _MONTHS[parts["name"].lower()] if "name" in parts else int(parts["month"])
    try:
        return date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None


def _numeric(parts: dict[str, str], day_first: bool) -> date | None:
    year = int(parts["year"]) + (0 if len(parts["year"]) == 4 else 2000)
    pair = int(parts["first"]), int(parts["second"])
    # 03.04.2026 is written only where the day comes first.
    for day, month in (pair, pair[::-1]) if day_first or parts["mark"] == "." else (pair[::-1], pair):
        try:
            return date(year, month, day)
        except ValueError:
            continue
    return None


def _moment(day: date, rest: str) -> tuple[datetime, str] | None:
    """The time of day with its zone, where both are written; a time without zone is only half a claim."""
    match = _CLOCK.search(rest[:60])
    if match is None or match["zone"] is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % 12 + (12 if match["half"].lower().startswith("p") else 0)
    zone = _zone(match["zone"].upper())
    try:
        clock = time(hour, int(match["minute"]), int(match["second"] or 0), tzinfo=zone)
    except ValueError:
        return None
    return datetime.combine(day, clock), "second" if match["second"] else "minute"


def _zone(written: str) -> timezone:
    if written in ("Z", "UTC", "GMT"):
        return UTC
    if written in _ZONES:
        return timezone(timedelta(hours=_ZONES[written]))
    digits = written[1:].replace(":", "").ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return timezone(-offset if written[0] == "-" else offset) if offset < timedelta(hours=24) else UTC
