"""How large an export would be: rows are counted, sizes told from the first of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
from sqlalchemy import Connection

from archive.export.arrow import batches, count
from archive.export.choice import Asked, Choice
from archive.export.columns import Table
from archive.export.dataset import checked, tables_of
from archive.export.formats import FORMATS

__all__ = ["Estimate", "estimate"]

SAMPLE = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A table of a planned export: its rows, and about how many bytes they take in each format."""

    table: str
    rows: int
    bytes: Mapping[str, int]


def estimate(
    connection: Connection, *, formats: Sequence[str], choice: Choice | None = None,
    panel: tuple[str, str] | None = None,
) -> list[Estimate]:  # fmt: skip
    """What an export would hold; nothing is written but a sample in a temporary folder. Raises UsageError."""
    asked, names = Asked(connection, choice or Choice()), checked(formats)
    with TemporaryDirectory() as folder:
        return [_of(table, asked, names, Path(folder)) for table in tables_of(panel)]


def _of(table: Table, asked: Asked, formats: Sequence[str], folder: Path) -> Estimate:
    rows = count(table, asked)
    sample = list(islice(batches(table, asked), -(-SAMPLE // table.batch)))
    taken = sum(each.num_rows for each in sample)
    sizes = {name: _size(name, table, sample, folder) for name in formats}
    return Estimate(
        table=table.name,
        rows=rows,
        bytes={name: size * max(rows, taken) // max(taken, 1) for name, size in sizes.items()},
    )


def _size(name: str, table: Table, sample: Sequence[pa.RecordBatch], folder: Path) -> int:
    path = folder / f"{table.name}.{name}"
    with FORMATS[name].open(path, table) as write:
        for batch in sample:
            write(batch)
    return path.stat().st_size
