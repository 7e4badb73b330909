"""Which system a site runs on, by the marks that the system leaves in the pages that it makes.

What a page links to says little: a WordPress site links to its Legistar. What it loads and what it calls itself says
much.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.etree import LxmlError
from w3lib.encoding import html_to_unicode

__all__ = ["Recognised", "recognise"]

ENOUGH = 3
HEAD = 1_500_000  # characters that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A system's name (None where it cannot be known) with the signs that speak for it, and what the page announces.

    `feeds` are absolute addresses; `rest` is the root of WordPress's REST interface.
    """

    system: str | None
    signs: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    rest: str | None = None


@dataclass(frozen=True, slots=True)
class _Sign:
    """`where`: `generator` (what the page says made it), `asset` (what it loads), `markup`, `url`, `header`."""

    system: str
    where: str
    pattern: re.Pattern[str]
    weight: int


@cache
def _signs() -> tuple[_Sign, ...]:
    tables = tomllib.loads((Path(__file__).parent / "systems.toml").read_text(encoding="utf-8"))
    return tuple(
        _Sign(system, where, re.compile(pattern, re.IGNORECASE), weight)
        for system, places in tables.items()
        for where, rows in places.items()
        for weight, pattern in rows
    )


# Tools that write a page's head and are no system of their own.
NO_SYSTEM = frozenset(
    {"microsoft", "adobe", "elementor", "wpbakery", "powered", "slider", "site", "all", "visual", "webflow,"}
)
_ASSETS = ".//script/@src | .//link/@href | .//img/@src | .//source/@src | .//img/@data-src"
_GENERATOR = "//meta[translate(@name, 'GENRATO', 'genrato') = 'generator']/@content"


def recognise(url: str, headers: Sequence[tuple[str, str]], payload: bytes) -> Recognised:
    """What one page of a site says of the system that made it."""
    text = html_to_unicode("text/html", payload[:HEAD], default_encoding="utf-8")[1] or ""
    try:
        root = html.document_fromstring(text.replace("\x00", "") or "<html/>", parser=html.HTMLParser(encoding=None))
    except (LxmlError, ValueError):
        return Recognised(system=None)
    generators = [str(each).strip() for each in root.xpath(_GENERATOR)]
    material = {
        "generator": generators,
        "asset": _loaded(root),
        "markup": [text],
        "url": [url],
        "header": [f"{name}: {value}" for name, value in headers],
    }
    system, signs = _judge(material)
    feeds = root.xpath("//link[contains(@type,'rss') or contains(@type,'atom')]/@href")
    rest = root.xpath("//link[@rel='https://api.w.org/']/@href")
    return Recognised(
        system=system or _named(generators),
        signs=tuple(signs),
        feeds=tuple(dict.fromkeys(filter(None, (_absolute(url, each) for each in feeds)))),
        rest=_absolute(url, rest[0]) if rest else None,
    )


def _loaded(root: html.HtmlElement) -> list[str]:
    """The addresses of scripts, styles and pictures."""
    return [str(each)[:500] for each in root.xpath(_ASSETS)]


def _judge(material: dict[str, list[str]]) -> tuple[str | None, list[str]]:
    scores: dict[str, int] = defaultdict(int)
    told: dict[str, list[str]] = defaultdict(list)
    for sign in _signs():
        found = next((match for each in material[sign.where] if (match := sign.pattern.search(each))), None)
        if found is not None:
            scores[sign.system] += sign.weight
            told[sign.system].append(f"{sign.where}: {' '.join(found.group().split())[:60]}")
    ranked = sorted(scores, key=lambda system: -scores[system])
    if not ranked or scores[ranked[0]] < ENOUGH:
        return None, []
    return ranked[0], told[ranked[0]]


def _named(generators: list[str]) -> str | None:
    """Another product that names itself: "Ghost 5.2", "eZ Publish"."""
    for each in generators:
        word = re.split(r"[\s/;:(]", each.lower(), maxsplit=1)[0]
        if word and word not in NO_SYSTEM:
            return word
    return None


def _absolute(url: str, href: str) -> str | None:
    try:
        found = urljoin(url, str(href).strip())
        return found if urlsplit(found).scheme in ("http", "https") else None
    except ValueError:
        return None
