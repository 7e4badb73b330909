"""What a page declares of itself: JSON-LD, meta tags, microdata."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any

from lxml import html

from archive.extract.jsonld import articles_of
from archive.text import clean

__all__ = ["Declared", "read_declared"]

MAX_NAME = 300  # characters
MAX_SAME = 20  # metas of one name that are read
_AUTHOR_METAS = (
    "author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "citation_author", "byl",
)  # fmt: skip
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>")
_HOST = re.compile(r"https?://([^/:?#]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The declarations of one page.

    `metas` are by lower-case name, property or itemprop; `articles` and `body` (without markup) come from JSON-LD;
    `host` is the site's name in its address, letters and digits only: `examplecity` of www.example-city.gov.
    """

    metas: Mapping[str, tuple[str, ...]]
    articles: tuple[Mapping[str, Any], ...]
    canonical_url: str | None
    language: str | None
    site_name: str | None = None
    byline: str | None = None
    body: str = ""
    host: str = ""

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
    metas, articles = _metas(tree), articles_of(tree)
    canonical = tree.xpath("string(//link[@rel='canonical']/@href)").strip()
    address = canonical or next(iter(metas.get("og:url", ())), None) or url
    return Declared(
        metas=metas,
        articles=articles,
        canonical_url=canonical or next(iter(metas.get("og:url", ())), None),
        site_name=_site_name(metas, articles),
        byline=_byline(metas, articles),
        body=_body(articles),
        host=_host(address or ""),
        language=tree.get("lang") or next(iter(metas.get("og:locale", ())), None),
    )


def _metas(tree: html.HtmlElement) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or element.get("value") or "").strip()
        if not content:
            continue
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            contents = found.setdefault(name, [])
            if name and len(contents) < MAX_SAME:
                contents.append(content)
    return {name: tuple(contents) for name, contents in found.items() if contents}


def _host(address: str) -> str:
    match = _HOST.match(address)
    labels = [label for label in match[1].lower().split(".") if label not in ("www", "m", "news")] if match else []
    return re.sub(r"\W|_", "", labels[-2] if len(labels) > 1 and len(labels[-2]) > 3 else "".join(labels[:-1]))


def _site_name(metas: Mapping[str, tuple[str, ...]], articles: tuple[Mapping[str, Any], ...]) -> str | None:
    named = next(iter(metas.get("og:site_name", metas.get("application-name", ()))), None)
    return _shortened(named or next((name for each in articles for name in _names(each.get("publisher"))), ""))


def _byline(metas: Mapping[str, tuple[str, ...]], articles: tuple[Mapping[str, Any], ...]) -> str | None:
    names = [name for each in articles for name in _names(each.get("author"))]
    for meta in _AUTHOR_METAS:
        names = names or [name for name in metas.get(meta, ()) if not name.startswith(("http:", "https:", "/", "@"))]
    return _shortened("; ".join(dict.fromkeys(names)))


def _names(value: object) -> Iterator[str]:
    """The names in a person, an organisation, or a list of them; an address is no name."""
    for item in value if isinstance(value, list) else (value,):
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip() and not name.startswith(("http:", "https:")):
            yield " ".join(name.split())


def _shortened(text: str) -> str | None:
    return clean(" ".join(unescape(text).split()))[:MAX_NAME] or None


def _body(articles: tuple[Mapping[str, Any], ...]) -> str:
    bodies = (each.get("articleBody") for each in articles)
    longest = max((body for body in bodies if isinstance(body, str)), key=len, default="")
    lines = (" ".join(line.split()) for line in unescape(_TAG.sub("\n", longest)).splitlines())
    return "\n\n".join(line for line in lines if line)
