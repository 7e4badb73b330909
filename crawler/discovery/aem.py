"""Strategy `aem`: HTML listings of Adobe Experience Manager, whose next page has a number in its file name."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from archive.records import Listing
from crawler.discovery.listing import discover_listing
from crawler.discovery.page import ListingPage

__all__ = ["discover_aem"]

# Below a year, or below a folder of news with a title of three words or more.
DOCUMENTS = (
    r"(?i)/(?:19|20)\d{2}/(?:[^/?#]+/)*[^/?#.]+\.html(?![^?#])"
    r"|/(?:news|newsroom|media|press)[^/?#]*/(?:[^/?#]+/)*[^/?#._-]+(?:[_-]+[^/?#._-]+){2,}\.html(?![^?#])"
    r"|/press[_-]release\.\d+\.html"
)
ROWS = ".cmp-list__item"
NUMBERED = re.compile(r"(?P<stem>.*/[^/]+?)(?:\.\d+)?\.html")


def discover_aem(page: ListingPage) -> Listing:
    """The documents of the page, and `NAME.2.html` after `NAME.html` for as long as there are any."""
    defaults = {"documents": DOCUMENTS, "title": ".cmp-list__item-title", "date": ".cmp-list__item-date, time"}
    if page.option("next") is None and (template := _template(page.url)):
        defaults["pages"] = template
    return discover_listing(page.with_defaults(**defaults), rows=ROWS)


def _template(url: str) -> str | None:
    parts = urlsplit(url)
    found = NUMBERED.fullmatch(parts.path)
    return f"{found['stem']}.{{n}}.html" + (f"?{parts.query}" if parts.query else "") if found else None
