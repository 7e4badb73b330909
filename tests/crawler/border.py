"""A border for tests: one local server counts as the public internet, and everything else is judged as ever."""

from __future__ import annotations

from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler

from crawler.middlewares.safety import SafetyMiddleware

__all__ = ["Border"]


class Border(SafetyMiddleware):
    """Takes the place of the safety middleware; the server is the one of the setting PUBLIC."""

    public: str

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Read PUBLIC: host and port."""
        border = cls(allow_private=False)
        border.public = crawler.settings["PUBLIC"]
        return border

    def process_request(self, request: Request) -> None:
        """Judge as the safety middleware does, for all but the one server."""
        if urlsplit(request.url).netloc != self.public:
            super().process_request(request)
