"""JSON lines, gzipped: one object per row, keys in the order of the columns."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from archive.export.arrow import schema, with_times_as_text
from archive.export.columns import Table
from archive.export.writing import Write, gzip_file

__all__ = ["open_jsonl", "read_jsonl"]


@contextmanager
def open_jsonl(path: Path, table: Table, *, raw: bool = False) -> Iterator[Write]:
    """A file that takes batches."""
    with gzip_file(path) as packed:

        def write(batch: pa.RecordBatch) -> None:
            rows = with_times_as_text(batch).to_pylist()
            packed.write(b"".join(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE) for row in rows))

        yield write


def read_jsonl(path: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """The batches of a file; raises ValueError where a line is no object with exactly the table's columns and types."""
    expected = schema(table)
    with gzip.open(path, "rb") as packed:
        while lines := list(islice(packed, table.batch)):
            yield _batch([orjson.loads(line) for line in lines], expected)


def _batch(rows: list[dict[str, Any]], expected: pa.Schema) -> pa.RecordBatch:
    names = list(expected.names)
    for row in rows:
        if list(row) != names:
            raise ValueError(f"a line has the keys {', '.join(row)} where the columns are {', '.join(names)}")
    arrays = []
    for field in expected:
        values = [row[field.name] for row in rows]
        is_time = pa.types.is_timestamp(field.type) or pa.types.is_date(field.type)
        array = pa.array(values, pa.string() if is_time else field.type)
        arrays.append(array.cast(field.type) if is_time else array)
    return pa.record_batch(arrays, schema=expected)
