"""Strategy `govdelivery`: the feed of a topic, or the page of an account's bulletins."""

from __future__ import annotations

from archive.records import Listing
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing
from crawler.discovery.page import ListingPage

__all__ = ["discover_govdelivery"]

DOCUMENTS = r"(?i)/accounts/[^/?#]+/bulletins/[0-9a-f]{4,}(?![^/?#])|/bulletins/gd/[^/?#]+-[0-9a-f]{4,}"
# Feeds stand on the second host and link to the first.
HOSTS = ("content.govdelivery.com", "public.govdelivery.com")


def discover_govdelivery(page: ListingPage) -> Listing:
    """The bulletins of a feed or page, on the system's own hosts as well as those that the source names."""
    page = page.with_hosts(*HOSTS).with_defaults(documents=DOCUMENTS)
    return discover_feed(page) if page.is_feed or page.path.endswith(".rss") else discover_listing(page)
