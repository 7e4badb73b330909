"""The catalog: one reviewed TOML entry per source, checked whole when it is loaded.

An entry's key is the source's id and its spider's name. A misspelt key, an unknown strategy or a bad pattern raises
CatalogError naming file, source and key, so that no crawl starts on half an entry.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from archive.catalog.entry import REVISIT, Behind, Discover, Formerly, Move, SourceEntry
from archive.catalog.reading import STRATEGIES, read_entry
from archive.errors import CatalogError, UnknownSource

__all__ = [
    "BUILT_IN", "REVISIT", "STRATEGIES", "Behind", "Catalog", "Discover", "Formerly", "Move", "SourceEntry",
    "load_catalog",
]  # fmt: skip

BUILT_IN = Path(__file__).parents[1] / "sources"


class Catalog(dict[str, SourceEntry]):
    """Source id -> entry, in the order of the ids."""

    def source(self, name: str) -> SourceEntry:
        """The entry of that name; UnknownSource names the nearest ones."""
        if name in self:
            return self[name]
        near = difflib.get_close_matches(name, self, n=3, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else "`scrapy list` prints the names"
        raise UnknownSource(f"no source is called {name!r}; {hint}")


def load_catalog(paths: Iterable[str | Path] | None = None) -> Catalog:
    """Read every `*.toml` of the given files and folders.

    Without `paths`, those of the environment variable ARCHIVE_CATALOG (separated as in PATH), else the built-in
    ones. Raises CatalogError for the first thing that is wrong.
    """
    if paths is None:
        named = os.environ.get("ARCHIVE_CATALOG", "")
        paths = [part for part in named.split(os.pathsep) if part] or [BUILT_IN]
    entries: dict[str, SourceEntry] = {}
    for path in _files(paths):
        for name, table in _read(path).items():
            if name in entries:
                raise CatalogError(f"{path}: source {name} stands in {entries[name].file} too; rename one of them")
            entries[name] = read_entry(path, name, table)
    return Catalog(sorted(entries.items()))


def _files(paths: Iterable[str | Path]) -> list[Path]:
    found: list[Path] = []
    for path in map(Path, paths):
        if not path.exists():
            raise CatalogError(f"{path}: no such catalog file or folder; look at ARCHIVE_CATALOG")
        found.extend(sorted(path.glob("*.toml")) if path.is_dir() else [path])
    return found


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: not TOML: {error}") from None
