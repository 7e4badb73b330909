"""Tables as Arrow has them: schemas, and batches of rows made from the database or from values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from sqlalchemy import Select, func, literal_column, select

from archive.export.choice import Asked
from archive.export.columns import Column, Table

__all__ = ["TYPES", "batch_of", "batches", "count", "schema", "with_times_as_text"]

TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "number": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}
# What SQLite's driver gives for what it does not know: it is cast by Arrow, column by column.
_STORED = {"date": pa.string(), "datetime": pa.string(), "boolean": pa.int8()}
Rows = Sequence[Sequence[Any]]


def schema(table: Table) -> pa.Schema:
    """The table's schema, each field with its description."""
    return pa.schema(
        [
            pa.field(
                column.name, TYPES[column.type], nullable=column.missing is not None,
                metadata={"description": column.description},
            )
            for column in table.columns
        ]
    )  # fmt: skip


def batches(table: Table, asked: Asked) -> Iterator[pa.RecordBatch]:
    """The table's rows in their order; of them only one batch is ever in memory."""
    if table.given is not None:
        rows = iter(table.given(asked))
        while part := list(islice(rows, table.batch)):
            yield batch_of(table, part)
        return
    yield from _selected(table, asked)


def _selected(table: Table, asked: Asked) -> Iterator[pa.RecordBatch]:
    raw = asked.dialect == "sqlite"
    # The rows are taken from the driver's own cursor: what SQLAlchemy would do for each value Arrow does for a column.
    options = {} if raw else {"stream_results": True, "max_row_buffer": table.batch}
    with asked.connection.execute(table.select(asked), execution_options=options) as result:
        fetch: Callable[[int], Rows] = result.cursor.fetchmany if raw and result.cursor else result.fetchmany
        while rows := fetch(table.batch):
            yield batch_of(table, rows, stored=raw)


def batch_of(table: Table, rows: Rows, *, stored: bool = False) -> pa.RecordBatch:
    """Rows as a batch; `stored` values are as SQLite keeps them: days and times as text, booleans as numbers."""
    values = zip(*rows, strict=True) if rows else ([] for _ in table.columns)
    arrays = [_array(column, each, stored) for column, each in zip(table.columns, values, strict=True)]
    return pa.record_batch(arrays, schema=schema(table))


def _array(column: Column, values: Sequence[Any], stored: bool) -> pa.Array:
    if column.convert is not None:
        values = [column.convert(value) for value in values]
    meant = TYPES[column.type]
    kept = _STORED.get(column.type, meant) if stored else meant
    array = pa.array(values, kept)
    if kept is meant:
        return array
    # A time is stored without its zone, which is UTC.
    return array.cast(pa.timestamp("us")).cast(meant) if column.type == "datetime" else array.cast(meant)


def count(table: Table, asked: Asked) -> int:
    """How many rows the table has."""
    if table.given is not None:
        return sum(1 for _ in table.given(asked))
    wanted: Select[Any] = table.select(asked).order_by(None).with_only_columns(literal_column("1"))
    return asked.connection.scalar(select(func.count()).select_from(wanted.subquery())) or 0


def with_times_as_text(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Times as `2026-03-04T15:00:00.000000Z`, days as `2026-03-04`."""
    columns = []
    for array in batch.columns:
        if pa.types.is_timestamp(array.type):
            columns.append(pc.utf8_replace_slice(array.cast(pa.string()), 10, 11, "T"))
        elif pa.types.is_date(array.type):
            columns.append(array.cast(pa.string()))
        else:
            columns.append(array)
    return pa.record_batch(columns, names=batch.schema.names)
