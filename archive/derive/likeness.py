"""When two wordings are the same words: equal, contained in one another, or lightly edited.

Wordings come in their marked form (`wordings.marked_form`): tokens, with `…` where the print shows that words are left
out. A light edit keeps the speaker's content words in their order: it drops some, puts others in, or changes tenses.
It changes no number or day, drops or adds no "not", and puts no other word in the place of one: "schools will open" is
not "schools will close". What an office changes in a later version of its own text may be anything.
"""

from __future__ import annotations

from functools import lru_cache

from archive.derive.alignment import Kept, Wording, aligned, by_length, kept_words, read
from archive.derive.wordings import ELISION, STOPS, marked_form, stem, tokens
from archive.text import shingles

__all__ = [
    "alike",
    "contains",
    "few_alike",
    "is_edited",
    "is_revision",
    "near_equal",
    "place_in",
    "plain",
    "same_words",
    "stems",
]

# Of the content words of the shorter wording so many must stand in the longer one, in their order, and at least
# LEAST_KEPT.
COVERED = 0.8
LEAST_KEPT = 4
# Where one begins in the other's midst and goes on after its end, a smaller share tells as much, of more words.
OVERLAP, OVERLAP_KEPT = 0.6, 8
# A few words are the same only where all their content words are kept, and so many; or so many words in all.
FEW_KEPT, FEW_IN_ALL = 3, 6
# Texts and their copies, by the Jaccard of their runs of five words; a copy may have lost or gained a line, and a later
# version of a text more than that.
COPIED, REVISED = 0.8, 0.4
# A sentence in two versions of its document, by the share of words in common.
EDITED = 0.75
# Parts of more words are looked for as they are only.
MANY = 600
# A text of fewer words has too few runs of five to be told by them.
RUNS = 25


@lru_cache(maxsize=32_768)
def stems(marked: str) -> frozenset[str]:
    """The content words of a wording, without the endings of number and tense."""
    return frozenset(stem(word) for word in marked.split() if word not in STOPS and word != ELISION)


def plain(marked: str) -> str:
    """A marked form without its marks: the normal form."""
    return marked.replace(f" {ELISION} ", " ") if ELISION in marked else marked


def contains(longer: str, shorter: str) -> bool:
    """Whether all words of one wording stand in another in a row."""
    return bool(shorter) and len(shorter) <= len(longer) and f" {plain(shorter)} " in f" {plain(longer)} "


@lru_cache(maxsize=65_536)
def same_words(a: str, b: str) -> bool:
    """Whether two wordings of many words are one another's words: equal, contained or alike."""
    return contains(a, b) or contains(b, a) or alike(a, b)


@lru_cache(maxsize=65_536)
def few_alike(a: str, b: str) -> bool:
    """Whether two wordings, one of them short, are the same words: contained, or the few kept whole and in order."""
    if contains(a, b) or contains(b, a):
        return True
    x, y = stems(a), stems(b)
    if len(x & y) < min(len(x), len(y), FEW_KEPT):
        return False
    kept = aligned(*by_length(a, b))
    if kept is None or kept.missing:
        return False
    return kept.content >= FEW_KEPT or (kept.content > 1 and kept.all_words and kept.words >= FEW_IN_ALL)


def alike(a: str, b: str) -> bool:
    """Whether one wording is a light edit of the other."""
    x, y = stems(a), stems(b)
    shared = len(x & y)
    if shared < LEAST_KEPT or shared < 0.6 * min(len(x), len(y)):
        return False
    return _is_light(aligned(*by_length(a, b)))


def _is_light(kept: Kept | None) -> bool:
    if kept is None or kept.content < LEAST_KEPT:
        return False
    total = kept.content + kept.missing
    within = kept.content >= COVERED * (total - kept.beyond)
    overlaps = kept.content >= max(OVERLAP_KEPT, OVERLAP * total)
    return kept.content >= COVERED * total or (within and overlaps)


def is_edited(a: str, b: str) -> bool:
    """Whether a wording may be what another became in a later version of its document, with any word for another."""
    return len(stems(a) & stems(b)) >= FEW_KEPT and kept_words(a, b) >= EDITED


def near_equal(a: str, b: str) -> bool:
    """Whether two long texts, in normal form, are copies of one another but for a few words, and in all numbers."""
    if a == b:
        return True
    short, long = sorted((len(a), len(b)))
    return short >= COPIED * long and _numbers(a) == _numbers(b) and _likeness(a, b) >= COPIED


def is_revision(a: str, b: str) -> bool:
    """Whether a text, in normal form, may be another version of the other."""
    return _likeness(a, b) >= REVISED


def _likeness(a: str, b: str) -> float:
    if min(a.count(" "), b.count(" ")) < RUNS:
        return float(max(len(a), len(b)) < 50 * RUNS and alike(a, b))
    x, y = _shingles(a), _shingles(b)
    return len(x & y) / len(x | y)


@lru_cache(maxsize=1_024)
def _numbers(normal: str) -> frozenset[str]:
    return frozenset(word for word in normal.split() if word[0].isdigit())


@lru_cache(maxsize=256)
def _shingles(normal: str) -> frozenset[str]:
    return frozenset(shingles(normal))


@lru_cache(maxsize=2_048)
def _placed(text: str) -> tuple[str, tuple[str, ...], tuple[int, ...], tuple[int, ...]]:
    """The normal form of a text with spaces around, the stems of its words, and where each begins and ends in it."""
    found = tokens(text)
    normal = "".join([" ", *(f"{word} " for word, _, _ in found)])
    return (
        normal,
        tuple(stem(word) for word, _, _ in found),
        tuple(start for _, start, _ in found),
        tuple(end for _, _, end in found),
    )


@lru_cache(maxsize=8_192)
def place_in(text: str, part: str) -> tuple[int, int] | None:
    """Where in a text the words of a marked form stand, as offsets; None where they do not.

    Words in a row are found exactly, light edits of them where most of their runs of three words stand together.
    """
    normal, _, starts, ends = _placed(text)
    at = normal.find(f" {plain(part)} ") if part else -1
    if at >= 0:
        first = normal.count(" ", 0, at)
        return starts[first], ends[first + plain(part).count(" ")]
    wanted = stems(part)
    if len(wanted) < LEAST_KEPT or part.count(" ") > MANY:
        return None
    if len(wanted & stems(marked_form(text))) < COVERED * len(wanted):
        return None
    found = _edited_place(text, read(part))
    return (starts[found[0]], ends[found[1] - 1]) if found else None


def _edited_place(text: str, part: Wording) -> tuple[int, int] | None:
    """The numbers of the first and of the end of the words of a text that are a light edit of the part."""
    whole = _placed(text)[1]
    runs = set(zip(part.stems, part.stems[1:], part.stems[2:], strict=False))
    hits = [at for at, run in enumerate(zip(whole, whole[1:], whole[2:], strict=False)) if run in runs]
    width = len(part.stems) * (4 if part.elisions else 2)
    best = max(
        ((sum(hit <= other < hit + width for other in hits[number:]), -hit) for number, hit in enumerate(hits)),
        default=None,
    )
    if best is None:
        return None
    first = max(0, -best[1] - len(part.stems))
    words = _placed(text)[0].split()[first : -best[1] + width + len(part.stems)]
    kept = aligned(part, Wording(tuple(words), tuple(map(stem, words))))
    return (first + kept.first, first + kept.end) if kept and _is_light(kept) else None
