"""The title of a page: its heading where that agrees with what the page declares, without the name of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html
from lxml.etree import XPath

from archive.extract.declared import Declared
from archive.extract.limits import INVISIBLE
from archive.text import clean

__all__ = ["GENERIC", "headings_of", "title_of"]

MAX_LENGTH = 300  # characters: a longer heading is no title
AGREEMENT = 0.3  # share of the shorter one's words

_HEADINGS = XPath(
    "//h1[not(ancestor::nav or ancestor::footer or ancestor::aside)]"
    "[not(.//a[@href='/' or @href='#' or @rel='home'])]"
    " | //*[@itemprop='headline' or @itemprop='name headline'][not(self::meta)]"
)
_FIRST_HEADINGS = XPath("//h1 | //h2")
_TITLES = XPath("//title[not(ancestor::svg)]")
# " | Site", " - Site", " :: Site", " » Site"; a hyphen within words is none.
_SEPARATOR = re.compile(r"\s*(?:[|｜»«]|::)\s*|\s+[-–—·•:/<>]\s+")
_WORD = re.compile(r"\w+")
# Headings that name a kind of page or an office, not this page.
GENERIC = re.compile(
    r"(?:for )?immediate release|(?:press |media |news )?(?:releases?|room|center|centre)?|news|newsroom|home|blog|"
    r"statements?(?: and releases)?|(?:office|city|town|county|state|department|bureau) of .{1,60}|menu|search|article|"
    r"welcome.{0,60}|latest news|in the news|speeches|briefings?|[a-z]+ \d{1,2}, \d{4} (?:press|news) releases?",
    re.IGNORECASE,
)


def title_of(tree: html.HtmlElement, declared: Declared, heading: str | None = None) -> str | None:
    """The title of a page; `heading` is the one a hint of the catalog points to. None where the page has none."""
    if heading:
        return heading[:MAX_LENGTH]
    claims = [claim for claim in _claims(tree, declared) if claim]
    headings = [text for text in map(_text, _HEADINGS(tree)) if 1 < len(text) <= MAX_LENGTH]
    for text in headings:
        if (
            any(_agree(text, claim) for claim in claims)
            and not GENERIC.fullmatch(text)
            and not _is_site(text, declared)
        ):
            return text
    own = [text for text in headings if not GENERIC.fullmatch(text) and not _is_site(text, declared)]
    named = next((claim for claim in claims if not GENERIC.fullmatch(claim)), None)
    if own and (named is None or (len(set(own)) == 1 and len(_WORD.findall(own[0])) >= 4)):
        return own[0]
    return named or next(iter((*claims, *headings)), None)


def headings_of(tree: html.HtmlElement) -> tuple[str, ...]:
    """The page's own title and its first headings, as they stand."""
    return tuple(text for text in map(_text, (*_TITLES(tree)[:1], *_FIRST_HEADINGS(tree)[:3])) if text)


def _claims(tree: html.HtmlElement, declared: Declared) -> Iterator[str]:
    """The titles a page declares, best first, without the name of the site."""
    written = [
        declared.meta("og:title", "citation_title", "dcterms.title", "dc.title", "parsely-title", "sailthru.title")
    ]
    written += [next(declared.values("headline"), None), declared.meta("twitter:title")]
    written += [_text(element) for element in _TITLES(tree)[:2]]
    for text in written:
        yield _without_site(" ".join(clean(text or "").translate(INVISIBLE).split())[: 2 * MAX_LENGTH], declared)


def _text(element: html.HtmlElement) -> str:
    written = element.get("content") or element.text_content()[:5_000]
    return " ".join(clean(written).translate(INVISIBLE).split())


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower()))


def _agree(one: str, other: str) -> bool:
    a, b = _words(one), _words(other)
    return bool(a and b) and len(a & b) >= AGREEMENT * max(1, min(len(a), len(b))) and min(len(a), len(b)) * 5 >= len(a)


def _is_site(text: str, declared: Declared) -> bool:
    squeezed = _squeezed(text)
    return squeezed == _squeezed(declared.site_name or "") or squeezed == declared.host


def _without_site(title: str, declared: Declared) -> str:
    parts = list(_SEPARATOR.finditer(title))
    if not parts:
        return title
    head, tail = title[: parts[-1].start()], title[parts[-1].end() :]
    first, rest = title[: parts[0].start()], title[parts[0].end() :]
    if head and _names_site(tail, declared):
        return _without_site(head, declared)
    if rest and _names_site(first, declared):
        return _without_site(rest, declared)
    bar = parts[0].group().strip() in ("|", "｜", "»", "::")
    return first if bar and len(_words(first)) >= 3 else title


def _names_site(part: str, declared: Declared) -> bool:
    """Whether a part of a title is the site's name: as it declares it, or as its host spells it."""
    squeezed = _squeezed(part)
    if not squeezed or GENERIC.fullmatch(part.strip()):
        return True
    site = _squeezed(declared.site_name or "")
    host = declared.host
    return squeezed == site or (len(squeezed) > 2 and (squeezed in host or (len(host) > 3 and host in squeezed)))


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))
