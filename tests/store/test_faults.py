"""Kills between two writes, several writers at once, killed migrations, flipped bits: nothing is lost unnoticed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, inspect, select

from archive import Archive
from archive.models import CaptureRow, Document
from archive.store import schema
from archive.store.engine import open_engine
from tests.store.archives import InThisProcess, add, answer, derived_rows, prose

ROOT = Path(__file__).parents[2]

ADD = """
import sys
from archive import Archive
from tests.store.archives import InThisProcess, answer, prose, running
import archive.store.run
archive.store.run.LINGER_SECONDS = 0.0
url, warc, first, count, overlap = sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6])
with Archive.open(url, warc_dir=warc) as opened, running(opened, executor=InThisProcess()) as run:
    for number in range(first, first + count):
        run.add(answer(f"/news/{number % overlap}", prose(number), day=number / 100)).result()
        print("kept", flush=True)
"""
MIGRATE = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from archive import Archive
left = int(sys.argv[2])
@event.listens_for(Engine, "before_cursor_execute")
def count(connection, cursor, statement, *rest):
    global left
    if statement.lstrip().upper().startswith(("CREATE", "ALTER", "INSERT", "UPDATE")):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
Archive.upgrade(sys.argv[1])
"""


def start(script: str, *arguments: object, failpoint: str = "") -> subprocess.Popen[str]:
    environment = {**os.environ, "ARCHIVE_FAILPOINT": failpoint}
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def check_failpoints(url: str, warc: Path, kills: int) -> None:
    acknowledged = 0
    for number in range(kills):
        place = "after-warc" if number % 2 else "after-commit"
        with start(ADD, url, warc, number * 10, 6, 10_000, failpoint=f"{place}:{number % 5 + 1}") as process:
            said, _ = process.communicate(timeout=60)
            assert process.returncode == -9
            acknowledged += said.count("kept")
    with Archive.open(url, warc_dir=warc) as archive:
        add(archive, [answer("/news/last", prose(1))], executor=InThisProcess())
        # Killed before its first commit, a run leaves a file that no row refers to; that is all it may leave.
        assert {finding.kind for finding in archive.verify()} <= {"file_orphaned"}
        with archive.read() as connection:
            stored = connection.scalar(select(func.count()).select_from(CaptureRow)) or 0
        assert stored >= acknowledged + 1
        rows = derived_rows(archive)
        archive.rebuild(executor=InThisProcess())
        assert derived_rows(archive) == rows


def test_kills_between_bytes_and_rows(database_url: str, tmp_path: Path) -> None:
    """After kills before and after a commit every row has its bytes and every acknowledged capture its row."""
    check_failpoints(database_url, tmp_path / "warc", 4)


@pytest.mark.slow
def test_fifty_kills_between_bytes_and_rows(tmp_path: Path) -> None:
    """The same fifty times."""
    check_failpoints(f"sqlite:///{tmp_path / 'archive.db'}", tmp_path / "warc", 50)


def test_four_writers_at_once(database_url: str, tmp_path: Path) -> None:
    """Four processes that write the same addresses wait for one another: nothing locked, doubled or lost."""
    Archive.open(database_url, warc_dir=tmp_path / "warc").close()
    processes = [start(ADD, database_url, tmp_path / "warc", first * 30, 30, 40) for first in range(4)]
    for process in processes:
        said, complained = process.communicate(timeout=120)
        assert (process.returncode, said.count("kept")) == (0, 30), complained
    with Archive.open(database_url, warc_dir=tmp_path / "warc") as archive:
        with archive.read() as connection:
            assert connection.scalar(select(func.count()).select_from(CaptureRow)) == 120
            assert connection.scalar(select(func.count()).select_from(Document)) == 40
        assert list(archive.verify()) == []
        rows = derived_rows(archive)
        archive.rebuild(executor=InThisProcess())
        assert derived_rows(archive) == rows


def _schema(url: str) -> dict[str, list[str]]:
    engine = open_engine(url)
    try:
        seen = inspect(engine)
        return {
            table: sorted(str(c["name"]) for c in seen.get_columns(table)) for table in sorted(seen.get_table_names())
        }
    finally:
        engine.dispose()


def check_killed_migrations(url: str, steps: range) -> int:
    """Kill an upgrade at each of these statements in turn; gives how many kills there were."""
    killed = 0
    for step in steps:
        with start(MIGRATE, url, step) as process:
            _, complained = process.communicate(timeout=60)
        if process.returncode != -9:
            assert process.returncode == 0, complained
            break
        killed += 1
    Archive.upgrade(url)
    engine = open_engine(url)
    assert schema.pending(engine) == []
    engine.dispose()
    return killed


@pytest.mark.parametrize("step", [2, 17])
def test_a_killed_migration_leaves_nothing_behind(database_url: str, tmp_path: Path, step: int) -> None:
    """The rerun finds no half schema and ends at the same one as a fresh archive."""
    assert check_killed_migrations(database_url, range(step, step + 1)) == 1
    fresh = f"sqlite:///{tmp_path / 'fresh.db'}"
    Archive.upgrade(fresh)
    wanted = {name: columns for name, columns in _schema(fresh).items() if "search" not in name}
    found = _schema(database_url)
    assert {name: [c for c in found[name] if c != "search"] for name in wanted} == wanted


@pytest.mark.slow
def test_a_migration_killed_at_every_statement(tmp_path: Path) -> None:
    """Every statement of every revision, on SQLite."""
    assert check_killed_migrations(f"sqlite:///{tmp_path / 'archive.db'}", range(1, 200)) > 30


def test_flipped_bits_are_found(tmp_path: Path) -> None:
    """Each of a hundred flipped bits in a WARC file is found by `archive verify`."""
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}") as archive:
        add(archive, [answer(f"/news/{n}", prose(n)) for n in range(10)], executor=InThisProcess())
        (path,) = archive.warc_dir.glob("*.warc.gz")
        whole = path.read_bytes()
        chance = random.Random(1)
        path.chmod(0o644)
        for _ in range(100):
            damaged = bytearray(whole)
            damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            path.write_bytes(damaged)
            assert list(archive.verify())
        path.write_bytes(whole)
        assert list(archive.verify()) == []


def test_a_password_is_never_shown(tmp_path: Path) -> None:
    """Neither command prints the password of a database that it cannot reach."""
    url = "postgresql://clerk:s3cr3t-word@127.0.0.1:1/records"
    for command in (["archive.cli", "status"], ["scrapy", "crawl", "us-white-house-2017"]):
        done = subprocess.run(
            [sys.executable, "-m", *command],
            cwd=ROOT, env={**os.environ, "ARCHIVE_DATABASE": url, "ARCHIVE_WARC": str(tmp_path)},
            capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 3
        assert "s3cr3t-word" not in done.stdout + done.stderr
        assert "Traceback" not in done.stderr
