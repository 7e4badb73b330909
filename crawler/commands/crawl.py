"""`scrapy crawl SOURCE`: Scrapy's own, with the archive behind it and an exit status that says how it came out.

0 fine, 1 wrong use, 2 the source had errors, 3 storage failure, 4 the source fell silent, 75 already running.
"""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError as ScrapyUsageError
from scrapy.utils.conf import arglist_to_dict

from archive.errors import ArchiveError, UsageError
from archive.locks import Lock
from archive.places import warc_folder

if TYPE_CHECKING:
    from archive.store import RunSummary
    from crawler.spiders.wish import Wish

__all__ = ["Command"]

INTERRUPTED = 130


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
        except KeyboardInterrupt:  # before the crawl had begun; from then on Scrapy's own handlers end it
            sys.stderr.write("scrapy crawl: stopped; what was acknowledged is kept\n")
            self.exitcode = INTERRUPTED
            return
        from crawler.telling import as_json, sentence

        sys.stderr.write(sentence(summary) + "\n")
        if opts.json:
            print(as_json(summary))
        self.exitcode = summary.exit_status

    def _crawl(self, args: list[str], opts: argparse.Namespace) -> RunSummary:
        assert self.settings is not None, "Scrapy sets it before it runs a command"
        if len(args) != 1:
            raise UsageError(f"one source is wanted, not {len(args)}; `scrapy list` prints their names")
        database, warc = self.settings["ARCHIVE_DATABASE"] or None, self.settings["ARCHIVE_WARC"] or None
        # Before the libraries are loaded, which takes longer than to find that there is nothing to do.
        with Lock(warc_folder(database, warc), args[0]):
            from archive import Archive
            from archive.catalog import load_catalog
            from archive.settings import load_settings
            from crawler.announcing import announce, prepare_watches
            from crawler.running import Crawling, prepare

            catalog = load_catalog(self.settings.getlist("ARCHIVE_CATALOG") or None)
            entry, wish, told = catalog.source(args[0]), _wish(opts.wish), load_settings()
            prepare(self.settings)
            with Archive.open(database, warc_dir=warc) as archive:
                prepare_watches(archive, told)
                crawling = Crawling(self.settings, archive)
                try:
                    summary = crawling.crawl_one(entry, wish)
                finally:
                    crawling.close()
                announce(archive, catalog, told, lambda said: print(said, file=sys.stderr))
                return summary


def _wish(arguments: list[str]) -> Wish:
    from crawler.spiders.wish import Wish

    try:
        return Wish.read(arglist_to_dict(arguments))
    except ValueError:
        raise UsageError(f"-a {' '.join(arguments)}: write it as NAME=VALUE, such as -a since=2026-09-30") from None
