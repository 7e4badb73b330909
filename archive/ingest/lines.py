"""JSON lines of texts: each line one record, its text kept exactly as given.

    {"id": "r-17", "text": "...", "url": "https://...", "title": "...", "date": "2026-03-04"}

`id` and `text` are needed, the rest is optional; other keys are ignored.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import orjson

__all__ = ["BadLine", "Record", "read_lines"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One text that was handed in."""

    id: str
    text: str = field(repr=False)
    url: str | None = None
    title: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that is no record: its number from 1, and why."""

    number: int
    reason: str


def read_lines(lines: Iterable[bytes]) -> Iterator[Record | BadLine]:
    """The records of a file in order; blank lines are passed over."""
    for number, line in enumerate(lines, 1):
        line = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if line.strip():
            try:
                yield _record(orjson.loads(line))
            except orjson.JSONDecodeError:
                yield BadLine(number, f"line {number} is no {'JSON' if _is_utf8(line) else 'UTF-8'}")
            except ValueError as error:
                yield BadLine(number, f"line {number}: {error}")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeDecodeError:
        return False
    return True


def _record(row: Any) -> Record:
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")
    if row.get("id") in (None, ""):
        raise ValueError("key `id` is missing")
    if not isinstance(row.get("text"), str) or not row["text"].strip():
        raise ValueError("key `text` is missing or empty")
    return Record(
        id=str(row["id"]),
        text=row["text"],
        url=_text(row, "url"),
        title=_text(row, "title"),
        published=_day(row.get("date")),
    )


def _text(row: dict[str, Any], key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"key `{key}` is no text")
    return value or None


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        raise ValueError(f"key `date`: {value!r} is no day such as 2026-03-04") from None
