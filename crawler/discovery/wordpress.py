"""Strategy `wordpress`: the REST list of posts, a feed with its pages, or an archive page of WordPress."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date, read_time
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing, page_after, parse_html
from crawler.discovery.page import Collector, ListingPage

__all__ = ["discover_wordpress"]

# Dated, or below a folder of news with a title of three words or more.
DOCUMENTS = (
    r"(?i)/(?:19|20)\d{2}/\d{1,2}/(?:\d{1,2}/)?(?!feed|page)[^/?#]+/?(?![^?#])"
    r"|/(?:news|press|media|release|statement|article|post)[^/?#]*/(?:[^/?#]+/)*[^/?#-]+(?:-[^/?#-]+){2,}/?(?![^?#])"
)
ROWS = "article, .hentry, .wp-block-post, .type-post, li.post"
DEFAULTS = {
    "documents": DOCUMENTS,
    "title": ".entry-title, .wp-block-post-title, h1, h2, h3",
    "date": "time, .entry-date, .published, .posted-on",
    "next": "a.next, a[rel=next], .nav-previous a, .older a, .wp-block-query-pagination-next",
}
PER_PAGE = 10  # what both feed and REST give unless told otherwise
FIELDS = "link,title,date_gmt,modified_gmt"


def discover_wordpress(page: ListingPage) -> Listing:
    """The posts of one answer; an archive page that shows none leads to the list or feed that it announces."""
    if page.is_feed or page.path.rstrip("/").endswith("/feed"):
        return _paged(page, discover_feed(page), "paged")
    if page.is_json or "/wp-json/" in page.path:
        return _posts(page)
    listing = discover_listing(page.with_defaults(**DEFAULTS), rows=ROWS)
    return listing if listing.entries else replace(listing, next_urls=(*listing.next_urls, *_announced(page)))


def _paged(page: ListingPage, listing: Listing, name: str) -> Listing:
    if not listing.entries:
        return listing
    return replace(listing, next_urls=(*listing.next_urls, page_after(page.url, f"?{name}={{n}}", 2)))


def _posts(page: ListingPage) -> Listing:
    """The answer of `/wp-json/wp/v2/posts` or of another type; there is another page while this one is full."""
    items = page.data
    if isinstance(items, dict) and str(items.get("code", "")).endswith("invalid_page_number"):
        return Listing()
    if not isinstance(items, list):
        raise SourceError(f"{page.url}: no list of posts ({_said(items)}); look at the source's start")
    collector = Collector(page)
    for item in items:
        if isinstance(item, dict):
            _add(collector, item)
    listing = collector.listing()
    size = parse_qs(urlsplit(page.url).query).get("per_page", [""])[0]
    full = len(items) >= (int(size) if size.isdigit() else PER_PAGE)
    return _paged(page, listing, "page") if full else listing


def _said(answer: Any) -> str:
    return str(answer.get("message") or "another answer")[:100] if isinstance(answer, dict) else "another answer"


def _add(collector: Collector, item: Mapping[str, Any]) -> None:
    title = item.get("title")
    collector.add(
        str(item.get("link") or ""),
        title=title.get("rendered") if isinstance(title, dict) else title,
        published=read_date(_utc(item.get("date_gmt")) or item.get("date")),
        modified=read_time(_utc(item.get("modified_gmt"))),
    )


def _utc(time: Any) -> str | None:
    """`date_gmt` is in UTC and does not say so: "2026-03-03T15:30:00"."""
    return f"{time}Z" if isinstance(time, str) and "T" in time and not time.startswith("0000") else None


def _announced(page: ListingPage) -> list[str]:
    """The list of posts, else the feed, that a page's own link elements name."""
    root = parse_html(page.text)
    rest = root.css("link[rel='https://api.w.org/']::attr(href)").get()
    if rest:
        return [urljoin(page.base_url, f"{rest.rstrip('/')}/wp/v2/posts?per_page=50&_fields={FIELDS}")]
    feed = root.css("link[rel=alternate][type='application/rss+xml']::attr(href)").get()
    return [urljoin(page.base_url, feed)] if feed else []
