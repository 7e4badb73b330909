"""Quotation marks -> spans: where quoted words begin and end, whatever marks a page uses and wherever one is missing.

A span never crosses a paragraph: words that go on over several paragraphs, each of which opens the quotation again
without closing it, are one span per paragraph, the earlier ones `open`.

    "We are ready. We have been ready for weeks.        <- open
    "Nobody should have to choose," the mayor said.     <- closed
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Paragraph", "Span", "paragraphs", "spans"]

_LINE = re.compile(r"[^\n\r\v\f\u2028\u2029]+")
# Two single marks stand for one double mark ('' and ``); << >> are what some systems make of guillemets.
_DOUBLE = re.compile("''|``|,,(?=\\w)|[\"“”„‟«»″＂]")
_SINGLE = re.compile("['‘’‛]")
_OPENING, _CLOSING = frozenset("“„‟«"), frozenset("”»")
# What may stand before an opening mark besides white space, and after a closing one.
_BEFORE = frozenset(" \t\u00a0\u2009\u200a\u202f([{—–―-/:;,‘'’>.…*•·|“\"")
_AFTER = frozenset(" \t\u00a0\u2009\u200a\u202f)]},.;:!?—–―-/’'…*<|”\"")
_MARKS = '"“”„‟«»″＂'
_WORD_INSIDE = re.compile(r"\w")
_APOSTROPHE_WORD = re.compile(r"(?:em|til|cause|tis|twas|n|round|bout|\d0s|\d{2})\b", re.I)
MAX_SINGLE = 300


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a text, without the white space around it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """The words between two marks: `text[start:end]`; `open` where the paragraph ended before the mark closed.

    `left` and `right` are the offsets outside of the marks; `paragraph` is the index of the paragraph.
    """

    start: int
    end: int
    left: int
    right: int
    paragraph: int
    open: bool = False
    single: bool = False


def paragraphs(text: str) -> list[Paragraph]:
    """The lines of a text that hold anything."""
    found = []
    for line in _LINE.finditer(text):
        stripped = line.group().strip()
        if stripped:
            start = line.start() + line.group().index(stripped[0])
            found.append(Paragraph(start, start + len(stripped)))
    return found


def spans(text: str, lines: list[Paragraph]) -> list[Span]:
    """All quoted spans of a text in order; none lies within another."""
    found: list[Span] = []
    for number, line in enumerate(lines):
        doubles = list(_double_spans(text, line, number, _reopens(text, lines, number)))
        found.extend(doubles)
        found.extend(_single_spans(text, line, number, doubles))
    return sorted(found, key=lambda span: span.start)


def _reopens(text: str, lines: list[Paragraph], number: int) -> bool:
    """Whether the next paragraph begins with a mark: then an unclosed quotation goes on there."""
    return number + 1 < len(lines) and _DOUBLE.match(text, lines[number + 1].start) is not None


def _double_spans(text: str, line: Paragraph, number: int, reopens: bool) -> Iterator[Span]:
    opened: re.Match[str] | None = None
    for mark in _DOUBLE.finditer(text, line.start, line.end):
        opens, closes = _sides(text, mark, line)
        if opened is None:
            if opens:
                opened = mark
        elif closes and (not opens or mark.group() not in _OPENING):
            if _WORD_INSIDE.search(text, opened.end(), mark.start()):
                yield _span(text, opened.end(), mark.start(), opened.start(), mark.end(), number)
            opened = None
        elif opens and mark.group() in _OPENING and _ends_sentence(text, opened.end(), mark.start()):
            # The quotation before it was never closed: it ended with its sentence.
            yield _span(text, opened.end(), mark.start(), opened.start(), mark.start(), number)
            opened = mark
    if opened is None or not _WORD_INSIDE.search(text, opened.end(), line.end):
        return
    if reopens or opened.start() == line.start or text[: opened.start()].rstrip().endswith((":", ",")):
        yield _span(text, opened.end(), line.end, opened.start(), line.end, number, open_=True)


def _sides(text: str, mark: re.Match[str], line: Paragraph) -> tuple[bool, bool]:
    """Whether a mark may open and whether it may close, by itself and by what stands on either side."""
    before = text[mark.start() - 1] if mark.start() > line.start else " "
    after = text[mark.end()] if mark.end() < line.end else " "
    opens = before in _BEFORE and (not after.isspace() or (mark.group() in _OPENING and before.isspace()))
    closes = not before.isspace() and (after in _AFTER or not before.isalnum() or mark.group() in _CLOSING)
    if mark.group() in _OPENING and opens:
        closes = False
    elif mark.group() in _CLOSING and closes:
        opens = False
    elif opens and closes:
        # a mark between two signs: ("Yes") and "No," - the sign before tells
        opens, closes = (before in "([{—–―-/:" or before.isspace()), not before.isspace()
    elif not opens and not closes:
        # "word "word": a mark with space on both sides, or letters on both
        opens, closes = before.isspace() and not after.isspace(), not before.isspace() and mark.group() in _CLOSING
        if not opens and not closes and before.isspace() and after.isspace():
            closes = True
    return opens, closes


def _ends_sentence(text: str, start: int, end: int) -> bool:
    return text[start:end].rstrip().endswith((".", "?", "!", "…", ","))


def _span(text: str, start: int, end: int, left: int, right: int, number: int, *, open_: bool = False) -> Span:
    inside = text[start:end]
    start += len(inside) - len(inside.lstrip())
    end -= len(inside) - len(inside.rstrip())
    return Span(start, end, left, right, number, open=open_)


def _single_spans(text: str, line: Paragraph, number: int, doubles: list[Span]) -> Iterator[Span]:
    """Spans in single marks outside of double ones, as headlines have them."""
    lefts = [span.left for span in doubles]
    rights = [span.right for span in doubles]
    at = line.start
    while (mark := _SINGLE.search(text, at, line.end)) is not None:
        at = mark.end()
        before = text[mark.start() - 1] if mark.start() > line.start else " "
        after = text[mark.end()] if mark.end() < line.end else " "
        if mark.group() == "’" or before not in " \t\u00a0([—–-:;,/" or after.isspace() or after in "'’":
            continue
        if _APOSTROPHE_WORD.match(text, mark.end()) or _touches(lefts, rights, mark.start(), mark.start() + 1):
            continue
        end = _single_end(text, mark.end(), min(line.end, mark.end() + MAX_SINGLE))
        if end is None or _touches(lefts, rights, mark.start(), end):
            continue
        yield Span(mark.end(), end, mark.start(), end + 1, number, single=True)
        at = end + 1


def _touches(lefts: list[int], rights: list[int], start: int, end: int) -> bool:
    """Whether any of the sorted, disjoint ranges overlaps `start..end`."""
    k = bisect_left(lefts, end)
    return k > 0 and rights[k - 1] > start


def _single_end(text: str, start: int, limit: int) -> int | None:
    for mark in re.compile("['’]").finditer(text, start, limit):
        before = text[mark.start() - 1]
        after = text[mark.end()] if mark.end() < len(text) else " "
        if before.isspace() or not (after.isspace() or after in ",.;:!?)]—–-/"):
            continue
        # workers' rights: a plural's apostrophe closes only where nothing else does
        if before == "s" and after == " " and re.search("[^\\s]['’](?=[\\s,.;:!?)]|$)", text[mark.end() : limit]):
            continue
        return mark.start()
    return None
