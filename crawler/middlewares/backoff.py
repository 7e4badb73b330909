"""Back-off: a host that answers 429, or 503 with Retry-After, is asked for nothing until the time it names."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from archive import clock
from crawler.failures import Refused

__all__ = ["BackoffMiddleware", "retry_after"]

logger = logging.getLogger(__name__)

LONGEST = timedelta(days=1)
WORTH_WAITING = timedelta(seconds=60)
SLOWEST = 60.0  # seconds


def retry_after(value: bytes | None, now: datetime) -> timedelta | None:
    """What Retry-After asks for, 0 to 24 hours: seconds or a date (RFC 9110, 10.2.3); None for anything else."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdigit():
        return min(timedelta(seconds=int(text[:9])), LONGEST)
    try:
        at = parsedate_to_datetime(text)
        return min(max(at - now, timedelta(0)), LONGEST)
    except (ValueError, TypeError):
        return None


class BackoffMiddleware:
    """Holds requests to a host back for a short time, refuses them for a longer one; the run remembers it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.first = timedelta(seconds=crawler.settings.getfloat("BACKOFF_FIRST"))
        self.pauses: dict[str, timedelta] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make it."""
        return cls(crawler)

    @property
    def _holds(self) -> dict[str, datetime]:
        """Host -> when it may be asked again; the spider's, which has those of earlier runs."""
        holds: dict[str, datetime] = getattr(self.crawler.spider, "holds", {})
        return holds

    async def process_request(self, request: Request) -> None:
        """Wait for a host that is soon to be asked again; raise Refused for one that is not."""
        host = urlsplit(request.url).netloc.lower()
        while (until := self._holds.get(host)) and (left := until - clock.now()) > timedelta(0):
            if left > WORTH_WAITING:
                raise Refused("put_off", f"{host} asked not to be asked before {until:%Y-%m-%d %H:%M} UTC")
            await asyncio.sleep(left.total_seconds())

    def process_response(self, request: Request, response: Response) -> Response:
        """Count the delay from the end of this answer, not from its request; note that a host wants a pause."""
        if slot := self.crawler.engine.downloader.slots.get(urlsplit(request.url).hostname or ""):
            slot.lastseen = monotonic()
        asked = retry_after(response.headers.get("Retry-After"), clock.now())
        if response.status == 429 or (response.status == 503 and asked is not None):
            request.meta["dont_retry"] = True
            self._pause(request.url, response.status, asked)
        return response

    def _pause(self, url: str, status: int, asked: timedelta | None) -> None:
        parts = urlsplit(url)
        host = parts.netloc.lower()
        before = self.pauses.get(host)
        doubled = self.first if before is None else min(2 * before, LONGEST)
        self.pauses[host] = pause = doubled if asked is None else asked
        until = clock.now() + pause
        self._holds[host] = until
        logger.warning("%s answered %d: asked for nothing before %s UTC", host, status, f"{until:%Y-%m-%d %H:%M:%S}")
        if slot := self.crawler.engine.downloader.slots.get(parts.hostname or ""):
            slot.delay = min(max(2 * slot.delay, 1.0), SLOWEST)
