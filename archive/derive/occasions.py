"""Which printing by the speaker's own office a mention goes back to; the index by which the same words are found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from archive.derive.likeness import stems
from archive.derive.mentions import WINDOW_DAYS, Mention, days_between, of_days, order, place, said_again, tied

__all__ = ["Index", "conflict", "occasions"]

# A report of today may be dated a day before the release that it quotes.
EARLY = 1  # days
# Of the stems of the shorter of two wordings at least so many are shared where they are the same words.
SHARED = 0.6


def occasions(mentions: Sequence[Mention], holders: Sequence[Mention]) -> Mapping[str, Mention]:
    """By the ids of mentions, the latest printing of their words by the speaker's own office until the day after them.

    Empty where the office printed in fewer than two documents: then all may go back to one occasion.
    """
    own = [each for each in mentions if each.own_office]
    texts = [each for each in holders if each.own_office]
    if len({each.document for each in (*own, *texts)}) < 2:
        return {}
    found, index = {each.id: each for each in own}, Index(own)
    for mention in mentions:
        if mention.id not in found:
            printed = [each for each in index.near(mention) if _may_quote(mention, each) and tied(mention, each)]
            day = mention.day.toordinal()
            lately = of_days(texts, day - WINDOW_DAYS, day + EARLY)
            printed += [text for text in lately if _may_quote(mention, text) and place(text, mention)]
            latest = max(printed, key=order, default=None)
            if latest is not None:
                found[mention.id] = latest
    return found


def _may_quote(mention: Mention, printed: Mention) -> bool:
    return printed.day.toordinal() <= mention.day.toordinal() + EARLY and days_between(mention, printed) <= WINDOW_DAYS


def conflict(a: Mention | None, b: Mention | None) -> bool:
    """Whether two occasions are known and not the same."""
    return a is not None and b is not None and said_again(a, b)


class Index:
    """Mentions by the stems of their content words: finds those that may be the same words as another."""

    def __init__(self, mentions: Iterable[Mention] = ()) -> None:
        self.mentions: dict[str, Mention] = {}
        self.by_stem: dict[str, dict[str, int]] = defaultdict(dict)
        for each in mentions:
            self.add(each)

    def add(self, mention: Mention) -> None:
        self.mentions[mention.id] = mention
        found = stems(mention.compared)
        for each in found:
            self.by_stem[each][mention.id] = len(found)

    def remove(self, mention: Mention) -> None:
        del self.mentions[mention.id]
        for each in stems(mention.compared):
            del self.by_stem[each][mention.id]

    def near(self, mention: Mention) -> Iterator[Mention]:
        """The mentions of 30 days that share enough stems with this one, earliest first, itself left out."""
        wanted = stems(mention.compared)
        shared: Counter[str] = Counter()
        least: dict[str, float] = {}
        for each in wanted:
            having = self.by_stem.get(each, {})
            shared.update(having.keys())
            least.update(having)
        near = (
            self.mentions[name]
            for name, times in shared.items()
            if times >= SHARED * min(len(wanted), least[name]) and name != mention.id
        )
        yield from sorted((each for each in near if days_between(each, mention) <= WINDOW_DAYS), key=order)
