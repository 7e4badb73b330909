"""What a page that answers 200 really is: a wall, a "not found" page, a shell without words, or a page.

Only a page of few words can be anything but a page: an article about an "access denied" message has a body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.records import Outcome

__all__ = ["Looks", "verdict"]

SHORT = 130  # words: a page of more is a page
TINY = 25  # words: too few for a statement beside the sign of a wall

# Title or heading of the page; each alone is nearly enough.
_WALL_TITLES = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|access is denied|request (?:rejected|blocked)|"
    r"(?:error )?403(?: error)?(?:\W+forbidden)?|forbidden|pardon our interruption|are you (?:a )?(?:human|robot)|robot or human|"
    r"(?:bot|human|browser|security) (?:verification|check|challenge)|verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human|"
    r"please (?:wait|verify)|captcha|you have been blocked|blocked|unusual traffic|ddos protection|checking your browser",
    re.IGNORECASE,
)
_LOGIN_TITLES = re.compile(
    r"(?:please )?(?:log ?in|sign ?in)(?: required| to .{1,40})?|login|authentication required|iniciar sesión", re.I
)
_CONSENT_TITLES = re.compile(
    r"(?:before you continue|cookie (?:consent|settings|preferences|policy)|your privacy choices|we value your privacy).{0,40}",
    re.I,
)
_CLOSED_TITLES = re.compile(
    r"(?:site |scheduled |down for |under )*maintenance(?: mode)?|(?:503 )?service (?:temporarily )?unavailable|"
    r"(?:site |website )?temporarily (?:unavailable|offline)|we'?ll be (?:right )?back.{0,20}|50[0234](?: error| bad gateway)?|"
    r"site off-?line|internal server error",
    re.I,
)
_ABSENT_TITLES = re.compile(
    r"(?:http |error )?404(?: error| page)?\W*(?:(?:page |file )?not found)?|(?:oops\W*|sorry\W*)?(?:the )?(?:requested )?"
    r"(?:page|file|content|document|article|url|resource) (?:you(?:'re| are) looking for |you requested )?"
    r"(?:(?:was |could |can |is )?not (?:be )?(?:found|available)|can(?:no|')t be found|does(?:n't| not) exist|(?:is )?no longer (?:available|exists?)|not found)|"
    r"not found|error 404.{0,30}|page missing|página no encontrada|404.{0,30}not found.{0,20}",
    re.I,
)
_WALL_WORDS = re.compile(
    r"enable (?:javascript|cookies)|verify (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)|you don't have permission to access|ray id|"
    r"reference #?\d|incident id|support id|your (?:ip|browser|request)|unusual (?:activity|traffic)|automated (?:requests|access)|"
    r"security (?:service|check|solution)|cloudflare|performance & security|has been blocked|not a robot|captcha|bots?\b|press & hold",
    re.I,
)
_WALL_MARKS = re.compile(
    r"/cdn-cgi/challenge-platform/h/|cf-browser-verification|cf-chl-|cf_chl_opt|cf-error-details|_Incapsula_Resource|captcha-delivery\.com|"
    r"awswaf|AwsWafIntegration|px-captcha|errors\.edgesuite\.net|distil_r_captcha|sucuri_cloudproxy|g-recaptcha|h-captcha|"
    r"perfdrive\.com|Request unsuccessful|validate\.perfdrive",
)
_ABSENT_WORDS = re.compile(
    r"(?:page|file|content|article|document).{0,40}(?:moved|removed|deleted|renamed|not found|no longer|not exist|unavailable|cannot|can't|couldn't)|"
    r"broken link|mistyped|check the (?:url|address|spelling)|404",
    re.I,
)
_CONSENT_WORDS = re.compile(r"cookies?\b|consent|privacy (?:policy|choices)|personal data|accept all|reject all", re.I)
_CLOSED_WORDS = re.compile(
    r"maintenance|check back|temporarily|back (?:soon|shortly|online)|try again later|unavailable|overloaded", re.I
)
_SCRIPT_WORDS = re.compile(
    r"(?:enable|requires?|turn on|need).{0,20}javascript|javascript (?:is|to be|must be) (?:disabled|enabled|required)",
    re.I,
)


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
        if name.lower() in ("cf-mitigated", "x-amzn-waf-action"):
            return Outcome.BLOCKED, f"a bot wall answered ({name.lower()}: {value[:40]})"
    if len(page.text.split()) > SHORT:
        return Outcome.TEXT, None
    return _wall(page) or _absence(page) or _closure(page) or _emptiness(page) or (Outcome.TEXT, None)


def _titled(page: Looks, pattern: re.Pattern[str]) -> bool:
    """Whether a heading, or a part of it before or after the site's name, says just that."""
    parts = (
        part.strip(" .!?…")
        for heading in page.headings
        for part in (heading, *re.split(r"\s*[|–—:]\s*|\s-\s", heading))
    )
    return any(pattern.fullmatch(part) for part in parts)


def _wall(page: Looks) -> tuple[Outcome, str] | None:
    words = {match.group().lower() for match in _WALL_WORDS.finditer(page.whole)}
    marked = bool(_WALL_MARKS.search(page.source))
    titled = _titled(page, _WALL_TITLES)
    if titled and (marked or words or len(page.whole.split()) < TINY):
        return Outcome.BLOCKED, "a bot wall or an access refusal, by its title and words"
    if marked and (len(words) > 1 or (words and len(page.text.split()) < TINY)):
        return Outcome.BLOCKED, "a bot wall or captcha, by its markup and words"
    if _titled(page, _LOGIN_TITLES) and re.search(r"type\s*=\s*[\"']?password", page.source, re.I):
        return Outcome.BLOCKED, "a login page"
    if _titled(page, _CONSENT_TITLES) and len(_CONSENT_WORDS.findall(page.whole)) > 2:
        return Outcome.BLOCKED, "a cookie consent page"
    return None


def _absence(page: Looks) -> tuple[Outcome, str] | None:
    if _titled(page, _ABSENT_TITLES) and (_ABSENT_WORDS.search(page.whole) or len(page.text.split()) < TINY):
        return Outcome.ABSENT, 'a "not found" page that answers 200'
    return None


def _closure(page: Looks) -> tuple[Outcome, str] | None:
    if _titled(page, _CLOSED_TITLES) and (_CLOSED_WORDS.search(page.whole) or len(page.whole.split()) < TINY):
        return Outcome.BLOCKED, "a maintenance or error page that answers 200"
    return None


def _emptiness(page: Looks) -> tuple[Outcome, str] | None:
    scripted = _SCRIPT_WORDS.search(page.source) is not None
    if not page.text.strip():
        if scripted or page.source.count("<script") > 2:
            return Outcome.EMPTY, "the page holds no text; it is filled by JavaScript"
        return Outcome.EMPTY, "the page holds no text"
    if len(page.text.split()) < TINY and _SCRIPT_WORDS.search(page.text):
        return Outcome.EMPTY, "the page only asks for JavaScript"
    if len(_CONSENT_WORDS.findall(page.text)) > 3 and len(page.text.split()) < 2 * TINY:
        return Outcome.BLOCKED, "a cookie notice without anything else"
    return None
