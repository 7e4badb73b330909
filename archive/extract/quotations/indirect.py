"""Indirect speech: what a writer says that somebody said, without quotation marks.

    Mayor Okafor said in a statement that the police will not ask.        that ...
    The gate was stuck on Sunday, Okafor said.                            ..., she said.

Only verbs that report words count, and only where the writer reports them as said: "did not say that", "would say that"
and "it was reported that" are nobody's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.extract.quotations.cues import Cue
from archive.extract.quotations.features import Page
from archive.extract.quotations.lexicon import ADVERBS, AUXILIARIES
from archive.extract.quotations.mentions import NAME, NOMINAL, ORGANISATION, PRONOUN
from archive.extract.quotations.reading import BREAK, QUOTE, WORD

__all__ = ["Reported", "reported"]

_REPORTING = frozenset(
    """
    said says say told tells tell stated states announced announces added adds noted notes explained explains warned
    warns argued argues claimed claims insisted insists declared declares confirmed confirms acknowledged
    acknowledges wrote writes tweeted tweets testified testifies reported reports reiterated reiterates promised
    promises pledged pledges vowed vows emphasized emphasizes stressed stresses maintained maintains contended
    contends cautioned cautions predicted predicts admitted admits conceded concedes asserted asserts alleged
    alleges affirmed affirms replied responded observed remarked saying declaring adding noting stating arguing
    announcing warning insisting claiming
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_UNSAID = frozenset(
    """
    not never n't would could should might may will can if whether to didn't don't doesn't won't wouldn't can't
    couldn't be been being was were is are
    """.split()  # noqa: SIM905 - a list of words reads better as words
)
_SPEAKING = frozenset(["said", "says", "added", "adds", "noted", "explained", "stated", "told", "warned", "announced"])
_PLAIN = frozenset(["said", "says", "say", "told", "tells", "added"])
_TO_THAT = 9
LEAST_WORDS = 4
MOST_WORDS = 70


@dataclass(frozen=True, slots=True)
class Reported:
    """Reported words `start..end` of the text, the mention that said them, and the cue's offsets."""

    start: int
    end: int
    mention: int
    cue_start: int
    cue_end: int
    sureness: float


def reported(page: Page) -> Iterator[Reported]:
    """The indirect speech of a text, in order of the cues; words within or around quoted spans are left out."""
    taken: set[tuple[int, int]] = set()
    for cue in sorted((cue for cues in page.cues.of.values() for cue in cues), key=lambda cue: (cue.first, cue.manner)):
        if cue.word not in _REPORTING or not _is_said(page, cue) or not _may_say(page, cue):
            continue
        found = _that(page, cue) or _trailing(page, cue)
        if found is not None and found[0] < found[1] and not any(a < found[1] and found[0] < b for a, b in taken):
            taken.add(found)
            reading = page.reading
            yield Reported(
                reading.starts[found[0]], reading.ends[found[1] - 1], cue.subject,
                reading.starts[cue.first], reading.ends[cue.last], _sureness(page, cue),
            )  # fmt: skip


def _is_said(page: Page, cue: Cue) -> bool:
    """Whether the cue is an assertion: no auxiliary before it makes it a wish, a refusal or a passive."""
    words = page.reading.words
    for k in range(cue.first - 1, max(-1, cue.first - 4), -1):
        if words[k] == ",":
            break
        if words[k] in _UNSAID and page.cues.mention_at[k] < 0:
            return False
    return True


def _may_say(page: Page, cue: Cue) -> bool:
    mention = page.mentions[cue.subject]
    if cue.manner in ("far", "owner") or (cue.manner == "main" and not cue.word.endswith("ing")):
        return False
    if mention.form in (NAME, ORGANISATION):
        return not mention.possessive
    return mention.form == NOMINAL or mention.head in ("he", "she", "they")


def _that(page: Page, cue: Cue) -> tuple[int, int] | None:
    """The clause after "that", to its end: tokens first and last + 1."""
    reading = page.reading
    for k in range(cue.last + 1, min(cue.last + 1 + _TO_THAT, len(reading.words))):
        if reading.kinds[k] in (QUOTE, BREAK) or reading.sentences[k] != reading.sentences[cue.last]:
            return None
        if k in page.cues.verbs and page.cues.mention_at[k] < 0:
            return None
        if clause := _bare(page, cue, k):
            return clause
        if reading.lower[k] == "that":
            if k + 1 < len(reading.words) and reading.kinds[k + 1] == WORD:
                return _clause(page, k + 1)
            return None
    return None


