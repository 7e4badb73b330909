"""What the formats share: how a file of a format is opened and read, and gzip without a trace of time or name."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol, cast

import pyarrow as pa

from archive.export.columns import Table

__all__ = ["Format", "Write", "gzip_file", "utc"]

Write = Callable[[pa.RecordBatch], None]


class _Open(Protocol):
    def __call__(self, path: Path, table: Table, *, raw: bool = False) -> AbstractContextManager[Write]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format: the ending of its files, how one is opened for batches of a table, and how it is read again.

    Equal batches give equal bytes. `read` raises ArrowInvalid, or another ValueError, where values are of another type
    than the table's. A format with `seal` keeps all tables in one file of the name `one_file`: it is worked on under
    another name, one transaction for a table, and `seal` makes the final file of it.
    """

    ending: str
    media_type: str
    open: _Open
    read: Callable[[Path, Table], Iterator[pa.RecordBatch]]
    one_file: str | None = None
    seal: Callable[[Path, Path], None] | None = None

    def file(self, table: str) -> str:
        """The name of the file that holds a table."""
        return self.one_file or f"{table}{self.ending}"


@contextmanager
def gzip_file(path: Path) -> Iterator[BinaryIO]:
    """A gzipped file to write; neither time nor name goes into its header, so that equal data give equal bytes."""
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed,
    ):
        yield cast(BinaryIO, packed)


def utc(at: datetime) -> str:
    """`2026-03-04T15:00:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
