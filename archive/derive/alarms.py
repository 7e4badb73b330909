"""Signs that a site was rebuilt, so that its pages read otherwise though nobody edited them.

Texts shrink, titles turn equal, dates vanish across a source: one such page may be an edit, several are a template.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

__all__ = ["Norms", "Tally", "Words"]

MIN_BROKEN = 2
BROKEN_SHARE = 0.5
MIN_CHANGED = 5
CHANGED_SHARE = 0.8
SHRUNK, GROWN = 0.6, 1.8
SLACK_WORDS = 25  # a short statement may lose half of its words in an honest edit
MIN_NEW = 4
USUALLY, NOW = 0.8, 0.2
SAME_TITLE_SHARE = 0.6
STUB_SHARE = 0.25
LONG = 120  # words
WITNESSES = 6
NEARLY_ALL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What one reading of a page gave; `dated` where the page declares a date itself, `key` is that of its text."""

    key: str
    title: str | None
    words: int
    dated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """What a source's latest documents were like: the share that has a date, and the median of their words."""

    documents: int
    dated: float
    words: float

    @classmethod
    def of(cls, documents: Sequence[Words]) -> Norms:
        """Of documents already kept; all zero where there are none."""
        if not documents:
            return cls(documents=0, dated=0.0, words=0.0)
        return cls(
            documents=len(documents),
            dated=sum(each.dated for each in documents) / len(documents),
            words=median(each.words for each in documents),
        )


@dataclass(slots=True, kw_only=True)
class Tally:
    """What one run has seen so far of documents known before and of new ones.

    `warned` where the run before was held: until known documents are read as they were, the site is still broken.
    """

    norms: Norms
    warned: bool = False
    seen_again: int = 0
    changed: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    broken_pages: int = 0
    new: list[Words] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)

    def again(self, before: Words, after: Words) -> None:
        """A known document was read again."""
        self.seen_again += 1
        if before.key == after.key:
            return
        self.changed += 1
        signs = list(self._signs(before, after))
        self.broken.update(signs)
        self.broken_pages += bool(signs)

    def first(self, page: Words) -> None:
        """A document was read that was not known before."""
        self.new.append(page)

    def _signs(self, before: Words, after: Words) -> list[str]:
        signs = []
        if after.words < SHRUNK * before.words - SLACK_WORDS:
            signs.append("texts shrank")
        if after.words > GROWN * before.words + 2 * SLACK_WORDS:
            signs.append("texts grew")
        if before.dated and not after.dated:
            signs.append("dates vanished")
        if after.title and after.title != before.title and self._carried_by_another(before, after.title):
            signs.append("titles turned equal")
        return signs

    def _carried_by_another(self, before: Words, title: str) -> bool:
        """Whether another document that had a title of its own has come to this one too."""
        return self.titles.setdefault(title, before.key) != before.key

    @property
    def suspicious(self) -> bool:
        """Whether more documents should be looked at again before anything is believed."""
        return self.seen_again < WITNESSES and (self.warned or self.broken_pages > 0 or any(map(self._odd, self.new)))

    def _odd(self, page: Words) -> bool:
        """Whether one new page is so unlike those before it that known ones must say whether all pages are now."""
        if self.norms.documents < 2 * MIN_NEW:
            return False
        stub = self.norms.words >= LONG and page.words < STUB_SHARE * self.norms.words
        return stub or (self.norms.dated >= NEARLY_ALL and not page.dated)

    def alarm(self) -> str | None:
        """Why nothing of this run may be believed, in words; None while all is well."""
        return self._rebuilt() or self._rewritten() or self._strange()

    def _rebuilt(self) -> str | None:
        if self.broken_pages < MIN_BROKEN or self.broken_pages < BROKEN_SHARE * self.seen_again:
            return None
        what = ", ".join(f"{sign} ({count})" for sign, count in sorted(self.broken.items()))
        return f"of {self.seen_again} documents read again {self.broken_pages} look rebuilt: {what}"

    def _rewritten(self) -> str | None:
        if self.changed < MIN_CHANGED or self.changed < CHANGED_SHARE * self.seen_again:
            return None
        return f"{self.changed} of {self.seen_again} documents read again changed at once"

    def _strange(self) -> str | None:
        """Whether the new documents are unlike those before them."""
        new = self.new
        if len(new) < MIN_NEW or self.norms.documents < 2 * MIN_NEW:
            return None
        if self.norms.dated >= USUALLY and sum(each.dated for each in new) <= NOW * len(new):
            return f"of {len(new)} new documents hardly any has a date, where {self.norms.dated:.0%} had one"
        title, count = Counter(each.title for each in new).most_common(1)[0]
        if count > SAME_TITLE_SHARE * len(new):
            return f"{count} of {len(new)} new documents have one title: {(title or 'none')[:80]!r}"
        if self.norms.words >= LONG and median(each.words for each in new) < STUB_SHARE * self.norms.words:
            return f"{len(new)} new documents are stubs of {median(each.words for each in new):.0f} words"
        return None
