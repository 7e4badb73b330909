"""Strategy `sharepoint`: lists of SharePoint as a page, as the answer of its list service, or as a list's feed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from parsel import Selector

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date, read_time
from crawler.discovery.feed import discover_feed
from crawler.discovery.listing import discover_listing, numbered_pages
from crawler.discovery.page import Collector, ListingPage

__all__ = ["discover_sharepoint"]

# In a library of pages: below a folder of news, or with a title of three words or more.
DOCUMENTS = (
    r"(?i)/[^?#]*(?:news|press|media|release|statement)[^?#]*/(?:Site)?Pages/(?!default\.|home\.|index\.)[^/?#]+\.aspx"
    r"|/(?:Site)?Pages/[^/?#-]+(?:-[^/?#-]+){2,}\.aspx"
)
ROWS = "li.dfwp-item, .ms-listviewtable tr, .cbs-Item"
ADDRESSES = ("FileRef", "EncodedAbsUrl", "ServerRelativeUrl", "Path", "URL", "Url", "Link")
TITLES = ("Title", "Name", "FileLeafRef")
DATES = ("ArticleStartDate", "PublishedDate", "PublishDate", "PublishingStartDate", "FirstPublishedDate", "ReleaseDate")


def discover_sharepoint(page: ListingPage) -> Listing:
    """The documents of a page, of a `_api/web/lists` answer (JSON of either kind, Atom) or of a `listfeed.aspx`."""
    if page.is_feed or page.path.endswith("/listfeed.aspx"):
        items, further = _atom(page)
        return _listing(page, items, further) if items else discover_feed(page)
    if page.is_json or "/_api/" in page.path:
        return _listing(page, *_json(page))
    defaults = {"documents": DOCUMENTS, "date": "time, [class*=date], [class*=Date]"}
    return discover_listing(page.with_defaults(**defaults), rows=ROWS)


def _listing(page: ListingPage, items: list[Mapping[str, Any]], further: list[str]) -> Listing:
    found = [(address, item) for item in items if (address := _address(item))]
    if items and not found:
        raise SourceError(f"{page.url}: its items name no page; ask for FileRef in $select")
    collector = Collector(page)
    for address, item in found:
        modified = item.get("Modified") or item.get("TimeLastModified")
        collector.add(
            address, title=_first(item, TITLES), published=_published(page, item), modified=read_time(modified)
        )
    return collector.listing([*map(collector.resolve, further), *numbered_pages(page, collector)])


def _json(page: ListingPage) -> tuple[list[Mapping[str, Any]], list[str]]:
    """Items and next addresses of `d.results` (verbose) or `value` (nometadata)."""
    data = page.data
    body = data.get("d", data) if isinstance(data, dict) else None
    items = body.get("results", body.get("value")) if isinstance(body, dict) else body
    if not isinstance(items, list):
        raise SourceError(f"{page.url}: JSON without a list of items; look at the source's start")
    links = ("__next", "odata.nextLink", "@odata.nextLink")
    further = [str(body[name]) for name in links if body.get(name)] if isinstance(body, dict) else []
    return [item for item in items if isinstance(item, dict)], further


def _atom(page: ListingPage) -> tuple[list[Mapping[str, Any]], list[str]]:
    """The same of the Atom that the list service gives who asks for no JSON; no items for any other feed."""
    root = Selector(text=page.text, type="xml")
    root.remove_namespaces()
    items: list[Mapping[str, Any]] = [
        {field.root.tag: field.xpath("string()").get() for field in properties.xpath(".//*")}
        for properties in root.xpath("//entry/content/properties")
    ]
    return items, root.xpath("/feed/link[@rel='next']/@href").getall()


def _address(item: Mapping[str, Any]) -> str | None:
    """The page that an item stands for: a field of its own, of its file, or a link's address."""
    for group in (item, item.get("File")):
        if isinstance(group, dict) and (found := _first(group, ADDRESSES)):
            return found
    return None


def _first(item: Mapping[str, Any], names: tuple[str, ...]) -> str | None:
    return next(_texts(item, names), None)


def _texts(item: Mapping[str, Any], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        value = item.get(name)
        value = value.get("Url") if isinstance(value, dict) else value
        if isinstance(value, str) and value.strip():
            yield value


def _published(page: ListingPage, item: Mapping[str, Any]) -> datetime | date | None:
    return read_date(_first(item, DATES), page.option("date_format"))
