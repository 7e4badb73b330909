"""What trafilatura found, laid over the blocks of the page: which of them make the body."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from lxml import html

from archive import text
from archive.extract.blocks import Block
from archive.extract.furniture import frame_of, is_furniture, is_pointer

__all__ = ["Overlay", "title_key"]

CONTAINER_SHARE = 0.85  # of what was found must stand in the element that is taken for the body
MATCHED_SHARE = 0.85  # of what was found must be found again in the blocks
FRAME_SHARE = 0.3  # of what was found; an element named a footer that holds more is the page
SHORT = 25  # characters: a shorter block matches only a whole line of what was found
OWN_PARAGRAPHS = 120  # characters of its own paragraphs make an element more than a wrapper
MAX_TITLE = 500

_PART_TAGS = "p li ul ol dl dd dt blockquote pre table tbody thead tfoot tr td h1 h2 h3 h4 h5 h6 center details"
# Elements that are parts of a text, not its frame.
_PARTS = frozenset(_PART_TAGS.split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NOT_WORD = re.compile(r"\W+")


def title_key(text: str) -> str:
    """A heading's letters and digits, lower case: the same for the title of a page and its heading."""
    return _NOT_WORD.sub("", text[:MAX_TITLE]).lower()


class Overlay:
    """What was found laid over the blocks of the page: weights are characters found in each block."""

    def __init__(self, blocks: Sequence[Block], found: str, title: str) -> None:
        self.blocks = blocks
        keys = [_squeezed(block.text) for block in blocks]
        lines = {_squeezed(line.removeprefix("- ")) for line in found.splitlines()}
        whole = _squeezed(found)
        self.weights = [len(key) if key in lines or (len(key) >= SHORT and key in whole) else 0 for key in keys]
        if sum(self.weights) < MATCHED_SHARE * len(whole):
            self.weights = [0] * len(keys)
        weighed = sum(self.weights)
        self._unframe()
        if sum(self.weights) < weighed / 2 or (not weighed and (found.startswith("|") or "\n" not in found)):
            # Nothing, menus, a layout table as text, or the whole page in a line: what is no link speaks for itself.
            self.weights = [len(key) if _speaks(block) else 0 for key, block in zip(keys, blocks, strict=True)]
            self._unframe()
        self.titles = {place for place, block in enumerate(blocks) if title and title_key(block.text) == title}

    def _unframe(self) -> None:
        """Take the weight of menus and footers away, unless what is named so holds much of what was found."""
        framing: dict[html.HtmlElement, html.HtmlElement | None] = {}
        frames = [
            frame_of(block.element, framing) if self.weights[place] else None for place, block in enumerate(self.blocks)
        ]
        held: Counter[html.HtmlElement] = Counter()
        for frame, weight in zip(frames, self.weights, strict=True):
            if frame is not None:
                held[frame] += weight
        few = FRAME_SHARE * sum(self.weights)
        self.weights = [
            0 if frame is not None and held[frame] < few else weight
            for frame, weight in zip(frames, self.weights, strict=True)
        ]

    def places(self) -> tuple[int, ...]:
        """The places of the blocks that make the body; none where what was found is not in the blocks."""
        if not any(self.weights):
            return ()
        core = _widened(self._core())
        # A title that stands beside the paragraphs was written with them; one in a frame above is the template's.
        framed = {place for place in self.titles if _frame(self.blocks[place].element) is not core}
        for place in framed:
            self.weights[place] = 0
        container, more = self._chunks(self._container())
        found = [place for place, weight in enumerate(self.weights) if weight and self._within(place, container)]
        if not found:
            return ()
        chosen = [
            place
            for place in range(len(self.blocks))
            if self._within(place, container)
            and place not in framed
            and (self.weights[place] or self._belongs(place, (core, *more), found[0], found[-1]))
            and not is_pointer(self.blocks[place])
            and not text.is_furniture(self.blocks[place].text)
        ]
        while len(chosen) > 1 and _trails(self.blocks[chosen[-1]]) and not self._introduced(chosen[-1]):
            chosen.pop()
        return tuple(chosen)

    def _core(self) -> html.HtmlElement:
        """The frame that holds most of what was found as its own paragraphs."""
        held: Counter[html.HtmlElement] = Counter()
        for block, weight in zip(self.blocks, self.weights, strict=True):
            if weight:
                held[_frame(block.element)] += weight
        return max(held, key=lambda element: held[element])

    def _container(self) -> html.HtmlElement:
        """The innermost element, no part of a text, that holds nearly all of what was found."""
        held: Counter[html.HtmlElement] = Counter()
        for block, weight in zip(self.blocks, self.weights, strict=True):
            if weight:
                held[block.element] += weight
                for ancestor in block.element.iterancestors():
                    held[ancestor] += weight
        enough = CONTAINER_SHARE * sum(self.weights)
        fitting = [element for element, weight in held.items() if weight >= enough]
        return _widened(_frame(min(fitting, key=lambda element: held[element]))) if fitting else self._core()

    def _within(self, place: int, container: html.HtmlElement) -> bool:
        element = self.blocks[place].element
        return element is container or any(ancestor is container for ancestor in element.iterancestors())

    def _chunks(self, container: html.HtmlElement) -> tuple[html.HtmlElement, list[html.HtmlElement]]:
        """The element that holds the container and those of its article that are made like it: a body in pieces."""
        article = next(container.iterancestors("article"), None)
        name = container.get("class")
        if article is None or not name:
            return container, []
        alike = [each for each in article.iter(container.tag) if each.get("class") == name and each is not container]
        more = [each for each in alike if _own_paragraphs(each) >= OWN_PARAGRAPHS and each.find(".//h1") is None]
        return (article if more else container), more

    def _belongs(self, place: int, cores: Sequence[html.HtmlElement], first: int, last: int) -> bool:
        """Whether a block that was not found is part of the body all the same."""
        within = any(self._within(place, core) for core in cores)
        # In a body of several pieces, what stands between them is not its own.
        if not within and (len(cores) > 1 or not first < place < last):
            return False
        block = self.blocks[place]
        if block.linked > 0.5 and not self._introduced(place):
            return False
        return not is_furniture(block.element, within=cores)

    def _introduced(self, place: int) -> bool:
        """Whether a list follows a line that announces it, as "the following:" does."""
        if self.blocks[place].element.tag != "li":
            return False
        while place and self.blocks[place].element.tag == "li":
            place -= 1
        return self.blocks[place].text.endswith(":") and bool(self.weights[place])


def _speaks(block: Block) -> bool:
    return block.linked < 0.3 and not is_furniture(block.element, frames=1)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _frame(element: html.HtmlElement) -> html.HtmlElement:
    while element.tag in _PARTS:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def _widened(element: html.HtmlElement) -> html.HtmlElement:
    """The element, or the ancestor in which it stands as one paragraph among others: an indented statement."""
    parent = element.getparent()
    while parent is not None and parent.tag not in ("body", "html") and _own_paragraphs(parent) >= OWN_PARAGRAPHS:
        element, parent = parent, parent.getparent()
    return element


def _own_paragraphs(element: html.HtmlElement) -> int:
    own = (
        child
        for child in element
        if child.tag == "p" and child.find(".//a") is None and not is_furniture(child, frames=0)
    )
    return sum(len(_squeezed(child.text_content())) for child in own)


def _trails(block: Block) -> bool:
    return block.element.tag in _HEADINGS or (block.linked > 0.8 and block.element.tag != "p")
