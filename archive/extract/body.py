"""The body of a page: trafilatura finds it, the page's own blocks give its words.

trafilatura tells well which part of a page is its body, but drops bulleted lists, embedded quotations and the text
of `<time>`, and repeats the title. So what it takes is laid over the page's blocks: the element that holds most of
it is the body, and what stands in that element between its first and its last paragraph belongs to it, unless its
markup says that it is furniture.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass

from lxml import html
from lxml.etree import XPath
from trafilatura import bare_extraction
from trafilatura.settings import Extractor, use_config

from archive.extract.blocks import Block, blocks_of
from archive.extract.overlay import Overlay, title_key

__all__ = ["Body", "blocks_within", "find_body"]

REGION_LENGTH, REGION_SHARE = 300, 0.7  # characters of paragraphs in the page, and the share of them in the region

_REGIONS = (XPath("//main | //*[@role='main'][not(ancestor::main)]"), XPath("//article[not(ancestor::article)]"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text of a page, a blank line between its blocks, and the page's blocks with the places of those taken.

    `places` is empty where the text could not be laid over the blocks and is trafilatura's own; `titles` are the
    places of the blocks that repeat the title.
    """

    text: str
    blocks: tuple[Block, ...]
    places: tuple[int, ...] = ()
    titles: tuple[int, ...] = ()


def find_body(tree: html.HtmlElement, title: str | None) -> Body:
    """The main text of a page; empty where there is none. The tree is not changed."""
    document = bare_extraction(_region(tree), options=_OPTIONS)
    found = (document.text or "") if document is not None and not isinstance(document, dict) else ""
    blocks = tuple(blocks_of(tree))
    overlay = Overlay(blocks, found, title_key(title or ""))
    places = overlay.places()
    text = "\n\n".join(blocks[place].text for place in places) or found
    return Body(text=text, blocks=blocks, places=places, titles=tuple(sorted(overlay.titles)))


def _region(tree: html.HtmlElement) -> html.HtmlElement:
    """The page reduced to its only <main> or <article>, where that holds its paragraphs: half the work."""
    total = sum(len(each.text_content()) for each in tree.iter("p"))
    for path in _REGIONS if total >= REGION_LENGTH else ():
        regions = path(tree)
        if len(regions) == 1 and sum(len(each.text_content()) for each in regions[0].iter("p")) > REGION_SHARE * total:
            reduced = html.document_fromstring(b"<html><body></body></html>")
            reduced[0].append(deepcopy(regions[0]))
            return reduced
    return tree


def blocks_within(chosen: Sequence[html.HtmlElement]) -> Body:
    """The whole text of the elements chosen by a hint, in page order; one inside another counts once."""
    wanted = set(chosen)
    outer = [each for each in chosen if not any(ancestor in wanted for ancestor in each.iterancestors())]
    blocks = tuple(block for each in outer for block in blocks_of(each))
    return Body(text="\n\n".join(block.text for block in blocks), blocks=blocks, places=tuple(range(len(blocks))))


def _options() -> Extractor:
    return Extractor(config=use_config(), output_format="python", fast=True, comments=False, dedup=False)


_OPTIONS = _options()
