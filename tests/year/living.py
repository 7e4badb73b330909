"""The simulated year as it is lived: a clock that jumps, one local server for all sites, crawls of what is due."""

from __future__ import annotations

import asyncio
import os
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from scrapy.settings import Settings

from archive import Archive, clock, query
from archive.alerts import tell
from archive.catalog import Catalog, load_catalog
from archive.errors import ArchiveError
from archive.settings import Receivers
from crawler.due import crawl_side_by_side
from crawler.running import Crawling, prepare
from crawler.spiders.wish import Wish
from tests.world.then import Clock
from tests.year.sites import answer
from tests.year.truth import BEGINNING, Press

__all__ = ["Clock", "Told", "live"]

SETTINGS = {
    "ALLOW_PRIVATE_ADDRESSES": True,
    "AUTOTHROTTLE_ENABLED": False,
    "DOWNLOAD_DELAY": 0,
    "RETRY_ENABLED": False,
    "CONTACT": "year@example.org",
    "EXTRACT_WORKERS": 2,
    "LOG_LEVEL": "CRITICAL",
}
AT_ONCE = 6


@dataclass(frozen=True, slots=True)
class Told:
    """One alert that was told, and when."""

    source: str
    state: str
    at: datetime


@dataclass(slots=True)
class Lived:
    """What was seen while the year went by: alerts, states by source and day, and how often each outcome came."""

    told: list[Told] = field(default_factory=list)
    quiet_days: dict[str, float] = field(default_factory=dict)
    states: dict[tuple[str, str], datetime] = field(default_factory=dict)
    runs: int = 0
    requests: int = 0


@contextmanager
def serving(presses: list[Press], now: Callable[[], datetime]) -> Iterator[int]:
    """One server for all sites, told apart by their loopback addresses; its port."""
    by_host = {press.host: press for press in presses}
    dice = random.Random(1)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            press = by_host[str(self.headers["Host"]).partition(":")[0]]
            asked = {name.lower(): value for name, value in self.headers.items()}
            given = answer(press, self.path, asked, now(), dice)
            body = given.body.replace("PORT", str(port)).encode()
            self.send_response_only(given.status)
            for name, value in given.headers:
                self.send_header(name, value)
            if given.status != 304:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("", 0), Handler)
    server.daemon_threads = True
    port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


DISCOVER = {
    "paged": "strategy = 'listing', documents = '/(news|press)/', css = '.views-row', title = 'h3', date = 'time', "
    "pages = '?page={n}', second = 1",
    "next": "strategy = 'listing', documents = '/(news|press)/', css = '.views-row', title = 'h3', date = 'time', "
    "next = 'a.next'",
    "feed": "strategy = 'feed', documents = '/(news|press)/'",
}


def write_catalog(presses: list[Press], port: int, folder: Path) -> Path:
    """The entries of all press rooms."""
    entries = [
        f"[{press.source}]\ntitle = 'Town {press.number}'\nkind = 'press_release'\nrights = 'public record'\n"
        f"office = 'mayor'\ntimezone = 'America/Chicago'\nlanguage = 'en'\nrhythm = {{ per_week = {press.per_week} }}\n"
        f"start = 'http://{press.host}:{port}/{'feed' if press.flavour == 'feed' else 'list'}'\n"
        f"discover = {{ {DISCOVER[press.flavour]} }}\n"
        for press in presses
    ]
    file = folder / "year.toml"
    file.write_text("\n".join(entries), encoding="utf-8")
    return file


def live(
    presses: list[Press], days: int, folder: Path, *, step: timedelta, progress: Callable[[int], None] = lambda _: None
) -> Lived:
    """Let the days pass, crawling what is due at every step; blocks until the year is over."""
    os.environ["ARCHIVE_SYNCHRONOUS"] = "OFF"  # the machine will not lose power within these minutes
    now = Clock(BEGINNING)
    lived = Lived()
    with clock.running_on(now), serving(presses, now) as port:
        catalog = load_catalog([write_catalog(presses, port, folder)])
        settings = Settings()
        settings.setmodule("crawler.settings", priority="project")
        settings.setdict(SETTINGS, priority="cmdline")
        prepare(settings)
        with Archive.open(f"sqlite:///{folder / 'year.db'}") as archive:
            crawling = Crawling(settings, archive)
            year = _Year(now, catalog, crawling, lived, folder)
            with ThreadPoolExecutor(32) as threads:
                loop = asyncio.get_event_loop_policy().get_event_loop()
                loop.set_default_executor(threads)
                passing = loop.create_task(year.pass_by(days, step, progress))
                passing.add_done_callback(_stop)
                crawling.process.start(stop_after_crawl=False, install_signal_handlers=False)
            crawling.close()
            passing.result()
    return lived


def _stop(_: object) -> None:
    from twisted.internet import reactor

    reactor.stop()  # type: ignore[misc]  # the reactor is a module to the type checker


class _Year:
    def __init__(self, now: Clock, catalog: Catalog, crawling: Crawling, lived: Lived, folder: Path) -> None:
        self.now = now
        self.catalog = catalog
        self.crawling = crawling
        self.lived = lived
        self.alerts = Receivers(file=folder / "alerts.jsonl")

    async def pass_by(self, days: int, step: timedelta, progress: Callable[[int], None]) -> None:
        at, end = BEGINNING + timedelta(hours=1), BEGINNING + timedelta(days=days)
        while at < end:
            self.now.set(at)
            await self.crawl()
            await asyncio.to_thread(self.look)
            progress((at - BEGINNING).days)
            at += step

    async def crawl(self) -> None:
        with self.crawling.archive.read() as connection:
            due = [self.catalog[each.source] for each in query.due(connection, self.catalog, clock.now())]

        def done(_entry: Any, came: Any) -> None:
            if isinstance(came, ArchiveError):
                raise came
            self.lived.runs += 1
            self.lived.requests += came.counts.get("requests", 0)

        await crawl_side_by_side(self.crawling, due, Wish(), at_once=AT_ONCE, done=done)

    def look(self) -> None:
        """Tell what is to be told, as `archive crawl` does after each crawl, and note the states."""
        at = clock.now()
        for news in tell(self.crawling.archive, self.catalog, self.alerts):
            self.lived.told.append(Told(news.source, news.state, at))
        with self.crawling.archive.read() as connection:
            for each in query.health(connection, self.catalog, at):
                self.lived.states.setdefault((each.source, each.state), at)
                if each.quiet_days is not None:
                    self.lived.quiet_days[each.source] = each.quiet_days
