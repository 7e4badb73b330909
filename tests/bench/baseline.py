"""`python -m tests.bench.baseline bare|in-reactor URL`: Scrapy with its own defaults, as a measure to compare with.

`bare` takes the pages and does nothing with them; `in-reactor` extracts each in its callback, as most projects do.
Prints the number of pages.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response
from trafilatura import bare_extraction

SETTINGS: dict[str, Any] = {
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "DOWNLOAD_DELAY": 0,
    "LOG_LEVEL": "ERROR",
    "TELNETCONSOLE_ENABLED": False,
}


class BareSpider(scrapy.Spider):
    """Follows a listing's links and counts what comes."""

    name = "bare"
    pages = 0

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The listing."""
        yield scrapy.Request(self.url)

    def parse(self, response: Response) -> Iterator[scrapy.Request]:
        """The documents of the listing."""
        for link in response.xpath("//li/a/@href").getall():
            yield response.follow(link, self.parse_page)

    def parse_page(self, response: Response) -> dict[str, Any]:
        """One item per page."""
        type(self).pages += 1
        return {"url": response.url, "bytes": len(response.body)}


class InReactorSpider(BareSpider):
    """Extracts where the answer arrives."""

    name = "in-reactor"

    def parse_page(self, response: Response) -> dict[str, Any]:
        """One item per page, with its text."""
        found = bare_extraction(response.body, url=response.url, with_metadata=True)
        return super().parse_page(response) | {"found": found}


def main() -> None:
    """Crawl and print the number of pages."""
    spider = {"bare": BareSpider, "in-reactor": InReactorSpider}[sys.argv[1]]
    process = CrawlerProcess(SETTINGS)
    process.crawl(spider, url=sys.argv[2])
    process.start()
    print(spider.pages)


if __name__ == "__main__":
    main()
