"""A version's text cut into paragraphs and pieces, with its quoted passages marked by their offsets. Pure."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.query import Passage

__all__ = ["Piece", "excerpts", "paragraphs"]

# Where the text itself is not shown: so many characters on either side of a passage, in all a quarter of the text.
AROUND = 70
SHARE = 0.25


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters in a row; `passage` is the one they are quoted in, `anchors` the passages that begin here."""

    text: str
    passage: Passage | None
    anchors: tuple[str, ...]


def paragraphs(text: str, passages: Sequence[Passage]) -> list[list[Piece]]:
    """The paragraphs of a text as pieces; joined, they are the text without its line breaks.

    Where passages overlap, the inner one counts; a whole release is not marked, for it would mark everything.
    """
    cuts = {0, len(text), *(end for each in passages for end in (each.start, each.end) if 0 <= end <= len(text))}
    breaks = [match.span() for match in re.finditer(r"\n+", text)]
    edges = sorted(cuts.union(*breaks))
    found: list[list[Piece]] = [[]]
    line_ends = dict(breaks)
    for start, end in itertools.pairwise(edges):
        if start in line_ends:
            found.append([])
        if not text[start:end].strip("\n"):
            continue
        anchors = tuple(dict.fromkeys(f"{each.start}-{each.end}" for each in passages if each.start == start))
        found[-1].append(Piece(text[start:end], _innermost(passages, start, end), anchors))
    return [pieces for pieces in found if pieces]


def _innermost(passages: Sequence[Passage], start: int, end: int) -> Passage | None:
    around = [each for each in passages if each.kind != "whole" and each.start <= start and end <= each.end]
    return min(around, key=lambda each: (each.end - each.start, each.held), default=None)


def excerpts(text: str, passages: Sequence[Passage]) -> Iterator[tuple[Passage, str, str]]:
    """Each passage with a few words before and after it: all that is shown of a text that is its publisher's."""
    shown = [each for each in passages if each.kind != "whole"]
    around = min(AROUND, int(len(text) * SHARE / (2 * max(len(shown), 1))))
    for each in shown:
        before, after = text[max(0, each.start - around) : each.start], text[each.end : each.end + around]
        if each.start > around:
            before = "… " + before.partition(" ")[2]
        if each.end + around < len(text):
            after = after.rpartition(" ")[0] + " …"
        yield each, before.replace("\n", " "), after.replace("\n", " ")
