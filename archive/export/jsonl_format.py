"""JSON lines, gzipped: one object per row, keys in the order of the columns."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson

from archive.export.tables import Column
from archive.export.writing import Write

__all__ = ["open_jsonl"]

_OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE


@contextmanager
def open_jsonl(path: Path, columns: Sequence[Column]) -> Iterator[Write]:
    """A file that takes rows."""
    names = [column.name for column in columns]
    # Neither the time nor the file's name goes into the gzip header: equal rows give equal bytes.
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0) as packed,
    ):

        def write(rows: Sequence[Sequence[Any]]) -> None:
            packed.write(b"".join(orjson.dumps(dict(zip(names, row, strict=True)), option=_OPTIONS) for row in rows))

        yield write
