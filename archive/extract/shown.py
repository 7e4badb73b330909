"""When a page was published, as it shows a reader: in its address, its dateline, beside its heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from htmldate import find_date
from lxml import html
from lxml.etree import XPath

from archive.extract.body import Body
from archive.extract.dates import EARLIEST, claim_of, opening_day
from archive.extract.declared import Declared
from archive.extract.when import MAX_LINE, first_claim
from archive.records import DateClaim

__all__ = ["shown_day"]

DATELINE_BLOCKS = 4  # of the body, in which a dateline is looked for
BEFORE, AFTER, AT_END = 3, 5, 2  # blocks before the body where no heading is known, of its beginning, of its end
LINE_WORDS, DATE_WORDS = 14, 5  # of a line with a date in it, and of one that is nothing but a date
MAX_CANDIDATES = 60
DRIFT = timedelta(days=31)  # between the month of an address and the day of publication

_URL_DATE = re.compile(r"[/-]((?:19|20)\d{2})[/-]?(\d{2}|(?<=/)[a-z]{3}(?=/))[/-]?(\d{2})(?=[/_.-]|$)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[/-](0[1-9]|1[0-2])(?=/)")
_DATE_CLASSES = " or ".join(f"contains(@class, '{name}')" for name in ("date", "Date", "publish", "posted", "time"))
_TIMES = XPath("//time")
_TIMES_AFTER = XPath("//h1[1]/following::time")
_DATED = XPath(f"//*[{_DATE_CLASSES}]")
_DATED_AFTER = XPath(f"//h1[1]/following::*[{_DATE_CLASSES}]")
# A line that tells when the page was last changed tells nothing of when it was published.
_UPDATED = re.compile(r"updated?\b|modified|reviewed|actualizado|aktualisiert|mis à jour|lastupdate", re.IGNORECASE)
_POSTED = re.compile(r"published|posted|written|publicado|veröffentlicht|publié", re.IGNORECASE)
_WORD = re.compile(r"\w+")


def shown_day(
    tree: html.HtmlElement, declared: Declared, body: Body, *, url: str | None, captured: date
) -> DateClaim | None:
    """The publication date a page shows: in its address, its dateline, beside its heading; else what htmldate finds."""
    addresses = (url, declared.canonical_url)
    found = first_claim(_addresses(*addresses), declared, captured) or _dateline(body, captured)
    if found:
        return found
    first, last = _months(addresses, captured)
    return first_claim(_shown(tree, body), declared, last, first) or _searched(tree, first, last)


def _dateline(body: Body, captured: date) -> DateClaim | None:
    # Above the title stands the day of the visit, if any.
    after = max((place for place in body.titles if place in body.places[:DATELINE_BLOCKS]), default=-1)
    places = [place for place in body.places[: 2 * DATELINE_BLOCKS] if place > after][:DATELINE_BLOCKS]
    days = (opening_day(body.blocks[place].text, captured=captured) for place in places)
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


def _searched(tree: html.HtmlElement, first: date, last: date) -> DateClaim | None:
    found = find_date(
        tree, original_date=True, extensive_search=False, min_date=first.isoformat(), max_date=last.isoformat()
    )
    # It makes a bare year its first of January.
    if not found or found.endswith("-01-01"):
        return None
    return claim_of(found, basis="search", captured=last)


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
    for element in islice(elements, MAX_CANDIDATES):
        text = _spaced(element)
        around = _spaced(element.getparent()) if element.tag == "time" else text
        linked = next(element.iterancestors("a"), None) is not None
        if not linked and _is_date_line(around if len(around) <= MAX_LINE else text):
            yield element.get("datetime") or text, basis


def _spaced(element: html.HtmlElement) -> str:
    return " ".join(element.text_content()[: 4 * MAX_LINE].split())


def _is_date_line(text: str) -> bool:
    if not 5 < len(text) <= MAX_LINE:
        return False
    change = _UPDATED.search(text)
    return change is None or bool(_POSTED.search(text))
