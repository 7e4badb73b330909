"""robots.txt as RFC 9309 says it, for every one of simultaneous requests, with Crawl-delay applied."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urljoin, urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from crawler.failures import Refused, reason_of

__all__ = ["RobotsMiddleware", "Rules", "read_rules"]

MAX_BYTES = 512_000  # RFC 9309, 2.5: at least 500 KiB must be parsed
MAX_REDIRECTS = 5  # RFC 9309, 2.3.1.2
PRIORITY = 1_000
OUR_OWN = "robots_of"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one host's robots.txt says to us. `refusal` is set where it forbids everything, with its reason."""

    parser: Protego | None = None
    refusal: tuple[str, str] | None = None

    def check(self, url: str, agent: str) -> None:
        """Raise Refused for an address that may not be asked for."""
        if self.refusal:
            raise Refused(*self.refusal)
        if self.parser is not None and not self.parser.can_fetch(url, agent):
            raise Refused("robots_refused", "its robots.txt forbids it")

    def delay(self, agent: str) -> float:
        """Crawl-delay in seconds, 0 where none is set."""
        return float((self.parser.crawl_delay(agent) if self.parser is not None else None) or 0.0)


def read_rules(status: int, body: bytes) -> Rules:
    """The rules of one answer: 2xx is read, 4xx allows everything, anything else forbids it (2.3.1.3, 2.3.1.4)."""
    if 200 <= status < 300:
        text = body[:MAX_BYTES]
        if len(body) > MAX_BYTES:  # a rule cut in two would be another rule
            text = text[: text.rfind(b"\n") + 1]
        return Rules(parser=Protego.parse(text.decode("utf-8-sig", errors="ignore")))
    if 400 <= status < 500:
        return Rules()
    return Rules(refusal=("robots_unreachable", f"its robots.txt answered {status}: nothing is allowed"))


class RobotsMiddleware:
    """Asks each host once; every request waits for the same answer, and a failed one is no permission."""

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if not settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.agent: str = settings["ROBOTSTXT_USER_AGENT"]
        self.max_delay = settings.getfloat("CRAWL_DELAY_MAX")
        self.rules: dict[str, asyncio.Future[Rules]] = {}
        self.slowed: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """NotConfigured where ROBOTSTXT_OBEY is off."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Raise Refused where robots.txt forbids the request or could not be had."""
        if request.meta.get(OUR_OWN):
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = asyncio.ensure_future(self._fetch(site))
        rules = await asyncio.shield(self.rules[site])
        rules.check(request.url, self.agent)
        if parts.hostname in self.slowed:
            request.meta["autothrottle_dont_adjust_delay"] = True

    async def _fetch(self, site: str) -> Rules:
        try:
            rules = await self._follow(f"{site}/robots.txt")
        except Exception as error:
            reason, words = reason_of(error)
            if reason not in ("refused_address", "put_off"):
                reason, words = (
                    "robots_unreachable",
                    f"its robots.txt could not be had ({words}), nothing is allowed",
                )
            return Rules(refusal=(reason, words))
        if delay := min(rules.delay(self.agent), self.max_delay):
            self._slow_down(urlsplit(site).hostname or "", delay)
        return rules

    async def _follow(self, url: str) -> Rules:
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._ask(url)
            location = response.headers.get("Location")
            if response.status not in (301, 302, 303, 307, 308) or not location:
                return read_rules(response.status, response.body)
            url = urljoin(url, location.decode("latin-1"))
        return Rules()  # 2.3.1.2: more redirects than five count as "unavailable", like a 404

    async def _ask(self, url: str) -> Response:
        meta: dict[str, Any] = {OUR_OWN: True}
        return await self.crawler.engine.download_async(
            Request(url, priority=PRIORITY, meta=meta, callback=NO_CALLBACK, dont_filter=True)
        )

    def _slow_down(self, host: str, delay: float) -> None:
        """Crawl-delay is a floor without jitter, for the slot that is there and for those that come after it."""
        downloader = self.crawler.engine.downloader
        self.slowed.add(host)
        downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "jitter": 0.0}
        if slot := downloader.slots.get(host):
            slot.delay, slot.concurrency, slot.jitter = delay, 1, 0.0
