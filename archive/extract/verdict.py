"""What a page that answers 200 really is: a wall, a "not found" page, a shell without words, or a page.

A page is judged by what it says of itself: by its headings and the beginning of its text, whatever stands around them.
The longer its text, the more must speak against it, and a long page is a page: an article about an "access denied"
message has a body.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from archive.extract import marks, signs
from archive.extract.itself import speaks_of_itself, tells_of_the_world
from archive.records import Outcome

__all__ = ["Looks", "verdict"]

LONG = 400  # words: a page of more is a page
SHORT = 130  # words: a page of more must be called something else and say so, too
EXPLAINED = 220  # words in which a product may explain itself
TINY = 25  # words: too few for a statement beside the sign of a wall
OPENING = 60  # words of the text in which a page says what it is
OPENING_LENGTH = 5_000  # characters, with the headings
TEASER, BRIEF_TEASER = 110, 60  # words of an article that visibly stops; of one that only an offer ends
STUB = 220  # words of such a page with the offer
ITSELF, ITSELF_SHARE = 3, 0.08  # words, and their share, by which a page speaks of nothing but itself
MARKED = 200_000  # characters of the source in which marks are sought

# "Page not found | City", "City :: Log in", "Access denied - City"; a hyphen within words is none.
_TITLE_PARTS = re.compile(r"\s*[|–—:•·«»‹›]\s*|\s[-/]\s")
_PICTURES = re.compile(r"<img\b[^<>]{0,1000}?\balt=[\"']([^\"'<>]{5,200})", re.IGNORECASE)
_NOT_FREE = re.compile(r"isAccessibleForFree\W{1,8}false", re.IGNORECASE)
_QUOTES = re.compile(r"[“”«»„]|\"\w")
_BREAKS_OFF = re.compile(r"(?:\.\.\.|…)\W*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """What a verdict looks at: all headings a page gives itself, its body, all its words, its source, its headers.

    `own` is the body without what leads elsewhere: menus get into the bodies of pages that hardly have one. The body's
    paragraphs are separated by blank lines; the first heading is the page's title where it has one.
    """

    headings: Sequence[str]
    text: str
    own: str
    whole: str
    source: str
    headers: tuple[tuple[str, str], ...] = ()
    dated: bool = False  # whether it tells a day of publication


def verdict(page: Looks) -> tuple[Outcome, str | None]:
    """The outcome of a page, with the reason in words where it is no page with a text of its own."""
    for name, value in page.headers:
        if name.lower() in marks.WALL_HEADERS:
            return Outcome.BLOCKED, f"a bot wall answered ({name.lower()}: {value[:40]})"
    words = len(page.text.split())
    if words > LONG:
        return Outcome.TEXT, None
    found = _named(page, words) or _stopped(page, words) or _emptiness(page, words) or _of_itself(page, words)
    return found or (Outcome.TEXT, None)


def _named(page: Looks, words: int) -> tuple[Outcome, str] | None:
    """What a page says it is. A product's mark comes before the vaguer kinds: its error page is no absence."""
    opening = _opening(page)
    if _told(page, signs.WALL, opening, words):
        return signs.WALL.outcome, signs.WALL.reason
    marked = _marked(page, words)
    if marked:
        return Outcome.BLOCKED, marked
    kind = next((kind for kind in signs.KINDS if _told(page, kind, opening, words)), None)
    return (kind.outcome, kind.reason) if kind else None


def _opening(page: Looks) -> str:
    """The headings and the beginning of the text, by lines; with the beginning of all words where the text is tiny."""
    words = page.text.split()
    lines = [*page.headings, " ".join(words[:OPENING])]
    if len(words) < TINY:
        lines.append(" ".join(page.whole.split()[: 2 * OPENING]))
    if not words:
        lines.extend(_PICTURES.findall(page.source[:MARKED]))
    return "\n".join(lines)[:OPENING_LENGTH].replace("’", "'")


def _told(page: Looks, kind: signs.Kind, opening: str, words: int) -> bool:
    """Whether a page is of a kind, by its titles and its own words."""
    named = _titled(page.headings, kind.titles)
    if words > SHORT and not named:
        return False
    if kind.says.search(opening):
        return True
    return named and words <= SHORT and _borne_out(page, kind, min(words, len(page.own.split())))


def _borne_out(page: Looks, kind: signs.Kind, words: int) -> bool:
    """Whether what stands beside a title fits it: a release may be titled "Scheduled Maintenance", too."""
    if kind is signs.LOGIN:
        # A login form beside a text has a heading, too; only a page that is called so is one.
        return _holds(page, marks.LOGIN_MARKS) and (_titled(page.headings[:1], kind.titles) or words < TINY)
    beside = _different(kind.words, page.whole)
    if kind is signs.CLOSED:
        # A notice of works to come names its day; what is closed now says so in more than its title.
        vague = tells_of_the_world(page.text) or any(signs.VAGUE_TITLES.fullmatch(each) for each in page.headings)
        return (words < TINY and bool(beside or not vague)) or (beside > 1 and words <= OPENING and not vague)
    return beside >= kind.least or (words if kind is signs.ABSENT else len(page.whole.split())) < TINY


