"""How long a text may be."""

from __future__ import annotations

__all__ = ["MAX_TEXT", "bounded"]

MAX_TEXT = 1_000_000  # code points


def bounded(text: str) -> tuple[str, bool]:
    """A text cut to a million code points, and whether it was cut."""
    return text[:MAX_TEXT], len(text) > MAX_TEXT
