"""CSV as RFC 4180 has it: UTF-8, a header line, commas, quotes where needed, lines end in CR LF; null is empty."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from archive.export.tables import Column
from archive.export.writing import Write, utc

__all__ = ["cell", "guarded", "open_csv", "open_raw_csv"]

# A spreadsheet runs a cell that begins so as a formula, wherever its text came from.
_LIVE = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def open_csv(path: Path, columns: Sequence[Column], *, raw: bool = False) -> Iterator[Write]:
    """A file that takes rows; unless `raw`, text cells that a spreadsheet would run get an apostrophe in front."""
    texts = frozenset(i for i, column in enumerate(columns) if column.type == "string" and not raw)
    with path.open("w", encoding="utf-8", newline="") as file:
        # With another line end the writer leaves a cell with a lone CR unquoted, and a reader sees two rows.
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([column.name for column in columns])

        def write(rows: Sequence[Sequence[Any]]) -> None:
            writer.writerows([cell(value, i in texts) for i, value in enumerate(row)] for row in rows)

        yield write


open_raw_csv = partial(open_csv, raw=True)


def guarded(text: str) -> str:
    """A cell that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(_LIVE) else text


def cell(value: Any, is_text: bool) -> Any:
    """A value as it is written; of a text column guarded."""
    if is_text and isinstance(value, str):
        return guarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return utc(value)
    return value.isoformat() if isinstance(value, date) else value
