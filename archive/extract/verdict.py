"""What a page that answers 200 really is: a wall, a "not found" page, a shell without words, or a page.

Only a page of few words can be anything but a page: an article about an "access denied" message has a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.extract import signs
from archive.records import Outcome

__all__ = ["Looks", "verdict"]

SHORT = 130  # words: a page of more is a page
TINY = 25  # words: too few for a statement beside the sign of a wall

_TITLE_PARTS = re.compile(r"\s*[|–—:]\s*|\s-\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a verdict looks at: all headings a page gives itself, its body, all its words, its source, its headers."""

    headings: Sequence[str]
    text: str
    whole: str
    source: str
    headers: tuple[tuple[str, str], ...] = ()


def verdict(page: Looks) -> tuple[Outcome, str | None]:
    """The outcome of a page, with the reason in words where it is no page with a text of its own."""
    for name, value in page.headers:
        if name.lower() in signs.WALL_HEADERS:
            return Outcome.BLOCKED, f"a bot wall answered ({name.lower()}: {value[:40]})"
    if len(page.text.split()) > SHORT:
        return Outcome.TEXT, None
    return _wall(page) or _absence(page) or _closure(page) or _emptiness(page) or (Outcome.TEXT, None)


def _titled(page: Looks, pattern: re.Pattern[str]) -> bool:
    """Whether a heading, or a part of it before or after the site's name, says just that."""
    wholes_and_parts = (part for heading in page.headings for part in (heading, *_TITLE_PARTS.split(heading)))
    return any(pattern.fullmatch(part.strip(" .!?…")) for part in wholes_and_parts)


def _holds(page: Looks, pieces: Iterable[str]) -> bool:
    source = page.source.lower()
    return any(piece in source for piece in pieces)


def _wall(page: Looks) -> tuple[Outcome, str] | None:
    words = {match.group().lower() for match in signs.WALL_WORDS.finditer(page.whole)}
    titled = _titled(page, signs.WALL_TITLES)
    bare = len(page.whole.split()) < TINY
    if titled and (words or bare or _holds(page, signs.WALL_MARKS)):
        return Outcome.BLOCKED, "a bot wall or an access refusal, by its title and words"
    if (len(words) > 1 or (words and len(page.text.split()) < TINY)) and _holds(page, signs.WALL_MARKS):
        return Outcome.BLOCKED, "a bot wall or captcha, by its markup and words"
    if _titled(page, signs.LOGIN_TITLES) and _holds(page, signs.PASSWORD_FIELDS):
        return Outcome.BLOCKED, "a login page"
    if _titled(page, signs.CONSENT_TITLES) and len(signs.CONSENT_WORDS.findall(page.whole)) > 2:
        return Outcome.BLOCKED, "a cookie consent page"
    return None


def _absence(page: Looks) -> tuple[Outcome, str] | None:
    if _titled(page, signs.ABSENT_TITLES) and (signs.ABSENT_WORDS.search(page.whole) or len(page.text.split()) < TINY):
        return Outcome.ABSENT, 'a "not found" page that answers 200'
    return None


def _closure(page: Looks) -> tuple[Outcome, str] | None:
    if _titled(page, signs.CLOSED_TITLES) and (signs.CLOSED_WORDS.search(page.whole) or len(page.whole.split()) < TINY):
        return Outcome.BLOCKED, "a maintenance or error page that answers 200"
    return None


def _emptiness(page: Looks) -> tuple[Outcome, str] | None:
    words = len(page.text.split())
    if not words:
        if page.source.count("<script") > 2 or signs.SCRIPT_WORDS.search(page.source):
            return Outcome.EMPTY, "the page holds no text; it is filled by JavaScript"
        return Outcome.EMPTY, "the page holds no text"
    if words < TINY and signs.SCRIPT_WORDS.search(page.text):
        return Outcome.EMPTY, "the page only asks for JavaScript"
    if words < 2 * TINY and len(signs.CONSENT_WORDS.findall(page.text)) > 3:
        return Outcome.BLOCKED, "a cookie notice without anything else"
    return None
