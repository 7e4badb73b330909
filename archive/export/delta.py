"""Deltas: what changed since an earlier export, told by going through both in the order of their keys, and applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

import orjson
import pyarrow as pa

from archive.export.arrow import batch_of
from archive.export.columns import Table

__all__ = ["Gone", "applied", "changed", "key_text"]

Key = tuple[Any, ...]
Gone = Callable[[Key, dict[str, Any], bool], None]


@dataclass(slots=True)
class _Group:
    """The rows that share a key: where they stand, and what they hold."""

    key: tuple[tuple[bool, Any], ...]
    rows: list[tuple[Any, ...]]
    places: list[tuple[pa.RecordBatch, int]]


def key_text(table: Table, key: Key) -> str:
    """A key as tombstones write it: a JSON array of the values of the key columns."""
    types = [table.column(name).type for name in table.key]
    shown = [
        datetime.fromtimestamp(0, UTC) + timedelta(microseconds=value) if kind == "datetime" else value
        for value, kind in zip(key, types, strict=True)
    ]
    return orjson.dumps(shown, option=orjson.OPT_UTC_Z).decode()


def changed(
    table: Table, new: Iterable[pa.RecordBatch], old: Iterable[pa.RecordBatch], gone: Gone
) -> Iterator[pa.RecordBatch]:
    """The rows of `new` whose key is not in `old` or has other rows there.

    `gone` is told of each key that is no more, with the old row and False, and of each row redacted since, with True.
    """
    return _batched(_compared(table, new, old, gone))


def _compared(
    table: Table, new: Iterable[pa.RecordBatch], old: Iterable[pa.RecordBatch], gone: Gone
) -> Iterator[_Group]:
    for before, after in _side_by_side(_groups(table, old), _groups(table, new)):
        if after is None:
            assert before is not None, "one of the two is there"
            gone(_plain(before.key), dict(zip(table.names, before.rows[0], strict=True)), False)
        elif before is None or before.rows != after.rows:
            if before is not None and "redacted" in table.names:
                _tell_redacted(table, before, after, gone)
            yield after


def _tell_redacted(table: Table, before: _Group, after: _Group, gone: Gone) -> None:
    place = table.names.index("redacted")
    if after.rows[0][place] and not before.rows[0][place]:
        gone(_plain(after.key), dict(zip(table.names, after.rows[0], strict=True)), True)


def applied(
    table: Table, old: Iterable[pa.RecordBatch], delta: Iterable[pa.RecordBatch], gone: set[str]
) -> Iterator[pa.RecordBatch]:
    """The rows of `old` without those whose key text is `gone`, with those of `delta` in the place of theirs."""

    def kept() -> Iterator[_Group]:
        for before, after in _side_by_side(_groups(table, old), _groups(table, delta)):
            if after is not None:
                yield after
            elif before is not None and key_text(table, _plain(before.key)) not in gone:
                yield before

    return _full(table, _batched(kept()))


def _plain(key: tuple[tuple[bool, Any], ...]) -> Key:
    return tuple(value if there else None for there, value in key)


def _side_by_side(left: Iterator[_Group], right: Iterator[_Group]) -> Iterator[tuple[_Group | None, _Group | None]]:
    one, other = next(left, None), next(right, None)
    while one is not None or other is not None:
        if other is None or (one is not None and one.key < other.key):
            yield one, None
            one = next(left, None)
        elif one is None or other.key < one.key:
            yield None, other
            other = next(right, None)
        else:
            yield one, other
            one, other = next(left, None), next(right, None)


def _groups(table: Table, batches: Iterable[pa.RecordBatch]) -> Iterator[_Group]:
    places = [table.names.index(name) for name in table.key]

    def key_of(item: tuple[tuple[Any, ...], pa.RecordBatch, int]) -> tuple[tuple[bool, Any], ...]:
        row = item[0]
        return tuple((row[place] is not None, "" if row[place] is None else row[place]) for place in places)

    for key, items in groupby(_rows(batches), key_of):
        found = list(items)
        yield _Group(key, [row for row, _, _ in found], [(batch, at) for _, batch, at in found])


def _rows(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[tuple[Any, ...], pa.RecordBatch, int]]:
    for batch in batches:
        columns = [_comparable(array).to_pylist() for array in batch.columns]
        for at, row in enumerate(zip(*columns, strict=True)):
            yield row, batch, at


def _comparable(array: pa.Array) -> pa.Array:
    # A number is compared far sooner than a time is made of it; keys of times are told as numbers too.
    return array.cast(pa.int64()) if pa.types.is_timestamp(array.type) else array


def _batched(groups: Iterator[_Group]) -> Iterator[pa.RecordBatch]:
    """The groups' rows, those of one batch together."""
    places = (place for group in groups for place in group.places)
    for _, run in groupby(places, lambda place: id(place[0])):
        found = list(run)
        yield found[0][0].take(pa.array([at for _, at in found], pa.int64()))


def _full(table: Table, parts: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The same rows in batches as large as the database gives them, so that files come out the same."""
    waiting: list[pa.RecordBatch] = []
    for part in parts:
        waiting.append(part)
        while sum(each.num_rows for each in waiting) >= table.batch:
            joined = pa.Table.from_batches(waiting).combine_chunks()
            yield _one(table, joined.slice(0, table.batch))
            waiting = joined.slice(table.batch).to_batches()
    if rest := [each for each in waiting if each.num_rows]:
        yield _one(table, pa.Table.from_batches(rest))


def _one(table: Table, rows: pa.Table) -> pa.RecordBatch:
    found: Sequence[pa.RecordBatch] = rows.combine_chunks().to_batches()
    return found[0] if found else batch_of(table, [])
