"""Which release is another one's translation: the same place, the same days, another language, the same facts.

A translation keeps what is not translated: figures and names, their order, how much is quoted, and about its length.
Two releases of one press room on one day share names and a telephone number too; so a translation must share most of
its facts in their order, and be clearly more like its original than like any other release of these days. A missed
translation is better than a wrong one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from math import sqrt
from urllib.parse import urlsplit

__all__ = ["CLEARLY", "DAYS", "LEAST_FACTS", "LEAST_SCORE", "Release", "original_of", "score"]

DAYS = 3
LEAST_FACTS = 4
LEAST_SCORE = 0.7
# The likeliest original must be so much likelier than the next one, or the only likely one with its address.
CLEARLY = 0.1
# Spanish runs longer than English; a summary or a whole bulletin is no translation.
SHORTEST, LONGEST = 0.7, 1.8
TWIN = 0.2
MANY = 400
# A figure, or a word with a capital within a sentence.
_FACT = re.compile(r"\d+(?:[.,:]\d+)*|(?<=[\w,;:’'\"”] )[^\W\d_a-zà-ÿ][\w’'\-]{2,}")
_QUOTED = re.compile(r"[“«]|(?<!\w)\"(?=\w|¿|¡)")
_LANGUAGE_PART = re.compile(
    r"(?<=/)(?:es|en|spanish|english|espanol|es-us|en-us)(?=/|$)|[-_](?:es|en|spanish|english|espanol)(?=$|[./?])", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A document as far as translation is concerned; `id` is its public id, `jurisdiction` its publisher's."""

    id: str
    url: str
    language: str
    day: date
    text: str = field(repr=False)
    jurisdiction: str | None


def original_of(release: Release, others: Collection[Release]) -> str | None:
    """The id of the English release that another one translates: the likeliest of `others`, None if none is likely."""
    if release.language == "en":
        return None
    scored = sorted(((score(release, other), other.id) for other in others), reverse=True)
    likely = {name for how, name in scored if how >= LEAST_SCORE}
    twins = [other.id for other in others if other.id in likely and _are_twins(release, other)]
    if len(twins) == 1:
        return twins[0]
    if not likely or (len(scored) > 1 and scored[0][0] - scored[1][0] < CLEARLY):
        return None
    return scored[0][1]


def score(release: Release, other: Release) -> float:
    """How likely the first is a translation of the second, an English one, 0.0 to 1.0.

    The share of facts (figures and names) that the one with fewer of them has in common with the other, and how far
    those stand in one order (their geometric mean); less where one quotes more than the other. An address that differs
    in its language part alone is worth a fifth.
    """
    if other.language != "en" or release.language == "en" or not _is_of_one_place(release, other):
        return 0.0
    if abs((other.day - release.day).days) > DAYS:
        return 0.0
    if not SHORTEST <= len(release.text) / max(1, len(other.text)) <= LONGEST:
        return 0.0
    mine, theirs = _facts(release.text), _facts(other.text)
    common = set(mine) & set(theirs)
    fewer = min(len(set(mine)), len(set(theirs)))
    if fewer < LEAST_FACTS:
        return 0.0
    order = SequenceMatcher(
        None, [fact for fact in mine if fact in common], [fact for fact in theirs if fact in common], autojunk=False
    ).ratio()
    like = sqrt(len(common) / fewer * order)
    return min(1.0, like * _as_much_quoted(release.text, other.text) + TWIN * _are_twins(release, other))


def _are_twins(a: Release, b: Release) -> bool:
    """Whether two addresses differ in their language part alone."""
    return a.url != b.url and _without_language(a.url) == _without_language(b.url)


def _is_of_one_place(a: Release, b: Release) -> bool:
    return a.jurisdiction is not None and a.jurisdiction == b.jurisdiction


def _as_much_quoted(a: str, b: str) -> float:
    """1.0 where two texts open equally many quotations, down to 0.5 where only one has any."""
    less, more = sorted((len(_QUOTED.findall(a)), len(_QUOTED.findall(b))))
    return 1.0 if not more else 0.5 + 0.5 * less / more


@lru_cache(maxsize=256)
def _facts(text: str) -> tuple[str, ...]:
    """The figures and names of a text in their order, the first MANY of them."""
    found = (match.group() for match in _FACT.finditer(text))
    return tuple(re.sub(r"[.,]", "", fact) if fact[0].isdigit() else _plain(fact) for fact in islice(found, MANY))


def _plain(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return re.sub(r"[^\w]", "", "".join(c for c in decomposed if not unicodedata.combining(c)))


def _without_language(url: str) -> str:
    parts = urlsplit(url)
    return _LANGUAGE_PART.sub("", parts.netloc + parts.path).replace("//", "/").rstrip("/")
