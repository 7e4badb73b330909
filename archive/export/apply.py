"""What an earlier export becomes by a delta: the whole export of that state, byte for byte, without an archive."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from archive.errors import UsageError
from archive.export.arrow import schema
from archive.export.dataset import Exported, tables_of, write_package
from archive.export.delta import applied
from archive.export.package import check_folder
from archive.export.panel import read_panel
from archive.export.previous import Previous
from archive.export.tables import SCHEMA, TOMBSTONES
from archive.export.told import Told

__all__ = ["apply_delta"]


def apply_delta(previous: Path, delta: Path, directory: Path) -> Exported:
    """Write into `directory` what the export `previous` becomes by `delta`, in the formats of the delta.

    Raises UsageError where the delta was made for another export, or by other definitions than this program's.
    """
    old, new = Previous.read(previous), Previous.read(delta)
    _check(old, new)
    plan = _plan(new.said)
    check_folder(directory)
    gone = _gone(new)
    return write_package(
        directory,
        plan,
        lambda table: applied(table, old.batches(table), new.batches(table), gone.get(table.name, set())),
    )


def _check(old: Previous, new: Previous) -> None:
    if not new.said["delta"]:
        raise UsageError(f"{new.folder}: is a whole export, no delta; use it as it is")
    if new.said["delta"]["since"] != old.digest:
        raise UsageError(f"{new.folder}: is a delta to another export than {old.folder}; name the one it was made from")
    if (made := new.said["facts"]["made_by"]["definitions"]) != SCHEMA:
        raise UsageError(f"{new.folder}: has the columns of definitions {made}, this program those of {SCHEMA}")


def _plan(said: Any) -> Told:
    panel = said["facts"]["query"].get("panel")
    return Told(
        tables=tables_of(read_panel(panel) if panel else None), rows={}, files={}, formats=tuple(said["formats"]),
        raw_csv=said["raw_csv"], facts=said["facts"],
    )  # fmt: skip


def _gone(delta: Previous) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    table, key = (schema(TOMBSTONES).get_field_index(name) for name in ("table", "key"))
    for batch in delta.batches(TOMBSTONES):
        for name, gone in zip(batch.column(table).to_pylist(), batch.column(key).to_pylist(), strict=True):
            found.setdefault(name, set()).add(gone)
    return found
