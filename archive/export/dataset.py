"""One export: a folder of tables in some formats with what describes them and checksums, all or nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
from sqlalchemy import Connection

from archive.errors import UsageError
from archive.export.arrow import batches, count
from archive.export.card import card
from archive.export.choice import Asked, Choice
from archive.export.columns import Table
from archive.export.describe import citation, dictionary
from archive.export.descriptors import croissant, datapackage
from archive.export.facts import facts_of
from archive.export.formats import FORMATS
from archive.export.package import (
    PART,
    Finished,
    Work,
    check_folder,
    sha256_of,
    whole,
    write_sums,
    write_whole,
)
from archive.export.panel import panel_table
from archive.export.previous import Previous
from archive.export.tables import SCHEMA, TABLES, TOMBSTONES
from archive.export.told import Told
from archive.export.tombstones import Tombstones
from archive.store.failpoint import failpoint
from archive.text import digest

__all__ = ["Exported", "Progress", "export", "tables_of", "write_package"]

Progress = Callable[[int, int, str], None]
Source = Callable[[Table], Iterable[pa.RecordBatch]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: rows of each table, and sha256 of each file, by name."""

    rows: Mapping[str, int]
    files: Mapping[str, str]


def export(
    connection: Connection, directory: Path, *, formats: Sequence[str], choice: Choice | None = None,
    raw_csv: bool = False, panel: tuple[str, str] | None = None, since_export: Path | None = None,
    progress: Progress | None = None,
) -> Exported:  # fmt: skip
    """Write the archive, as the connection sees it, into a folder; the same archive gives the same bytes.

    The folder is new, empty or an earlier export, which is replaced as a whole. What an interrupted export of the same
    state and choice finished is not written again. `panel` adds a table of counts, see `archive.export.panel`;
    `since_export` is an earlier export, of which only the changes are written.

    Raises UsageError for a folder with anything else in it, an unknown format, and an earlier export of another choice.
    """
    asked = Asked(connection, choice or Choice())
    plan = Told(
        tables=tables_of(panel), rows={}, files={}, formats=checked(formats), raw_csv=raw_csv, facts=facts_of(asked)
    )
    if panel:
        plan.facts["query"]["panel"] = ",".join(panel)
    previous = Previous.open(since_export, plan) if since_export else None
    check_folder(directory)
    shown = _Shown(progress, lambda table: count(table, asked))
    if previous is None:
        return write_package(directory, plan, lambda table: shown(table, batches(table, asked)))
    told = replace(plan, tables=(*plan.tables, TOMBSTONES), delta={"since": previous.digest})
    tombstones = Tombstones(connection, previous, plan.tables)
    return write_package(directory, told, lambda table: shown(table, tombstones.changes(table, asked)))


def tables_of(panel: tuple[str, str] | None) -> tuple[Table, ...]:
    """The tables of an export, a panel among them where one is asked for."""
    return (*TABLES, panel_table(*panel)) if panel else TABLES


def checked(formats: Sequence[str]) -> tuple[str, ...]:
    """The formats, each once; raises UsageError for an unknown one and for none."""
    unknown = sorted(set(formats) - FORMATS.keys())
    if unknown or not formats:
        raise UsageError(f"no export format is called {', '.join(unknown) or ''!r}; there are {', '.join(FORMATS)}")
    return tuple(name for name in FORMATS if name in formats)


@dataclass(frozen=True, slots=True)
class _Shown:
    """Batches passed on while a progress bar moves; how many rows there are is only counted where somebody looks."""

    progress: Progress | None
    total: Callable[[Table], int]

    def __call__(self, table: Table, found: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        done, total = 0, self.total(table) if self.progress and table is not TOMBSTONES else 0
        for batch in found:
            yield batch
            done += batch.num_rows
            if self.progress:
                self.progress(done, max(total, done), table.name)


def write_package(directory: Path, plan: Told, source: Source) -> Exported:
    """Write the tables of a plan, each from the batches that `source` has for it, and all that describes them."""
    with whole(directory, _stamp(plan)) as work:
        for table in plan.tables:
            if not _there(work, table, plan):
                work.keep(table.name, _write_table(work.folder, table, plan, source(table)))
                failpoint("after-table")
        files = _sealed(work.folder, plan)
        for each in work.finished.values():
            files.update(each.files)
        rows = {table.name: work.finished[table.name].rows for table in plan.tables}
        told = replace(plan, rows=rows, files=files)
        digests = {name: entry[0] for name, entry in files.items()} | _describe(work.folder, told)
        write_sums(work.folder, digests.items())
    return Exported(rows=rows, files=dict(sorted(digests.items())))


def _stamp(plan: Told) -> str:
    """What an interrupted export must have been of, for this one to go on with it."""
    said: dict[str, Any] = {
        "definitions": SCHEMA, "tables": [[table.name, *table.names] for table in plan.tables],
        "formats": plan.formats, "raw_csv": plan.raw_csv, "delta": plan.delta, "facts": plan.facts,
    }  # fmt: skip
    return digest(orjson.dumps(said).decode())


def _there(work: Work, table: Table, plan: Told) -> bool:
    """Whether a table was finished before; one that is in a database file too, only while that file is there."""
    single = [_work_file(work.folder, name) for name in plan.formats if FORMATS[name].one_file]
    return table.name in work.finished and all(path.exists() for path in single)


def _work_file(folder: Path, name: str) -> Path:
    return folder / f".{FORMATS[name].one_file}"


def _write_table(folder: Path, table: Table, plan: Told, found: Iterable[pa.RecordBatch]) -> Finished:
    """One traversal feeds all formats; files take their names when all of them are whole."""
    names = {name: FORMATS[name].file(table.name) for name in plan.formats if not FORMATS[name].one_file}
    rows = 0
    with ExitStack() as stack:
        writers = []
        for name in plan.formats:
            path = folder / f"{names[name]}{PART}" if name in names else _work_file(folder, name)
            writers.append(stack.enter_context(FORMATS[name].open(path, table, raw=plan.raw_csv)))
        for batch in found:
            for write in writers:
                write(batch)
            rows += batch.num_rows
            failpoint("after-batch")
    for file in names.values():
        (folder / f"{file}{PART}").replace(folder / file)
    return Finished(rows=rows, files={file: sha256_of(folder / file) for file in names.values()})


def _sealed(folder: Path, plan: Told) -> dict[str, tuple[str, int]]:
    """The files that hold all tables, made final."""
    found = {}
    for name in plan.formats:
        form = FORMATS[name]
        if form.one_file and form.seal:
            part = folder / f"{form.one_file}{PART}"
            part.unlink(missing_ok=True)
            form.seal(_work_file(folder, name), part)
            part.replace(folder / form.one_file)
            found[form.one_file] = sha256_of(folder / form.one_file)
    return found


def _describe(folder: Path, told: Told) -> dict[str, str]:
    """Write what describes the export; gives the digests by name."""
    written = {
        "DICTIONARY.md": dictionary(told.tables, raw_csv=told.raw_csv).encode(),
        "README.md": card(told).encode(),
        "CITATION.cff": citation(told).encode(),
        "datapackage.json": datapackage(told),
        "croissant.json": croissant(told),
    }
    for name, payload in written.items():
        write_whole(folder / name, payload)
    return {name: sha256_of(folder / name)[0] for name in written}
