"""How commands print: JSON lines or aligned columns to standard output, words and progress to standard error."""

from __future__ import annotations

import dataclasses
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

import click
import orjson

__all__ = [
    "as_json", "counted", "counted_as", "fields", "note", "plain", "print_json", "print_table", "progress", "timestamp",
]  # fmt: skip

# What would drive a reader's terminal or turn its writing direction: pages are strangers' words.
_DRIVING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
Progress = Callable[[int, int, str], None]


def plain(text: str) -> str:
    """A text without control characters other than tab and newline."""
    return _DRIVING.sub("", text)


def timestamp(at: datetime | None) -> str | None:
    """A time as ids and tables print it, UTC: `2026-03-04T15:00:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def counted_as(number: int, noun: str) -> str:
    """A number with its noun: `1 story`, `2,000 stories`."""
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def as_json(value: object) -> bytes:
    """One line of JSON; times in UTC with Z, dataclasses as objects in the order of their fields."""
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE)


def print_json(value: object) -> None:
    """Write one JSON object and a newline to standard output, as UTF-8 whatever the locale."""
    sys.stdout.flush()
    out = getattr(sys.stdout, "buffer", None)
    if out is None:
        sys.stdout.write(as_json(value).decode())
        return
    out.write(as_json(value))
    out.flush()


def note(words: str) -> None:
    """Say something to the person: on standard error, so that it never mixes with data."""
    click.echo(plain(words), err=True)


def print_table(rows: Sequence[object], columns: Sequence[str], *, empty: str) -> None:
    """Print the named fields of dataclass rows in aligned columns; `empty` is said when there are none."""
    if not rows:
        note(empty)
        return
    lines = [[_cell(getattr(row, name)) for name in columns] for row in rows]
    widths = [max(map(len, column)) for column in zip(columns, *lines, strict=True)]
    head = [name.replace("_", " ") for name in columns]
    for cells in (head, *lines):
        padded = (cell.ljust(width) for cell, width in zip(cells, widths, strict=True))
        click.echo("  ".join(padded).rstrip())


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, datetime):
        return (timestamp(value) or "")[:16].replace("T", " ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return " ".join(f"{key}={count}" for key, count in value.items() if count)
    if isinstance(value, float):
        return f"{value:.1f}"
    return " ".join(plain(str(value)).split())


def fields(row: Any) -> dict[str, Any]:
    """A dataclass's fields by name, one level deep."""
    return {field.name: getattr(row, field.name) for field in dataclasses.fields(row)}


@contextmanager
def progress(what: str) -> Iterator[Progress]:
    """A progress bar on standard error where that is a terminal: call it with done, total and what is being done."""
    if not sys.stderr.isatty():
        yield lambda _done, _total, _what: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total, now: bar.update(task, completed=done, total=total or None, description=now)


def counted(items: Iterable[Any], show: Progress, total: int, what: str) -> Iterator[Any]:
    """Pass items on while the bar moves."""
    for done, item in enumerate(items, 1):
        yield item
        show(done, total, what)
