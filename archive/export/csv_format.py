"""CSV, gzipped: UTF-8, a header line, commas, text always in quotes, so that an empty text (`""`) is no null."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from archive.export.arrow import schema, with_times_as_text
from archive.export.columns import Table
from archive.export.writing import Write, gzip_file, utc

__all__ = ["LIVE", "cell", "guarded", "open_csv", "read_csv"]

# A spreadsheet runs a cell that begins so as a formula, wherever its text came from; some take full-width signs too.
LIVE = "=+-@\t\r\n＝＋－＠"
_LIVE = f"^[{LIVE.replace('-', chr(92) + '-')}]"
BLOCK = 1 << 24  # bytes; a row has to fit into one


@contextmanager
def open_csv(path: Path, table: Table, *, raw: bool = False) -> Iterator[Write]:
    """A file that takes batches; unless `raw`, text cells that a spreadsheet would run get an apostrophe in front."""
    with gzip_file(path) as packed:
        nothing = pa.RecordBatch.from_pylist([], schema=schema(table))
        with csv.CSVWriter(packed, with_times_as_text(nothing).schema) as writer:
            yield lambda batch: writer.write_batch(_shown(batch, guard=not raw))


def guarded(texts: pa.Array) -> pa.Array:
    """Cells that no spreadsheet runs as a formula."""
    live = pc.fill_null(pc.match_substring_regex(texts, _LIVE), False)
    return pc.if_else(live, pc.binary_join_element_wise("'", texts, ""), texts)


def cell(value: Any) -> Any:
    """One value as these files hold it, for who writes row by row; a text is guarded."""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(tuple(LIVE)) else value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return utc(value)
    return value.isoformat() if isinstance(value, date) else value


def _shown(batch: pa.RecordBatch, *, guard: bool) -> pa.RecordBatch:
    shown = with_times_as_text(batch)
    if not guard:
        return shown
    texts = [pa.types.is_string(field.type) for field in batch.schema]
    columns = [guarded(array) if is_text else array for array, is_text in zip(shown.columns, texts, strict=True)]
    return pa.record_batch(columns, names=shown.schema.names)


def read_csv(path: Path, table: Table) -> Iterator[pa.RecordBatch]:
    """The batches of a file, typed as the table says; raises ArrowInvalid where its cells are of another type."""
    types = {field.name: field.type for field in schema(table)}
    with gzip.open(path, "rb") as packed:
        yield from csv.open_csv(
            packed,
            read_options=csv.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(newlines_in_values=True),
            convert_options=csv.ConvertOptions(
                column_types=types, null_values=[""], strings_can_be_null=True, quoted_strings_can_be_null=False
            ),
        )
