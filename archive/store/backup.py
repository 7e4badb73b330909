"""A consistent copy of an archive, which opens as an archive of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, text

from archive.errors import StorageError, UsageError
from archive.models import Base
from archive.store import schema
from archive.store.engine import open_engine, reading, writing
from archive.warc import MANIFEST

__all__ = ["back_up"]

ROWS = 1_000
Progress = Callable[[int, int, str], None]


def back_up(engine: Engine, warc_dir: Path, directory: Path, *, progress: Progress | None) -> dict[str, Any]:
    """Copy all rows, as one moment saw them, to a SQLite file in a new folder, and the WARC files beside it.

    The copy is made under another name and renamed when it is whole. Raises UsageError where the folder exists.
    """
    if directory.exists():
        raise UsageError(f"{directory}: exists already; name a folder that does not")
    tell = progress or (lambda done, total, what: None)
    making = directory.with_name(directory.name + ".making")
    shutil.rmtree(making, ignore_errors=True)
    try:
        (making / "archive-warc").mkdir(parents=True)
        target = open_engine(f"sqlite:///{making / 'archive.db'}")
        schema.upgrade(target)
        rows = _copy_rows(engine, target, tell)
        files = _copy_files(warc_dir, making / "archive-warc", tell)
        making.rename(directory)
    except OSError as error:
        raise StorageError(f"{directory}: {error.strerror}; free some space or choose another disk") from None
    return {"database": str(directory / "archive.db"), "rows": rows, "warc_files": files}


def _copy_rows(engine: Engine, target: Engine, tell: Progress) -> int:
    tables = Base.metadata.sorted_tables
    copied = 0
    with reading(engine) as source, writing(target) as copy:
        if engine.dialect.name == "postgresql":
            source.rollback()
            source.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
        total = sum(source.scalar(select(func.count()).select_from(table)) or 0 for table in tables)
        for table in tables:
            copied += _copy_table(source, copy, table, partial(_tell_rows, tell, total, table.name), copied)
    target.dispose()
    return copied


def _copy_table(source: Connection, copy: Connection, table: Any, tell: Callable[[int], None], before: int) -> int:
    columns = [column for column in table.c if column.name != "search"]
    count = 0
    result = source.execution_options(yield_per=ROWS).execute(select(*columns))
    for part in result.mappings().partitions():
        copy.execute(insert(table), [dict(row) for row in part])
        count += len(part)
        tell(before + count)
    return count


def _tell_rows(tell: Progress, total: int, name: str, done: int) -> None:
    tell(done, total, name)


def _copy_files(warc_dir: Path, target: Path, tell: Progress) -> int:
    """WARC files only ever grow, so what is copied after the rows holds at least what the rows refer to."""
    paths = sorted(warc_dir.glob("*.warc.gz")) if warc_dir.exists() else []
    for done, path in enumerate(paths):
        shutil.copy2(path, target / path.name)
        tell(done + 1, len(paths), path.name)
    if (warc_dir / MANIFEST).exists():
        shutil.copy2(warc_dir / MANIFEST, target / MANIFEST)
    return len(paths)
