"""Strategy `sitemap`: sitemaps, their indexes and news sitemaps, by Scrapy's reader."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import Any

from lxml.etree import XMLSyntaxError, _Element
from scrapy.utils.gz import gunzip
from scrapy.utils.sitemap import Sitemap

from archive.errors import SourceError
from archive.records import Listing
from crawler.discovery.dates import read_date, read_time
from crawler.discovery.page import Collector, ListingPage

__all__ = ["discover_sitemap"]

GZIP = b"\x1f\x8b"
MAX_SIZE = 52_428_800  # bytes; the protocol's own limit for one sitemap


class NewsSitemap(Sitemap):
    """Scrapy's reader keeps direct children only; a news sitemap has title and date one level down."""

    def _process_sitemap_element(self, elem: _Element) -> dict[str, Any] | None:
        news = {
            self._get_tag_name(child): child.text
            for group in elem
            if self._get_tag_name(group) == "news"
            for child in group
        }
        found = super()._process_sitemap_element(elem)
        return found | {"news": news} if found else found


def discover_sitemap(page: ListingPage) -> Listing:
    """The addresses of a sitemap, or the sitemaps that an index names and `follow` lets through."""
    follow = page.pattern("follow")
    collector = Collector(page)
    further: list[str] = []
    for kind, found in _read(page):
        if kind == "sitemapindex":
            if follow is None or follow.search(found["loc"]):
                further.append(found["loc"])
        else:
            collector.add(
                found["loc"],
                title=found["news"].get("title"),
                published=read_date(found["news"].get("publication_date")),
                modified=read_time(found.get("lastmod")),
            )
    return collector.listing(further)


def _read(page: ListingPage) -> Iterator[tuple[str, dict[str, Any]]]:
    try:
        payload = page.payload
        if payload.startswith(GZIP):
            payload = gunzip(payload, max_size=MAX_SIZE)
        sitemap = NewsSitemap(payload.lstrip())
        if sitemap.type not in ("urlset", "sitemapindex"):
            raise SourceError(f"{page.url}: no sitemap but <{sitemap.type[:40]}>; look at the address")
        for found in sitemap:
            yield sitemap.type, found
    except (XMLSyntaxError, StopIteration, ValueError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{page.url}: no readable sitemap ({type(error).__name__}); look at the address") from None
