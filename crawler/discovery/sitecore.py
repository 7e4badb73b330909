"""Strategy `sitecore`: search results of Sitecore SXA as JSON, or the page that shows them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from parsel import Selector
from w3lib.url import add_or_replace_parameters

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date
from crawler.discovery.listing import discover_listing, numbered_pages, parse_html, said, words
from crawler.discovery.page import Collector, ListingPage, plain

__all__ = ["discover_sitecore"]

# Below a day, or below a folder of news with a title of three words or more.
DOCUMENTS = (
    r"(?i)/(?:19|20)\d{2}/\d{1,2}/\d{1,2}/[^/?#]+"
    r"|/(?:news|newsroom|media|press)[^/?#]*/(?:[^/?#]+/)*[^/?#._-]+(?:[_-]+[^/?#._-]+){2,}(?![^?#])"
)
DATE = "time, [class*=date], [class*=Date]"
TITLE = "h1, h2, h3, h4, h5, h6, .field-title, [class*=field-title]"
SHELL = ".search-results, [data-properties*='/search/results']"
# The part of a shell's properties that its script sends on, under the same names.
ASKED = ("s", "v", "p", "l", "sig", "itemid")


def discover_sitecore(page: ListingPage) -> Listing:
    """The search results of a JSON answer; of a page its links, else the address that its script would ask."""
    if page.is_json or page.path.endswith("/sxa/search/results/"):
        return _results(page)
    listing = discover_listing(page.with_defaults(documents=DOCUMENTS, date=DATE), rows=".search-result-list > li")
    return listing if listing.entries else _behind(page, listing)


def _results(page: ListingPage) -> Listing:
    results = page.data.get("Results") if isinstance(page.data, dict) else None
    if not isinstance(results, list):
        raise SourceError(f"{page.url}: JSON without Results; look at the source's start")
    collector = Collector(page)
    for result in (each for each in results if isinstance(each, dict)):
        html = parse_html(str(result.get("Html") or ""))
        href = result.get("Url") or html.css("a::attr(href)").get() or ""
        collector.add(str(href), title=_title(page, result, html), published=_published(page, html))
    return collector.listing(_next(page, collector, len(results)))


def _title(page: ListingPage, result: Mapping[str, Any], html: Selector) -> str | None:
    links = (" ".join(link.xpath(".//text()").getall()) for link in html.css("a"))
    found = (said(html, page.option("title") or TITLE), *links, result.get("Name"))
    return next(filter(None, map(plain, found)), None)


def _published(page: ListingPage, html: Selector) -> datetime | date | None:
    dates = (read_date(words(each), page.option("date_format")) for each in html.css(page.option("date") or DATE))
    return next(filter(None, dates), None)


def _next(page: ListingPage, collector: Collector, shown: int) -> list[str]:
    """The address after this one: the offset `e` grows by what was shown, up to Count."""
    if page.option("pages") or not shown:
        return list(numbered_pages(page, collector))
    offset = int(parse_qs(urlsplit(page.url).query).get("e", ["0"])[0]) + shown
    return (
        [add_or_replace_parameters(page.url, {"e": str(offset)})] if offset < int(page.data.get("Count") or 0) else []
    )


def _behind(page: ListingPage, listing: Listing) -> Listing:
    """A page whose list a script fetches shows nothing: the script's address is then the further listing."""
    shells = parse_html(page.text).css(SHELL)
    if not shells:
        return listing
    found = [address for shell in shells if (address := _address(page, shell.attrib.get("data-properties", "{}")))]
    if not found:
        raise SourceError(f"{page.url}: a script fetches its list; look for its /sxa/search/results/ address as start")
    return Collector(page).listing(found)


def _address(page: ListingPage, properties: str) -> str | None:
    told = json.loads(properties)
    if not isinstance(told, dict):
        return None
    asked = {name: str(told[name]) for name in ASKED if told.get(name) not in (None, "")}
    if not isinstance(told.get("endpoint"), str) or "v" not in asked:
        return None
    # SXA writes the endpoint with two slashes at its beginning, which a browser would take for a host.
    return add_or_replace_parameters(urljoin(page.url, "/" + told["endpoint"].lstrip("/")), asked)
