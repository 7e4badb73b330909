"""What a page declares of itself: JSON-LD, meta tags, microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import html

from archive.extract.jsonld import articles_of

_HOST = re.compile(r"https?://([^/:?#]+)", re.IGNORECASE)

__all__ = ["Declared", "read_declared"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declarations of one page; `metas` by lower-case name, property or itemprop, `articles` from JSON-LD."""

    metas: Mapping[str, tuple[str, ...]]
    articles: tuple[Mapping[str, Any], ...]
    canonical_url: str | None
    language: str | None
    site_name: str | None = None
    host: str = (
        ""  # the name of the site in its address, letters and digits only: `examplecity` of www.example-city.gov
    )

    def meta(self, *names: str) -> str | None:
        """The first content of the first of these metas that the page has."""
        return next((self.metas[name][0] for name in names if name in self.metas), None)

    def values(self, key: str) -> Iterator[str]:
        """The texts and numbers that the JSON-LD articles give under a key, in page order."""
        for article in self.articles:
            value = article.get(key)
            for item in value if isinstance(value, list) else (value,):
                if isinstance(item, str | int) and not isinstance(item, bool):
                    yield str(item)


def read_declared(tree: html.HtmlElement, url: str | None = None) -> Declared:
    """Read the declarations of a page; unreadable ones are as if they were not there."""
    metas = _metas(tree)
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)").strip()
    address = canonical or next(iter(metas.get("og:url", ())), None) or url
    return Declared(
        metas=metas,
        articles=articles_of(tree),
        canonical_url=canonical or next(iter(metas.get("og:url", ())), None),
        site_name=next(iter(metas.get("og:site_name", metas.get("application-name", ()))), None),
        host=_host(address or ""),
        language=tree.get("lang") or next(iter(metas.get("og:locale", ())), None),
    )


def _metas(tree: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or element.get("value") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                found[name] = (*found.get(name, ()), content)
    return found


def _host(address: str) -> str:
    match = _HOST.match(address)
    labels = [label for label in match[1].lower().split(".") if label not in ("www", "m", "news")] if match else []
    return re.sub(r"\W|_", "", labels[-2] if len(labels) > 1 and len(labels[-2]) > 3 else "".join(labels[:-1]))
