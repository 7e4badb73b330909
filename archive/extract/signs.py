"""The words and marks by which walls, error pages and shells are known; collected from what such pages really say."""

from __future__ import annotations

import re

__all__ = [
    "ABSENT_TITLES", "ABSENT_WORDS", "CLOSED_TITLES", "CLOSED_WORDS", "CONSENT_TITLES", "CONSENT_WORDS", "LOGIN_TITLES",
    "PASSWORD_FIELDS", "SCRIPT_WORDS", "WALL_HEADERS", "WALL_MARKS", "WALL_TITLES", "WALL_WORDS",
]  # fmt: skip


def _any(*signs: str) -> re.Pattern[str]:
    return re.compile("|".join(signs), re.IGNORECASE)


# Cloudflare and AWS WAF say in a header that the answer is their own.
WALL_HEADERS = frozenset(("cf-mitigated", "x-amzn-waf-action"))
# Titles are matched whole, or the whole part before or after the name of the site.
WALL_TITLES = _any(
    r"just a moment",
    r"attention required",
    r"access (?:to this page has been )?denied",
    r"access is denied",
    r"request (?:rejected|blocked)",
    r"(?:error )?403(?: error)?(?:\W+forbidden)?",
    r"forbidden",
    r"pardon our interruption",
    r"are you (?:a )?(?:human|robot)",
    r"robot or human",
    r"(?:bot|human|browser|security) (?:verification|check|challenge)",
    r"verify(?:ing)? (?:that )?you(?:'re| are) (?:a )?human",
    r"please (?:wait|verify)",
    r"captcha",
    r"(?:you have been )?blocked",
    r"unusual traffic",
    r"ddos protection",
    r"checking your browser",
)
WALL_WORDS = _any(
    r"enable (?:javascript|cookies)",
    r"verify (?:that )?you(?:'re| are) (?:a |not a )?(?:human|robot|bot)",
    r"you don't have permission to access",
    r"(?:ray|incident|support) id",
    r"reference #?\d",
    r"your (?:ip|browser|request)",
    r"unusual (?:activity|traffic)",
    r"automated (?:requests|access)",
    r"security (?:service|check|solution)",
    r"cloudflare",
    r"performance & security",
    r"has been blocked",
    r"not a robot",
    r"captcha",
    r"bots?\b",
    r"press & hold",
)
# Lower-case pieces of markup; sought as they are, because a page's source is long.
WALL_MARKS = (
    "/cdn-cgi/challenge-platform/h/",
    "cf-browser-verification",
    "cf-chl-",
    "cf_chl_",
    "cf-error-details",
    "_incapsula_resource",
    "captcha-delivery.com",
    "awswaf",
    "px-captcha",
    "errors.edgesuite.net",
    "distil_r_captcha",
    "sucuri_cloudproxy",
    "g-recaptcha",
    "h-captcha",
    "perfdrive.com",
    "request unsuccessful",
)
LOGIN_TITLES = _any(
    r"(?:please )?(?:log ?in|sign ?in)(?: required| to .{1,40})?",
    r"login",
    r"authentication required",
    r"iniciar sesión",
)
PASSWORD_FIELDS = ("type=password", "type='password", 'type="password')
CONSENT_TITLES = _any(
    r"before you continue.{0,40}",
    r"cookie (?:consent|settings|preferences|policy).{0,40}",
    r"your privacy choices",
    r"we value your privacy",
)
CONSENT_WORDS = _any(
    r"cookies?\b", r"consent", r"privacy (?:policy|choices)", r"personal data", r"accept all", r"reject all"
)
CLOSED_TITLES = _any(
    r"(?:site |scheduled |down for |under )*maintenance(?: mode)?",
    r"(?:503 )?service (?:temporarily )?unavailable",
    r"(?:site |website )?temporarily (?:unavailable|offline)",
    r"we'?ll be (?:right )?back.{0,20}",
    r"50[0234](?: error| bad gateway)?",
    r"site off-?line",
    r"internal server error",
)
CLOSED_WORDS = _any(
    r"maintenance", r"check back", r"temporarily", r"back (?:soon|shortly|online)", r"try again later", r"unavailable",
    r"overloaded",
)  # fmt: skip
ABSENT_TITLES = _any(
    r"(?:http |error )?404(?: error| page)?\W*(?:(?:page |file )?not found)?",
    r"(?:oops\W*|sorry\W*)?(?:the )?(?:requested )?(?:page|file|content|document|article|url|resource)"
    r" (?:you(?:'re| are) looking for |you requested )?"
    r"(?:(?:was |could |can |is )?not (?:be )?(?:found|available)|can(?:no|')t be found|does(?:n't| not) exist"
    r"|(?:is )?no longer (?:available|exists?))",
    r"not found",
    r"error 404.{0,30}",
    r"page missing",
    r"página no encontrada",
    r"404.{0,30}not found.{0,20}",
)
ABSENT_WORDS = _any(
    r"(?:page|file|content|article|document).{0,40}(?:moved|removed|deleted|renamed|not found|no longer|not exist"
    r"|unavailable|cannot|can't|couldn't)",
    r"broken link",
    r"mistyped",
    r"check the (?:url|address|spelling)",
    r"404",
)
SCRIPT_WORDS = _any(
    r"(?:enable|requires?|turn on|need).{0,20}javascript",
    r"javascript (?:is|to be|must be) (?:disabled|enabled|required)",
)
