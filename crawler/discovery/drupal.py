"""Strategy `drupal`: a view as a page, as the answer of its pager, as JSON:API, or as a feed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from archive.records import Listing
from crawler.discovery.dates import read_date, read_time
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing
from crawler.discovery.page import Collector, ListingPage

__all__ = ["discover_drupal"]

DOCUMENTS = (
    r"(?i)/(?:[^/?#]*(?:news|press|media|release|statement|article|blog|announcement|briefing)[^/?#]*)/"
    r"(?:[^/?#]+/)*[^/?#]*[^/?#-]+(?:-[^/?#-]+)+(?![^?#])|/(?:19|20)\d{2}/\d{1,2}/[^?#]*-[^/?#]+(?![^?#])"
)
ROWS = ".views-row, .view-content article, .view-content li, .view-content tr"
DEFAULTS = {
    "documents": DOCUMENTS,
    "title": ".views-field-title a, .node__title, .field--name-title, h2, h3, h4",
    "date": "time, .date-display-single, [class*=views-field-field-date], .views-field-created, [class*=date]",
    "next": ".pager__item--next a, .pager-next a, a[rel=next]",
}
PUBLISHED = ("field_date", "field_release_date", "field_publish_date", "published_at", "created")


def discover_drupal(page: ListingPage) -> Listing:
    """The documents of one answer. Pages count from 0: the second is `?page=1`."""
    if page.is_feed or page.path.endswith((".xml", ".rss")):
        return discover_feed(page)
    if page.is_json and isinstance(page.data, dict) and "data" in page.data:
        return _json_api(page)
    page = page.with_defaults(**DEFAULTS)
    # A view that loads more of itself has a pager without a next link.
    if "pager" in page.text and "pager__item--next" not in page.text and "pager-next" not in page.text:
        page = page.with_defaults(pages="?page={n}", second=1)
    return discover_listing(page, rows=ROWS)


def _json_api(page: ListingPage) -> Listing:
    """`data` of JSON:API: an item's address is its path alias, else its node."""
    collector = Collector(page)
    items = page.data["data"]
    for item in items if isinstance(items, list) else [items]:
        attributes = item.get("attributes") if isinstance(item, dict) else None
        if isinstance(attributes, dict):
            collector.add(
                _address(attributes),
                title=attributes.get("title"),
                published=next((day for name in PUBLISHED if (day := read_date(_text(attributes.get(name))))), None),
                modified=read_time(_text(attributes.get("changed"))),
            )
    links = page.data.get("links")
    following = links.get("next") if isinstance(links, dict) else None
    href = following.get("href") if isinstance(following, dict) else following
    return collector.listing([collector.resolve(href)] if isinstance(href, str) else [])


def _address(attributes: Mapping[str, Any]) -> str:
    path = attributes.get("path")
    alias = path.get("alias") if isinstance(path, dict) else None
    number = attributes.get("drupal_internal__nid")
    return str(alias) if alias else f"/node/{number}" if number else ""


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
