"""kill -9 of a crawl at random times: what was acknowledged is there, nothing is torn, and the next crawl goes on."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import time

import pytest
from warcio.checker import Checker

from archive import Archive
from tests.crawler.conftest import ROOT, Desk
from tests.crawler.test_crawl import links, release
from tests.traps import Traps

PAGES = 150


def kept(desk: Desk) -> set[str]:
    """The addresses whose documents are committed."""
    with sqlite3.connect(desk.database) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'document'").fetchone()
        return {row[0] for row in connection.execute("SELECT address FROM document")} if tables[0] else set()


def kill_while_crawling(desk: Desk, after: float) -> None:
    """Start a crawl and kill it after so many seconds."""
    with subprocess.Popen(
        desk.command(settings={"DOWNLOAD_DELAY": "0.01"}),
        cwd=ROOT, env=desk.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as process:  # fmt: skip
        time.sleep(after)
        process.send_signal(signal.SIGKILL)


def check_kills(desk: Desk, site: Traps, kills: int) -> None:
    paths = [f"/news/{number}" for number in range(PAGES)]
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, release(f"the affair {path}"))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    times = random.Random(kills)
    seen: set[str] = set()
    for _ in range(kills):
        kill_while_crawling(desk, times.uniform(1.0, 3.5))
        if desk.database.exists():
            now = kept(desk)
            assert seen <= now, "an acknowledged document is lost"
            seen = now
    assert desk.crawl().status == 0
    assert len(kept(desk)) == PAGES
    with Archive.open(f"sqlite:///{desk.database}") as archive:
        # Killed before its first commit, a run leaves a file that no row refers to; that is all it may leave.
        assert {finding.kind for finding in archive.verify()} <= {"file_orphaned"}
        for path in archive.warc_dir.glob("*.warc.gz"):
            checker = Checker(type("Options", (), {"inputs": [str(path)], "verbose": False})())
            checker.process_all()
            assert not checker.exit_value, path


def test_a_killed_crawl_loses_nothing(desk: Desk, site: Traps) -> None:
    """Two kills, then one crawl to the end."""
    check_kills(desk, site, 2)


@pytest.mark.slow
def test_fifty_killed_crawls_lose_nothing(desk: Desk, site: Traps) -> None:
    """Fifty kills of the same source, then one crawl to the end."""
    check_kills(desk, site, 50)
