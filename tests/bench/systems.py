"""Whether a site's system is told right, on real pages that a reader labelled without having seen the code.

The labels are facts of `systems.csv`; a page of an even last digit of its address's sha256 is for tuning, the others
for the test.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawler.recognition import recognise

__all__ = ["Told", "told"]

LABELS = Path(__file__).with_name("systems.csv")


@dataclass(frozen=True, slots=True)
class Told:
    """One page: its label, what was recognised, and the half that it belongs to."""

    url: str
    label: str
    found: str
    half: str

    @property
    def right(self) -> bool:
        """Another product counts by the first word of its name; `none` where nothing was recognised."""
        return self.found == self.label.removeprefix("other:").lower().split()[0]


def told(folder: Path) -> Iterator[Told]:
    """Every labelled page, read."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            payload = (folder / "pages" / row["file"]).read_bytes()
            payload = gzip.decompress(payload) if payload.startswith(b"\x1f\x8b") else payload
            even = int(hashlib.sha256(row["url"].encode()).hexdigest()[-1], 16) % 2 == 0
            found = recognise(row["url"], [], payload).system or "none"
            yield Told(url=row["url"], label=row["label"], found=found, half="tune" if even else "test")
