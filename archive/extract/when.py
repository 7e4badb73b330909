"""When a page was published and last modified, as it declares: the first declaration that can be true."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from lxml import html
from lxml.etree import XPath

from archive.extract.dates import EARLIEST, claim_of
from archive.extract.declared import Declared
from archive.records import DateClaim

__all__ = ["MAX_LINE", "declared_day", "first_claim", "hinted_day", "modified"]

MAX_LINE = 90  # characters: a longer element is no date line

_PUBLISHED = """
    article:published_time article:published og:article:published_time og:published_time datepublished dcterms.issued
    dc.date.issued dcterms.created dc.date.created dc.date.publication dc.date dcterms.date citation_publication_date
    citation_date citation_online_date parsely-pub-date sailthru.date pubdate publishdate publish-date publish_date
    published-date published_date publication_date bt:pubdate date_published originalpublicationdate
    cxenseparse:recs:publishtime rnews:datepublished article_date_original mediator_published_time vr:published_time
    ptime pdate date created datecreated article.published article:post_date displaydate
"""
_PUBLISHED_METAS = tuple(_PUBLISHED.split())
_PUBLISHED_LIKE = re.compile(
    r"publi(?:sh|cation)\w*[\W_]?(?:time|date|at|on)\b|pub_?date|date\w*publi|issued|release_?date"
)
_MODIFIED = """
    article:modified_time article:modified og:updated_time og:article:modified_time datemodified dcterms.modified
    dc.date.modified last-modified lastmod modified bt:moddate
"""
_MODIFIED_METAS = tuple(_MODIFIED.split())
_MARKED = XPath(
    "//*[contains(@itemprop, 'datePublished')] | //time[@pubdate] | //abbr[contains(@class, 'published')]"
    " | //*[contains(@property, 'datePublished') or contains(@property, 'dc:date')][not(self::meta)]"
)


def hinted_day(written: str | None, *, captured: date) -> DateClaim | None:
    """The date in the element that a hint of the catalog points to."""
    return claim_of(written, basis="hint", captured=captured) if written else None


def declared_day(tree: html.HtmlElement, declared: Declared, *, captured: date) -> DateClaim | None:
    """The publication date a page declares in JSON-LD, meta tags or microdata."""
    return first_claim(_declarations(tree, declared), declared, captured)


def modified(declared: Declared, *, captured: date) -> DateClaim | None:
    """The date of the last change that a page declares."""
    written = [(value, "json-ld") for value in declared.values("dateModified")]
    written += [(value, "meta") for name in _MODIFIED_METAS for value in declared.metas.get(name, ())[:1]]
    claims = (claim_of(value, basis=basis, captured=captured) for value, basis in written)
    return next((claim for claim in claims if claim), None)


def first_claim(
    written: Iterable[tuple[str, str]], declared: Declared, captured: date, since: date = EARLIEST
) -> DateClaim | None:
    """The first of these (text, basis) pairs that is a date from `since` to the day after `captured`."""
    day_first = _day_first(declared)
    claims = (claim_of(value, basis=basis, captured=captured, day_first=day_first) for value, basis in written)
    return next((claim for claim in claims if claim and claim.day >= since), None)


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
        yield element.get("content") or element.get("datetime") or element.text_content()[:MAX_LINE], "microdata"
