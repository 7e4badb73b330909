"""Engines for SQLite and PostgreSQL as equals: one writer at a time, readers that never wait, honest errors."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from archive.errors import StorageError, TookTooLong, UsageError

__all__ = ["open_engine", "reading", "renew", "shown", "writing"]

# Any constant will do, as long as every writer takes the same one.
ADVISORY_LOCK = 7_420_190_714
BUSY_SECONDS = 60
# Of SQLite's virtual machine, between two looks at the clock: some microseconds.
INSTRUCTIONS = 2_000
QUERY_CANCELED = "57014"
# libpq takes these from the query of a URL, where SQLAlchemy would print them.
SECRETS = ("password", "sslpassword")


def shown(url: str | URL) -> str:
    """A database URL as it may be printed: its password masked, or left out where it stands in the query."""
    try:
        return make_url(url).difference_update_query(SECRETS).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return "the given database URL"


def open_engine(url: str, *, create: bool = True) -> Engine:
    """An engine on SQLite or PostgreSQL.

    Raises UsageError for a URL of another kind and StorageError where the folder or file cannot be used.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError):
        # A ValueError repeats what it took for the port, which may be half of a password with an @ in it.
        raise UsageError("the database URL cannot be read; write sqlite:///FILE or postgresql://HOST/NAME") from None
    if backend not in ("sqlite", "postgresql"):
        raise UsageError(f"{shown(url)}: only sqlite and postgresql databases are supported")
    if backend == "sqlite":
        _check_file(parsed.database, url, create=create)
        engine = create_engine(parsed, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "do_connect", _sqlite_open)
        event.listen(engine, "checkin", _sqlite_close)
        event.listen(engine, "connect", _sqlite_connect)
        event.listen(engine, "begin", _sqlite_begin)
        return engine
    return create_engine(parsed, pool_pre_ping=True)


def _check_file(database: str | None, url: str, *, create: bool) -> None:
    if not database or database == ":memory:":
        raise UsageError("an archive needs a file or a server: an in-memory database is gone with its process")
    path = Path(database)
    if not create and not path.exists():
        raise UsageError(f"{path}: no archive there; crawl or ingest first, or name another with --database")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{shown(url)}: cannot make the folder: {error.strerror}; choose one you can write to"
        ) from None


def _sqlite_open(dialect: Dialect, record: ConnectionPoolEntry, arguments: list[Any], options: dict[str, Any]) -> Any:
    """A file in a folder that this user cannot write to, as it lies there: SQLite wants to write even to read its log.

    Where a writer has it open there is a log, and the ordinary way works.
    """
    file = Path(str(arguments[0]))
    if os.access(file.parent, os.W_OK) or Path(f"{file}-wal").exists():
        return None
    record.info["as it lies"] = True
    return dialect.connect(f"{file.absolute().as_uri()}?immutable=1", **{**options, "uri": True})


def _sqlite_close(_connection: sqlite3.Connection | None, record: ConnectionPoolEntry) -> None:
    # A writer may open the file meanwhile: each reader looks anew.
    if record.info.get("as it lies"):
        record.invalidate()


def _sqlite_connect(connection: sqlite3.Connection, _record: ConnectionPoolEntry) -> None:
    # The driver's own transactions begin late and lose updates; BEGIN is ours (below).
    connection.isolation_level = None
    synchronous = os.environ.get("ARCHIVE_SYNCHRONOUS", "FULL")
    for pragma in (
        "journal_mode=WAL",
        f"synchronous={synchronous if synchronous in ('FULL', 'NORMAL', 'EXTRA') else 'FULL'}",
        "foreign_keys=ON",
        "cache_size=-16000",
    ):
        try:
            connection.execute(f"PRAGMA {pragma}")
        except sqlite3.OperationalError:
            # A read-only disk refuses journal_mode; reading works all the same, and a write says so itself.
            continue


def _sqlite_begin(connection: Connection) -> None:
    writer = connection.get_execution_options().get("writer", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction of the one writer: others wait for it. Raises StorageError where the database refuses."""
    with storage_errors(engine), engine.connect().execution_options(writer=True) as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        yield connection


@contextmanager
def reading(engine: Engine, *, seconds: float | None = None) -> Iterator[Connection]:
    """A read-only connection that sees one state of the archive. Raises StorageError where the database refuses.

    A question that is not answered within `seconds` is stopped with TookTooLong: on SQLite counted from here on for all
    questions together, on PostgreSQL for each.
    """
    with storage_errors(engine, seconds), engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only=ON")
            _sqlite_limit(connection, seconds)
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            if seconds is not None:
                connection.exec_driver_sql(f"SET LOCAL statement_timeout = {max(1, int(seconds * 1_000))}")
        try:
            yield connection
        finally:
            connection.rollback()
            if engine.dialect.name == "sqlite":
                _sqlite_limit(connection, None)
                connection.exec_driver_sql("PRAGMA query_only=OFF")
                connection.rollback()


def renew(connection: Connection, seconds: float) -> None:
    """Give what a limited connection is asked from here on so long; PostgreSQL gives each question so long anyway."""
    if connection.dialect.name == "sqlite":
        _sqlite_limit(connection, seconds)


def _sqlite_limit(connection: Connection, seconds: float | None) -> None:
    """Stop the questions of a connection when the time is over, or no more."""
    driver: Any = connection.connection.driver_connection
    end = time.monotonic() + (seconds or 0)
    driver.set_progress_handler(None if seconds is None else lambda: time.monotonic() > end, INSTRUCTIONS)


@contextmanager
def storage_errors(engine: Engine, seconds: float | None = None) -> Iterator[None]:
    """Turn what a database or a disk says into a StorageError of one sentence, and a time limit's end into its own."""
    where = shown(engine.url)
    try:
        yield
    except DBAPIError as error:
        if seconds is not None and _stopped(error):
            raise TookTooLong(
                f"no answer was found within {seconds:g} seconds; ask for rarer words, fewer days or one source"
            ) from error
        raise StorageError(
            f"{where}: {_first_line(error.orig)}; what was acknowledged is safe, run again when mended"
        ) from error
    except SQLAlchemyError as error:
        raise StorageError(f"{where}: {_first_line(error)}") from error
    except BrokenPipeError:
        # Rows are printed while they are read: the reader (`| head`) has left, the storage is well.
        raise
    except OSError as error:
        raise StorageError(f"{error.filename or where}: {error.strerror or error}; nothing is half written") from error


def _stopped(error: DBAPIError) -> bool:
    """Whether a question was stopped by our own time limit."""
    return str(error.orig) == "interrupted" or getattr(error.orig, "sqlstate", None) == QUERY_CANCELED


def _first_line(error: Any) -> str:
    return (str(error).strip().splitlines() or ["the database refused"])[0]
