"""What all tests share: databases of their own on both engines, archive folders, and the rule that CI skips nothing."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql
from sqlalchemy.engine import make_url

import archive.extract.reading  # noqa: F401 - warns when it is imported, which in a test would be an error

POSTGRES = "postgresql://postgres@127.0.0.1:5432/postgres"
NO_SKIPS = os.environ.get("ON_THE_RECORD_NO_SKIPS") == "1"
# CI looks at the same cases each time, so that a change is judged by what it changed; at home each run looks at others.
settings.register_profile("ci", derandomize=True)
if NO_SKIPS:
    settings.load_profile("ci")
left_out = pytest.StashKey[int]()


@contextmanager
def a_postgres_database() -> Iterator[str]:
    """The URL of an empty PostgreSQL database of one's own, dropped afterwards.

    It is made on the server of ON_THE_RECORD_POSTGRES, by default one on this machine.
    """
    server = os.environ.get("ON_THE_RECORD_POSTGRES", POSTGRES)
    try:
        connection = psycopg.connect(server, autocommit=True, connect_timeout=5)
    except psycopg.OperationalError as error:
        pytest.skip(f"no PostgreSQL: {str(error).splitlines()[0]}; start one or set ON_THE_RECORD_POSTGRES=URL")
    name = f"on_the_record_test_{os.getpid()}_{next(_numbers)}"
    with connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        try:
            yield make_url(server).set(database=name).render_as_string(hide_password=False)
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def postgres() -> Iterator[str]:
    """The URL of an empty PostgreSQL database of this test's own."""
    with a_postgres_database() as url:
        yield url


_numbers = itertools.count(1)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database: each test that asks for it runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'archive.db'}"
    url: str = request.getfixturevalue("postgres")
    return url


@pytest.fixture
def archive_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own in which `archive` and `scrapy crawl` keep their data by default."""
    monkeypatch.setenv("ARCHIVE_DATABASE", f"sqlite:///{tmp_path / 'archive.db'}")
    return tmp_path


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """With ON_THE_RECORD_NO_SKIPS=1 (in CI) a test that would be skipped fails."""
    report: pytest.TestReport = yield
    if NO_SKIPS and report.skipped:
        report.outcome = "failed"
        report.longrepr = (
            f"skipped, and ON_THE_RECORD_NO_SKIPS=1 allows no skips: {call.excinfo and call.excinfo.value}"
        )
    return report


def pytest_deselected(items: list[pytest.Item]) -> None:
    """Count what `-m` leaves out."""
    if items:
        config = items[0].config
        config.stash[left_out] = config.stash.get(left_out, 0) + len(items)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands its count to the process that writes the summary."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["left_out"] = session.config.stash.get(left_out, 0)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Each worker collects everything, so that any worker's count is the count."""
    node.config.stash[left_out] = getattr(node, "workeroutput", {}).get("left_out", 0)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say aloud what was left out."""
    if count := config.stash.get(left_out, 0):
        terminalreporter.write_line(
            f"left out: {count} tests that are slow (kills, long properties, large inputs); `make test-slow` runs them"
        )
