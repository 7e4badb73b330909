"""Replay: every request is answered from WARC files, and nothing reaches the network."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, NotConfigured
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings

from crawler.warcs import open_index

__all__ = ["MADE_UP", "Replay", "ReplayHandler"]

# Of an answer that no file holds; it says so to whoever reads it, and is never archived.
MADE_UP = "X-Replay-Missing"

FROM_FILES = {
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "CRAWL_DELAY_MAX": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "RETRY_ENABLED": False,
    "ALLOW_PRIVATE_ADDRESSES": True,  # nothing is connected to
}


class Replay:
    """Scrapy add-on: with REPLAY set, the handler below is the only one there is."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getlist("REPLAY"):
            raise NotConfigured

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """NotConfigured without REPLAY."""
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        """Replace every download handler and put off what only a network needs."""
        handlers = dict.fromkeys(settings.getwithbase("DOWNLOAD_HANDLERS"))
        handlers |= {"http": ReplayHandler, "https": ReplayHandler}
        settings.set("DOWNLOAD_HANDLERS", handlers, priority="cmdline")
        settings.setdict(FROM_FILES, priority="cmdline")


class ReplayHandler(BaseDownloadHandler):
    """Answers from the files; `request.meta["replayed"]` is the record's time and id."""

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.index = open_index(tuple(crawler.settings.getlist("REPLAY")))
        self.max_size = crawler.settings.getint("DOWNLOAD_MAXSIZE")

    async def download_request(self, request: Request) -> Response:
        """The recorded answer, or a 404 that says that it is made up."""
        try:
            answer = self.index.answer(request.url, self.max_size)
        except OverflowError as error:
            raise DownloadCancelledError(str(error)) from error
        if answer is None:
            return Response(request.url, status=404, headers={MADE_UP: "no WARC file of REPLAY holds this address"})
        request.meta["replayed"] = (answer.captured_at, answer.record_id)
        headers = Headers()
        for name, value in answer.headers:
            headers.appendlist(name, value)
        kind = responsetypes.from_args(headers=headers, url=request.url, body=answer.payload)
        return kind(request.url, status=answer.status, headers=headers, body=answer.payload)
