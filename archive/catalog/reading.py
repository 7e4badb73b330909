"""One entry's table, checked key by key: what is wrong is named with its file, source and key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import cssselect
import jmespath
import jmespath.exceptions

from archive.catalog.entry import REVISIT, REVISIT_BUDGET, Behind, Discover, Formerly, Move, SourceEntry
from archive.errors import CatalogError
from archive.extract import check_hints
from archive.records import DocumentKind

__all__ = ["STRATEGIES", "read_entry"]

# What each discovery strategy may be told; `crawler.discovery` holds the functions, a test holds the two together.
_ANY = frozenset({"documents", "skip", "strip"})
_PAGES = _ANY | {"css", "next", "pages", "second", "title", "date", "date_format"}
STRATEGIES: Mapping[str, frozenset[str]] = {
    "listing": _PAGES,
    "feed": _ANY,
    "sitemap": _ANY | {"follow"},
    "embedded": _ANY | {"array", "url", "title", "date", "date_format", "files"},
    "wordpress": _PAGES,
    "drupal": _PAGES,
    "civicplus": _PAGES,
    "granicus": _PAGES,
    "opencities": _PAGES,
    "aem": _PAGES,
    "sharepoint": _PAGES,
    "sitecore": _PAGES,
    "govdelivery": _ANY,
}
PATTERNS = frozenset({"documents", "skip", "strip", "follow", "files", "array"})
SELECTORS = frozenset(
    {"css", "next", "title", "date"}
)  # CSS in a page; in what is embedded title and date are JMESPath
KEYS = frozenset(
    {
        "title", "jurisdiction", "office", "kind", "start", "discover", "rhythm", "timezone", "language", "rights",
        "evidence", "hints", "revisit", "hosts", "candidate", "paywall", "formerly", "moves", "browser", "behind",
        "closed",
    }
)  # fmt: skip
REQUIRED = ("title", "kind", "start", "discover", "timezone", "rights")
RIGHTS = frozenset({"public record", "publisher", "cc0", "cc-by"})
PAYWALLS = frozenset({"none", "metered", "hard"})
BEGINNING = re.compile(r"(?:https?://)?(?:www\.)?([a-z0-9.-]+(?::\d+)?/\S*)")
AGE = re.compile(r"(\d{1,4})([hdw])")
HOURS = {"h": 1, "d": 24, "w": 168}
SOURCE_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


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


def read_entry(path: Path, name: str, table: Any) -> SourceEntry:
    check = _Checker(path, name)
    if not isinstance(table, dict):
        raise check.wrong(name, "stands outside of a source's table")
    if not SOURCE_ID.fullmatch(name):
        raise check.wrong(name, "an id is lower-case words and digits joined by hyphens")
    check.known(table, KEYS)
    for key in REQUIRED:
        if key not in table:
            raise check.wrong(key, "missing")
    return SourceEntry(
        id=name,
        title=table["title"],
        kind=_kind(check, table["kind"]),
        start=_start(check, "start", table["start"]),
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
        **_revisit(check, table.get("revisit", {})),
        behind=_behind(check, table["behind"]) if "behind" in table else None,
        paywall=_one_of(check, "paywall", table["paywall"], PAYWALLS) if "paywall" in table else None,
        formerly=tuple(_formerly(check, each) for each in table.get("formerly", ())),
        moves=tuple(_move(check, each) for each in table.get("moves", ())),
        browser=_truth(check, "browser", table.get("browser", False)),
        closed=_truth(check, "closed", table.get("closed", False)),
        candidate=_truth(check, "candidate", table.get("candidate", False)),
        file=str(path),
    )


def _start(check: _Checker, key: str, value: object) -> tuple[str, ...]:
    start = (value,) if isinstance(value, str) else tuple(value) if isinstance(value, list) else ()
    if not start or not all(str(url).startswith(("http://", "https://")) for url in start):
        raise check.wrong(key, f"not http or https addresses: {value!r}")
    return start


def _behind(check: _Checker, table: Mapping[str, Any]) -> Behind:
    given = dict(table)
    start = _start(check, "behind.start", given.pop("start", None))
    return Behind(start=start, discover=_discover(check, given, "behind."))


def _truth(check: _Checker, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise check.wrong(key, f"{value!r} is neither true nor false")
    return value


def _revisit(check: _Checker, table: Mapping[str, Any]) -> dict[str, Any]:
    check.known(table, {"after", "budget"}, "revisit.")
    budget = table.get("budget", REVISIT_BUDGET)
    if not isinstance(budget, int) or budget < 0:
        raise check.wrong("revisit.budget", f"{budget!r} is no number of revisits in one run")
    after = table.get("after")
    ages = REVISIT if after is None else tuple(_age(check, each) for each in after)
    if list(ages) != sorted(set(ages)):
        raise check.wrong("revisit.after", "ages must grow from one to the next")
    return {"revisit": ages, "revisit_budget": budget}


def _age(check: _Checker, value: object) -> timedelta:
    found = AGE.fullmatch(str(value))
    if found is None:
        raise check.wrong("revisit.after", f"{value!r} is no age; write them as 3h, 2d or 4w")
    return timedelta(hours=int(found[1]) * HOURS[found[2]])


def _formerly(check: _Checker, table: Mapping[str, Any]) -> Formerly:
    check.known(table, {"url", "until", "note"}, "formerly.")
    if not str(table.get("url", "")).startswith(("http://", "https://")):
        raise check.wrong("formerly.url", f"not an http or https address: {table.get('url')!r}")
    until = table.get("until")
    return Formerly(url=table["url"], until=None if until is None else str(until), note=table.get("note"))


def _move(check: _Checker, table: Mapping[str, Any]) -> Move:
    check.known(table, {"on", "from", "to"}, "moves.")
    on = table.get("on")
    try:
        day = date.fromisoformat(str(on))
    except ValueError:
        raise check.wrong("moves.on", f"{on!r} is no day; write it as 2022-12-12") from None
    old, new = (_beginning(check, key, table.get(key)) for key in ("from", "to"))
    return Move(on=day, old=old, new=new)


def _beginning(check: _Checker, key: str, value: object) -> str:
    found = BEGINNING.fullmatch(str(value or ""))
    if found is None:
        raise check.wrong(
            f"moves.{key}", f"{value!r} is no beginning of an address, such as https://www.ashby.example/news/"
        )
    return found[1]


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


def _discover(check: _Checker, table: Mapping[str, Any], within: str = "discover.") -> Discover:
    options = dict(table)
    strategy = _one_of(check, within + "strategy", options.pop("strategy", ""), STRATEGIES)
    check.known(options, STRATEGIES[strategy], within)
    for key in PATTERNS & options.keys():
        check.pattern(within + key, options[key])
    for key in SELECTORS & options.keys() if strategy != "embedded" else ():
        check.selector(within + key, options[key])
    for key in {"url", "title", "date"} & options.keys() if strategy == "embedded" else ():
        check.expression(within + key, options[key])
    return Discover(strategy=strategy, options=options)


def _hints(check: _Checker, table: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    hints = tuple(sorted((key, str(value)) for key, value in table.items()))
    try:
        check_hints(dict(hints))
    except ValueError as error:
        raise check.wrong("hints", str(error)) from None
    return hints
