"""The way into the archive: an answer is done when it is committed."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from archive.errors import StorageError, UsageError
from archive.records import RequestRole
from crawler.answers import Answer
from crawler.spiders.declared import DeclaredSpider

__all__ = ["ArchivePipeline"]


class ArchivePipeline:
    """Awaits the archive's receipt, so that Scrapy holds requests back while much is under way.

    When the archive refuses, the crawl is closed: what is not kept must not be asked for.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    async def process_item(self, item: Answer) -> Answer:
        """Hand an answer to the run and wait for its commit."""
        spider = self.crawler.spider
        assert isinstance(spider, DeclaredSpider), "the loader makes no other spiders"
        try:
            receipt = await asyncio.wrap_future(spider.run.add(item.capture, item.listing, item.further))
            spider.learn(item.capture, receipt)
            for request in await spider.further(receipt):
                self.crawler.engine.crawl(request)
        except StorageError as error:
            if self.closing is None:
                self.closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="storage_failure"))
            raise DropItem(str(error), log_level="DEBUG") from error
        except UsageError as error:
            raise DropItem(str(error), log_level="WARNING") from error
        finally:
            if item.capture.role is not RequestRole.UNDRAWN:  # what was drawn of it comes after it
                spider.families.settle(item.capture.url)
        return item
