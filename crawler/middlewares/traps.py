"""Refuses new addresses of a shape that has brought nothing for long; they wait no longer in the frontier."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.failures import Refused

__all__ = ["TrapMiddleware"]


class TrapMiddleware:
    """Asks the spider, when a request's turn has come: much may have been learnt since it was made."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Hold a new document back while too little is known of its shape; raise Refused for one of a barren shape."""
        families = getattr(self.crawler.spider, "families", None)
        if families is not None and request.meta.get("new") and not await families.turn(request.url):
            raise Refused("trap", "twenty addresses of its shape brought nothing")
