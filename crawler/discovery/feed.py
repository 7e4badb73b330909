"""Strategy `feed`: RSS, Atom and RDF, read by feedparser from the bytes that Scrapy fetched."""

from __future__ import annotations

from calendar import timegm
from datetime import UTC, date, datetime
from io import BytesIO
from time import struct_time
from typing import Any

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date
from crawler.discovery.page import Collector, ListingPage

__all__ = ["discover_feed"]


def discover_feed(page: ListingPage) -> Listing:
    """The feed's items with title and dates; a feed that is paged (RFC 5005) names its next page."""
    import feedparser  # in the workers only: a crawl's own process reads no listing

    headers = {"content-location": page.url}
    if page.media_type:
        headers["content-type"] = page.media_type + (f"; charset={page.charset}" if page.charset else "")
    # Given plain bytes, feedparser would first try them as a file name.
    feed = feedparser.parse(BytesIO(page.payload), response_headers=headers)
    if not feed.get("version"):
        found = page.media_type or "something else"
        raise SourceError(f"{page.url}: no RSS or Atom feed but {found}; look at the address")
    collector = Collector(page)
    for item in feed.entries:
        collector.add(
            item.get("link", ""),
            title=item.get("title"),
            published=_published(item),
            modified=_time(item.get("updated_parsed")) if "updated" in item else None,
        )
    return collector.listing(_further(feed))


def _published(item: Any) -> datetime | date | None:
    printed = item.get("published", "")
    if ":" not in printed:  # a day alone: feedparser would make it midnight in UTC
        return read_date(printed)
    return _time(item.get("published_parsed")) or read_date(printed)


def _time(parsed: struct_time | None) -> datetime | None:
    """feedparser gives UTC, also for times far outside of any calendar."""
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _further(feed: Any) -> list[str]:
    return [link.href for link in feed.feed.get("links", ()) if link.get("rel") == "next" and link.get("href")]
