"""How a report's words differ from the primary wording, in words that take no side.

    verbatim    its words stand in the primary in a row; being shorter makes it no less verbatim, and its length shows
    fragment    the same, but a few words inside the writer's own sentence
    bracketed   the same, but for what it shows in brackets, or puts brackets in the place of
    elided      words are left out, and none is changed: with an ellipsis, or a few without one, but never a "not"
    reworded    anything else

The first that fits from below upwards counts: words left out make a bracketed report an elided one. What a report has
before the primary's beginning or after its end is not compared: the primary says nothing about it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate, pairwise

from archive.derive.alignment import NEGATIONS
from archive.derive.wordings import normal_form, tokens
from archive.records import QuotationKind

__all__ = ["Variation", "variation"]

# A bracket with the word it is part of: "[They] knew", "cooperat[ed]".
_BRACKET = re.compile(r"[^\W_]*\[[^\[\]]*\][^\W_]*")
_ELLIPSIS = re.compile(r"\.\s?\.(?:\s?\.)+|…")
# Words left out without a mark, per word of the report: more than that is another wording.
UNMARKED = 1 / 3
# Longer texts are compared as they are only.
MANY = 1_500


class Variation(StrEnum):
    """How a report's words differ from the primary wording."""

    VERBATIM = "verbatim"
    BRACKETED = "bracketed"
    ELIDED = "elided"
    FRAGMENT = "fragment"
    REWORDED = "reworded"


def variation(primary: str, report: str, kind: QuotationKind) -> Variation:
    """The variation of a report's words (of that kind) from the primary wording."""
    whole, bare = normal_form(_unbracketed(primary)), normal_form(_unbracketed(report))
    if whole == bare:
        return Variation.VERBATIM
    if bare and f" {bare} " in f" {whole} ":
        return Variation.FRAGMENT if kind is QuotationKind.FRAGMENT else Variation.VERBATIM
    if whole and f" {whole} " in f" {bare} ":
        return Variation.VERBATIM
    runs = list(_runs(report))
    words = whole.split()
    if len(words) > MANY or not any(run.words for run in runs):
        return Variation.REWORDED
    gaps = _in_order(runs, words) or _aligned(runs, words)
    return _told(gaps, sum(len(run.words) for run in runs)) if gaps else Variation.REWORDED


def _unbracketed(words: str) -> str:
    """The words with those in brackets: an editor may have taken them from the speaker himself."""
    return re.sub(r"[\[\]]", "", words)


@dataclass(frozen=True, slots=True)
class _Run:
    """Words in a row, and what the report shows before them: an ellipsis, or something in brackets."""

    words: tuple[str, ...]
    elided: bool = False
    bracketed: bool = False


def _runs(report: str) -> Iterator[_Run]:
    """The words of a report between its ellipses and brackets."""
    at, elided, bracketed = 0, False, False
    for mark in (*re.finditer(rf"{_BRACKET.pattern}|{_ELLIPSIS.pattern}", report), None):
        end = mark.start() if mark else len(report)
        words = tuple(word for word, _, _ in tokens(report[at:end]))
        if words or mark is None:
            yield _Run(words, elided, bracketed)
            elided = bracketed = False
        if mark:
            at, shows = mark.end(), "[" in mark.group()
            elided, bracketed = elided or not shows, bracketed or shows


# The gaps of a report: what of the primary stands before each of its runs, and what the report shows of that.
def _in_order(runs: Sequence[_Run], whole: Sequence[str]) -> list[_Run] | None:
    """The gaps, where each run stands in the primary in a row, one after the other."""
    gaps: list[_Run] = []
    at = 0
    for run in runs:
        place = _find(whole, run.words, at)
        if place is None:
            return None
        inner = bool(gaps) and bool(run.words)
        gaps.append(_Run(tuple(whole[at:place]) if inner else (), run.elided and inner, run.bracketed))
        at = place + len(run.words)
    return gaps


def _find(whole: Sequence[str], part: Sequence[str], start: int) -> int | None:
    size = len(part)
    return next((at for at in range(start, len(whole) - size + 1) if tuple(whole[at : at + size]) == part), None)


def _aligned(runs: Sequence[_Run], whole: Sequence[str]) -> list[_Run] | None:
    """The gaps of the likeliest alignment; None where a word of the report has no place in the primary."""
    words = [word for run in runs for word in run.words]
    begins = dict(zip(accumulate((len(run.words) for run in runs), initial=0), runs, strict=False))
    blocks = SequenceMatcher(None, words, whole, autojunk=False).get_matching_blocks()[:-1]
    if not blocks or not _keeps_all(blocks, words, whole):
        return None
    gaps = [_Run((), bracketed=any(run.bracketed for run in runs))]
    for before, after in pairwise(blocks):
        shown = begins.get(after.a, _Run(()))
        gaps.append(_Run(tuple(whole[before.b + before.size : after.b]), shown.elided, shown.bracketed))
    return gaps


def _keeps_all(blocks: Sequence[tuple[int, int, int]], words: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether every word of the report is kept, those left aside that lie before the primary or after it."""
    if any(a + kept != after for (a, _, kept), (after, _, _) in pairwise(blocks)):
        return False
    (first, begin, _), (last, end, kept) = blocks[0], blocks[-1]
    if (first and begin) or (last + kept < len(words) and end + kept < len(whole)):
        return False
    known = _threes(whole)
    return known.isdisjoint(_threes(words[:first])) and known.isdisjoint(_threes(words[last + kept :]))


def _threes(words: Sequence[str]) -> set[tuple[str, ...]]:
    return set(zip(words, words[1:], words[2:], strict=False))


def _told(gaps: Sequence[_Run], size: int) -> Variation:
    unmarked = [word for gap in gaps if not (gap.elided or gap.bracketed) for word in gap.words]
    if len(unmarked) > UNMARKED * size or NEGATIONS.intersection(unmarked):
        return Variation.REWORDED
    if unmarked or any(gap.elided for gap in gaps):
        return Variation.ELIDED
    return Variation.BRACKETED if any(gap.bracketed for gap in gaps) else Variation.VERBATIM
