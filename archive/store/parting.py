"""Groups of mentions after what people decided about them: joined, or set apart, in the order it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from archive.derive.statements import Group, Mention, group, holds, order
from archive.store.rulings import Rulings

__all__ = ["regrouped"]


def regrouped(groups: Sequence[Group], mentions: Sequence[Mention], rulings: Rulings) -> Iterator[Group]:
    """The groups of namesakes' mentions as decisions leave them; those that no decision touches as they are."""
    named = rulings.partings_of(mentions)
    if not named:
        yield from groups
        return
    whole = {frozenset(mention.id for mention in each.mentions): each for each in groups}
    for part in _parts(set(whole), named):
        yield whole[part] if part in whole else _made_of(part, mentions)


def _parts(parts: set[frozenset[str]], partings: Iterable[tuple[bool, set[str]]]) -> Iterator[frozenset[str]]:
    for joined, named in partings:
        touched = {part for part in parts if part & named}
        parts = parts - touched
        if joined:
            parts |= {frozenset().union(*touched)} if touched else set()
        else:
            parts |= {half for part in touched for half in (part & named, part - named) if half}
    yield from sorted(parts, key=sorted)


def _made_of(part: frozenset[str], mentions: Sequence[Mention]) -> Group:
    """One group of these mentions, whatever the rules say, with what whole texts hold of them."""
    own = sorted((each for each in mentions if each.id in part), key=order)
    holders = {each.id: each for each in mentions if each.id not in part and holds(each)}
    found = group([*own, *holders.values()])
    held = {
        each for piece in found if any(mention.id in part for mention in piece.mentions) for each in piece.held
        if each.mention in holders
    }  # fmt: skip
    carriers = [*own, *(holders[each.mention] for each in held)]
    published = [each for each in carriers if each.own_office]
    return Group(
        mentions=tuple(own),
        held=tuple(sorted(held)),
        primary=min(published, key=order).id if published else None,
    )
