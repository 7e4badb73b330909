"""Templates: always escaped, never lenient, with the few filters and addresses that all of them know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from archive.query import place_name
from archive.roster import SpeakerClass, load_roster
from archive.web import static, words

__all__ = ["MARKS", "PRIVATE", "linked", "marked", "office_name", "page", "shown_name"]

# What a snippet's hits stand between: two characters that nobody writes.
MARKS = ("\x01", "\x02")
PRIVATE = "a private person"


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A template as a page."""
    given = {"status": status, "path": request.url.path, "base": request.app.state.names.base(request), **values}
    return HTMLResponse(_ENVIRONMENT.get_template(template).render(given), status)


def shown_name(hit: Any) -> str:
    """What a page calls the speaker of a statement or passage: private people are not named."""
    if hit.speaker_class == SpeakerClass.PRIVATE:
        return PRIVATE
    return str(hit.speaker or "nobody who can be named")


def has_page(hit: Any) -> bool:
    """Whether the speaker of a statement or passage has a page."""
    return bool(hit.speaker_id) and hit.speaker_class != SpeakerClass.PRIVATE


def office_name(office: str) -> str:
    """An office as the roster titles it."""
    known = load_roster().offices.get(office)
    return known.title if known else office.replace("_", " ").capitalize()


def marked(snippet: str) -> Iterator[tuple[str, bool]]:
    """The parts of a snippet, and whether each is a hit."""
    begin, end = MARKS
    for part in re.split(f"({begin}[^{begin}{end}]*{end})", snippet):
        bare = part.translate({ord(begin): None, ord(end): None})
        if bare:
            yield bare, part.startswith(begin) and part.endswith(end)


def linked(url: str) -> str | None:
    """An address that may be followed; None for anything but http and https."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None


def _path(*parts: str) -> str:
    """A path of these parts; slashes within the last one stand, as in division ids."""
    *first, last = parts
    return "/" + "/".join([*(quote(part, safe="") for part in first), quote(last, safe="/:@#")])


def _day(value: date) -> str:
    return f"{value:%B} {value.day}, {value.year}"


def _time(value: datetime) -> str:
    at = value.astimezone(UTC)
    return f"{_day(at.date())}, {at:%H:%M} UTC"


def _iso(value: date) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z") if isinstance(value, datetime) else str(value)


def _counted(number: int, one: str, many: str | None = None) -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"


_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters |= {
    "day": _day, "time": _time, "iso": _iso, "office": office_name, "marked": marked, "linked": linked,
    "shown_name": shown_name, "has_page": has_page, "counted": _counted, "place": place_name,
    "one_line": words.one_line, "excerpt": words.excerpt,
}  # fmt: skip
_ENVIRONMENT.globals |= {"static": static.address, "to": _path, "words": words.SAID}
