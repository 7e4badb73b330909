"""`scrapy list`: the ids of the catalog's sources, one to a line."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from archive.errors import ArchiveError

__all__ = ["Command"]


class Command(ScrapyCommand):
    """In place of Scrapy's own, which answers a wrong catalog with a traceback."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        """One line for `scrapy --help`."""
        return "List the sources of the catalog"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the ids."""
        # Here, because Scrapy imports every command before it runs one.
        from crawler.loader import CatalogLoader

        assert self.settings is not None, "Scrapy sets it before it runs a command"
        try:
            names = CatalogLoader.from_settings(self.settings).list()
        except ArchiveError as error:
            sys.stderr.write(f"scrapy list: {error}\n")
            self.exitcode = error.exit_status
        else:
            sys.stdout.writelines(f"{name}\n" for name in names)
