"""A word diff laid out for a page: paragraph beside paragraph, what did not change folded away. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from archive.query import Change
from archive.web.words import LONG

__all__ = ["Row", "shortened", "side_by_side"]

KEPT = 1  # unchanged paragraphs shown on either side of a change
# Of a text that is its publisher's: so many words around a change, so many of a change, so many in all.
AROUND, RUN, ALL = 8, 40, 240


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph of both versions; with `folded` it stands for so many that are the same and not shown."""

    changes: tuple[Change, ...] = ()
    folded: int = 0

    @property
    def is_changed(self) -> bool:
        """Whether any word of it is another."""
        return any(change.operation != "equal" for change in self.changes)

    @property
    def old(self) -> list[Change]:
        """The paragraph as it was."""
        return [change for change in self.changes if change.operation != "insert"]

    @property
    def new(self) -> list[Change]:
        """The paragraph as it became."""
        return [change for change in self.changes if change.operation != "delete"]


def side_by_side(changes: Sequence[Change], *, kept: int = KEPT) -> list[Row]:
    """The rows of a comparison; paragraphs far from any change are folded."""
    return list(_folded(list(_rows(changes)), kept))


def _rows(changes: Sequence[Change]) -> Iterator[Row]:
    """A paragraph ends where both texts have a line break in the same place."""
    current: list[Change] = []
    for change in changes:
        parts = change.text.split("\n") if change.operation == "equal" else [change.text]
        for number, part in enumerate(parts):
            if number and current:
                yield Row(tuple(current))
                current = []
            if part:
                current.append(Change(change.operation, part))
    if current:
        yield Row(tuple(current))


def _folded(rows: Sequence[Row], kept: int) -> Iterator[Row]:
    near = {place + step for place, row in enumerate(rows) if row.is_changed for step in range(-kept, kept + 1)}
    left_out = 0
    for place, row in enumerate(rows):
        if place in near:
            if left_out:
                yield Row(folded=left_out)
            left_out = 0
            yield row
        else:
            left_out += 1
    if left_out:
        yield Row(folded=left_out)


def shortened(changes: Sequence[Change]) -> list[Change]:
    """A diff with only a few words around each change, and not more than ALL words of either text."""
    found: list[Change] = []
    left = ALL
    for place, change in enumerate(changes):
        if left <= 0:
            return [*found, Change("equal", " … more is not shown.")]
        if change.operation == "equal":
            text = _ends(change.text, place > 0, place + 1 < len(changes))
        else:
            text = _cut(change.text, RUN)
        found.append(Change(change.operation, text))
        left -= max(len(text.split()), len(text) // LONG)
    return found


def _cut(text: str, most: int) -> str:
    found = text.split()
    if len(found) <= most:
        return text if len(text) <= most * LONG else f"{text[: most * LONG]} …"
    return f"{' '.join(found[:most])[: most * LONG]} … ({len(found) - most} more words)"


def _ends(text: str, after_change: bool, before_change: bool) -> str:
    """The words next to the changes on either side."""
    found = text.split()
    most = AROUND * (after_change + before_change)
    if len(found) <= most and len(text) <= most * LONG:
        return text
    start = " " if text[0].isspace() else ""
    end = " " if text[-1].isspace() else ""
    head = f"{start}{' '.join(found[:AROUND])[: AROUND * LONG]} …" if after_change else "…"
    tail = f" {' '.join(found[-AROUND:])[-AROUND * LONG :]}{end}" if before_change else ""
    return head + tail
