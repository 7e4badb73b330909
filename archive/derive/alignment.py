"""Two wordings word by word: what of the shorter one the longer one keeps in order, and what tells them apart. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from archive.derive.wordings import ELISION, STOPS, stem

__all__ = ["NEGATIONS", "Kept", "Wording", "aligned", "by_length", "kept_words", "read"]

NEGATIONS = frozenset(
    """
    not no never nor neither none cannot cant dont doesnt didnt isnt arent wasnt werent wont wouldnt couldnt shouldnt
    hasnt havent hadnt aint without nobody nothing
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
# What no light edit changes, beside figures: numbers in words and days.
_FACTS = frozenset(
    """
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty sixty seventy eighty ninety
    hundred thousand million billion dozen half twice monday tuesday wednesday thursday friday saturday sunday january
    february april june july august september october november december
    """.split()  # noqa: SIM905
)
# Two spellings of a word begin alike and have so much in common.
SPELT_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Wording:
    """A marked form taken apart: its words, their stems, and the numbers of words before which words are left out."""

    words: tuple[str, ...]
    stems: tuple[str, ...]
    elisions: frozenset[int] = frozenset()

    def content(self, first: int, end: int) -> list[str]:
        return [word for word in self.words[first:end] if word not in STOPS]

    def negations(self, first: int, end: int) -> int:
        return sum(word in NEGATIONS for word in self.words[first:end])

    def facts(self, first: int, end: int) -> list[str]:
        return sorted(word for word in self.words[first:end] if word[0].isdigit() or word in _FACTS)

    def elides(self, first: int, end: int) -> bool:
        return any(first <= place <= end for place in self.elisions)


@lru_cache(maxsize=16_384)
def read(marked: str) -> Wording:
    """A marked form (`wordings.marked_form`) taken apart."""
    words: list[str] = []
    elisions: set[int] = set()
    for word in marked.split():
        if word == ELISION:
            elisions.add(len(words))
        else:
            words.append(word)
    return Wording(tuple(words), tuple(map(stem, words)), frozenset(elisions))


def by_length(a: str, b: str) -> tuple[Wording, Wording]:
    """Two marked forms taken apart, the one with fewer content words first."""
    short, long = sorted((read(a), read(b)), key=_length)
    return short, long


def _length(wording: Wording) -> tuple[int, int, tuple[str, ...]]:
    return len(wording.content(0, len(wording.words))), len(wording.words), wording.words


@dataclass(slots=True)
class Kept:
    """What of a shorter wording a longer one keeps in order.

    `words` and `content` count words and content words, `missing` the content words that are not kept, and `beyond`
    those of them that stand before the longer one's beginning or after its end. `first` and `end` bound the kept words
    in the longer one.
    """

    words: int
    content: int
    all_words: bool
    first: int
    end: int
    missing: int = 0
    beyond: int = 0


def aligned(short: Wording, long: Wording) -> Kept | None:
    """What is kept; None where another word, a fact, a "not" or too much in between tells the two apart."""
    blocks = _blocks(short.stems, long.stems)
    if not blocks:
        return None
    kept = Kept(
        words=sum(size for _, _, size in blocks),
        content=sum(len(short.content(start, start + size)) for start, _, size in blocks),
        all_words=sum(size for _, _, size in blocks) == len(short.words),
        first=blocks[0][1],
        end=blocks[-1][1] + blocks[-1][2],
    )
    between = 0
    for gap in _gaps(short, long, blocks):
        if gap.inner and long.elides(gap.long_first, gap.long_end):
            continue  # the longer one shows that it leaves these words out
        missing = _missing(short, long, gap)
        kept.missing += missing
        if not gap.inner and gap.long_first == gap.long_end:
            kept.beyond += missing
        elif not (gap.inner and short.elides(gap.first, gap.end)):
            if _tells_apart(short, long, gap, missing):
                return None
            between += gap.long_end - gap.long_first if gap.inner else 0
    return kept if between <= len(short.words) else None


def kept_words(a: str, b: str) -> float:
    """The share of words that two marked forms have in common in order, whatever the others are: 0.0 to 1.0."""
    x, y = read(a), read(b)
    return 2 * sum(size for _, _, size in _blocks(x.stems, y.stems)) / max(1, len(x.words) + len(y.words))


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int]]:
    """The runs that two wordings have in common, in order: begin in the first, begin in the second, length."""
    found = SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in found if block.size]


@dataclass(frozen=True, slots=True)
class _Gap:
    """Words of the shorter wording between kept ones (`inner`), or before the first or after the last, and those of
    the longer one in their place: outside, as many as there are of the shorter one."""

    first: int
    end: int
    long_first: int
    long_end: int
    inner: bool


def _gaps(short: Wording, long: Wording, blocks: Sequence[tuple[int, int, int]]) -> Iterator[_Gap]:
    start, place, _ = blocks[0]
    if start:
        yield _Gap(0, start, max(0, place - start), place, inner=False)
    for (a, b, size), (start, place, _) in pairwise(blocks):
        yield _Gap(a + size, start, b + size, place, inner=True)
    a, b, size = blocks[-1]
    if rest := len(short.words) - (a + size):
        yield _Gap(a + size, len(short.words), b + size, min(len(long.words), b + size + rest), inner=False)


def _missing(short: Wording, long: Wording, gap: _Gap) -> int:
    """How many content words of a gap are not in the longer one, in another spelling either."""
    others = long.words[gap.long_first : gap.long_end]
    return sum(not any(_spelt_alike(word, other) for other in others) for word in short.content(gap.first, gap.end))


def _spelt_alike(a: str, b: str) -> bool:
    if a[:2] != b[:2] or min(len(a), len(b)) < 5 or not (a + b).isalpha():
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= SPELT_ALIKE


def _tells_apart(short: Wording, long: Wording, gap: _Gap, missing: int) -> bool:
    """Whether other content words, other facts or a "not" stand in the one than in the other."""
    mine, theirs = (gap.first, gap.end), (gap.long_first, gap.long_end)
    if short.negations(*mine) != long.negations(*theirs):
        return True
    if gap.first == gap.end:
        return False  # words are put in, or left out
    return short.facts(*mine) != long.facts(*theirs) or (missing > 0 and bool(long.content(*theirs)))
