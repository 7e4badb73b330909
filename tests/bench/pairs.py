"""Texts known at two times, from BENCH_DATA: pairs of edited statements, and pages that were saved again."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

__all__ = ["Pair", "State", "edited_pairs", "recaptured_pairs"]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One of the two: a title and a Markdown text, or the bytes of a page."""

    captured_at: datetime
    title: str = ""
    text: str = ""
    payload: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One address at two times."""

    name: str
    url: str
    earlier: State
    later: State


def edited_pairs(folder: Path) -> Iterator[Pair]:
    """The pairs of `versions/wh_briefings` whose later half lists edits of its words."""
    truth = {
        entry["file"]: entry
        for entry in _lines(folder / "pages" / "truth.jsonl")
        if entry["file"].startswith("versions/wh_briefings/")
    }
    for name, entries in _by_pair(folder, "versions/wh_briefings/"):
        if entries[1].get("edits"):
            states = [
                State(
                    captured_at=_at(entry["captured"]),
                    title=truth[entry["file"]]["title"],
                    text=truth[entry["file"]]["text"],
                )
                for entry in entries
            ]
            yield Pair(name=name, url=entries[0]["url"], earlier=states[0], later=states[1])


def recaptured_pairs(folder: Path) -> Iterator[Pair]:
    """The pairs of `versions/recaptured`, whose own address is not known."""
    for name, entries in _by_pair(folder, "versions/recaptured/"):
        earlier, later = (
            State(
                captured_at=_at(entry["captured"]),
                payload=gzip.decompress((folder / "pages" / entry["file"]).read_bytes()),
            )
            for entry in entries
        )
        yield Pair(name=name, url=f"https://{entries[0]['site']}/{name}", earlier=earlier, later=later)


def _by_pair(folder: Path, start: str) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    pairs: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in _lines(folder / "pages" / "manifest.jsonl"):
        if entry["file"].startswith(start):
            pairs[entry["pair_id"]].append(entry)
    for name, entries in pairs.items():
        if len(entries) == 2:
            yield name, sorted(entries, key=lambda entry: entry["version"])


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def _at(stamp: str) -> datetime:
    at = datetime.fromisoformat(stamp)
    return at if at.tzinfo else at.replace(tzinfo=UTC)
