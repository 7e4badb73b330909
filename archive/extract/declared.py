"""What a page declares of itself: JSON-LD, meta tags, microdata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lxml import html

from archive.extract.jsonld import articles_of

__all__ = ["Declared", "read_declared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declarations of one page; `metas` by lower-case name, property or itemprop, `articles` from JSON-LD."""

    metas: Mapping[str, tuple[str, ...]]
    articles: tuple[Mapping[str, Any], ...]
    canonical_url: str | None
    language: str | None

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these metas that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)


def read_declared(tree: html.HtmlElement) -> Declared:
    """Read the declarations of a page; unreadable ones are as if they were not there."""
    metas = _metas(tree)
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)").strip()
    return Declared(
        metas=metas,
        articles=articles_of(tree),
        canonical_url=canonical or next(iter(metas.get("og:url", ())), None),
        language=tree.get("lang") or next(iter(metas.get("og:locale", ())), None),
    )


def _metas(tree: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found[name] = (*found.get(name, ()), content)
    return found
