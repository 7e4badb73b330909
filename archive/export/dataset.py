"""One export: a folder of tables in some formats, a data dictionary, a README and checksums, all or nothing."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Select, func, select

from archive.errors import UsageError
from archive.export.columns import Choice
from archive.export.csv_format import open_csv, open_raw_csv
from archive.export.describe import dictionary, readme
from archive.export.jsonl_format import open_jsonl
from archive.export.parquet_format import open_parquet
from archive.export.tables import TABLES, Table
from archive.export.writing import Format, Write

__all__ = ["FORMATS", "SUMS", "Exported", "check", "export"]

# Name -> how a file of it is opened, and what its name ends in.
FORMATS: Mapping[str, tuple[Format, str]] = {
    "csv": (open_csv, ".csv"),
    "jsonl": (open_jsonl, ".jsonl.gz"),
    "parquet": (open_parquet, ".parquet"),
}
SUMS = "SHA256SUMS"
BATCH = 2_000
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: rows of each table, and sha256 of each file, by name."""

    rows: Mapping[str, int]
    files: Mapping[str, str]


def export(
    connection: Connection, directory: Path, *, formats: Sequence[str], choice: Choice | None = None,
    raw_csv: bool = False, progress: Progress | None = None,
) -> Exported:  # fmt: skip
    """Write the archive, as the connection sees it, into a folder; the same archive gives the same bytes.

    The folder is new, empty or an earlier export, which is replaced as a whole. Raises UsageError for anything else
    in it, and for an unknown format.
    """
    unknown = sorted(set(formats) - FORMATS.keys())
    if unknown or not formats:
        raise UsageError(f"no export format is called {', '.join(unknown) or ''!r}; there are {', '.join(FORMATS)}")
    _check_folder(directory)
    chosen = choice or Choice()
    with _whole(directory) as folder:
        rows: dict[str, int] = {}
        for table in TABLES:
            wanted = table.rows(chosen, connection.dialect.name)
            with ExitStack() as stack:
                writers = [stack.enter_context(each) for each in _opened(folder, table, formats, raw_csv)]
                rows[table.name] = _copy(connection, wanted, writers, table.name, progress)
        (folder / "DICTIONARY.md").write_text(dictionary(TABLES, raw_csv=raw_csv), encoding="utf-8")
        (folder / "README.md").write_text(readme(rows, chosen), encoding="utf-8")
        files = {path.name: _sha256(path) for path in sorted(folder.iterdir())}
        lines = (f"{digest}  {name}\n" for name, digest in files.items())
        (folder / SUMS).write_text("".join(lines), encoding="utf-8")
    return Exported(rows=rows, files=files)


def _copy(
    connection: Connection, wanted: Select[*tuple[Any, ...]], writers: list[Write], what: str, progress: Progress | None
) -> int:
    """One traversal feeds all formats; of the rows only one batch is ever in memory."""
    total = connection.scalar(select(func.count()).select_from(wanted.order_by(None).subquery())) or 0
    done = 0
    with connection.execute(wanted, execution_options={"yield_per": BATCH}) as result:
        for batch in result.partitions():
            for write in writers:
                write(batch)
            done += len(batch)
            if progress:
                progress(done, total, what)
    return done


def _opened(folder: Path, table: Table, formats: Sequence[str], raw_csv: bool) -> Iterator[Any]:
    for name in dict.fromkeys(formats):
        opener, ending = FORMATS[name]
        if raw_csv and name == "csv":
            opener = open_raw_csv
        yield opener(folder / f"{table.name}{ending}", table.columns)


def _check_folder(directory: Path) -> None:
    if not directory.exists():
        return
    if not directory.is_dir():
        raise UsageError(f"{directory}: is a file; name a folder for the export")
    ours = {SUMS, *_sums(directory)}
    strange = sorted(path.name for path in directory.iterdir() if path.name not in ours)
    if strange:
        raise UsageError(f"{directory}: holds {strange[0]}, which is no part of an export; name another folder")


@contextmanager
def _whole(directory: Path) -> Iterator[Path]:
    """A folder to write in, which takes the name `directory` when all went well and vanishes when not."""
    target = directory.absolute()
    partial, former = (target.with_name(f".{target.name}.{word}") for word in ("partial", "former"))
    for leftover in (partial, former):
        if leftover.exists():
            shutil.rmtree(leftover)
    partial.mkdir(parents=True)
    try:
        yield partial
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    if target.exists():
        target.rename(former)
    partial.rename(target)
    if former.exists():
        shutil.rmtree(former)


def check(directory: Path) -> list[str]:
    """Compare an export's files with its checksums: a sentence for each that is changed, gone or not listed.

    Raises UsageError where the folder is no export.
    """
    sums = _sums(directory)
    if not sums:
        raise UsageError(f"{directory}: holds no {SUMS}, so it is no export; name the folder of one")
    found = []
    for name, digest in sums.items():
        path = directory / name
        if not path.is_file():
            found.append(f"{name} is gone")
        elif _sha256(path) != digest:
            found.append(f"{name} is changed")
    present = {path.name for path in directory.iterdir()}
    return found + [f"{name} is not listed" for name in sorted(present - {SUMS, *sums})]


def _sums(directory: Path) -> dict[str, str]:
    path = directory / SUMS
    if not path.is_file():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
