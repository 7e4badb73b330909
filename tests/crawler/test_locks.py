"""One crawl of a source at a time: the second start ends at once, and a killed one leaves no lock behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.errors import AlreadyRunning, StorageError
from archive.locks import Lock
from tests.crawler.conftest import ROOT, Desk
from tests.traps import Connection, Traps, links, release

HOLD = """
import sys, time
from pathlib import Path
from archive.locks import Lock
with Lock(Path(sys.argv[1]), sys.argv[2]):
    print("held", flush=True)
    time.sleep(600)
"""
STARTS = 100


def holding(folder: Path, name: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder), name], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_a_lock_is_one_processs(tmp_path: Path) -> None:
    """Another process and another holder in this one are refused; names are apart; odd ones stay in the folder."""
    with holding(tmp_path, "brackwater-hall") as process:
        with pytest.raises(AlreadyRunning, match=rf"already running \(process {process.pid} since"):
            Lock(tmp_path, "brackwater-hall").take()
        with Lock(tmp_path, "other-hall"), pytest.raises(AlreadyRunning, match="this process"):
            Lock(tmp_path, "other-hall").take()
        process.kill()
    with Lock(tmp_path, "brackwater-hall"):
        pass
    with Lock(tmp_path, "../../odd"):
        assert {path.parent for path in tmp_path.rglob("*.lock")} == {tmp_path / ".locks"}
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="cannot be locked"):
        Lock(tmp_path / "file", "x").take()


def test_a_second_crawl_ends_with_75_and_a_killed_one_is_taken_over(desk: Desk, site: Traps) -> None:
    """While a crawl waits for its site the next start says who is at it; after kill -9 the next one simply crawls."""
    waiting = []

    def slow(connection: Connection) -> None:
        waiting.append(1)
        time.sleep(1.5 if len(waiting) > 1 else 20)
        connection.send(200, release("the mill").encode())

    site.page("/list", links("/news/1"))
    site.routes["/news/1"] = slow
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    settings = {"DOWNLOAD_TIMEOUT": "30"}
    with subprocess.Popen(
        desk.command(settings=settings), cwd=ROOT, env=desk.environment, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as crawl:  # fmt: skip
        until = time.monotonic() + 60
        while not waiting and time.monotonic() < until:
            time.sleep(0.02)
        second = desk.crawl(settings=settings)
        assert second.status == 75
        assert f"already running (process {crawl.pid}" in second.said
        crawl.send_signal(signal.SIGKILL)
    third = desk.crawl(settings=settings)
    assert (third.status, third.count("new_documents")) == (0, 1)


@pytest.mark.slow
def test_a_hundred_starts_while_one_runs(desk: Desk, site: Traps, tmp_path: Path) -> None:
    """All end with status 75, before the libraries that a crawl needs are loaded."""
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    with holding(tmp_path / "archive-warc", desk.name) as process:
        statuses, seconds = [], []
        for _ in range(STARTS):
            started = time.monotonic()
            statuses.append(desk.crawl().status)
            seconds.append(time.monotonic() - started)
        process.kill()
    assert statuses == [75] * STARTS
    assert not site.asked
