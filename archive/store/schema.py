"""Bring a database to this code's schema, or say what stands between."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine, inspect

from archive.errors import SchemaError
from archive.store.engine import reading, shown, writing

__all__ = ["check", "head", "pending", "upgrade"]


def _script_directory() -> Path:
    """The migrations: beside the package in a checkout, inside it (as `archive.migrations`) when installed."""
    package = Path(__file__).parents[1]
    installed = package / "migrations"
    return installed if installed.is_dir() else package.parent / "alembic"


def _scripts() -> tuple[Config, ScriptDirectory]:
    config = Config()
    config.set_main_option("script_location", str(_script_directory()).replace("%", "%%"))
    return config, ScriptDirectory.from_config(config)


def head() -> str:
    """The revision of this code's schema."""
    return str(_scripts()[1].get_current_head())


def _current(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def pending(engine: Engine) -> list[str]:
    """The revisions an upgrade would apply, oldest first. Raises SchemaError for a database of a newer schema."""
    with reading(engine) as connection:
        current = _current(connection)
    return _between(engine, current)


def _between(engine: Engine, current: str | None) -> list[str]:
    scripts = _scripts()[1]
    try:
        return [script.revision for script in scripts.iterate_revisions("head", current or "base")][::-1]
    except CommandError:
        raise SchemaError(
            f"{shown(engine.url)}: of a newer schema ({current}) than this program "
            f"({head()}); install the newer On the Record"
        ) from None


def check(engine: Engine, *, create: bool) -> None:
    """Create the tables of an empty database; refuse one of another schema with SchemaError."""
    with reading(engine) as connection:
        current = _current(connection)
        empty = current is None and not inspect(connection).get_table_names()
    where = shown(engine.url)
    if empty and not create:
        raise SchemaError(f"{where}: holds no archive yet; crawl or ingest first, or run `archive upgrade`")
    if empty:
        upgrade(engine)
    elif missing := _between(engine, current):
        raise SchemaError(f"{where}: {len(missing)} schema step(s) behind; run `archive upgrade`")


def upgrade(engine: Engine) -> list[str]:
    """Apply what is pending, all of it or nothing; a copy of a SQLite file with data is kept beside it first."""
    applied = pending(engine)
    if not applied:
        return []
    _keep_copy(engine)
    config, scripts = _scripts()
    with writing(engine) as connection:
        # Another process may have been quicker while this one waited for the lock.
        still = _between(engine, _current(connection))
        if still:
            _run(config, scripts, connection)
    return applied


def _run(config: Config, scripts: ScriptDirectory, connection: Connection) -> None:
    config.attributes["connection"] = connection
    environment = EnvironmentContext(
        config, scripts, fn=lambda revision, _context: scripts._upgrade_revs("head", revision)
    )
    with environment:
        scripts.run_env()


def _keep_copy(engine: Engine) -> None:
    file = engine.url.database
    if engine.dialect.name != "sqlite" or not file or not Path(file).exists():
        return
    with reading(engine) as connection:
        current = _current(connection)
    if current is None:
        return
    with writing(engine) as connection:
        # Under the write lock the file and its log stand still.
        for suffix in ("", "-wal"):
            if Path(file + suffix).exists():
                shutil.copy2(file + suffix, f"{file}.before-{head()}{suffix}")
        connection.rollback()
