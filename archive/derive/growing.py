"""How statements grow: from direct quotations, over fragments and reported speech, to a few words. Pure."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.derive.likeness import contains
from archive.derive.mentions import (
    SHORT_DAYS,
    WINDOW_DAYS,
    WORD_DAYS,
    Mention,
    are_copies,
    days_between,
    is_short,
    one_voice,
    order,
    said_again,
    tied,
)
from archive.derive.occasions import Index, conflict
from archive.derive.wordings import content_words
from archive.records import QuotationKind

__all__ = ["Grown", "copies", "grow"]

Occasions = Mapping[str, Mention]


class Grown:
    """A statement as it grows: no two of its mentions are over 30 days apart, of two voices or of two occasions."""

    def __init__(self, first: Mention, occasions: Occasions) -> None:
        self.known = occasions
        self.mentions: list[Mention] = []
        self.voices: dict[str, Mention] = {}
        self.first = self.last = first
        self.occasions: dict[str, Mention] = {}
        self.others: set[str] = set()  # occasions that it is none of, as far as they were asked for
        self.add(first)

    def add(self, mention: Mention) -> None:
        self.mentions.append(mention)
        self.voices.setdefault(mention.speaker, mention)
        self.first = min(self.first, mention, key=order)
        self.last = max(self.last, mention, key=order)
        if mention.id in self.known:
            occasion = self.known[mention.id]
            self.occasions[occasion.id] = occasion

    def fits(self, mention: Mention) -> bool:
        if max(days_between(self.first, mention), days_between(self.last, mention)) > WINDOW_DAYS:
            return False
        if not all(one_voice(mention, each) for each in self.voices.values()):
            return False
        occasion = self.known.get(mention.id)
        if occasion is None or occasion.id in self.occasions:
            return True
        if occasion.id not in self.others and any(conflict(each, occasion) for each in self.occasions.values()):
            self.others.add(occasion.id)
        return occasion.id not in self.others


def grow(mentions: Sequence[Mention], occasions: Occasions) -> list[Grown]:
    """The statements of mentions that hold nothing, which come in their order."""
    long = [each for each in mentions if not is_short(each)]
    direct = [each for each in long if each.kind not in (QuotationKind.FRAGMENT, QuotationKind.INDIRECT)]
    found = list(_from_direct(direct, occasions))
    fragments = [each for each in long if each.kind is QuotationKind.FRAGMENT]
    found += _stars(_with_fragments(found, fragments), occasions)
    found += _stars([each for each in long if each.kind is QuotationKind.INDIRECT], occasions)
    _Few(found, occasions).settle(each for each in mentions if is_short(each))
    return found


def _from_direct(mentions: Sequence[Mention], occasions: Occasions) -> Iterator[Grown]:
    """Each statement grows from its earliest direct quotation, over those that are tied to it, however indirectly."""
    free = Index(mentions)
    for first in mentions:
        if first.id not in free.mentions:
            continue
        free.remove(first)
        made, edge, seen = Grown(first, occasions), deque([first]), set()
        while edge:
            at = edge.popleft()
            # A wording of a document looked from once finds nothing new: what is free is in the 30 days after it.
            looked = (at.compared, at.document, at.speaker)
            near = () if looked in seen else free.near(at)
            seen.add(looked)
            for other in near:
                if made.fits(other) and tied(at, other):
                    free.remove(other)
                    made.add(other)
                    edge.append(other)
        yield made


def _with_fragments(found: Sequence[Grown], fragments: Iterable[Mention]) -> list[Mention]:
    """Give each fragment to the statement nearest in time that has its words; gives those that no statement has."""
    home = {each.id: made for made in found for each in made.mentions}
    index = Index(each for made in found for each in made.mentions)
    loose = []
    for fragment in fragments:
        homes: dict[int, Grown] = {}
        for other in index.near(fragment):
            made = home[other.id]
            if id(made) not in homes and made.fits(fragment) and tied(fragment, other):
                homes[id(made)] = made
        if homes:
            nearest = min(homes.values(), key=lambda made: (days_between(made.first, fragment), order(made.first)))
            nearest.add(fragment)
        else:
            loose.append(fragment)
    return loose


def _stars(mentions: Sequence[Mention], occasions: Occasions) -> Iterator[Grown]:
    """Mentions that tie nothing together: each statement is its earliest one and those that are tied to that."""
    free = Index(mentions)
    for first in mentions:
        if first.id in free.mentions:
            free.remove(first)
            made = Grown(first, occasions)
            for other in free.near(first):
                if made.fits(other) and tied(first, other):
                    free.remove(other)
                    made.add(other)
            yield made


class _Few:
    """Few words find their statement within their story, or where only one statement near in time has them."""

    def __init__(self, found: list[Grown], occasions: Occasions) -> None:
        self.found = found
        self.occasions = occasions
        self.home: dict[str, Grown] = {}
        self.index = Index()
        self.by_story: dict[str, list[Mention]] = defaultdict(list)
        for made in found:
            for each in made.mentions:
                self.enter(each, made)

    def enter(self, mention: Mention, made: Grown) -> None:
        self.home[mention.id] = made
        self.index.add(mention)
        for key in _stories(mention):
            self.by_story[key].append(mention)

    def settle(self, mentions: Iterable[Mention]) -> None:
        for mention in sorted(mentions, key=lambda each: (-content_words(each.compared), order(each))):
            made = self.home_of(mention)
            if made is None:
                made = Grown(mention, self.occasions)
                self.found.append(made)
            else:
                made.add(mention)
            self.enter(mention, made)

    def home_of(self, few: Mention) -> Grown | None:
        told = [each for key in _stories(few) for each in self.by_story.get(key, ())]
        told = [each for each in told if days_between(each, few) <= WINDOW_DAYS and tied(each, few)]
        if told:
            same = [each for each in told if each.compared == few.compared]
            return self.only(few, same or told)
        if not content_words(few.compared) or few.kind is QuotationKind.INDIRECT:
            return None
        near = [each for each in self.index.near(few) if self.is_near(few, each)]
        exact = [
            each for each in near if contains(each.compared, few.compared) or contains(few.compared, each.compared)
        ]
        return self.only(few, exact or near)

    def is_near(self, few: Mention, other: Mention) -> bool:
        days = max(days_between(few, other), days_between(few, self.home[other.id].first))
        one_word = content_words(few.compared) == 1 or content_words(other.compared) == 1
        within = WORD_DAYS if one_word and few.compared != other.compared else SHORT_DAYS
        return days <= within and tied(few, other)

    def only(self, few: Mention, others: Iterable[Mention]) -> Grown | None:
        """The only statement that these are of and the few words fit; None where there are several."""
        homes = {id(made): made for made in (self.home[each.id] for each in others)}
        fitting = [made for made in homes.values() if made.fits(few)]
        return fitting[0] if len(fitting) == 1 else None


def _stories(mention: Mention) -> Iterator[str]:
    yield f"document {mention.document}"
    if mention.story is not None:
        yield f"story {mention.story}"


def copies(holders: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Holders, in their order, that are one text or turn printed several times."""
    free = {holder.id for holder in holders}
    for number, first in enumerate(holders):
        if first.id in free:
            found = [first]
            for at in range(number + 1, len(holders)):
                each = holders[at]
                if days_between(first, each) > WINDOW_DAYS:
                    break
                one = each.id in free and all(one_voice(each, other) for other in found)
                if one and are_copies(first, each) and not said_again(first, each):
                    free.remove(each.id)
                    found.append(each)
            yield found
