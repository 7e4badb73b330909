"""Word diffs of two texts, and snippets of one around the words that were asked for. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diff_match_patch import diff_match_patch

from archive.fulltext import Query, fold

__all__ = ["Change", "snippet", "word_diff"]

LIMIT_SECONDS = 2.0
# A number is one word with its points and commas, as `don't` is one.
_TOKEN = re.compile(r"\n+|[^\S\n]+|\d+(?:[.,:]\d+)+|\w+(?:['’]\w+)*|[^\w\s]")
_WORD = re.compile(r"[^\W_]+")
_OPERATIONS = {-1: "delete", 0: "equal", 1: "insert"}


@dataclass(frozen=True, slots=True)
class Change:
    """A run of words with what happened to it: `equal`, `delete` or `insert`."""

    operation: str
    text: str


def word_diff(old: str, new: str, *, limit_seconds: float = LIMIT_SECONDS) -> list[Change]:
    """What turns `old` into `new`, in whole words; after the limit the rest is given as coarse as it then is.

    Joining the `equal` and `delete` texts gives `old`, the `equal` and `insert` texts `new`.
    """
    alphabet: dict[str, str] = {}
    coded = [_coded(text, alphabet) for text in (old, new)]
    words = {code: word for word, code in alphabet.items()}
    engine = diff_match_patch()
    engine.Diff_Timeout = limit_seconds
    found = engine.diff_main(*coded, False)
    engine.diff_cleanupSemantic(found)
    return [Change(_OPERATIONS[operation], "".join(words[code] for code in codes)) for operation, codes in found]


def _coded(text: str, alphabet: dict[str, str]) -> str:
    # diff-match-patch compares characters, so each distinct word becomes one; surrogates are no characters.
    codes = []
    for token in _TOKEN.findall(text):
        number = len(alphabet) + 1
        codes.append(alphabet.setdefault(token, chr(number if number < 0xD800 else number + 0x800)))
    return "".join(codes)


def snippet(text: str, query: Query, *, marks: tuple[str, str] = ("[", "]"), width: int = 30) -> str:
    """About `width` words of a text around where it answers the query best, each hit between the marks.

    The beginning of the text where no word of the query stands in it.
    """
    words = list(_WORD.finditer(text))
    hits = sorted(set(_hits([fold(unicodedata.normalize("NFC", word[0])) for word in words], query)))
    first = _densest(hits, width)
    start = max(0, min(first - 4, len(words) - width))
    shown = words[start : start + width]
    if not shown:
        return " ".join(text.split())[: width * 8]
    parts, place = [], shown[0].start()
    for begins, ends in _spans(text, [words[hit] for hit in hits if start <= hit < start + len(shown)]):
        parts += [text[place:begins], marks[0], text[begins:ends], marks[1]]
        place = ends
    parts.append(text[place : shown[-1].end()])
    before, after = "... " if start else "", " ..." if start + width < len(words) else ""
    return before + " ".join("".join(parts).split()) + after


def _spans(text: str, hits: Sequence[re.Match[str]]) -> Iterator[tuple[int, int]]:
    """Begin and end of each hit; hits with no space between them, such as the `3` and `5` of `3.5`, are one."""
    current: tuple[int, int] | None = None
    for hit in hits:
        if current and not re.search(r"\s", text[current[1] : hit.start()]):
            current = (current[0], hit.end())
            continue
        if current:
            yield current
        current = hit.span()
    if current:
        yield current


def _hits(words: Sequence[str], query: Query) -> Iterator[int]:
    """The positions of the words that answer one of the query's terms."""
    for term in query.terms:
        size = len(term.words)
        *whole, last = term.words
        for place in (i for i in range(len(words) - size + 1) if words[i] == term.words[0] or size == 1):
            ends = words[place + size - 1]
            fits = ends.startswith(last) if term.prefix else ends == last
            if fits and list(words[place : place + size - 1]) == whole:
                yield from range(place, place + size)


def _densest(hits: Sequence[int], width: int) -> int:
    """The position where a window of `width` words holds the most hits; 0 without any."""
    best, most, end = 0, 0, 0
    for index, hit in enumerate(hits):
        while end < len(hits) and hits[end] < hit + width - 4:
            end += 1
        if end - index > most:
            best, most = hit, end - index
    return best
