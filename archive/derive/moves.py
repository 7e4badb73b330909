"""Migrations of whole sites, as the catalog dates them: which address took the place of which."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

__all__ = ["SiteMove", "homes", "site_moves"]

HTTPS = "https://"


@dataclass(frozen=True, slots=True, order=True)
class SiteMove:
    """From that day on what stood at `old` + rest stands at `new` + rest; both without scheme and `www.`."""

    on: date
    old: str
    new: str

    def forward(self, address: str) -> str | None:
        """Where a canonical address moved to; None where it is none of these."""
        return _changed(address, self.old, self.new)

    def back(self, address: str) -> str | None:
        """Where a canonical address came from."""
        return _changed(address, self.new, self.old)


def _changed(address: str, given: str, wanted: str) -> str | None:
    rest = address.removeprefix(HTTPS + given)
    return None if rest == address else HTTPS + wanted + rest


def site_moves(stored: Iterable[Sequence[Any]]) -> list[SiteMove]:
    """The moves of a source as its row has them: lists of day, old and new beginning; in the order of time."""
    return sorted(SiteMove(date.fromisoformat(on), old, new) for on, old, new in stored)


def homes(address: str, moves: Sequence[SiteMove]) -> Iterator[tuple[str, str, date]]:
    """Each step that concerns an address: old address, new address, and from when on."""
    for move in moves:
        if (new := move.forward(address)) is not None:
            yield address, new, move.on
        if (old := move.back(address)) is not None:
            yield old, address, move.on
