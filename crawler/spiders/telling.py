"""What a spider says of its crawl: named counts, and one line for a person where something went wrong."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import timedelta
from typing import Any

from scrapy import Spider
from scrapy.http import Response

from archive import clock
from crawler.answers import is_decoded, time_said
from crawler.middlewares.replay import MADE_UP
from crawler.spiders.families import Families

__all__ = ["Telling"]

logger = logging.getLogger(__name__)

CLOCKS_DIFFER = timedelta(days=1)


class Telling(Spider):
    """`counts` are the run's named counts that only the crawler can know."""

    replaying: bool

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.counts: Counter[str] = Counter()
        self.families = Families()

    def note_request(self) -> None:
        """Count what is really sent, robots.txt and second tries included."""
        self.counts["requests"] += 1

    def note_error(self, response: Response | None = None) -> None:
        """Count a fault of our own code; Scrapy logs it."""
        self.counts["callback_errors"] += 1
        if response is not None:
            self.families.settle(response.url)

    def _is_answer(self, response: Response) -> bool:
        """Whether this is an observation: a replay makes up what no file holds, and some bodies cannot be decoded."""
        if MADE_UP in response.headers:
            self.counts["not_found_in_replay"] += 1
            return False
        if not is_decoded(response):
            self.counts["bad_content"] += 1
            self._tell(response.url, "in a compression that cannot be undone")
            return False
        self._compare_clocks(response)
        return True

    def _compare_clocks(self, response: Response) -> None:
        """Say once where the site's clock and ours differ by more than a day: one of the two is wrong."""
        theirs, ours = time_said(response), clock.now()
        if theirs and abs(theirs - ours) > CLOCKS_DIFFER and not self.replaying:
            if not self.counts["clock_off"]:
                self._tell(response.url, f"its clock says {theirs:%Y-%m-%d %H:%M}, ours {ours:%Y-%m-%d %H:%M} UTC")
            self.counts["clock_off"] += 1

    def _listing_failed(self, url: str, words: str) -> None:
        self.counts["discovery_failed"] += 1
        self._tell(url, f"listing not read: {words}")

    def _tell(self, url: str, words: str) -> None:
        logger.warning("%s: %s: %s", self.name, url, words)
