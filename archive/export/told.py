"""All that the descriptions of one export are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from shlex import quote
from typing import Any

from archive.export.columns import Table
from archive.export.facts import Facts
from archive.export.formats import FORMATS

__all__ = ["NAME", "Told"]

NAME = "on-the-record"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An export: its tables with their rows, its files with sha256 and bytes, and what the archive says of itself.

    `delta` is None for a whole export, else the sha256 of the checksums that it is to be applied to (`since`).
    """

    tables: tuple[Table, ...]
    rows: Mapping[str, int]
    files: Mapping[str, tuple[str, int]]
    formats: tuple[str, ...]
    raw_csv: bool
    facts: Facts
    delta: Mapping[str, Any] | None = None

    @property
    def version(self) -> str:
        """The version of the data: the same for the same state of the same archive."""
        return str(self.facts["state"])[:12]

    @property
    def typed(self) -> str | None:
        """The format that keeps most of types and is read most easily; None where there is only a database file."""
        return next((name for name in FORMATS if name in self.formats and not FORMATS[name].one_file), None)

    def command(self) -> str:
        """The command line that writes this export."""
        words = ["archive export DIR", f"--format {','.join(self.formats)}"]
        for name, value in self.facts["query"].items():
            option = f"--{name.replace('_', '-')}"
            if isinstance(value, bool):
                words += [option] if value else []
            else:
                words.append(f"{option} {quote(str(value))}")
        words += ["--raw-csv"] if self.raw_csv else []
        return " ".join(words + (["--since-export PREVIOUS"] if self.delta else []))
