"""The title of a page."""

from __future__ import annotations

from lxml import html

from archive.extract.declared import Declared
from archive.text import clean

__all__ = ["title_of"]


def title_of(tree: html.HtmlElement, declared: Declared) -> str | None:
    """The title."""
    candidates = [declared.meta("og:title"), tree.findtext(".//title"), tree.findtext(".//h1")]
    return next((clean(" ".join(title.split())) for title in candidates if title and title.strip()), None)
