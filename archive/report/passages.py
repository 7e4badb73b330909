"""What changed between two texts, as the passages around the changes: quotations, never a whole text. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.query import Change, Edit, word_diff

__all__ = ["Passage", "excerpt", "passages"]

AROUND = 14  # words before and after a change
MOST = 6  # passages of one edit
# Words that are shown of one run of new or deleted words: an office's own text, or a publisher's.
RUN = {"press_release": 80, "transcript": 80, "article": 40}
ARTICLE = 240  # words that are shown of one edit of a publisher's article, however much of it was rewritten


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of the new text with what was deleted from it and put in."""

    changes: tuple[Change, ...]

    def merely(self, notice: str | None) -> bool:
        """Whether nothing but the correction notice was put in."""
        changed = [" ".join(each.text.split()) for each in self.changes if each.operation != "equal"]
        return [each for each in changed if each] == [notice]


def passages(edit: Edit) -> tuple[list[Passage], int]:
    """The first passages that changed, the title's before the text's, and how many more there are."""
    longest = RUN.get(edit.document_kind, min(RUN.values()))
    found = [
        passage
        for old, new in ((edit.old_title, edit.new_title), (edit.old_text, edit.new_text))
        if old is not None and new is not None and old != new
        for passage in _around(word_diff(old, new), longest)
        if not passage.merely(edit.notice)
    ]
    shown = found[:MOST]
    if edit.document_kind == "article":
        shown = list(_within(shown, ARTICLE))
    return shown, len(found) - len(shown)


def _within(found: Iterable[Passage], most: int) -> Iterator[Passage]:
    """The passages, or the beginning of one, that have so many words together."""
    for passage in found:
        kept: list[Change] = []
        for change in passage.changes:
            if most > 0:
                kept.append(Change(change.operation, excerpt(change.text, most)))
            most -= len(change.text.split())
        if any(change.operation != "equal" for change in kept):
            yield Passage(tuple(kept))


def _around(changes: Iterable[Change], longest: int) -> Iterator[Passage]:
    """Changes that lie within twice the margin of each other are one passage."""
    current: list[Change] = []
    for change in changes:
        if change.operation != "equal":
            current.append(Change(change.operation, excerpt(change.text.strip("\n"), longest)))
            continue
        if not any(each.operation != "equal" for each in current):
            current = [Change("equal", _end(change.text))]
        elif "\n" in change.text or len(change.text.split(" ")) > 2 * AROUND:
            yield Passage((*current, Change("equal", _beginning(change.text))))
            current = [Change("equal", _end(change.text))]
        else:
            current.append(change)
    if any(each.operation != "equal" for each in current):
        yield Passage(tuple(current))


def _beginning(text: str) -> str:
    """What follows a change, to the end of its paragraph at most."""
    paragraph, broken, _ = text.partition("\n")
    words = paragraph.split(" ")
    return " ".join(words[:AROUND]) + (" …" if broken or len(words) > AROUND else "")


def _end(text: str) -> str:
    """What leads to a change, from the beginning of its paragraph at most."""
    words = text.rpartition("\n")[2].split(" ")
    return ("… " if len(words) > AROUND else "") + " ".join(words[-AROUND:])


def excerpt(text: str, most: int) -> str:
    """The beginning of a text, at most so many words."""
    words = text.split(" ")
    return text if len(words) <= most else " ".join(words[:most]) + " …"
