"""Parquet, zstd-compressed, with a typed schema that carries the columns' descriptions and the order of the rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from archive.export.arrow import schema
from archive.export.columns import Table
from archive.export.writing import Write

__all__ = ["open_parquet", "read_parquet"]

# DuckDB gives a row group of this size to each thread; one of long texts is closed sooner, to bound the memory.
GROUP_ROWS = 122_880
GROUP_BYTES = 20_000_000


@contextmanager
def open_parquet(path: Path, table: Table, *, raw: bool = False) -> Iterator[Write]:
    """A file that takes batches and gathers them into row groups."""
    expected = schema(table)
    order = [(name, "ascending") for name in table.key]
    sorting = pq.SortingColumn.from_ordering(expected, order, null_placement="at_start")
    gathered: list[pa.RecordBatch] = []
    weight = 0
    with pq.ParquetWriter(path, expected, compression="zstd", sorting_columns=sorting) as writer:

        def flush() -> None:
            nonlocal weight
            if gathered:
                writer.write_table(pa.Table.from_batches(gathered), row_group_size=GROUP_ROWS)
            gathered.clear()
            weight = 0
            pa.default_memory_pool().release_unused()

        def write(batch: pa.RecordBatch) -> None:
            nonlocal weight
            room = GROUP_ROWS - sum(each.num_rows for each in gathered)
            gathered.append(batch.slice(0, room))
            weight += _weight(batch)
            if batch.num_rows >= room or weight >= GROUP_BYTES:
                flush()
            if batch.num_rows > room:
                gathered.append(batch.slice(room))

        yield write
        flush()


def _weight(batch: pa.RecordBatch) -> int:
    """The bytes of a batch's values: told from these alone, so that equal rows fall into equal row groups."""
    texts = [array for array in batch.columns if pa.types.is_string(array.type)]
    characters: int = sum(pc.sum(pc.binary_length(array)).as_py() or 0 for array in texts)
    return characters + 8 * int(batch.num_rows) * int(batch.num_columns)


def read_parquet(path: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """The batches of a file; raises ValueError where its columns or types are not the table's."""
    expected = schema(table)
    with pq.ParquetFile(path) as file:
        found = file.schema_arrow
        if found.names != expected.names or found.types != expected.types:
            raise ValueError(f"its columns are {_told(found)} where they should be {_told(expected)}")
        yield from file.iter_batches(batch_size=table.batch)


def _told(columns: pa.Schema) -> str:
    return ", ".join(f"{field.name} ({field.type})" for field in columns)
