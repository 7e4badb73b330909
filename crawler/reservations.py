"""What a page reserves for itself: that no copy of it is kept, or that its text is not mined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["reservation"]

# Only the head of a page declares anything.
HEAD = 100_000
META = re.compile(rb"<meta\s[^>]{0,2000}>", re.IGNORECASE)
ATTRIBUTE = re.compile(rb"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
OURS = frozenset({"robots", "ontherecord"})
NO_COPY = "noarchive"
NO_MINING = "tdm-reservation"


def reservation(headers: Iterable[tuple[str, str]], payload: bytes) -> str | None:
    """`noarchive` or `tdm-reservation` where headers or the page's own meta elements say so; None where they do not.

    X-Robots-Tag and meta robots as Google and Bing document them; `tdm-reservation: 1` as the TDM Reservation Protocol
    of the W3C community group (2024) has it.
    """
    told = [*_of_headers(headers), *_of_page(payload)]
    return next((name for name in (NO_COPY, NO_MINING) if name in told), None)


def _of_headers(headers: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, value in headers:
        match name.lower():
            case "x-robots-tag":
                # X-Robots-Tag: noarchive, nofollow    X-Robots-Tag: otherbot: noarchive
                agent, colon, rules = value.rpartition(":")
                if not colon or agent.strip().lower() in OURS:
                    yield from _rules(rules)
            case "tdm-reservation" if value.strip() == "1":
                yield NO_MINING


def _of_page(payload: bytes) -> Iterator[str]:
    head = payload[:HEAD]
    if b"<meta" not in head.lower():
        return
    for element in META.findall(head):
        given = {
            key.decode("ascii").lower(): (a or b or c).decode("utf-8", errors="replace")
            for key, a, b, c in ATTRIBUTE.findall(element)
        }
        name, content = given.get("name", "").lower(), given.get("content", "")
        if name in OURS:
            yield from _rules(content)
        elif name == NO_MINING and content.strip() == "1":
            yield NO_MINING


def _rules(value: str) -> list[str]:
    return [rule.strip().lower() for rule in value.split(",")]
