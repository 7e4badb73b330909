"""A text as the quotation reader sees it: one stream of words and signs in which each quoted span is a single token.

What stands inside quotation marks is nobody's subject, so the stream leaves it out; offsets lead back to the text.
"""

from __future__ import annotations

import re

from archive.extract.quotations.lexicon import ABBREVIATIONS
from archive.extract.quotations.marks import Paragraph, Span

__all__ = ["BREAK", "QUOTE", "SIGN", "WORD", "Reading"]

WORD, SIGN, QUOTE, BREAK = range(4)

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?=\W|$)"  # U.S., D.C.
    r"|['’](?:s|S|d|ll|ve|re|m)\b"  # 's apart from the word it hangs on
    r"|[^\W_]+(?:(?:['’](?!(?:s|S|d|ll|ve|re|m)\b)|[-.&@/](?=\w)|,(?=\d{3}\b))[^\W_]+)*"
    r"|--+|\.\.+|\S"
)
_ENDS = frozenset(".?!…")


class Reading:
    """The stream: parallel lists `words`, `lower`, `starts`, `ends`, `kinds`, `sentences` and `lines`.

    `kinds` is WORD, SIGN, QUOTE (a span; its index is in `span_at`) or BREAK (between paragraphs). `sentences` and
    `lines` number each token's sentence and paragraph. `at` gives the token of each span by its index.
    """

    def __init__(self, text: str, lines: list[Paragraph], spans: list[Span]) -> None:
        self.text = text
        self.paragraphs = lines
        self.spans = spans
        self.words: list[str] = []
        self.lower: list[str] = []
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.kinds: list[int] = []
        self.lines: list[int] = []
        self.span_at: dict[int, int] = {}
        self.at: list[int] = []
        self._read()
        self.sentences = self._number_sentences()

    def _read(self) -> None:
        waiting = 0
        for number, line in enumerate(self.paragraphs):
            if number:
                self._add("\n", line.start, line.start, BREAK, number)
            at = line.start
            while waiting < len(self.spans) and self.spans[waiting].paragraph == number:
                span = self.spans[waiting]
                self._add_words(at, span.left, number)
                self.span_at[len(self.words)] = waiting
                self.at.append(len(self.words))
                self._add('"', span.left, span.right, QUOTE, number)
                at = span.right
                waiting += 1
            self._add_words(at, line.end, number)

    def _add(self, word: str, start: int, end: int, kind: int, line: int) -> None:
        self.words.append(word)
        self.lower.append(word.lower())
        self.starts.append(start)
        self.ends.append(end)
        self.kinds.append(kind)
        self.lines.append(line)

    def _add_words(self, start: int, end: int, line: int) -> None:
        for found in _TOKEN.finditer(self.text, start, end):
            word = found.group()
            self.words.append(word)
            self.lower.append(word.lower().replace("’", "'"))
            self.starts.append(found.start())
            self.ends.append(found.end())
            self.kinds.append(WORD if word[0].isalnum() or (word[0] in "'’" and len(word) > 1) else SIGN)
            self.lines.append(line)

    def _number_sentences(self) -> list[int]:
        numbers, current = [], 0
        for i, kind in enumerate(self.kinds):
            if kind == BREAK:
                current += 1
            numbers.append(current)
            if (kind == SIGN and self.words[i] in _ENDS and self._ends_here(i)) or (
                kind == QUOTE and self._ends_with_quote(i)
            ):
                current += 1
        return numbers

    def _ends_here(self, i: int) -> bool:
        if i + 1 >= len(self.words) or self.kinds[i + 1] == BREAK:
            return True
        following = self.words[i + 1]
        if self.words[i] == "." and i and self.kinds[i - 1] == WORD and self.ends[i - 1] == self.starts[i]:
            before = self.lower[i - 1]
            if before in ABBREVIATIONS or (len(before) == 1 and before.isalpha()):
                return False
        return self.kinds[i + 1] == QUOTE or (not following[0].islower() and following not in {",", ";", ":"})

    def _ends_with_quote(self, i: int) -> bool:
        """A quotation that ends its own sentence ends the writer's too, unless he goes on: "Why?" the mayor asked."""
        last = self.text[self.spans[self.span_at[i]].end - 1]
        if last not in _ENDS:
            return False
        following = i + 1 + (i + 1 < len(self.words) and self.words[i + 1] in "([")
        if following >= len(self.words) or self.kinds[following] in (BREAK, QUOTE):
            return True
        return self.words[following][0].isupper()

    def first_of_sentence(self, i: int) -> int:
        """The first token of the sentence that a token is in."""
        while i and self.sentences[i - 1] == self.sentences[i] and self.kinds[i - 1] != BREAK:
            i -= 1
        return i
