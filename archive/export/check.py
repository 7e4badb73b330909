"""Whether a package that somebody received is whole and holds what it says; no archive is needed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from archive.errors import UsageError
from archive.export.arrow import TYPES
from archive.export.columns import Column, Reference, Table
from archive.export.descriptors import OWN
from archive.export.formats import FORMATS
from archive.export.package import SUMS, sha256_of, sums_of

__all__ = ["check"]

T = TypeVar("T")
_UNREADABLE = (OSError, ValueError, EOFError, zlib.error, sqlite3.Error, pa.ArrowException)
_ENDINGS = tuple(form.ending for form in FORMATS.values())
_SHOWN = 3  # values of a kind that are named


def check(directory: Path) -> Iterator[str]:
    """A sentence for everything that is not as the package says; nothing where it is whole.

    Looks at the checksums, and by the package's own descriptor at rows, columns, types, allowed values, keys and what
    the tables refer to. Raises UsageError where the folder is no export.
    """
    sums = sums_of(directory)
    if not sums:
        raise UsageError(f"{directory}: holds no {SUMS}, so it is no export; name the folder of one")
    yield from _files(directory, sums)
    try:
        descriptor = orjson.loads((directory / "datapackage.json").read_bytes())
        resources = list(_resources(descriptor))
        seen = _Seen(whole=not descriptor[OWN]["delta"])
    except FileNotFoundError:
        return  # it was told already
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        yield f"datapackage.json cannot be read ({_line(error)}), so the tables were not looked at"
        return
    for each in resources:
        if each.file in sums and (directory / each.file).is_file():
            yield from seen.look(each, directory / each.file)
        elif each.file not in sums:
            yield f"{each.file} is described in datapackage.json and not listed in {SUMS}"
    described = {each.file for each in resources}
    data = sorted(name for name in sums if name.endswith(_ENDINGS) and name not in described)
    yield from (f"{name} is not described in datapackage.json, so it was not looked at" for name in data)
    yield from seen.dangling()


def _files(directory: Path, sums: Mapping[str, str]) -> Iterator[str]:
    for name, digest in sums.items():
        path = directory / name
        if Path(name).name != name:
            yield f"{SUMS} names {name}, which is outside of the package"
        elif not path.is_file():
            yield f"{name} is gone"
        elif sha256_of(path)[0] != digest:
            yield f"{name} is changed: its sha256 is not the one in {SUMS}"
    present = {path.name for path in directory.iterdir()}
    yield from (f"{name} is not listed in {SUMS}" for name in sorted(present - {SUMS, *sums}))


@dataclass(frozen=True, slots=True)
class _Resource:
    """One table in one file, as the descriptor has it."""

    file: str
    format: str
    table: Table
    rows: int


def _resources(descriptor: Mapping[str, Any]) -> Iterator[_Resource]:
    formats = {form.ending: name for name, form in FORMATS.items()}
    for said in descriptor["resources"]:
        (name,) = (form for ending, form in formats.items() if said["path"].endswith(ending))
        for each in said.get("tables", [said]):
            yield _Resource(said["path"], name, _table(each), _of(each["rows"], int))


def _of(value: Any, type_: type[T]) -> T:
    """A value of the descriptor, which anybody may have written. Raises TypeError where it is of another type."""
    if not isinstance(value, type_):
        raise TypeError(f"{value!r} is no {type_.__name__}")
    return value


def _table(said: Mapping[str, Any]) -> Table:
    keys = said["schema"].get("foreignKeys", [])
    columns = tuple(_column(each) for each in said["schema"]["fields"])
    return Table(
        name=_of(said["title"], str),
        description="",
        columns=columns,
        key=tuple(_known(each, columns) for each in said["schema"].get("primaryKey", ())),
        references=tuple(
            Reference(
                _known(each["fields"][0], columns), each["reference"]["resource"].partition("-")[0],
                _of(each["reference"]["fields"][0], str),
            )
            for each in keys
        ),
    )  # fmt: skip


def _known(name: Any, columns: Sequence[Column]) -> str:
    if name not in {column.name for column in columns}:
        raise ValueError(f"no column is called {name!r}")
    return str(name)


def _column(said: Mapping[str, Any]) -> Column:
    limits = said.get("constraints", {})
    return Column(
        name=_of(said["name"], str), type=_type(said["type"]), description=_of(said["description"], str),
        basis=_of(said["basis"], str), values=tuple(_of(each, str) for each in limits.get("enum", ())),
        missing=None if limits.get("required") else "null",
    )  # fmt: skip


def _type(name: Any) -> str:
    if _of(name, str) not in TYPES:
        raise ValueError(f"no type is called {name!r}")
    return str(name)


@dataclass(slots=True)
class _Seen:
    """What the tables hold and refer to, gathered while they are gone through; a table is gathered from one format."""

    whole: bool
    ids: dict[tuple[str, str], set[str | None]] = field(default_factory=dict)
    wanted: dict[tuple[str, str, str, str], set[str]] = field(default_factory=dict)
    gathered: set[str] = field(default_factory=set)

    def look(self, resource: _Resource, path: Path) -> Iterator[str]:
        """Go through one table in one file."""
        table, where = (
            resource.table,
            f"{resource.file}" + (f", table {resource.table.name}," if _single(resource) else ""),
        )
        rows, first = 0, table.name not in self.gathered
        limits = _Limits(table)
        try:
            for batch in FORMATS[resource.format].read(path, table):
                rows += batch.num_rows
                limits.look(batch)
                if first:
                    self._gather(table, batch)
        except _UNREADABLE as error:
            yield f"{where} cannot be read as datapackage.json describes it: {_line(error)}"
            return
        self.gathered.add(table.name)
        if rows != resource.rows:
            yield f"{where} holds {rows:,} rows where datapackage.json says {resource.rows:,}"
        for sentence in limits.told():
            yield f"{where} {sentence}"

    def _gather(self, table: Table, batch: pa.RecordBatch) -> None:
        if len(table.key) == 1:
            (key,) = table.key
            self.ids.setdefault((table.name, key), set()).update(_texts(batch, key))
        for each in table.references:
            place = (table.name, each.name, each.table, each.column)
            found = {value for value in _texts(batch, each.name) if value is not None}
            self.wanted.setdefault(place, set()).update(found)

    def dangling(self) -> Iterator[str]:
        """What is referred to and not there; a delta may refer to what the export before it holds."""
        if not self.whole:
            return
        for (table, name, to, column), values in sorted(self.wanted.items()):
            missing = sorted(values.difference(self.ids.get((to, column), ())))
            if missing:
                yield f"{table}.{name} names {_some(missing)}, which {to} does not hold"


def _single(resource: _Resource) -> bool:
    return FORMATS[resource.format].one_file is not None


def _texts(batch: pa.RecordBatch, name: str) -> list[str | None]:
    found: list[str | None] = batch.column(batch.schema.get_field_index(name)).to_pylist()
    return found


class _Limits:
    """What the columns of a table allow: no null where none may be, only certain values, no key twice."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._nulls: dict[str, int] = {}
        self._strange: dict[str, set[str]] = {}
        self._last: tuple[Any, ...] | None = None
        self._disordered = 0

    def look(self, batch: pa.RecordBatch) -> None:
        for column, array in zip(self.table.columns, batch.columns, strict=True):
            if column.missing is None and array.null_count:
                self._nulls[column.name] = self._nulls.get(column.name, 0) + array.null_count
            if column.values:
                found = {value for value in pc.unique(array).to_pylist() if value is not None}
                self._strange.setdefault(column.name, set()).update(found.difference(column.values))
        if self.table.key:
            self._order(batch)

    def _order(self, batch: pa.RecordBatch) -> None:
        for key in zip(*(_texts(batch, name) for name in self.table.key), strict=True):
            self._disordered += self._last is not None and self._last >= key
            self._last = key

    def told(self) -> Iterator[str]:
        for name, count in self._nulls.items():
            yield f"has {count:,} empty values of {name}, which is never null"
        for name, values in self._strange.items():
            if values:
                yield f"has {_some(sorted(values))} as {name}, which is not among the allowed values"
        if self._disordered:
            yield f"has {self._disordered:,} rows that repeat a key or are out of its order"


def _some(values: list[str]) -> str:
    shown = ", ".join(repr(value) for value in values[:_SHOWN])
    return f"{shown} and {len(values) - _SHOWN:,} more" if len(values) > _SHOWN else shown


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:300] or type(error).__name__
