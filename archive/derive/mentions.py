"""Mentions: what a speaker is quoted with in one document, and which of them are the same words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from archive.derive.likeness import few_alike, is_edited, is_revision, near_equal, place_in, same_words
from archive.derive.voices import is_known, is_named_in_full, may_be_one
from archive.derive.wordings import content_words, marked_form
from archive.records import QuotationKind

__all__ = [
    "AGAIN_DAYS",
    "FEW_WORDS",
    "MANY_SENTENCES",
    "SHORT_DAYS",
    "WINDOW_DAYS",
    "WORD_DAYS",
    "Mention",
    "are_copies",
    "days_between",
    "holds",
    "is_short",
    "of_days",
    "one_voice",
    "order",
    "place",
    "related",
    "said_again",
    "same_story",
    "tied",
]

WINDOW_DAYS = 30
SHORT_DAYS = 14
# One word within another wording: later, "reasonable" is anybody's word.
WORD_DAYS = 3
FEW_WORDS = 6
MANY_SENTENCES = 5
# Characters of a normal form that are taken for more than five sentences, whatever its marks.
MANY_CHARACTERS = 2_500
# A turn of no more words may be said every day.
GREETING = 25
# An office that prints the same sentence in another release so many days later says it again.
AGAIN_DAYS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One wording of one speaker in one document, all its versions together.

    `id` is unique and stable; `speaker` is a speaker key and `name` the folded name that goes with it; `document` and
    `story` are public ids; `day` is the document's day; `words` are as printed first, `kind` is the strongest that the
    wording has there; `office` is what the speaker held that day, and `own_office` says that it published the document.
    `sentence` is the normal form of the whole sentence where a cue parts it: "I was elected to fix the small things,"
    she said, "because people trip over them." `versions` are the numbers of the document's versions that have it, where
    known.
    """

    id: str
    speaker: str
    name: str
    document: str
    story: str | None
    day: date
    normal: str
    words: str = field(repr=False)
    kind: QuotationKind
    turn: bool
    sentences: int
    own_office: bool
    first_seen: datetime
    office: str | None = None
    sentence: str | None = None
    versions: frozenset[int] = frozenset()

    @property
    def compared(self) -> str:
        """The marked form by which mentions are compared: either half of a parted sentence stands for all of it."""
        return self.sentence or marked_form(self.words)


def order(mention: Mention) -> tuple[object, ...]:
    """The order of mentions: by day, then as they were first seen; without ties."""
    return (mention.day, mention.first_seen, mention.document, mention.id)


def holds(mention: Mention) -> bool:
    """Whether a mention holds statements instead of joining them."""
    return (
        mention.turn
        or mention.kind is QuotationKind.WHOLE
        or mention.sentences > MANY_SENTENCES
        or len(mention.normal) > MANY_CHARACTERS
    )


def is_short(mention: Mention) -> bool:
    """Whether a mention has too few words to be told from another occasion by them."""
    return content_words(mention.compared) < FEW_WORDS


def of_days(mentions: Sequence[Mention], first: int, last: int) -> Sequence[Mention]:
    """Those of these days (ordinals, both included) of mentions in their order."""
    low = bisect_left(mentions, first, key=_ordinal)
    return mentions[low : bisect_right(mentions, last, lo=low, key=_ordinal)]


def _ordinal(mention: Mention) -> int:
    return mention.day.toordinal()


def days_between(a: Mention, b: Mention) -> int:
    """How many days lie between two mentions."""
    return abs((a.day - b.day).days)


def one_voice(a: Mention, b: Mention) -> bool:
    """Whether the speakers of two mentions are one, or may be as far as their names tell."""
    return a.speaker == b.speaker or may_be_one((a.speaker, a.name), (b.speaker, b.name))


