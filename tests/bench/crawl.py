"""The speed of a whole crawl, side by side with Scrapy alone: pages/s, CPU and memory, and of a recrawl."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive import Archive
from archive.query import status
from tests.bench.measure import Measured, run_measured
from tests.bench.originals import bench_data
from tests.bench.site import build_site

__all__ = ["Row", "crawl_rows", "ratios"]

SOURCE = "bench-site"
CATALOG = """
["bench-site"]
title    = "A site made for measuring"
kind     = "article"
start    = ["{url}"]
discover = {{ strategy = "listing", documents = '/page/\\d+\\.html$' }}
timezone = "UTC"
rights   = "publisher"
"""
# As fast as the machine allows: the manners of a real crawl are waiting.
CRAWL_SETTINGS = {
    "ALLOW_PRIVATE_ADDRESSES": 1,
    "AUTOTHROTTLE_ENABLED": 0,
    "DOWNLOAD_DELAY": 0,
    "CONCURRENT_REQUESTS": 16,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
    "REVISIT_ALL": 1,
    "CONTACT": "bench@example.org",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One variant: what it is, what it came to, what it used."""

    variant: str
    pages: int
    measured: Measured
    note: str = ""

    @property
    def per_second(self) -> float:
        """Pages per second of the whole command, its start and end included."""
        return self.pages / self.measured.seconds

    def as_json(self) -> dict[str, Any]:
        """The row with stable keys; seconds and megabytes."""
        used = self.measured
        return {
            "variant": self.variant,
            "pages": self.pages,
            "seconds": round(used.seconds, 2),
            "pages_per_second": round(self.per_second, 1),
            "cpu_process_seconds": round(used.cpu_process, 1),
            "cpu_children_seconds": round(used.cpu_children, 1),
            "peak_rss_mb": round(used.peak_mb),
            "growth_second_half_mb": round(used.growth_mb, 1),
            "peak_rss_all_mb": round(used.all_peak_mb),
            "note": self.note,
        }


def crawl_rows(work: Path, pages: int) -> Iterator[Row]:
    """The variants one after the other, each on the same site and with empty caches; the recrawl last."""
    site = build_site(work, pages)
    for name in ("bare", "in-reactor"):
        with _served(site) as url:
            used = run_measured([sys.executable, "-m", "tests.bench.baseline", name, url], {})
        yield Row(variant=f"scrapy {name}", pages=_told(used.output), measured=used)
    database = work / "crawl.db"
    for leftover in [*work.glob("crawl.db*"), *work.glob("crawl-warc/*")]:
        leftover.unlink()
    environment = {"ARCHIVE_DATABASE": f"sqlite:///{database}", "ARCHIVE_WARC": str(work / "crawl-warc")}
    with _served(site) as url:
        environment["ARCHIVE_CATALOG"] = str(_catalog(work, url))
        for variant in ("this project", "this project, again"):
            before = _kept(database) if database.exists() else {"documents": 0, "versions": 0}
            used = run_measured(_crawl_command(), environment)
            kept = _kept(database)
            note = f"{kept['documents']} documents, {kept['versions'] - before['versions']} new versions"
            yield Row(variant=variant, pages=pages, measured=used, note=note)


def ratios(rows: Sequence[Row]) -> dict[str, float]:
    """What the figures of merit are: against extraction in the reactor, and of the second crawl to the first."""
    speed = {row.variant: row.per_second for row in rows}
    return {
        "project_to_in_reactor": round(speed["this project"] / speed["scrapy in-reactor"], 2),
        "recrawl_to_first": round(speed["this project, again"] / speed["this project"], 2),
        "project_to_bare": round(speed["this project"] / speed["scrapy bare"], 2),
    }


def material() -> str:
    """What the site is made of, in words."""
    named = bench_data()
    if named:
        return "real pages from BENCH_DATA"
    return "invented pages, smaller and cleaner than real ones; set BENCH_DATA=DIR for figures that count"


@contextmanager
def _served(site: Path) -> Iterator[str]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.bench.serve", str(site)], stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        try:
            yield f"http://127.0.0.1:{server.stdout.readline().strip()}/"
        finally:
            server.kill()


def _catalog(work: Path, url: str) -> Path:
    path = work / "catalog.toml"
    path.write_text(CATALOG.format(url=url), encoding="utf-8")
    return path


def _crawl_command() -> list[str]:
    settings = [part for name, value in CRAWL_SETTINGS.items() for part in ("-s", f"{name}={value}")]
    return [sys.executable, "-m", "scrapy", "crawl", SOURCE, *settings]


def _told(output: str) -> int:
    found = re.search(r"^(\d+)$", output, re.MULTILINE)
    if not found:
        raise RuntimeError(f"the crawl did not tell its number of pages: {output[-2_000:]}")
    return int(found[1])


def _kept(database: Path) -> Mapping[str, int]:
    with Archive.open(f"sqlite:///{database}", create=False) as archive, archive.read() as connection:
        now = status(connection)
    return {"documents": now.documents, "versions": now.versions}
