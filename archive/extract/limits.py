"""How long a text may be."""

from __future__ import annotations

__all__ = ["INVISIBLE", "MAX_TEXT", "bounded"]

# Hints for line breaking that change with the template, never with the words: soft hyphen, zero-width space and joiner.
INVISIBLE = dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))

MAX_TEXT = 1_000_000  # code points


def bounded(text: str) -> tuple[str, bool]:
    """A text cut to a million code points, and whether it was cut."""
    return text[:MAX_TEXT], len(text) > MAX_TEXT
