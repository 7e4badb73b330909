"""Parquet, zstd-compressed, with a typed schema that carries the columns' descriptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from archive.export.tables import Column
from archive.export.writing import Write

__all__ = ["open_parquet"]

_TYPES = {
    "string": pa.string(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "number": pa.float64(),
    "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"),
}


@contextmanager
def open_parquet(path: Path, columns: Sequence[Column]) -> Iterator[Write]:
    """A file that takes rows; each batch is one row group."""
    schema = pa.schema(
        [pa.field(column.name, _TYPES[column.type], metadata={"description": column.description}) for column in columns]
    )
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:

        def write(rows: Sequence[Sequence[Any]]) -> None:
            arrays = [
                pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_batch(pa.record_batch(arrays, schema=schema))

        yield write
