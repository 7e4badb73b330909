"""A Scrapy extension that says at the end how much memory the crawl process took at most."""

from __future__ import annotations

import resource
import sys

from scrapy import signals
from scrapy.crawler import Crawler


class PeakMemory:
    """Writes `PEAK <kB>` to stderr when the spider closes."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> PeakMemory:
        """Scrapy's way to make it."""
        extension = cls()
        crawler.signals.connect(extension.tell, signals.spider_closed)
        return extension

    def tell(self) -> None:
        """Tell it."""
        sys.stderr.write(f"PEAK {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\n")
