"""What a catalog entry may say about the pages of its source, as CSS selectors."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from lxml import html
from lxml.cssselect import CSSSelector

__all__ = ["HINTS", "check_hints", "selected"]

HINTS = frozenset({"body", "title", "date", "remove"})


def check_hints(hints: Mapping[str, str]) -> None:
    """Compile the hints; ValueError names the key that is unknown or whose selector cannot be read."""
    for key, selector in hints.items():
        if key not in HINTS:
            raise ValueError(f"unknown hint {key!r}; known are {', '.join(sorted(HINTS))}")
        try:
            _compiled(selector)
        except Exception as error:  # cssselect and lxml each raise their own kinds
            raise ValueError(f"hint {key!r} is no CSS selector: {selector!r} ({error})") from None


def selected(tree: html.HtmlElement, hints: tuple[tuple[str, str], ...], key: str) -> list[html.HtmlElement]:
    """The elements that the hints of that key select, in page order; none where there is no such hint."""
    return [element for name, selector in hints if name == key for element in _compiled(selector)(tree)]


@lru_cache(maxsize=512)
def _compiled(selector: str) -> CSSSelector:
    return CSSSelector(selector, translator="html")
