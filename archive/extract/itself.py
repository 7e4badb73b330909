"""Whether a short page speaks of nothing but itself and the visit: an error, a refusal, a notice in words not foreseen.

Such a page names the medium (page, browser, session, domain), tells a state of it (expired, unavailable, blocked) and
turns to the visitor (sorry, click, return). A release names the world: people, places, days, sums. What counts is the
share of the words that say anything, so that one more way to word an error needs no rule of its own. The shares were
set where the beginnings of 800 real texts, cut at eight lengths, stay well below them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["speaks_of_itself", "tells_of_the_world"]

SHARE, UNNAMED_SHARE = 0.6, 0.7  # of the words that say something; where none of them names the medium
MEDIUM_SHARE, NAMED_SHARE = 0.05, 0.5  # with so many names of the medium among them, less is enough
TINY, TINY_SHARE = 12, 0.5  # such words, of a page of a line or two
MANY, MANY_MEDIUM, MANY_SHARE = 40, 0.08, 0.45  # of a page of several sentences; real texts of that length reach 0.4
LEAST = 4  # words of itself in a page that tells no state: a notice about cookies, a portal's greeting
WORLD = 2  # words that only the world has, in which no page speaks of itself


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What hardly anybody but a web page speaks of.
_MEDIUM = _set(
    """
    page pages webpage webpages website websites web-site web-sites url urls hyperlink hyperlinks browser browsers
    javascript js cookie cookies captcha recaptcha portal server servers http https webmaster ip session sessions
    login logon log-in sign-in signin logged username usernames password passwords hotspot wifi wi-fi domain domains
    hosting host hosted cache cached firewall proxy bot bots robot robots redirect redirected redirecting
    redirection refresh reload homepage sitemap html php asp aspx cgi dns ssl tls vpn adblock adblocker ad-blocker
    user-agent 400 401 403 404 405 406 408 410 429 451 500 501 502 503 504 internet web online offline error errors
    timeout frames frameset plugin plug-in datacenter isp mysql sql gateway captive blocker proof-of-work blacklist
    blacklisted whitelist cpanel apache2 subdomain webserver hostname bookmark bookmarks bookmarked página sitio
    navegador sesión servidor contraseña enlace dirección seite webseite
    """
)
_PERHAPS_MEDIUM = _set(
    """
    site sites link links access accessing accessed content contents system systems service services account
    accounts application applications app administrator administrators admin support network connection connections
    connect connected connecting resource resources file files document documents article articles item record
    request requests requested requesting client computer device software database screen tab menu search user users
    visitor visitors traffic registrar owner code codes id location address directory index filter filters query
    queries developer developers technical credentials email e-mail message form button viewer player flash pop-up
    popups category policy privacy disclaimer template configuration stack trace debug exception runtime
    """
)
_STATE = _set(
    """
    unavailable available found denied forbidden blocked blocking restricted restriction restrictions expired
    expires expire timed supported unsupported outdated out-of-date suspended disabled enabled enable down
    maintenance construction parked sale failed fails failure failing invalid missing moved removed deleted renamed
    archived retired longer exist exists existed wrong broken broke rejected refused limit limits limited limiting
    exceeded allowed permitted permission permissions authorized authorised unauthorized unauthorised authentication
    authenticate authorization required requires prohibited inactive inactivity interrupted undergoing overloaded
    unexpected mistyped misspelled spelled spelling typed banned detected suspicious automated automatically unusual
    unable cannot couldn't can't could problem problems issue issues trouble troubles difficulty difficulties outage
    working works loading load loaded process processing processed unknown incorrect incorrectly protected private
    temporarily temporary currently momentarily scheduled upgrade upgrades upgrading update updates updating updated
    improve improving improvements security verification verify verifying verified checking check checks checked
    human humans challenge gone lost dead bad internal fatal implemented acceptable malfunctioning attempts attempt
    attempted rate many experiencing occurred encountered happened timeout default placeholder coming launch
    launching launched built building develop developing progress denegado disponible encontrada encontrado
    bloqueado mantenimiento nicht gefunden verfügbar
    """
)
_VISIT = _set(
    """
    you your yours you're you've you'll yourself please sorry oops whoops ooops uh oh hmm apologize apologise
    apologies apology regret thank thanks inconvenience patience understanding welcome click clicking press tap hold
    slide drag return returning returned go going back try trying tried again later soon shortly moment moments
    minute minutes second seconds enter entered entering accept accepting agree agreeing terms conditions continue
    continuing proceed proceeding download install use uses used using visit visiting visited browse browsing
    contact contacting looking look looks view viewing viewed see seeing seem seems reach reached open opening
    opened sign signing log logging register registered registration help wait waiting queue queued position retry
    step steps follow followed following believe think feel mistake country region jurisdiction area legal reason
    reasons cause caused stay tuned notify notified subscribe subscriber subscribers subscription member members
    membership purchase buy offer inquire own owned prove confirm solve puzzle box checkbox complete completing
    ensure experience best better hard learn info information details ahead want wanted need needed might maybe
    perhaps perform performing home ask asked asking below above button here instead unfortunately bummer let latest
    version newer recent modern ready type typing forgot forgotten reset create remember leaving leave navigate
    navigation wander wandered point right correct different slow fix fulfill display displayed displaying showing
    shown read reading full unlimited free provide reference incident ray key lo siento disculpe inténtelo intente
    vuelva wir uns bitte hello hi hey
    """
)
_ADDRESS = _set("you your you're you'll please click welcome accept accepting agree continue proceed uses")
_PRODUCTS = _set(
    """
    chrome firefox safari edge opera explorer mozilla google microsoft apple nginx apache iis cloudflare litespeed
    openresty varnish squid wordpress drupal joomla sharepoint plesk ubuntu debian centos godaddy tomcat
    """
)
_STOP = _set(
    """
    a an the and or but if then than of to in on at by for from with without into onto over under about as is are
    was were be been being am do does did done has have had having will would shall should may can must not no nor
    any some all this that these those there their they them it its it's we we're we'll we've our ours us i i'm my
    me he she his her who what which when where why how one two just only also very too so such more most other
    another own same each ever yet still already now get got getting make made making don't doesn't isn't aren't
    wasn't haven't hasn't won't didn't because while due during between through via per up off out new before after
    again until unless however either both every anything something nothing everything anyone someone like well
    though it'll that's there's el la los las de del un una y o en es que se por para su der die das und ist ein
    eine s t re ve d ll
    """
)
_ITSELF = _MEDIUM | _PERHAPS_MEDIUM | _STATE | _VISIT | _PRODUCTS
# Days, sums, and the doings of which releases tell.
_WORLD = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december|monday|tuesday|wednesday"
    r"|thursday|friday|saturday|sunday|today|yesterday|tonight|tomorrow|weekend"
    r"|said|says|announce[sd]?|announcing|signed|appointed|issued|residents?|mayors?|governors?|senators?"
    r"|council(?:members?)?|police|officers?|attorney|commissioners?|streets?|bridge|avenue|schools?|election|budget"
    r"|families|meetings?)\b"
    r"|[$€£]\s?\d|\d\s?%|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b|\b(?:19|20)\d\d\b|\b\d{1,3},\d{3}\b",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")


def speaks_of_itself(headings: Sequence[Sequence[str]], text: str, *, asks: bool) -> bool:
    """Whether the headings, by their parts, and the text of a page speak of nothing but the page and the visit.

    `asks` says that the page asks for a password.
    """
    said = "\n".join(_once((*(part for heading in headings for part in _own(heading)), *text.split("\n"))))
    if tells_of_the_world(said):
        return False
    telling = [word for word in _words(said) if word not in _STOP]
    itself = [word for word in telling if word in _ITSELF]
    if not _MEDIUM.intersection(itself) and not (_PERHAPS_MEDIUM.intersection(itself) and _VISIT.intersection(itself)):
        return False
    if not asks and not _STATE.intersection(itself) and not (_greets(itself, telling) and not _WORLD.search(said)):
        return False
    return len(itself) >= _needed(telling) * len(telling)


def tells_of_the_world(text: str) -> bool:
    """Whether a text names days, hours, sums, offices: at least two of them."""
    return len({match.group().lower() for match in _WORLD.finditer(text)}) >= WORLD


def _greets(itself: Sequence[str], telling: Sequence[str]) -> bool:
    """Whether a page that tells no state is a line or two to its visitor."""
    return len(itself) >= LEAST and len(telling) <= 2 * TINY and not _ADDRESS.isdisjoint(itself)


def _own(heading: Sequence[str]) -> Sequence[str]:
    """The parts of a heading that speak of the page, if any do: the others are names of the site."""
    return [part for part in heading if not _ITSELF.isdisjoint(_words(part))] or heading


def _words(text: str) -> list[str]:
    return [word.lower() for word in _TOKEN.findall(text.replace("’", "'"))]


def _needed(telling: Sequence[str]) -> float:
    """The share of its words that a page must spend on itself."""
    medium = sum(word in _MEDIUM for word in telling) / len(telling)
    if len(telling) > MANY and medium >= MANY_MEDIUM:
        return MANY_SHARE
    if not medium:
        return UNNAMED_SHARE
    if len(telling) <= TINY:
        return TINY_SHARE
    return NAMED_SHARE if medium >= MEDIUM_SHARE else SHARE


def _once(lines: Iterable[str]) -> Iterator[str]:
    """The lines, each once: a title and a heading often say the same."""
    seen: set[str] = set()
    for line in lines:
        key = line.strip().lower()
        if key and key not in seen:
            seen.add(key)
            yield line
