"""What a page that answers 200 really is."""

from __future__ import annotations

from archive.records import Outcome

__all__ = ["verdict"]


def verdict(title: str | None, text: str) -> tuple[Outcome, str | None]:
    """The outcome of a page by its title and text, with the reason in words where it holds no text of its own."""
    if not text.strip():
        return Outcome.EMPTY, "the page holds no text"
    return Outcome.TEXT, None