def _may_share(a: Mention, b: Mention) -> bool:
    """Whether the same words can be one utterance.

    Of namesakes many words tell that they are one person, or a story in common, or the full name of somebody who is
    known or holds the same office.
    """
    if a.speaker == b.speaker:
        return True
    if not one_voice(a, b):
        return False
    if not (is_short(a) or is_short(b)) or (a.document != b.document and same_story(a, b)):
        return True
    told = is_known(a.speaker) or is_known(b.speaker) or (a.office is not None and a.office == b.office)
    return told and is_named_in_full((a.speaker, a.name), (b.speaker, b.name))


def related(a: Mention, b: Mention) -> bool:
    """Whether two mentions may have a say in one another's statement; what is grouped must be closed under this."""
    if days_between(a, b) > WINDOW_DAYS or not one_voice(a, b):
        return False
    if holds(a) or holds(b):
        return are_copies(a, b) or place(a, b) is not None or place(b, a) is not None
    return tied(a, b)


def tied(a: Mention, b: Mention) -> bool:
    """Whether two mentions of one voice, neither of which is a holder, have the same words, whatever their days.

    Reported speech is the writer's words: never the same as quoted ones, and alike by chance unless in one story.
    """
    if not _may_share(a, b):
        return False
    indirect = a.kind is QuotationKind.INDIRECT
    if indirect != (b.kind is QuotationKind.INDIRECT):
        return False
    one, other = sorted((a.compared, b.compared))
    if indirect and not same_story(a, b):
        return one == other and not is_short(a)
    if _are_of_two_versions(a, b) and is_edited(one, other):
        return True
    return few_alike(one, other) if is_short(a) or is_short(b) else same_words(one, other)


def _are_of_two_versions(a: Mention, b: Mention) -> bool:
    return a.document == b.document and bool(a.versions) and bool(b.versions) and a.versions.isdisjoint(b.versions)


def same_story(a: Mention, b: Mention) -> bool:
    """Whether two documents are one, or of one story."""
    return a.document == b.document or (a.story is not None and a.story == b.story)


def said_again(a: Mention, b: Mention) -> bool:
    """Whether two documents of the speaker's own office are two occasions: not one story, and days apart."""
    return a.own_office and b.own_office and not same_story(a, b) and days_between(a, b) >= AGAIN_DAYS


def are_copies(a: Mention, b: Mention) -> bool:
    """Whether two holders are one text or turn printed twice, or two versions of one text.

    A turn is said on the day of its transcript: the same greeting of tomorrow is another one.
    """
    if a.turn != b.turn or not (holds(a) and holds(b) and _may_share(a, b)):
        return False
    if a.document == b.document and not a.turn:
        return is_revision(a.normal, b.normal)
    if not near_equal(a.normal, b.normal):
        return False
    return same_story(a, b) or (not (is_short(a) or is_short(b)) and days_between(a, b) <= _days_of_copies(a, b))


def _days_of_copies(a: Mention, b: Mention) -> int:
    if not a.turn:
        return WINDOW_DAYS
    return AGAIN_DAYS - 1 if min(a.normal.count(" "), b.normal.count(" ")) > GREETING else 0


def place(holder: Mention, part: Mention) -> tuple[int, int] | None:
    """Where a holder of another document has the words of a mention: offsets in the holder's words, end sign included.

    Two content words at least are looked for: one may stand anywhere. Whole texts and turns are no parts.
    """
    if not holds(holder) or part.turn or part.kind in (QuotationKind.WHOLE, QuotationKind.INDIRECT):
        return None
    if not _may_share(holder, part):
        return None
    if holder.document == part.document or len(part.normal) > len(holder.normal):
        return None
    found = _place_of(holder, part.compared)
    if found is None and part.sentence:
        found = _place_of(holder, marked_form(part.words))
    if found is None:
        return None
    start, end = found
    return start, end + (holder.words[end : end + 1] in (".", "!", "?"))


def _place_of(holder: Mention, words: str) -> tuple[int, int] | None:
    return place_in(holder.words, words) if content_words(words) > 1 else None
