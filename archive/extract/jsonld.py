"""JSON-LD as pages carry it: lists, graphs, comments around it, and faults in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

__all__ = ["articles_of"]

_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_ARTICLE = re.compile(r"(?:article|posting|pressrelease|report)$", re.IGNORECASE)
MAX_NODES = 500
MAX_SCRIPT = 500_000  # characters


def articles_of(tree: html.HtmlElement) -> tuple[Mapping[str, Any], ...]:
    """The article-like nodes of a page's JSON-LD in page order, then its WebPage nodes."""
    nodes = [
        node for script in tree.iter("script") if _is_json_ld(script) for node in _nodes(_loaded(script.text or ""))
    ]
    articles = [node for node in nodes if any(_ARTICLE.search(kind) for kind in _types(node))]
    pages = [node for node in nodes if "WebPage" in _types(node) and node not in articles]
    return (*articles, *pages)


def _is_json_ld(script: html.HtmlElement) -> bool:
    return "ld+json" in (script.get("type") or "").lower()


def _loaded(text: str) -> object:
    if len(text) > MAX_SCRIPT:
        return None
    bare = _WRAPPING.sub("", text.strip()).strip().rstrip(";")
    for attempt in (bare, _TRAILING_COMMA.sub(r"\1", bare)):
        try:
            # Not strict: line breaks inside strings are common.
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: object) -> Iterator[Mapping[str, Any]]:
    """Every node of the graph that has a type, breadth first, at most 500."""
    waiting, seen = [value], 0
    while waiting and seen < MAX_NODES:
        item = waiting.pop(0)
        seen += 1
        if isinstance(item, list):
            waiting.extend(item)
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            waiting.extend(
                item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement") if key in item
            )


def _types(node: Mapping[str, Any]) -> tuple[str, ...]:
    kinds = node.get("@type")
    return tuple(str(kind) for kind in kinds) if isinstance(kinds, list) else (str(kinds),)
