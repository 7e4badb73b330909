"""kill -9 of a crawl that always has something to write: what was seen committed before the kill is there after."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time

import pytest

from archive import Archive
from tests.crawler.conftest import ROOT, Desk, desk, site
from tests.crawler.test_crawl import links, release
from tests.store.archives import InThisProcess, derived_rows
from tests.traps import Traps

__all__ = ["desk", "site"]

PATHS = [f"/news/{number}" for number in range(200)]


def publish(site: Traps, edition: int) -> None:
    """All pages with a text of this edition, so that every crawl has all of them to store."""
    for path in PATHS:
        site.page(path, release(f"the affair {path} as edition {edition} tells it"))


def committed(desk: Desk) -> set[tuple[str, int]]:
    """Captures that another process sees, by record id and status."""
    if not desk.database.exists():
        return set()
    with sqlite3.connect(desk.database, timeout=30) as connection:
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'capture'").fetchone()
        found = connection.execute("SELECT record_id, status FROM capture").fetchall() if tables[0] else []
    connection.close()
    return set(found)


def crawl_and_kill(desk: Desk, after: float) -> set[tuple[str, int]]:
    """Start a crawl, look what is committed, kill at once; gives what was seen."""
    with subprocess.Popen(
        desk.command(), cwd=ROOT, env=desk.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        time.sleep(after)
        seen = committed(desk)
        process.send_signal(signal.SIGKILL)
    return seen


def check(desk: Desk, site: Traps, kills: int) -> None:
    site.page("/list", links(*PATHS))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    chance, at_work = random.Random(kills), 0
    for edition in range(kills):
        publish(site, edition)
        before = committed(desk)
        seen = crawl_and_kill(desk, chance.uniform(1.2, 3.2))
        assert before <= seen <= committed(desk), "an acknowledged capture is lost"
        at_work += len(seen) > len(before)
    assert at_work >= kills // 3, "most kills met a crawl that had stored nothing"
    assert desk.crawl().status == 0
    with Archive.open(f"sqlite:///{desk.database}") as archive:
        assert {found.kind for found in archive.verify()} <= {"file_orphaned"}
        rows = derived_rows(archive)
        assert len(rows["document"]) == len(PATHS)
        archive.rebuild(executor=InThisProcess())
        assert derived_rows(archive)["version"] == rows["version"]


@pytest.mark.slow
def test_kills(desk: Desk, site: Traps) -> None:
    """Fifty kills, every time of a crawl with two hundred changed pages to store."""
    check(desk, site, 50)
