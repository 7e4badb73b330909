"""The query language of searches: what is typed, as the terms that must and must not stand in a text. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = ["Query", "Term", "fold", "parse"]

MAX_TERMS = 64
MAX_WORD = 200  # PostgreSQL refuses a lexeme above 2,046 bytes

_ACCENTED = "([A-Za-z])[\u0300-\u036f]+"  # as SQLite's tokenizer does: accents are taken off Latin letters only


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand in a row; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: of each group at least one term, and of `excluded` none."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms that a hit may show."""
        return tuple(term for group in self.groups for term in group)


_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r'(-?)"([^"]*(?:"\*?)?)|([^\s"]+)')


def fold(word: str) -> str:
    """A word as the indexes compare it: lower case, Latin letters without their accents."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", re.sub(_ACCENTED, r"\1", unicodedata.normalize("NFD", word))).lower()


def parse(asked: str) -> Query:
    """Read the query language; never fails. At most 64 terms count, the rest is ignored."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joined = False
    for match in list(_TOKEN.finditer(unicodedata.normalize("NFC", asked)))[: MAX_TERMS * 2]:
        minus, phrase, bare = match.groups()
        if bare == "OR" and groups:
            joined = True
            continue
        term = _term(bare or phrase)
        if term is None:
            continue
        if minus or (bare or "").startswith("-"):
            excluded.append(term)
        elif joined:
            groups[-1] += (term,)
        else:
            groups.append((term,))
        joined = False
    return Query(groups=tuple(groups[:MAX_TERMS]), excluded=tuple(excluded[:MAX_TERMS]))


def _term(said: str) -> Term | None:
    words = tuple(fold(word)[:MAX_WORD] for word in _WORD.findall(said)[:MAX_TERMS])
    return Term(words, prefix=said.rstrip('"').endswith("*")) if words else None
