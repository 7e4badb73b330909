"""Whether a text answers a question, without an index: the words as `archive.fulltext` sees them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from archive.fulltext import Query, Term, fold

__all__ = ["Folded", "answers", "folded", "occurs"]

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is compared: its words, and all of them in a row, a space on either side of each."""

    words: frozenset[str]
    row: str


def folded(text: str) -> Folded:
    """A text made ready for many questions."""
    words = [fold(word) for word in _WORD.findall(unicodedata.normalize("NFC", text))]
    return Folded(frozenset(words), f" {' '.join(words)} ")


def occurs(term: Term, text: Folded) -> bool:
    """Whether a word, a phrase or the beginning of one stands in the text."""
    first, *more = term.words
    if not term.prefix or more:
        # Most phrases are ruled out by their first word, which costs no look at the row.
        if first not in text.words:
            return False
        if not more:
            return True
    return f" {' '.join(term.words)}{'' if term.prefix else ' '}" in text.row


def answers(query: Query, text: Folded) -> bool:
    """Whether a text has one term of each group and none that is excluded."""
    return all(_any(group, text) for group in query.groups) and not _any(query.excluded, text)


def _any(terms: Iterable[Term], text: Folded) -> bool:
    return any(occurs(term, text) for term in terms)
