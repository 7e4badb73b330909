"""The catalog: one reviewed TOML entry per source, checked whole when it is loaded.

An entry's key is the source's id and its spider's name. A misspelt key, an unknown strategy or a bad pattern raises
CatalogError naming file, source and key, so that no crawl starts on half an entry.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import cssselect
import jmespath
import jmespath.exceptions
import orjson

from archive import text
from archive.errors import CatalogError, UnknownSource
from archive.extract import check_hints
from archive.records import DocumentKind

__all__ = ["STRATEGIES", "Catalog", "Discover", "SourceEntry", "load_catalog"]

BUILT_IN = Path(__file__).parent / "sources"

# What each discovery strategy may be told; `crawler.discovery` holds the functions, a test holds the two together.
STRATEGIES: Mapping[str, frozenset[str]] = {
    "listing": frozenset(
        {"documents", "css", "next", "pages", "second", "title", "date", "date_format", "skip", "strip"}
    ),
    "feed": frozenset({"documents", "skip", "strip"}),
    "sitemap": frozenset({"documents", "skip", "strip", "follow"}),
    "embedded": frozenset({"array", "url", "title", "date", "date_format", "documents", "skip", "strip", "files"}),
}
PATTERNS = frozenset({"documents", "skip", "strip", "follow", "files", "array"})
SELECTORS = frozenset(
    {"css", "next", "title", "date"}
)  # CSS in a listing; in what is embedded title and date are JMESPath
KEYS = frozenset(
    {
        "title", "jurisdiction", "office", "kind", "start", "discover", "rhythm", "timezone", "language", "rights",
        "evidence", "hints", "revisit", "hosts", "candidate",
    }
)  # fmt: skip
REQUIRED = ("title", "kind", "start", "discover", "timezone", "rights")
RIGHTS = frozenset({"public record", "publisher", "cc0", "cc-by"})
SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Discover:
    """How a source's documents are found: a strategy's name and what it is told."""

    strategy: str
    options: Mapping[str, str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceEntry:
    """One catalog entry. `per_week` is the expected number of new documents in a week, None where unknown.

    `revisit_days` is how long after it was first seen a document that no listing shows is asked for again.
    """

    id: str
    title: str
    kind: DocumentKind
    start: tuple[str, ...]
    discover: Discover
    timezone: str
    rights: str
    jurisdiction: str | None = None
    office: str | None = None
    per_week: float | None = None
    language: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    hints: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()
    revisit_days: int = 30
    candidate: bool = False
    file: str = ""

    @property
    def digest(self) -> str:
        """sha256 of what the entry says, wherever it stands."""
        said = {name: getattr(self, name) for name in self.__slots__ if name not in ("file", "discover")}
        said["discover"] = [self.discover.strategy, dict(self.discover.options)]
        return text.digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS, default=dict).decode())


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
            entries[name] = _entry(path, name, table)
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


class _Checker:
    """Reads one entry's keys and says which one is wrong."""

    def __init__(self, path: Path, name: str) -> None:
        self.place = f"{path}: source {name}"

    def wrong(self, key: str, what: str) -> CatalogError:
        return CatalogError(f"{self.place}: key {key}: {what}")

    def known(self, given: Iterable[str], allowed: Iterable[str], within: str = "") -> None:
        allowed = sorted(allowed)
        for key in given:
            if key not in allowed:
                near = difflib.get_close_matches(key, allowed, n=1)
                raise self.wrong(
                    within + key,
                    f"unknown; {f'did you mean {near[0]}?' if near else 'known are ' + ', '.join(allowed)}",
                )

    def pattern(self, key: str, value: object) -> None:
        try:
            re.compile(str(value))
        except re.error as error:
            raise self.wrong(key, f"not a regular expression: {error}") from None

    def selector(self, key: str, value: object) -> None:
        try:
            cssselect.parse(str(value))
        except cssselect.SelectorError as error:
            raise self.wrong(key, f"not a CSS selector: {error}") from None

    def expression(self, key: str, value: object) -> None:
        try:
            jmespath.compile(str(value))
        except jmespath.exceptions.JMESPathError as error:
            raise self.wrong(key, f"not a JMESPath expression: {str(error).splitlines()[0]}") from None


def _entry(path: Path, name: str, table: Any) -> SourceEntry:
    check = _Checker(path, name)
    if not isinstance(table, dict):
        raise check.wrong(name, "stands outside of a source's table")
    if not SOURCE_ID.fullmatch(name):
        raise check.wrong(name, "an id is lower-case words and digits joined by hyphens")
    check.known(table, KEYS)
    for key in REQUIRED:
        if key not in table:
            raise check.wrong(key, "missing")
    start = tuple([table["start"]] if isinstance(table["start"], str) else table["start"])
    if not start or not all(str(url).startswith(("http://", "https://")) for url in start):
        raise check.wrong("start", f"not http or https addresses: {start!r}")
    return SourceEntry(
        id=name,
        title=table["title"],
        kind=_kind(check, table["kind"]),
        start=start,
        discover=_discover(check, table["discover"]),
        timezone=_timezone(check, table["timezone"]),
        rights=_one_of(check, "rights", table["rights"], RIGHTS),
        jurisdiction=table.get("jurisdiction"),
        office=table.get("office"),
        per_week=_per_week(check, table.get("rhythm", {})),
        language=table.get("language"),
        evidence={key: str(value) for key, value in table.get("evidence", {}).items()},
        hints=_hints(check, table.get("hints", {})),
        hosts=tuple(table.get("hosts", ())),
        revisit_days=int(table.get("revisit", {}).get("days", 30)),
        candidate=bool(table.get("candidate", False)),
        file=str(path),
    )


def _one_of(check: _Checker, key: str, value: str, allowed: Iterable[str]) -> str:
    if value not in allowed:
        raise check.wrong(key, f"{value!r} is none of {', '.join(sorted(allowed))}")
    return value


def _kind(check: _Checker, value: str) -> DocumentKind:
    return DocumentKind(_one_of(check, "kind", value, list(DocumentKind)))


def _timezone(check: _Checker, value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        raise check.wrong(
            "timezone", f"{value!r} is no time zone of the tz database, such as America/Chicago"
        ) from None
    return value


def _per_week(check: _Checker, rhythm: Mapping[str, Any]) -> float | None:
    check.known(rhythm, {"per_week"}, "rhythm.")
    value = rhythm.get("per_week")
    if value is not None and not (isinstance(value, int | float) and value > 0):
        raise check.wrong("rhythm.per_week", f"{value!r} is no number above 0")
    return None if value is None else float(value)


def _discover(check: _Checker, table: Mapping[str, Any]) -> Discover:
    options = dict(table)
    strategy = _one_of(check, "discover.strategy", options.pop("strategy", ""), STRATEGIES)
    check.known(options, STRATEGIES[strategy], "discover.")
    for key in PATTERNS & options.keys():
        check.pattern(f"discover.{key}", options[key])
    for key in SELECTORS & options.keys() if strategy == "listing" else ():
        check.selector(f"discover.{key}", options[key])
    for key in {"url", "title", "date"} & options.keys() if strategy == "embedded" else ():
        check.expression(f"discover.{key}", options[key])
    return Discover(strategy=strategy, options=options)


def _hints(check: _Checker, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    hints = tuple(sorted((key, str(value)) for key, value in table.items()))
    try:
        check_hints(dict(hints))
    except ValueError as error:
        raise check.wrong("hints", str(error)) from None
    return hints