def _bare(page: Page, cue: Cue, k: int) -> tuple[int, int] | None:
    """A clause without "that", right after the verb or its hearer: said he would not ask; told friends he means to."""
    right_after = k == cue.last + 1 or (cue.sort == "tell" and page.cues.mention_at[k - 1] >= 0)
    at = page.cues.mention_at[k]
    if cue.word not in _PLAIN or cue.manner != "before" or not right_after or at < 0:
        return None
    subject, reading = page.mentions[at], page.reading
    verb = subject.last + 1
    while verb < len(reading.words) and (reading.lower[verb] in ADVERBS or reading.lower[verb] == "'s"):
        verb += 1
    if subject.first != k or verb >= len(reading.words) or not _finite(reading.lower[verb]):
        return None
    return _clause(page, k)


def _clause(page: Page, first: int) -> tuple[int, int] | None:
    """From a clause's first token to its end: the sentence's, or a comma before the next verb of saying."""
    reading = page.reading
    end = first
    while end < len(reading.words) and reading.sentences[end] == reading.sentences[first]:
        kind = reading.kinds[end]
        if kind == BREAK:
            break
        if kind == QUOTE:
            return None
        if reading.words[end] == ";" or (
            reading.words[end] == "," and (_next_says(page, end + 1) or _turns(page, end + 1))
        ):
            break
        end += 1
    while end > first and reading.words[end - 1] in ".,;:!?—–-":
        end -= 1
    words = sum(reading.kinds[k] == WORD for k in range(first, end))
    return (first, end) if LEAST_WORDS <= words <= MOST_WORDS else None


def _next_says(page: Page, k: int) -> bool:
    """Whether the words after a comma turn to another act of saying: ", declaring ...", ", he added"."""
    lower = page.reading.lower
    for j in range(k, min(k + 4, len(lower))):
        if j in page.cues.verbs and lower[j] in _REPORTING:
            return True
        if page.cues.mention_at[j] < 0 and lower[j] not in ("and", "who", "also", "then", "later"):
            return False
    return False


def _turns(page: Page, k: int) -> bool:
    """Whether the writer takes the word again after a comma: ", but he gave no details"."""
    if k + 1 >= len(page.reading.lower) or page.reading.lower[k] not in ("but", "though", "although"):
        return False
    at = page.cues.mention_at[k + 1]
    return at >= 0 and page.mentions[at].form in (NAME, PRONOUN)


def _trailing(page: Page, cue: Cue) -> tuple[int, int] | None:
    """The clause before ", Okafor said.": from the sentence's beginning to the comma."""
    reading = page.reading
    subject = page.mentions[cue.subject]
    begin = min(subject.first, cue.first)
    if (
        cue.word not in _SPEAKING
        or cue.manner not in ("before", "inverted")
        or begin < 2
        or reading.words[begin - 1] != ","
    ):
        return None
    if not _ends_soon(page, max(subject.last, cue.last) + 1, reading.sentences[begin]):
        return None
    first = reading.first_of_sentence(begin)
    span = range(first, begin - 1)
    words = [k for k in span if reading.kinds[k] == WORD]
    if any(reading.kinds[k] in (QUOTE, BREAK) for k in span) or any(
        k in page.cues.verbs and page.cues.verbs[k] != "call" for k in span
    ):
        return None
    if len(words) < LEAST_WORDS + 1 or len(words) > MOST_WORDS or not any(_finite(reading.lower[k]) for k in words):
        return None
    return first, begin - 1


def _ends_soon(page: Page, after: int, sentence: int) -> bool:
    """Whether only an aside of time or place follows: not "..., he said of the bill, which"."""
    reading = page.reading
    rest = [k for k in range(after, min(after + 12, len(reading.words))) if reading.sentences[k] == sentence]
    goes_on = any(reading.kinds[k] == QUOTE or reading.lower[k] in ("that", "of", "about") for k in rest)
    return not goes_on and len(rest) <= 10


def _finite(word: str) -> bool:
    return word in AUXILIARIES or (word.endswith(("ed", "es", "s")) and len(word) > 3)


def _sureness(page: Page, cue: Cue) -> float:
    mention = page.mentions[cue.subject]
    base = 0.9 if cue.manner in ("before", "inverted") else 0.8
    return base if mention.form == NAME else base - 0.1
