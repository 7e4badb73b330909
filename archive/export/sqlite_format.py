"""One SQLite file of all tables, with primary keys and an index on each reference."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from archive.export.arrow import schema, with_times_as_text
from archive.export.columns import Column, Table
from archive.export.writing import Write

__all__ = ["open_sqlite", "read_sqlite", "seal_sqlite"]

_TYPES = {"integer": "INTEGER", "boolean": "INTEGER", "number": "REAL"}


def _declared(table: Table) -> str:
    columns = [_column(column) for column in table.columns]
    if table.unique:
        columns.append(f"PRIMARY KEY ({_names(table.key)})")
    return f"CREATE TABLE {table.name} ({', '.join(columns)})"


def _column(column: Column) -> str:
    needed = "" if column.missing else " NOT NULL"
    return f'"{column.name}" {_TYPES.get(column.type, "TEXT")}{needed}'


def _names(names: tuple[str, ...]) -> str:
    return ", ".join(f'"{name}"' for name in names)


@contextmanager
def open_sqlite(path: Path, table: Table, *, raw: bool = False) -> Iterator[Write]:
    """The table in a file, emptied, to take batches; in one transaction, so that a kill leaves the whole or nothing."""
    places = ", ".join("?" for _ in table.columns)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA page_size=4096")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("BEGIN")
        connection.execute(f"DROP TABLE IF EXISTS {table.name}")
        connection.execute(_declared(table))
        insert = f"INSERT INTO {table.name} VALUES ({places})"  # noqa: S608 - names of our own tables

        def write(batch: pa.RecordBatch) -> None:
            shown = with_times_as_text(batch)
            connection.executemany(insert, zip(*(array.to_pylist() for array in shown.columns), strict=True))

        yield write
        for name in sorted({each.name for each in table.references} - {table.key[0]}):
            connection.execute(f'CREATE INDEX {table.name}_{name} ON {table.name} ("{name}")')
        connection.execute("COMMIT")


def seal_sqlite(work: Path, final: Path) -> None:
    """Write the file anew, without what its making left in it: equal rows give equal bytes, however often begun."""
    with closing(sqlite3.connect(work, isolation_level=None)) as connection:
        # It counts the changes of the schema, which are more where an interrupted export went on.
        connection.execute("PRAGMA schema_version=1")
    with closing(sqlite3.connect(work, isolation_level=None)) as connection:
        connection.execute("VACUUM INTO ?", (str(final),))


def read_sqlite(path: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """The batches of a table; raises ValueError where its columns or types are not the table's."""
    expected = schema(table)
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        found = [row[1] for row in connection.execute(f"PRAGMA table_info({table.name})")]
        if found != expected.names:
            raise ValueError(f"its columns are {', '.join(found)} where they should be {', '.join(expected.names)}")
        # In the order in which they were put in, which is that of the key.
        rows = connection.execute(f"SELECT * FROM {table.name} ORDER BY rowid")  # noqa: S608
        while part := rows.fetchmany(table.batch):
            arrays = [_array(values, each.type) for values, each in zip(zip(*part, strict=True), expected, strict=True)]
            yield pa.record_batch(arrays, schema=expected)


def _array(values: tuple[object, ...], type_: pa.DataType) -> pa.Array:
    if pa.types.is_boolean(type_):
        return pc.cast(pa.array(values, pa.int64()), type_)
    if pa.types.is_timestamp(type_) or pa.types.is_date(type_):
        return pa.array(values, pa.string()).cast(type_)
    return pa.array(values, type_)
