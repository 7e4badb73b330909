"""`scrapy crawl SOURCE`: Scrapy's own, with the archive behind it and an exit status that says how it came out.

0 fine, 1 wrong use, 2 the source had errors, 3 storage failure, 4 the source fell silent, 75 already running.
"""

from __future__ import annotations

import argparse
import sys
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson
from scrapy.commands import ScrapyCommand
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.settings import Settings
from scrapy.utils.conf import arglist_to_dict

from archive import Archive
from archive.errors import ArchiveError, UsageError
from archive.records import Obtained
from archive.store import Run, RunSummary
from crawler.loader import CatalogLoader
from crawler.spiders.declared import DeclaredSpider
from crawler.spiders.wish import Wish
from crawler.warcs import open_index

__all__ = ["Command", "user_agent"]

SHOWN = (
    "captures",
    "listings",
    "documents",
    "new_documents",
    "new_versions",
    "known_records",
    "not_modified",
    "not_found_in_replay",
)


class Command(ScrapyCommand):
    """Scrapy finds it by COMMANDS_MODULE, in place of its own `crawl`."""

    requires_project = True
    requires_crawler_process = False  # made here, where a wrong catalog becomes one sentence

    def syntax(self) -> str:
        """What stands after `scrapy crawl`."""
        return "SOURCE [-a since=DATE] [-a until=DATE] [-a backfill=1] [--json]"

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "Crawl one source of the catalog into the archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's global options, and ours."""
        super().add_options(parser)
        bounds = "bound the run: since=DATE, until=DATE, backfill=1 (may be repeated)"
        parser.add_argument("-a", dest="wish", action="append", default=[], metavar="NAME=VALUE", help=bounds)
        parser.add_argument("--json", action="store_true", help="print the run's summary as JSON on stdout")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Wrong use is status 1 here as everywhere else in the project."""
        try:
            super().process_options(args, opts)
        except ScrapyUsageError as error:
            sys.stderr.write(f"scrapy crawl: {error}\n")
            raise SystemExit(UsageError.exit_status) from None

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print how it came out, and set the exit status."""
        try:
            summary = self._crawl(args, opts)
        except ArchiveError as error:
            sys.stderr.write(f"scrapy crawl: {error}\n")
            self.exitcode = error.exit_status
            return
        sys.stderr.write(_sentence(summary) + "\n")
        if opts.json:
            print(_json(summary))
        self.exitcode = summary.exit_status

    def _crawl(self, args: list[str], opts: argparse.Namespace) -> RunSummary:
        assert self.settings is not None, "Scrapy sets it before it runs a command"
        if len(args) != 1:
            raise UsageError(f"one source is wanted, not {len(args)}; `scrapy list` prints their names")
        spider = _spider(self.settings, args[0])
        wish = _wish(opts.wish)
        if paths := tuple(self.settings.getlist("REPLAY")):
            open_index(paths)
        elif not self.settings["CONTACT"]:
            sys.stderr.write("CONTACT is not set: sites cannot tell whom to write to; set CONTACT=you@example.org\n")
        self.settings.set("USER_AGENT", user_agent(self.settings["CONTACT"]), priority="project")
        with Archive.open(
            self.settings["ARCHIVE_DATABASE"] or None, warc_dir=self.settings["ARCHIVE_WARC"] or None
        ) as archive:
            run = archive.start_run(spider.entry, **_terms(self.settings, wish))
            return _run(self.settings, spider, run, wish)


class StoppingProcess(AsyncCrawlerProcess):
    """Scrapy waits for answers under way as long as they take; here it is STOP_AFTER seconds."""

    def _signal_shutdown(self, signum: int, frame: Any) -> None:
        from twisted.internet import reactor

        super()._signal_shutdown(signum, frame)
        reactor.callFromThread(reactor.callLater, self.settings.getfloat("STOP_AFTER"), self._stop_reactor)


def user_agent(contact: str) -> str:
    """How we call ourselves: product, version and whom to write to."""
    try:
        own = version("on-the-record")
    except PackageNotFoundError:
        own = "unreleased"
    return f"OnTheRecord/{own} (archive of public statements{'; ' + contact if contact else ''})"


def _spider(settings: Settings, name: str) -> type[DeclaredSpider]:
    loader = CatalogLoader.from_settings(settings)
    loader.catalog.source(name)  # says which names are near, where Scrapy's protocol wants a KeyError
    return loader.load(name)


def _wish(arguments: list[str]) -> Wish:
    try:
        return Wish.read(arglist_to_dict(arguments))
    except ValueError:
        raise UsageError(f"-a {' '.join(arguments)}: write it as NAME=VALUE, such as -a since=2026-09-30") from None


def _terms(settings: Settings, wish: Wish) -> dict[str, Any]:
    replayed = Obtained.IMPORT if settings.getlist("REPLAY") else None
    return {
        "obtained": replayed or (Obtained.BACKFILL if wish.backfill else Obtained.LIVE),
        "operator": settings["CONTACT"] or "unknown",
        "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
        "workers": settings.getint("EXTRACT_WORKERS"),
    }


def _run(settings: Settings, spider: type[DeclaredSpider], run: Run, wish: Wish) -> RunSummary:
    process = StoppingProcess(settings)
    crawler = process.create_crawler(spider)
    process.crawl(crawler, run=run, wish=wish)
    process.start()
    made = crawler.spider
    reason = "did not start"
    if isinstance(made, DeclaredSpider):
        for name, n in made.settle().items():
            run.count(name, n)
        reason = str(crawler.stats.get_value("finish_reason") or "shutdown")
    return run.finish(reason)


def _sentence(summary: RunSummary) -> str:
    told = [f"{summary.counts[name]} {name.replace('_', ' ')}" for name in SHOWN if summary.counts.get(name)]
    why = "" if summary.reason == "finished" else f" ({summary.reason})"
    return f"{summary.source}: {summary.outcome}{why}: {', '.join(told) or 'nothing new'}"


def _json(summary: RunSummary) -> str:
    fields = {name: getattr(summary, name) for name in ("source", "outcome", "reason", "counts", "exit_status")}
    return orjson.dumps(fields).decode()
