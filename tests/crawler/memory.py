"""A Scrapy extension that says at the end how much memory the crawl process took at most."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

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
        """Tell it: this program's own, for the peak that `getrusage` gives is inherited from who started it."""
        status = Path("/proc/self/status")
        if status.exists():
            peak = next(line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        else:
            peak = str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        sys.stderr.write(f"PEAK {peak}\n")
