"""Addresses of one shape that bring nothing: a trap that makes new addresses as fast as they are asked for."""

from __future__ import annotations

import asyncio
import posixpath
from collections import Counter, defaultdict
from urllib.parse import parse_qsl, urldefrag, urlsplit

__all__ = ["Families"]

BARREN_IN_A_ROW = 20
# Answers of one shape that may be awaited at once while the last one known brought something: what a crawl without
# manners keeps busy with. A shape that brought nothing lately gets what is left of the twenty.
AWAITED = 60

Family = tuple[str, str, tuple[str, ...]]


class Families:
    """What came of the new addresses of each shape: host, folder and names of parameters.

    An address is `awaited` from its request until what it brought is known, which takes longer the busier the machine
    is: were it not counted, a trap would cost as much as can be asked for in that time.
    """

    def __init__(self) -> None:
        self.barren: Counter[Family] = Counter()
        self.fruitful: set[Family] = set()
        self.texts: dict[str, str] = {}
        self.awaited: dict[Family, set[str]] = defaultdict(set)
        self._told: list[asyncio.Future[None]] = []

    async def turn(self, url: str) -> bool:
        """Wait until enough is known of this shape; whether the address is worth asking for. It is then awaited."""
        family, page = _family(url), urldefrag(url).url
        while page not in self.awaited[family] and not self.is_barren(url) and not self._room(family):
            self._told.append(told := asyncio.get_running_loop().create_future())
            await told
        if self.is_barren(url):
            return False
        self.awaited[family].add(page)
        return True

    def settle(self, url: str) -> None:
        """All that will be known of this address is known; those that wait for their turn look again."""
        self.awaited[_family(url)].discard(urldefrag(url).url)
        waiting, self._told = self._told, []
        for each in waiting:
            if not each.done():
                each.set_result(None)

    def note(self, url: str, text_key: str | None) -> None:
        """A new address answered: with a text (its key), or with none. A text under two addresses is nothing new."""
        family = _family(url)
        if text_key is not None and self.texts.setdefault(text_key, url) == url:
            self.barren[family] = 0
            self.fruitful.add(family)
        else:
            self.barren[family] += 1

    def is_barren(self, url: str) -> bool:
        """Whether the last twenty new addresses of this shape brought nothing."""
        return bool(self.barren) and self.barren[_family(url)] >= BARREN_IN_A_ROW

    def _room(self, family: Family) -> bool:
        barren, awaited = self.barren[family], len(self.awaited[family])
        return awaited < (BARREN_IN_A_ROW - barren if barren or family not in self.fruitful else AWAITED)


def _family(url: str) -> Family:
    parts = urlsplit(url)
    names = tuple(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return parts.netloc, posixpath.dirname(parts.path), names
