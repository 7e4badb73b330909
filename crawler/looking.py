"""A look at some addresses, without an archive: what a site answers, asked as politely as in a crawl."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.settings import Settings

from archive import clock
from crawler.answers import redirect_target
from crawler.failures import reason_of
from crawler.middlewares.replay import MADE_UP
from crawler.running import StoppingProcess, prepare

__all__ = ["Looked", "fetch_all"]

MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """One address and what became of it: an answer, or the named reason and words for which there is none."""

    asked: str
    url: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    payload: bytes = field(default=b"", repr=False)
    reason: str | None = None
    words: str = ""

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


class _Looking(Spider):
    """Asks for each address once and follows its redirects."""

    name = "looking"

    def __init__(self, *, urls: Sequence[str], found: dict[str, Looked], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.found = found
        self.holds: dict[str, datetime] = {}
        self.began = clock.now()

    async def start(self) -> AsyncIterator[Request]:
        for url in self.urls:
            yield self._ask(url, url, 0)

    def _ask(self, asked: str, url: str, hops: int) -> Request:
        return Request(
            url, callback=self.answered, errback=self.failed, dont_filter=True, cb_kwargs={"asked": asked, "hops": hops}
        )

    async def answered(self, response: Response, asked: str, hops: int) -> AsyncIterator[Request]:
        target = redirect_target(response)
        if target and hops < MAX_REDIRECTS:
            yield self._ask(asked, target, hops + 1)
            return
        if MADE_UP in response.headers:
            self.found[asked] = Looked(asked=asked, url=response.url, reason="not_found", words="not in these files")
            return
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        self.found[asked] = Looked(
            asked=asked, url=response.url, status=response.status, headers=headers, payload=response.body
        )

    def failed(self, failure: Any) -> None:
        request: Request = failure.request
        reason, words = reason_of(failure.value)
        asked = request.cb_kwargs["asked"]
        self.found[asked] = Looked(asked=asked, url=request.url, reason=reason, words=words)


def fetch_all(settings: Settings, urls: Sequence[str]) -> list[Looked]:
    """Ask for each address once, one request to a host at a time, in the order given; blocks, once in a process."""
    settings.set("ITEM_PIPELINES", {}, priority="cmdline")
    settings.set("CONCURRENT_REQUESTS", 8, priority="project")
    prepare(settings)
    found: dict[str, Looked] = {}
    process = StoppingProcess(settings)
    process.crawl(process.create_crawler(_Looking), urls=list(dict.fromkeys(urls)), found=found)
    process.start()
    stopped = "stopped before it was asked"
    return [found.get(url, Looked(asked=url, url=url, reason="unreachable", words=stopped)) for url in urls]
