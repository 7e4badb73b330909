"""A migration killed at any of its statements: the rerun ends at the very schema of a fresh archive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from archive import Archive
from archive.store.engine import open_engine, reading
from tests.conftest import a_postgres_database
from tests.store.test_faults import MIGRATE, ROOT, start

SCHEMA = {
    "sqlite": ["SELECT type, name, tbl_name, sql FROM sqlite_master"],
    "postgresql": [
        "SELECT table_name, column_name, data_type, is_nullable, column_default FROM information_schema.columns"
        " WHERE table_schema = 'public'",
        "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE connamespace = 'public'::regnamespace",
    ],
}


def schema_of(url: str) -> list[Any]:
    """Every table, column, index and constraint with its definition."""
    engine = open_engine(url)
    try:
        with reading(engine) as connection:
            queries = SCHEMA[engine.dialect.name]
            return [sorted(map(repr, connection.exec_driver_sql(query))) for query in queries]
    finally:
        engine.dispose()


def killed(url: str, step: int) -> bool:
    """Start the first upgrade and kill it at its n-th statement; whether it got so far."""
    with start(MIGRATE, url, step) as process:
        _, complained = process.communicate(timeout=60)
    assert process.returncode in (0, -9), complained
    return process.returncode == -9


def check_mended(url: str, fresh: list[Any]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "archive.cli", "upgrade", "--database", url],
        cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert schema_of(url) == fresh


@pytest.mark.slow
def test_a_first_upgrade_killed_at_every_statement(tmp_path: Path) -> None:
    """On SQLite: each statement in turn, each time on a new file."""
    wanted = f"sqlite:///{tmp_path / 'fresh.db'}"
    Archive.upgrade(wanted)
    fresh, step = schema_of(wanted), 1
    while killed(url := f"sqlite:///{tmp_path / f'{step}.db'}", step):
        check_mended(url, fresh)
        step += 1
    assert step > 30


@pytest.mark.slow
@pytest.mark.parametrize("step", [1, 9, 25])
def test_a_first_upgrade_killed_on_a_server(postgres: str, step: int) -> None:
    """On PostgreSQL: some of the statements."""
    with a_postgres_database() as wanted:
        Archive.upgrade(wanted)
        fresh = schema_of(wanted)
    assert killed(postgres, step)
    check_mended(postgres, fresh)