def _titled(headings: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Whether a heading, or a part of it before or after the site's name, says just that."""
    parts = (part for heading in headings for part in (heading, *_TITLE_PARTS.split(heading)))
    return any(pattern.fullmatch(part.replace("’", "'").strip(" .!?…")) for part in parts)


def _different(pattern: re.Pattern[str], text: str) -> int:
    return len({match.group().lower() for match in pattern.finditer(text)})


def _holds(page: Looks, pieces: Iterable[str]) -> bool:
    # Akamai writes the address of its error pages in entities.
    source = unescape(page.source[:MARKED]).lower()
    return any(piece in source for piece in pieces)


def _marked(page: Looks, words: int) -> str | None:
    """The reason why a page is a wall by its product's markup, or by its headers and words that a wall could say."""
    if words <= EXPLAINED and _holds(page, marks.PRODUCT_MARKS):
        return "a bot wall, by its product's markup"
    if words > SHORT:
        return None
    said = _different(signs.WALL.words, page.whole)
    if (said > 1 or (said and words < TINY)) and _holds(page, marks.WALL_MARKS):
        return "a bot wall or captcha, by its markup and words"
    hosted = any(marks.HOSTING_HEADERS.match(f"{name}: {value}") for name, value in page.headers)
    if hosted and words < TINY and (said or (not words and _holds(page, marks.WALL_MARKS))):
        return "a bot wall, by its headers and words"
    return None


def _stopped(page: Looks, words: int) -> tuple[Outcome, str] | None:
    """An article that stops after some sentences for those who have not paid.

    Newspapers print offers beside whole articles, too: what is left without them must be short, and the shorter the
    less is said of its being unfinished.
    """
    if words > STUB:
        return None
    own = [part for part in page.text.split("\n\n") if not (signs.UNFINISHED.search(part) or signs.OFFERS.search(part))]
    left = sum(len(part.split()) for part in own)
    everything = f"{page.text}\n{page.whole}"
    unfinished, offers = _different(signs.UNFINISHED, everything), _different(signs.OFFERS, everything)
    surely = bool(_NOT_FREE.search(page.source)) or any(_BREAKS_OFF.search(part) for part in own[-2:])
    brief = (unfinished and unfinished + offers + surely > 1) or (surely and offers > 1)
    if (left <= BRIEF_TEASER and brief) or (left <= TEASER and surely and unfinished and unfinished + offers > 1):
        return Outcome.BLOCKED, "a paywall: the article stops after its first sentences"
    return None


def _of_itself(page: Looks, words: int) -> tuple[Outcome, str] | None:
    """A page of few or more sentences, none of which tells of anything but the page, the site and the visit."""
    if page.dated:
        return None
    headings = [[part for part in _TITLE_PARTS.split(heading) if part] for heading in page.headings]
    # The source is long: it is searched for a password's field only where that would make the difference.
    itself = speaks_of_itself(headings, page.own, asks=False) or (
        speaks_of_itself(headings, page.own, asks=True) and _holds(page, marks.LOGIN_MARKS)
    )
    if itself or (words <= SHORT and _regrets(page)):
        return Outcome.BLOCKED, "a page that speaks of nothing but itself: an error, a refusal or a notice"
    return None


def _regrets(page: Looks) -> bool:
    if not signs.REGRETS.search(_opening(page)) or _QUOTES.search(page.text) or tells_of_the_world(page.text):
        return False
    said = "\n".join((*page.headings, page.text))
    found = [match.group().lower() for match in signs.OF_ITSELF.finditer(said)]
    return len(found) >= max(ITSELF, ITSELF_SHARE * len(said.split())) and not set(found) <= {"site", "access"}


def _emptiness(page: Looks, words: int) -> tuple[Outcome, str] | None:
    if not words:
        if _holds(page, ("samlrequest", "samlresponse")):
            return Outcome.BLOCKED, "a login page, by its form"
        if page.source.count("<script") > 2 or signs.SCRIPT_WORDS.search(page.source):
            return Outcome.EMPTY, "the page holds no text; it is filled by JavaScript"
        return Outcome.EMPTY, "the page holds no text"
    if words < TINY and signs.SCRIPT_WORDS.search(page.text):
        return Outcome.EMPTY, "the page only asks for JavaScript"
    if words < 2 * TINY and _different(signs.CONSENT.words, page.text) >= signs.CONSENT.least:
        return Outcome.BLOCKED, "a cookie notice without anything else"
    return None
