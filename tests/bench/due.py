"""`archive crawl --due` over many emulated press rooms: memory, fairness beside a slow site, and manners."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import psutil

from tests.year.living import write_catalog
from tests.year.sites import answer
from tests.year.truth import BEGINNING, Press, year

__all__ = ["due_report"]

ROOT = Path(__file__).parents[2]
SLOW_SECONDS = 1.5
AT = BEGINNING + timedelta(days=1)
BASE = {"ALLOW_PRIVATE_ADDRESSES": 1, "CONTACT": "bench@example.org", "RETRY_ENABLED": 0, "PROBE_DAYS": 30}


@dataclass(slots=True)
class Heard:
    """What one server noted: when each request came and when its answer was out, by host."""

    flights: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))


@contextmanager
def _serving(presses: list[Press], slow: str | None) -> Iterator[tuple[int, Heard]]:
    by_host, heard, dice = {press.host: press for press in presses}, Heard(), random.Random(1)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            began, host = time.monotonic(), str(self.headers["Host"]).partition(":")[0]
            given = answer(by_host[host], self.path, {}, AT, dice)
            if host == slow:
                time.sleep(SLOW_SECONDS)
            body = given.body.replace("PORT", str(port)).encode()
            self.send_response_only(given.status)
            for name, value in given.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            heard.flights[host].append((began, time.monotonic()))  # before the client can have it all
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("", 0), Handler)
    server.daemon_threads, port = True, server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield port, heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _crawl(
    folder: Path, presses: list[Press], settings: dict[str, Any], slow: str | None
) -> tuple[dict[str, Any], Heard]:
    """One `archive crawl --due`; gives its figures and what the server heard."""
    with _serving(presses, slow) as (port, heard):
        catalog = write_catalog(presses, port, folder)
        options = [part for name, value in {**BASE, **settings}.items() for part in ("--set", f"{name}={value}")]
        environment = os.environ | {"ARCHIVE_CATALOG": str(catalog), "ARCHIVE_DATABASE": f"sqlite:///{folder}/due.db"}
        command = [sys.executable, "-m", "archive.cli", "crawl", "--due", "--json", *options]
        started = time.monotonic()
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            peak = _Peak(process.pid)
            assert process.stdout is not None
            rows = [json.loads(line) | {"at": time.monotonic() - started} for line in process.stdout]
            status = process.wait()
            peak.stop()
    others = [row["at"] for row in rows if row["source"] != (presses[0].source if slow else None)]
    return {
        "sources": len(rows), "status": status, "seconds": round(time.monotonic() - started, 1),
        "requests": sum(len(each) for each in heard.flights.values()),
        "peak_mb_of_the_process": round(peak.own / 1e6), "peak_mb_with_workers": round(peak.all / 1e6),
        "last_of_the_others_seconds": round(max(others), 1),
        "slow_one_seconds": round(max(row["at"] for row in rows), 1),
    }, heard  # fmt: skip


class _Peak:
    """Resident memory of a process, and of it with all that it started, ten times a second."""

    def __init__(self, pid: int) -> None:
        self.process = psutil.Process(pid)
        self.own = self.all = 0
        self.going = True
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def _watch(self) -> None:
        while self.going:
            try:
                own = self.process.memory_info().rss
                below = sum(each.memory_full_info().uss for each in self.process.children(recursive=True))
            except psutil.Error:
                continue
            self.own, self.all = max(self.own, own), max(self.all, own + below)
            time.sleep(0.1)

    def stop(self) -> None:
        self.going = False
        self.thread.join()


def due_report() -> dict[str, dict[str, Any]]:
    """Many sources beside a slow one, and five hosts asked a thousand times with a delay."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "many").mkdir()
        (folder / "five").mkdir()
        presses = year(3, 150, 5)
        quick = {"DOWNLOAD_DELAY": 0, "AUTOTHROTTLE_ENABLED": 0}
        many, _ = _crawl(folder / "many", presses, quick, presses[0].host)
        five = [_long(press) for press in year(4, 6, 700)[:5]]
        polite, heard = _crawl(folder / "five", five, {"DOWNLOAD_DELAY": 0.1, "AUTOTHROTTLE_ENABLED": 0}, None)
    return {"many sources": many, "manners": polite | _manners(heard)}


def _long(press: Press) -> Press:
    """A press room with all its releases there already, in pages."""
    press.flavour, press.spells, press.moved = "next", [], None
    press.items = [item for item in press.items if item.gone is None][:210]
    for number, item in enumerate(press.items):
        item.published = BEGINNING - timedelta(days=1 + len(press.items) - number)
        item.texts = [(item.published, item.texts[0][1])]
    return press


def _manners(heard: Heard) -> dict[str, Any]:
    gaps = [later[0] - earlier[0] for each in heard.flights.values() for earlier, later in pairwise(sorted(each))]
    overlaps = sum(
        later[0] < earlier[1] for each in heard.flights.values() for earlier, later in pairwise(sorted(each))
    )
    return {"hosts": len(heard.flights), "shortest_gap_seconds": round(min(gaps), 4), "in_flight_together": overlaps}
