"""Strategy `granicus`: the news component of govAccess (Vision) as a page or as a feed."""

from __future__ import annotations

import re

from archive.records import Listing
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing
from crawler.discovery.page import ListingPage, renamed

__all__ = ["discover_granicus"]

DOCUMENTS = r"(?i)/Home/Components/News/News/\d+"
ROWS = ".news-item, .list-item, .news-list li, .listing li"
DEFAULTS = {
    "documents": DOCUMENTS,
    "title": ".item-title, .news-title, h2, h3, h4",
    "date": "time, .item-date, .news-date, [class*=date]",
    "next": "a[rel=next], a.pg-next-button, .pg-next a, a[aria-label*=Next], a[title*=Next]",
}
# /Home/Components/News/News/4021/16   /Home/Components/News/News/4021/?npage=2
NUMBER = re.compile(r"(?P<item>.*?/Home/Components/News/News/\d+)(?:/[^?#]*)?(?:\?[^#]*)?", re.IGNORECASE)


def discover_granicus(page: ListingPage) -> Listing:
    """The news of one answer; the page that an item was shown on is no part of its address."""
    page = page.with_defaults(**DEFAULTS)
    feed = page.is_feed or "/rss" in page.path.rpartition("/home/components/")[2]
    listing = discover_feed(page) if feed else discover_listing(page, rows=ROWS)
    return renamed(listing, _one_address)


def _one_address(url: str) -> str:
    found = NUMBER.fullmatch(url)
    return found["item"] if found else url
