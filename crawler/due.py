"""Many sources in one process: one connection per host, hosts side by side, none kept waiting by a slow one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from urllib.parse import urlsplit

from twisted.internet.error import ReactorNotRunning

from archive.catalog import SourceEntry
from archive.errors import AlreadyRunning, ArchiveError, StorageError
from archive.locks import Lock
from archive.store import RunSummary
from crawler.running import Crawling
from crawler.spiders.wish import Wish

__all__ = ["Done", "crawl_all", "crawl_side_by_side"]

THREADS = 32
# Between two sources of one host, whose crawls keep the delay only within themselves.
BETWEEN = 1.0

Done = Callable[[SourceEntry, RunSummary | ArchiveError], None]


def crawl_all(crawling: Crawling, entries: Sequence[SourceEntry], wish: Wish, *, at_once: int, done: Done) -> None:
    """Crawl the sources, `at_once` at a time; `done` is told of each as it ends. Blocks.

    What is already being crawled elsewhere is told as AlreadyRunning. A refusal of disk or database ends all.
    """
    crew = _Crew(crawling, wish, at_once, done)
    with ThreadPoolExecutor(THREADS) as threads:
        crew.run(entries, threads)


async def crawl_side_by_side(
    crawling: Crawling, entries: Sequence[SourceEntry], wish: Wish, *, at_once: int, done: Done
) -> None:
    """The same in a process that runs already, and goes on running."""
    crew = _Crew(crawling, wish, at_once, done)
    await crew.crawl_all(entries)
    if crew.broken:
        raise crew.broken


class _Crew:
    def __init__(self, crawling: Crawling, wish: Wish, at_once: int, done: Done) -> None:
        self.crawling = crawling
        self.wish = wish
        self.at_once = at_once
        self.done = done
        self.locks: dict[str, Lock] = {}
        self.broken: StorageError | None = None

    def run(self, entries: Sequence[SourceEntry], threads: ThreadPoolExecutor) -> None:
        loop = asyncio.get_event_loop_policy().get_event_loop()
        loop.set_default_executor(threads)
        everything = loop.create_task(self.crawl_all(entries))
        everything.add_done_callback(_stop)
        self.crawling.process.start(stop_after_crawl=False)
        everything.cancel()
        for summary in self.crawling.close():
            self.done(self.crawling.archive_entry(summary.source), summary)
        for lock in self.locks.values():
            lock.release()
        if self.broken:
            raise self.broken

    async def crawl_all(self, entries: Sequence[SourceEntry]) -> None:
        slots = asyncio.Semaphore(self.at_once)
        await asyncio.gather(*(self.crawl_group(group, slots) for group in _by_host(entries)))

    async def crawl_group(self, group: Sequence[SourceEntry], slots: asyncio.Semaphore) -> None:
        """The sources of one host, one after the other; a slot is taken for each anew, so that others come between."""
        for number, entry in enumerate(group):
            if number:
                await asyncio.sleep(BETWEEN)
            async with slots:
                if self.broken or self.crawling.process.stopping:
                    return
                await self.crawl(entry)

    async def crawl(self, entry: SourceEntry) -> None:
        lock = Lock(self.crawling.archive.warc_dir, entry.id)
        try:
            lock.take()
            self.locks[entry.id] = lock
            self.done(entry, await self.crawling.crawl(entry, self.wish))
        except AlreadyRunning as error:
            self.done(entry, error)
        except StorageError as error:
            self.broken = self.broken or error
        except ArchiveError as error:
            self.done(entry, error)
        finally:
            self.locks.pop(entry.id, lock).release()


def _stop(_: object) -> None:
    from twisted.internet import reactor

    with suppress(ReactorNotRunning):
        reactor.stop()  # type: ignore[misc]  # the reactor is a module to the type checker


def _by_host(entries: Sequence[SourceEntry]) -> Iterator[list[SourceEntry]]:
    """The sources in groups that share a host, in the order of their first members."""
    groups: list[tuple[set[str], list[SourceEntry]]] = []
    for entry in entries:
        hosts = {netloc.removeprefix("www.") for netloc in entry.netlocs} | _further(entry)
        shared = [group for group in groups if group[0] & hosts]
        merged = (hosts.union(*(group[0] for group in shared)), [e for group in shared for e in group[1]] + [entry])
        at = groups.index(shared[0]) if shared else len(groups)
        groups = [group for group in groups if group not in shared]
        groups.insert(at, merged)
    return (members for _, members in groups)


def _further(entry: SourceEntry) -> set[str]:
    return {urlsplit(f"//{host}").netloc.removeprefix("www.") for host in entry.hosts}
