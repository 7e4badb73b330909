"""Sources crawled in this process, one or many: each with its run and its lock, all with one pool of workers."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import dataclass
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.settings import Settings

from archive import Archive, Run
from archive.catalog import SourceEntry
from archive.extract.pool import ExtractionPool
from archive.records import Obtained
from archive.store import RunSummary
from crawler.browser import require_browser
from crawler.spiders.declared import DeclaredSpider
from crawler.spiders.wish import Wish
from crawler.user_agent import user_agent
from crawler.warcs import open_index

__all__ = ["Crawling", "StoppingProcess", "prepare"]


class StoppingProcess(AsyncCrawlerProcess):
    """Scrapy waits for answers under way as long as they take; here it is STOP_AFTER seconds."""

    stopping = False

    def _signal_shutdown(self, signum: int, frame: Any) -> None:
        from twisted.internet import reactor

        self.stopping = True
        super()._signal_shutdown(signum, frame)
        reactor.callFromThread(reactor.callLater, self.settings.getfloat("STOP_AFTER"), self._stop_reactor)


def prepare(settings: Settings) -> None:
    """Set our name for requests; read the files of a replay, or say that nobody can be written to."""
    if paths := tuple(settings.getlist("REPLAY")):
        open_index(paths)
    elif not settings["CONTACT"]:
        sys.stderr.write("CONTACT is not set: sites cannot tell whom to write to; set CONTACT=you@example.org\n")
    settings.set("USER_AGENT", user_agent(settings["CONTACT"]), priority="project")


@dataclass(slots=True)
class Begun:
    """A run under way and the crawler that feeds it."""

    run: Run
    crawler: Crawler

    def finish(self) -> RunSummary:
        """Count what only the crawler knows and close the run; blocks until everything is committed."""
        made = self.crawler.spider
        reason = "did not start"
        if isinstance(made, DeclaredSpider):
            for name, n in made.settle().items():
                self.run.count(name, n)
            self.run.put_off(made.holds)
            self.run.forget(made.trapped)
            assert self.crawler.stats is not None, "a crawler that made its spider has its statistics"
            reason = str(self.crawler.stats.get_value("finish_reason") or "shutdown")
        return self.run.finish(reason)


class Crawling:
    """The crawls of one process; make it after `prepare`, and close it."""

    def __init__(self, settings: Settings, archive: Archive) -> None:
        self.settings = settings
        self.archive = archive
        self.process = StoppingProcess(settings)
        self.pool = ExtractionPool(settings.getint("EXTRACT_WORKERS"))
        self.under_way: dict[str, Begun] = {}
        self.entries: dict[str, SourceEntry] = {}

    def crawl_one(self, entry: SourceEntry, wish: Wish) -> RunSummary:
        """Crawl one source to its end; blocks."""
        begun = self._begun(self._start(entry, wish))
        self.process.crawl(begun.crawler, run=begun.run, wish=wish)
        self.process.start()
        return self._finish(begun)

    async def crawl(self, entry: SourceEntry, wish: Wish) -> RunSummary:
        """Crawl one source to its end, in the running process."""
        begun = self._begun(await asyncio.to_thread(self._start, entry, wish))
        await self.process.crawl(begun.crawler, run=begun.run, wish=wish)
        return await asyncio.to_thread(self._finish, begun)

    def _start(self, entry: SourceEntry, wish: Wish) -> Run:
        if entry.browser and not self.settings.getlist("REPLAY"):
            require_browser(self.settings, entry.id)
        replayed = Obtained.IMPORT if self.settings.getlist("REPLAY") else None
        return self.archive.start_run(
            entry,
            obtained=replayed or (Obtained.BACKFILL if wish.backfill else Obtained.LIVE),
            operator=self.settings["CONTACT"] or "unknown",
            robots="obey" if self.settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            executor=self.pool,
            guarded=not replayed,
        )

    def _begun(self, run: Run) -> Begun:
        attributes: dict[str, Any] = {"name": run.entry.id, "entry": run.entry}
        spider = type(f"{DeclaredSpider.__name__}[{run.entry.id}]", (DeclaredSpider,), attributes)
        begun = Begun(run, self.process.create_crawler(spider))
        self.under_way[run.entry.id] = begun
        self.entries[run.entry.id] = run.entry
        return begun

    def _finish(self, begun: Begun) -> RunSummary:
        self.under_way.pop(begun.run.entry.id, None)
        return begun.finish()

    def archive_entry(self, source: str) -> SourceEntry:
        """The entry of a source that was crawled here."""
        return self.entries[source]

    def close(self) -> list[RunSummary]:
        """Close what a signal cut off, and let go of the workers."""
        cut_off = [self._finish(begun) for begun in list(self.under_way.values())]
        self.pool.shutdown(wait=True)
        return cut_off
