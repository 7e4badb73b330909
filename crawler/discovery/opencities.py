"""Strategy `opencities`: lists of Granicus OpenCities as a page or as a feed."""

from __future__ import annotations

from archive.records import Listing
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing
from crawler.discovery.page import ListingPage

__all__ = ["discover_opencities"]

# Below a folder of news, in words that begin with capitals: /City-News/Ferry-Runs-Again
DOCUMENTS = (
    r"/(?:[^/?#]+/)*[^/?#]*(?:[Nn]ews|[Pp]ress|[Mm]edia|[Rr]elease)[^/?#]*/(?:[^/?#]+/)*"
    r"[A-Z0-9][^/?#-]*(?:-[^/?#-]+)+(?![^?#])"
)
ROWS = ".list-item-container, .list-item, .news-item"
DEFAULTS = {
    "documents": DOCUMENTS,
    "title": ".list-item-title, .news-title, h2, h3",
    "date": "time, .list-item-block-date, .published-on, [class*=date]",
    "next": "a[rel=next], .next a, a.next, a[aria-label*=Next]",
}


def discover_opencities(page: ListingPage) -> Listing:
    """The documents of one answer; the pager's own links (`?dlv_...=(pageindex=2)`) lead on."""
    page = page.with_defaults(**DEFAULTS)
    return discover_feed(page) if page.is_feed else discover_listing(page, rows=ROWS)
