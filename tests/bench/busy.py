"""Crawl, web page and export at once: how quickly searches are answered meanwhile, and what goes wrong."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any

import httpx

from tests.web.serving import served_by_command
from tests.world import World
from tests.world.demo import SETTINGS
from tests.world.texts import LAST_DAY

__all__ = ["SLOWEST_MS", "busy_report"]

ROOT = Path(__file__).parents[2]
READERS = 2
SLOWEST_MS = 300  # what 95 of 100 searches may take
ARCHIVE = [sys.executable, "-m", "archive.cli"]
QUESTIONS = [
    f"{path}?q={words}"
    for words in ("mayor", "bridge+repairs", "%22first+draft%22", "school*", "budget+-tax", "storm+OR+shelter", "")
    for path in ("/search", "/api/v1/statements", "/api/v1/documents", "/search.atom", "/api/v1/facets")
]


@dataclass(slots=True)
class Seen:
    """What happened: milliseconds of each answered question, other answers by status, ends of commands by status."""

    milliseconds: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    crawls: Counter[int] = field(default_factory=Counter)
    exports: Counter[int] = field(default_factory=Counter)


def busy_report(work: Path, seconds: float, url: str | None = None) -> dict[str, Any]:
    """All three at once for so long, over a small world that changes between crawls; `url` names another database."""
    work.mkdir(parents=True, exist_ok=True)
    with World() as world:
        environment = os.environ | {
            "ARCHIVE_CATALOG": str(world.write_catalog(work)),
            "ARCHIVE_DATABASE": url or f"sqlite:///{work / 'busy.db'}",
            "ARCHIVE_WARC": str(work / "warc"),
        }
        sources = [site.source for site in world.sites.values()]
        seen, over = Seen(), threading.Event()
        seen.crawls[_crawl(sources, environment)] += 1
        with served_by_command(work / "serve.log", environment) as address:
            threads = [
                threading.Thread(target=_crawling, args=(world, sources, environment, seen, over)),
                threading.Thread(target=_exporting, args=(work / "dataset", environment, seen, over)),
                *(threading.Thread(target=_reading, args=(address, at, seen, over)) for at in range(READERS)),
            ]
            begun = time.monotonic()
            for thread in threads:
                thread.start()
            time.sleep(seconds)
            over.set()
            for thread in threads:
                thread.join()
        return _figures(seen, time.monotonic() - begun)


def _figures(seen: Seen, seconds: float) -> dict[str, Any]:
    cuts = quantiles(seen.milliseconds, n=20)
    return {
        "seconds": round(seconds, 1),
        "searches": len(seen.milliseconds),
        "median_ms": round(cuts[9], 1),
        "p95_ms": round(cuts[18], 1),
        "to_reach_p95_ms": SLOWEST_MS,
        "worst_ms": round(max(seen.milliseconds), 1),
        "errors": dict(seen.refused),
        "crawls_by_status": dict(seen.crawls),
        "exports_by_status": dict(seen.exports),
    }


def _crawling(
    world: World, sources: Sequence[str], environment: Mapping[str, str], seen: Seen, over: threading.Event
) -> None:
    for day in itertools.cycle(range(1, LAST_DAY + 1)):
        if over.is_set():
            return
        world.day = day
        seen.crawls[_crawl(sources, environment)] += 1


def _crawl(sources: Sequence[str], environment: Mapping[str, str]) -> int:
    settings = [part for name, value in SETTINGS.items() for part in ("--set", f"{name}={value}")]
    return _run([*ARCHIVE, "crawl", *sources, *settings], environment)


def _exporting(folder: Path, environment: Mapping[str, str], seen: Seen, over: threading.Event) -> None:
    while not over.is_set():
        seen.exports[_run([*ARCHIVE, "export", str(folder), "--format", "csv,jsonl,parquet"], environment)] += 1


def _run(command: list[str], environment: Mapping[str, str]) -> int:
    # As a timer of a newsroom runs them: after what people wait for.
    done = subprocess.run(
        ["nice", *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    return done.returncode


def _reading(address: str, start: int, seen: Seen, over: threading.Event) -> None:
    questions = itertools.cycle(QUESTIONS[start * 7 :] + QUESTIONS[: start * 7])
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        while not over.is_set():
            begun = time.monotonic()
            try:
                status = str(client.get(next(questions)).status_code)
            except httpx.HTTPError as error:
                status = type(error).__name__
            if status == "200":
                seen.milliseconds.append((time.monotonic() - begun) * 1_000)
            else:
                seen.refused[status] += 1
            time.sleep(0.05)
