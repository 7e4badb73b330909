"""The catalog's entries as Scrapy spiders: `scrapy list` and `scrapy crawl SOURCE` see them by their ids."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from scrapy import Request
from scrapy.settings import BaseSettings

from archive.catalog import load_catalog
from archive.errors import UnknownSource
from crawler.spiders.declared import DeclaredSpider

__all__ = ["CatalogLoader"]


class CatalogLoader:
    """Scrapy's spider loader over the catalog; CatalogError for an entry that is wrong."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.catalog = load_catalog(paths or None)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read the catalog that ARCHIVE_CATALOG names."""
        return cls(settings.getlist("ARCHIVE_CATALOG"))

    def load(self, spider_name: str) -> type[DeclaredSpider]:
        """The spider of one source; KeyError, as Scrapy expects, whose text names the nearest ones."""
        try:
            entry = self.catalog.source(spider_name)
        except UnknownSource as error:
            raise KeyError(str(error)) from error
        attributes: dict[str, Any] = {"name": entry.id, "entry": entry}
        return type(f"{DeclaredSpider.__name__}[{entry.id}]", (DeclaredSpider,), attributes)

    def find_by_request(self, request: Request) -> list[str]:
        """None: a page is crawled by naming its source."""
        return []

    def list(self) -> Sequence[str]:
        """The source ids, sorted."""
        return sorted(self.catalog)
