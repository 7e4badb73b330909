"""An export that somebody has: its descriptor and its rows, read without an archive."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa

from archive.errors import UsageError
from archive.export.columns import Table
from archive.export.descriptors import OWN
from archive.export.formats import FORMATS
from archive.export.package import SUMS, sha256_of
from archive.export.told import Told

__all__ = ["Previous"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """An earlier export in `folder`; `said` is what its descriptor says beyond what Data Package knows."""

    folder: Path
    digest: str
    said: Mapping[str, Any]
    tables: frozenset[str]

    @classmethod
    def read(cls, folder: Path) -> Previous:
        """The export in a folder. Raises UsageError where there is none."""
        try:
            descriptor = orjson.loads((folder / "datapackage.json").read_bytes())
            said = descriptor[OWN]
            digest = sha256_of(folder / SUMS)[0]
        except (OSError, ValueError, KeyError) as error:
            raise UsageError(f"{folder}: is no export that can be read ({error}); name the folder of one") from None
        return cls(folder=folder, digest=digest, said=said, tables=frozenset(_tables(descriptor)))

    @classmethod
    def open(cls, folder: Path, plan: Told) -> Previous:
        """The export in a folder, to be compared with a planned one. Raises UsageError where it cannot be."""
        found = cls.read(folder)
        if found.said["delta"]:
            raise UsageError(f"{folder}: is a delta itself; apply it (`--apply`), and name the whole export it gives")
        mine, its = plan.facts["query"], found.said["facts"]["query"]
        other = sorted(name for name in {*mine, *its} if mine.get(name) != its.get(name))
        if other:
            asked = ", ".join(f"{name} {its.get(name, 'nothing')}" for name in other)
            raise UsageError(f"{folder}: was made of another choice ({asked}); make the delta with the same options")
        found.format()
        return found

    def format(self) -> str:
        """The format that its rows are read from. Raises UsageError where there is none that keeps them as they are."""
        usable = [name for name in FORMATS if name in self.said["formats"] and (name != "csv" or self.said["raw_csv"])]
        if not usable:
            raise UsageError(
                f"{self.folder}: has its rows only as CSV with apostrophes in front of what a spreadsheet would run; "
                "export it in another format too, or with --raw-csv"
            )
        return usable[0]

    def batches(self, table: Table) -> Iterator[pa.RecordBatch]:
        """The rows of a table; none where the export has no such table. Raises UsageError where they are damaged."""
        if table.name not in self.tables:
            return
        form = FORMATS[self.format()]
        path = self.folder / form.file(table.name)
        try:
            yield from form.read(path, table)
        except (OSError, ValueError, pa.ArrowException) as error:
            said = " ".join(str(error).split())
            raise UsageError(
                f"{path}: cannot be read ({said}); `archive export {self.folder} --check` says more"
            ) from None


def _tables(descriptor: Mapping[str, Any]) -> Iterator[str]:
    for resource in descriptor["resources"]:
        yield from (each["title"] for each in resource.get("tables", [resource]))
