"""Whether a page is its host's "not found" page, told by what the host answers to an address that cannot exist.

Such pages repeat the address that was asked for, number their errors and tell the time; the rest is the same each time.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from archive.text import words

__all__ = ["PageWords", "same_absence"]

RUN = 3  # words of a shingle
ALIKE = 0.9  # Jaccard of the shingles
DIFFERENT = 12  # words that one has and the other has not, together

_EXTENSION = re.compile(r"\.\w{1,5}$")
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageWords:
    """What was read from an answer, whatever its outcome: its title and text, and the address that was asked for."""

    title: str | None
    text: str
    address: str


def same_absence(probe: PageWords, page: PageWords) -> bool:
    """Whether a page says what its host says at the probe's address, at which nothing can be.

    The two are compared without their addresses and without what has digits in it. They may differ in a few words, as
    by a teaser or a date; two pages that say nothing tell nothing.
    """
    one, other = _told(probe), _told(page)
    left, right = _without(one, _echoes(probe), other), _without(other, _echoes(page), one)
    if not left or not right:
        return False
    return left == right or (_different(left, right) <= DIFFERENT and _likeness(left, right) >= ALIKE)


def _told(page: PageWords) -> list[str]:
    return words(f"{page.title or ''}\n{page.text}".replace("_", " "))


def _echoes(page: PageWords) -> list[list[str]]:
    """The address as a page may repeat it, as runs of words, the longest first: whole, its path, its last part."""
    forms = [form for address in (page.address, unquote(page.address)) for form in _forms(address)]
    runs = {tuple(words(each.replace("_", " "))) for form in forms for each in (form, _EXTENSION.sub("", form))}
    return sorted((list(run) for run in runs if run), key=len, reverse=True)


def _forms(address: str) -> tuple[str, ...]:
    try:
        parts = urlsplit(address)
    except ValueError:  # an unbalanced bracket in the host
        return (address,)
    return address, f"{parts.netloc}{parts.path}", parts.path, parts.query, parts.path.rstrip("/").rpartition("/")[2]


def _without(told: list[str], echoes: list[list[str]], other: list[str]) -> list[str]:
    """The words less those echoes that the other page does not hold, and less what has digits."""
    joined = f" {' '.join(told)} "
    compared = f" {' '.join(other)} "
    for echo in echoes:
        run = f" {' '.join(echo)} "
        # "News" in a menu is no echo of /news: the other page has the same menu.
        if run not in compared:
            while run in joined:
                joined = joined.replace(run, " ")
    return [word for word in joined.split() if not _DIGIT.search(word)]


def _different(one: list[str], other: list[str]) -> int:
    left, right = Counter(one), Counter(other)
    return ((left - right) + (right - left)).total()


def _likeness(one: list[str], other: list[str]) -> float:
    left, right = _runs(one), _runs(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _runs(told: list[str]) -> set[tuple[str, ...]]:
    return {tuple(told[place : place + RUN]) for place in range(len(told) - RUN + 1)}
