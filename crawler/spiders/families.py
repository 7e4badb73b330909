"""Addresses of one shape that bring nothing: a trap that makes new addresses as fast as they are asked for."""

from __future__ import annotations

import posixpath
from collections import Counter
from urllib.parse import parse_qsl, urlsplit

__all__ = ["Families"]

BARREN_IN_A_ROW = 20

Family = tuple[str, str, tuple[str, ...]]


class Families:
    """What came of the new addresses of each shape: host, folder and names of parameters."""

    def __init__(self) -> None:
        self.barren: Counter[Family] = Counter()
        self.texts: dict[str, str] = {}

    def note(self, url: str, text_key: str | None) -> None:
        """A new address answered: with a text (its key), or with none. A text under two addresses is nothing new."""
        family = _family(url)
        if text_key is not None and self.texts.setdefault(text_key, url) == url:
            self.barren[family] = 0
        else:
            self.barren[family] += 1

    def is_barren(self, url: str) -> bool:
        """Whether the last twenty new addresses of this shape brought nothing."""
        return bool(self.barren) and self.barren[_family(url)] >= BARREN_IN_A_ROW


def _family(url: str) -> Family:
    parts = urlsplit(url)
    names = tuple(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return parts.netloc, posixpath.dirname(parts.path), names
