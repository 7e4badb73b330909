"""Mentions -> statements: one utterance of one speaker, however often carried.

Wordings of a speaker join when they are the same words, near in time; many words join namesakes too, who may be one
(archive.derive.voices). Every statement grows from its earliest direct quotation over the 30 days after it, so that
nothing chains through years. What the speaker's own office prints again in another release, days later, is another
occasion, and a report belongs to the printing before it. Fragments join one statement and tie none together. Whole
releases, transcript turns and spans of more than five sentences hold statements and never join them. Wordings of less
than six content words join within a story, or where exactly one statement within 14 days has their words. An over-merge
is worse than a miss.

Everything is a function of the set of mentions, never of the order in which they came; mentions that are not `related`,
be it over any number of others, have no say in one another's statements.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive import text
from archive.derive.growing import copies, grow
from archive.derive.mentions import (
    AGAIN_DAYS,
    FEW_WORDS,
    MANY_SENTENCES,
    SHORT_DAYS,
    WINDOW_DAYS,
    Mention,
    holds,
    is_short,
    of_days,
    one_voice,
    order,
    place,
    related,
)
from archive.derive.occasions import conflict, occasions

__all__ = [
    "AGAIN_DAYS",
    "FEW_WORDS",
    "MANY_SENTENCES",
    "SHORT_DAYS",
    "WINDOW_DAYS",
    "Group",
    "Held",
    "Mention",
    "group",
    "holds",
    "order",
    "related",
    "statement_id",
]


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """Words of a statement inside a holder: `words[start:end]` of the mention with that id."""

    mention: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One statement: its mentions, earliest first, and where whole texts hold its words.

    `primary` is the id of the earliest mention (or holder) that the speaker's own office published; `repeat_of` is the
    id of the latest earlier statement of the same words, where that is within the window: echoes of other years are
    found by their wording.
    """

    mentions: tuple[Mention, ...]
    held: tuple[Held, ...] = ()
    primary: str | None = None
    repeat_of: str | None = None


def statement_id(group: Group) -> str:
    """The public id of a statement: 20 hexadecimal digits of a digest of its speaker and its earliest mention."""
    return _id_of(group.mentions[0])


def _id_of(first: Mention) -> str:
    return text.digest(f"{first.speaker}\n{first.normal}\n{first.document}")[:20]


def group(mentions: Collection[Mention]) -> list[Group]:
    """The statements of these mentions, earliest first; with each mention all `related` ones must be given."""
    ordered = sorted(mentions, key=order)
    holders = [each for each in ordered if holds(each)]
    others = [each for each in ordered if not holds(each)]
    found = [_Made(each, {}) for each in copies(holders)]
    found += [_Made(grown.mentions, grown.occasions) for grown in grow(others, occasions(others, holders))]
    found.sort(key=lambda made: order(made.first))
    before: dict[str, list[_Made]] = defaultdict(list)
    return [_group(made, holders, before) for made in found]


class _Made:
    def __init__(self, members: Sequence[Mention], occasions: Mapping[str, Mention]) -> None:
        self.members = sorted(members, key=order)
        self.occasions = occasions

    @property
    def first(self) -> Mention:
        return self.members[0]


def _group(made: _Made, holders: Sequence[Mention], before: dict[str, list[_Made]]) -> Group:
    held = dict(_held(made, holders))
    carriers = [*made.members, *(each for each in holders if each.id in held)]
    own = [each for each in carriers if each.own_office]
    repeated = [each for member in made.members for each in before[member.normal] if _repeats(made, member, each)]
    for normal in {each.normal for each in made.members if not is_short(each)}:
        before[normal].append(made)
    return Group(
        mentions=tuple(made.members),
        held=tuple(Held(name, *found) for name, found in sorted(held.items())),
        primary=min(own, key=order).id if own else None,
        repeat_of=_id_of(max(repeated, key=lambda each: order(each.first)).first) if repeated else None,
    )


def _repeats(made: _Made, member: Mention, earlier: _Made) -> bool:
    return earlier.first.day < made.first.day and any(related(member, other) for other in earlier.members)


def _held(made: _Made, holders: Sequence[Mention]) -> Iterator[tuple[str, tuple[int, int]]]:
    """The ids of the holders that have the words, and where."""
    if made.first.turn:
        return
    members = {each.id for each in made.members}
    parts = sorted(made.members, key=lambda each: (-len(each.normal), order(each)))
    found: list[tuple[Mention, tuple[int, int]]] = []
    first, last = made.first.day.toordinal(), made.members[-1].day.toordinal()
    for holder in of_days(holders, first - WINDOW_DAYS, last + WINDOW_DAYS):
        if holder.id in members or any(conflict(holder, each) for each in _own(made, found)):
            continue
        if not all(one_voice(holder, each) for each in (*made.members, *(other for other, _ in found))):
            continue
        where = _where(holder, parts)
        if where is not None:
            found.append((holder, where))
    if not all(is_short(each) for each in parts) or _is_one_occasion(made, [holder for holder, _ in found]):
        yield from ((holder.id, where) for holder, where in found)


def _own(made: _Made, found: Sequence[tuple[Mention, tuple[int, int]]]) -> Iterator[Mention]:
    yield from made.occasions.values()
    yield from (each for each in made.members if each.own_office)
    yield from (holder for holder, _ in found if holder.own_office)


def _where(holder: Mention, parts: Sequence[Mention]) -> tuple[int, int] | None:
    """Where the longest part that a holder has stands in it, with the other parts that stand beside or over it."""
    near = (each for each in parts if abs((each.day - holder.day).days) <= WINDOW_DAYS)
    places = [found for each in near if (found := place(holder, each))]
    if not places:
        return None
    start, end = places[0]
    for _ in places:
        for first, last in places:
            if _adjoin(holder.words, (start, end), (first, last)):
                start, end = min(start, first), max(end, last)
    return start, end


_WORD = re.compile(r"\w")


def _adjoin(words: str, a: tuple[int, int], b: tuple[int, int]) -> bool:
    (_, end), (start, _) = sorted((a, b))
    return not _WORD.search(words, end, start) if end < start else True


def _is_one_occasion(made: _Made, holders: Sequence[Mention]) -> bool:
    """Whether holders of a few words are all of the same days, and near them."""
    days = [each.day for each in holders]
    return bool(days) and all(
        (
            (max(days) - min(days)).days < AGAIN_DAYS or len({each.document for each in holders}) == 1,
            all(abs((day - made.first.day).days) <= SHORT_DAYS for day in days),
        )
    )
