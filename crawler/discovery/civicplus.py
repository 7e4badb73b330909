"""Strategy `civicplus`: the news flashes of CivicEngage as a page, on its mobile site, or as a feed."""

from __future__ import annotations

import re

from archive.records import Listing
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing
from crawler.discovery.page import ListingPage, renamed

__all__ = ["discover_civicplus"]

DOCUMENTS = r"(?i)/CivicAlerts\.aspx\?(?:[^#]*&)?AID=\d+|/m/newsflash/(?:Home/)?Detail/\d+"
ROWS = ".listItem, .newsFlashItem, .widgetItem, .item, li:has(a[id^=alertTitle_])"
DEFAULTS = {
    "documents": DOCUMENTS,
    "strip": r"(?i)(?<=civicalerts\.aspx\?)[^#]*&(?=AID=)",  # the category that it was shown under
    "title": "a[id^=alertTitle_], .title, h2, h3",
    "date": "time, .date, .posted, [class*=date]",
    "next": "a[rel=next], a.next, .pagingNext a",
}
NUMBER = re.compile(
    r"(?P<site>.*?)/(?:CivicAlerts\.aspx\?(?:[^#]*&)?AID=|m/newsflash/(?:Home/)?Detail/)(?P<id>\d+)", re.IGNORECASE
)


def discover_civicplus(page: ListingPage) -> Listing:
    """The news flashes of one answer, each under `CivicAlerts.aspx?AID=` however it was linked."""
    page = page.with_defaults(**DEFAULTS)
    feed = page.is_feed or page.path.endswith("/rssfeed.aspx")
    listing = discover_feed(page) if feed else discover_listing(page, rows=ROWS)
    return renamed(listing, _one_address)


def _one_address(url: str) -> str:
    found = NUMBER.match(url)
    return f"{found['site']}/CivicAlerts.aspx?AID={found['id']}" if found else url
