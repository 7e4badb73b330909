"""A tree as blocks of text: paragraphs, list items, headings, table rows, in page order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import html
from lxml.etree import iterwalk

from archive.extract.limits import INVISIBLE

__all__ = ["SKIPPED", "Block", "blocks_of"]

_SKIPPED = """
    applet area aside audio button canvas datalist dialog embed figcaption figure footer frame frameset head iframe
    input label legend map math menu nav noembed noscript object optgroup option picture script select style svg
    template textarea title video
"""
# Elements whose text is none of the page's own words.
SKIPPED = frozenset(_SKIPPED.split())
_BLOCKS = """
    address article blockquote body caption center dd details div dl dt fieldset form h1 h2 h3 h4 h5 h6 header hgroup
    hr html li main ol p pre section summary table tbody tfoot thead tr ul
"""
BLOCKS = frozenset(_BLOCKS.split())
_LINE = "\n"
_PARAGRAPH_BREAK = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Block:
    """One block: the block element it stands in, its text on one or more lines, the share of it that is link text."""

    element: html.HtmlElement
    text: str
    linked: float


def blocks_of(root: html.HtmlElement) -> Iterator[Block]:
    """The blocks of text under an element, in page order; a double line break ends a block as a paragraph does."""
    owners: list[html.HtmlElement] = [root]
    pieces: list[str] = []
    linked = links = 0
    walk = iterwalk(root, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if event == "start":
            if tag in SKIPPED or tag.__class__ is not str:
                walk.skip_subtree()
                continue
            if tag in BLOCKS:
                yield from _flushed(owners[-1], pieces, linked)
                pieces, linked = [], 0
                owners.append(element)
            elif tag == "a" and _leads(element):
                links += 1
            elif tag == "br":
                pieces.append(_LINE)
            elif tag == "td" or tag == "th":
                pieces.append("\t")
            text = element.text
            if text:
                pieces.append(text if tag == "pre" else text.replace("\n", " "))
                if links:
                    linked += len(text.strip())
            continue
        if tag in BLOCKS and owners[-1] is element:
            yield from _flushed(owners.pop(), pieces, linked)
            pieces, linked = [], 0
        elif tag == "a" and links and _leads(element):
            links -= 1
        if element.tail and element is not root:
            pieces.append(element.tail.replace("\n", " "))
            if links:
                linked += len(element.tail.strip())
    yield from _flushed(owners[-1], pieces, linked)


def _leads(link: html.HtmlElement) -> bool:
    """Whether a link leads to a page: an address to write to or a number to call is part of the text."""
    target = link.get("href") or ""
    return not target.startswith(("mailto:", "tel:")) and "/email-protection" not in target


def _flushed(owner: html.HtmlElement, pieces: list[str], linked: int) -> Iterator[Block]:
    joined = "".join(pieces)
    if not joined or joined.isspace():
        return
    for part in _PARAGRAPH_BREAK.split(joined if joined.isascii() else joined.translate(INVISIBLE)):
        lines = (_spaced(line) for line in part.split(_LINE))
        text = _LINE.join(line for line in lines if line)
        if text:
            yield Block(owner, text, min(1.0, linked / len(text)))


def _spaced(line: str) -> str:
    cells = (" ".join(cell.split()) for cell in line.split("\t"))
    return "\t".join(cell for cell in cells if cell)
