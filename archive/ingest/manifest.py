"""`manifest.jsonl`: what is known of the files of a folder - address, capture day, what each is.

    {"file": "press/2026-03-04.html.gz", "url": "https://...", "captured": "2026-03-04", "kind": "press_release"}

`file` is relative to the manifest's folder; other keys are ignored.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import orjson

from archive.errors import UsageError

__all__ = ["NAME", "Known", "at_noon", "known_of", "moment", "read_manifest"]

NAME = "manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What a manifest says of one file; `captured` is the day or the aware UTC time of the capture."""

    file: str
    url: str | None = None
    captured: date | datetime | None = None
    kind: str | None = None

    @property
    def day(self) -> date | None:
        """The day of the capture."""
        return self.captured.date() if isinstance(self.captured, datetime) else self.captured


def read_manifest(path: Path) -> dict[str, Known]:
    """File name, as the manifest writes it, -> what is known of it.

    A `captured` that is no ISO date counts as unknown. Raises UsageError naming the first line that is no JSON
    object with `file`.
    """
    known: dict[str, Known] = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = orjson.loads(line)
            known[row["file"]] = _known(dict(row))
        except (orjson.JSONDecodeError, KeyError, TypeError):
            reason = "no JSON object with the key `file`"
            raise UsageError(f"{path}, line {number}: {reason}; mend the line or take it out") from None
    return known


def _known(row: dict[str, Any]) -> Known:
    try:
        captured = moment(str(row.get("captured") or ""))
    except ValueError:
        captured = None
    return Known(file=str(row["file"]), url=row.get("url") or None, captured=captured, kind=row.get("kind"))


def moment(said: str) -> date | datetime:
    """An ISO date, or an ISO time as aware UTC (without a zone it counts as UTC); ValueError for anything else.

    A year or a month alone means its last day: what it says of a capture is an upper bound.
    """
    if re.fullmatch(r"\d{4}(-\d\d)?", said):
        year, month = int(said[:4]), int(said[5:] or 12)
        return date(year, month, monthrange(year, month)[1])
    if len(said) <= 10:
        return date.fromisoformat(said)
    at = datetime.fromisoformat(said)
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def at_noon(day: date | datetime) -> datetime:
    """A time for a capture of which only the day is known: noon UTC is the same day in most of the world."""
    return day if isinstance(day, datetime) else datetime.combine(day, time(12), UTC)


@lru_cache(maxsize=8)
def _manifest_above(folder: Path) -> tuple[Path, dict[str, Known]] | None:
    for parent in (folder, *folder.parents):
        if (parent / NAME).is_file():
            return parent, read_manifest(parent / NAME)
    return None


def known_of(path: str | Path) -> Known | None:
    """What the nearest manifest in the folders above a file says of it, if anything."""
    place = Path(path).absolute()
    found = _manifest_above(place.parent)
    return found[1].get(place.relative_to(found[0]).as_posix()) if found else None
