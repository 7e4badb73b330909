"""When a page was published and last modified: the first of its declarations that can be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from htmldate import find_date
from lxml import html
from lxml.etree import XPath

from archive.extract.body import Body
from archive.extract.dates import EARLIEST, claim_of, opening_day
from archive.extract.declared import Declared
from archive.records import DateClaim

__all__ = ["declared_day", "hinted_day", "modified", "shown_day"]

_PUBLISHED_METAS = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date.publication",
    "dc.date",
    "dcterms.date",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "published-date",
    "published_date",
    "publication_date",
    "bt:pubdate",
    "date_published",
    "originalpublicationdate",
    "cxenseparse:recs:publishtime",
    "rnews:datepublished",
    "article_date_original",
    "mediator_published_time",
    "vr:published_time",
    "ptime",
    "pdate",
    "date",
    "created",
    "datecreated",
    "article.published",
    "article:post_date",
    "displaydate",
]
_MODIFIED_METAS = [
    "article:modified_time",
    "article:modified",
    "og:updated_time",
    "og:article:modified_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
    "lastmod",
    "modified",
    "bt:moddate",
]
_PUBLISHED_LIKE = re.compile(
    r"publi(?:sh|cation)\w*[\W_]?(?:time|date|at|on)\b|pub_?date|date\w*publi|issued|release_?date"
)
_MARKED = XPath(
    "//*[contains(@itemprop, 'datePublished')] | //time[@pubdate] | //abbr[contains(@class, 'published')]"
    " | //*[contains(@property, 'datePublished') or contains(@property, 'dc:date')][not(self::meta)]"
)
_DATE_CLASSES = " or ".join(f"contains(@class, '{name}')" for name in ("date", "Date", "publish", "posted", "time"))
_TIMES = XPath("//time")
_TIMES_AFTER = XPath("//h1[1]/following::time")
_DATED = XPath(f"//*[{_DATE_CLASSES}]")
_DATED_AFTER = XPath(f"//h1[1]/following::*[{_DATE_CLASSES}]")
_URL_DATE = re.compile(r"[/-]((?:19|20)\d{2})[/-]?(\d{2}|(?<=/)[a-z]{3}(?=/))[/-]?(\d{2})(?=[/_.-]|$)")
DATELINE_BLOCKS = 4
BEFORE, AFTER, AT_END = 3, 5, 2  # blocks before the body where no heading is known, of its beginning, of its end
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])(?=/)")
DRIFT = timedelta(days=31)  # between the month of an address and the day of publication

# A line that tells when the page was last changed tells nothing of when it was published.
_UPDATED = re.compile(r"updated?\b|modified|reviewed|actualizado|aktualisiert|mis à jour|lastupdate", re.IGNORECASE)
_WORD = re.compile(r"\w+")
_POSTED = re.compile(r"published|posted|written|publicado|veröffentlicht|publié", re.IGNORECASE)
LINE_WORDS, DATE_WORDS = 14, 5  # of a line with a date in it, and of one that is nothing but a date
SHORT = 90  # characters: a longer element is no date line


def declared_day(tree: html.HtmlElement, declared: Declared, *, captured: date) -> DateClaim | None:
    """The publication date a page declares in JSON-LD, meta tags or microdata."""
    return _first(_declarations(tree, declared), declared, captured)


def hinted_day(written: str | None, *, captured: date) -> DateClaim | None:
    """The date in the element that a hint of the catalog points to."""
    return claim_of(written, basis="hint", captured=captured) if written else None


def shown_day(
    tree: html.HtmlElement, declared: Declared, body: Body, *, url: str | None, captured: date
) -> DateClaim | None:
    """The publication date a page shows: in its address, its dateline, beside its heading; else what htmldate finds."""
    addresses = (url, declared.canonical_url)
    found = _first(_addresses(*addresses), declared, captured) or _dateline(body, captured)
    if found:
        return found
    first, last = _months(addresses, captured)
    return _first(_shown(tree, body), declared, last, first) or _searched(tree, first, last)


def _dateline(body: Body, captured: date) -> DateClaim | None:
    days = (opening_day(body.blocks[place].text, captured=captured) for place in body.places[:DATELINE_BLOCKS])
    day = next((day for day in days if day), None)
    return DateClaim(day=day, at=None, precision="day", basis="dateline") if day else None


def _months(urls: Iterable[str | None], captured: date) -> tuple[date, date]:
    """The days between which an address of the form /2026/03/ says that its page was published."""
    for url in urls:
        match = _URL_MONTH.search(url or "")
        if match:
            start = date(int(match[1]), int(match[2]), 1)
            if start <= captured:
                return start - DRIFT, min(captured, start + 2 * DRIFT)
    return EARLIEST, captured


def _first(
    written: Iterator[tuple[str, str]], declared: Declared, captured: date, since: date = EARLIEST
) -> DateClaim | None:
    day_first = _day_first(declared)
    claims = (claim_of(value, basis=basis, captured=captured, day_first=day_first) for value, basis in written)
    return next((claim for claim in claims if claim and claim.day >= since), None)


def _searched(tree: html.HtmlElement, first: date, last: date) -> DateClaim | None:
    found = find_date(
        tree, original_date=True, extensive_search=False, min_date=first.isoformat(), max_date=last.isoformat()
    )
    # It makes a bare year its first of January.
    if not found or found.endswith("-01-01"):
        return None
    return claim_of(found, basis="search", captured=last)


def modified(declared: Declared, *, captured: date) -> DateClaim | None:
    """The date of the last change that a page declares."""
    written = [(value, "json-ld") for value in declared.values("dateModified")]
    written += [(value, "meta") for name in _MODIFIED_METAS for value in declared.metas.get(name, ())[:1]]
    claims = (claim_of(value, basis=basis, captured=captured) for value, basis in written)
    return next((claim for claim in claims if claim), None)


def _day_first(declared: Declared) -> bool:
    language = (declared.language or "en-US").replace("_", "-").lower()
    return language not in ("en", "en-us", "en-ph", "en-ca")


def _declarations(tree: html.HtmlElement, declared: Declared) -> Iterator[tuple[str, str]]:
    for key in ("datePublished", "dateCreated", "uploadDate"):
        yield from ((value, "json-ld") for value in declared.values(key))
    for name in _PUBLISHED_METAS:
        yield from ((value, "meta") for value in declared.metas.get(name, ())[:1])
    for name, contents in declared.metas.items():
        if _PUBLISHED_LIKE.search(name):
            yield contents[0], "meta"
    for element in _MARKED(tree):
        yield element.get("content") or element.get("datetime") or element.text_content()[:SHORT], "microdata"


def _addresses(*urls: str | None) -> Iterator[tuple[str, str]]:
    for url in urls:
        match = _URL_DATE.search(url or "")
        if match:
            year, month, day = match.groups()
            yield f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}", "url"


def _shown(tree: html.HtmlElement, body: Body) -> Iterator[tuple[str, str]]:
    # What follows the heading is about this page; what precedes it may be the day's date, or another page's.
    yield from _written(_TIMES_AFTER(tree), "time")
    lines = [text for text in _around_start(body) if _is_date_line(text) and len(_WORD.findall(text)) <= LINE_WORDS]
    yield from ((text, "text") for text in sorted(lines, key=lambda text: not _POSTED.search(text)))
    yield from _written(_DATED_AFTER(tree), "text")
    yield from _written(_TIMES(tree), "time")
    yield from _written(_DATED(tree), "text")


def _around_start(body: Body) -> Iterator[str]:
    """The lines between the heading and the body, the first of the body, a dated one just above, and the last."""
    start = body.places[0] if body.places else 0
    heading = max((place for place in body.titles if place <= start), default=max(0, start - BEFORE))
    yield from (block.text for block in body.blocks[heading : start + AFTER])
    above = body.blocks[max(0, heading - BEFORE) : heading]
    yield from (block.text for block in above if "date" in (block.element.get("class") or "").lower())
    ends = (body.blocks[place].text for place in body.places[-AT_END:])
    yield from (text for text in ends if len(_WORD.findall(text)) <= DATE_WORDS)


def _written(elements: Iterable[html.HtmlElement], basis: str) -> Iterator[tuple[str, str]]:
    for element in elements:
        around = element.getparent() if element.tag == "time" else element
        text = " ".join(around.text_content()[:300].split())
        if _is_date_line(text) and next(element.iterancestors("a"), None) is None:
            yield element.get("datetime") or text, basis


def _is_date_line(text: str) -> bool:
    if not 5 < len(text) <= SHORT:
        return False
    change = _UPDATED.search(text)
    return change is None or bool(_POSTED.search(text))
