"""Indirect speech: what a writer says that somebody said, without quotation marks.

    Mayor Okafor said in a statement that the police will not ask.        that ...
    The gate was stuck on Sunday, Okafor said.                            ..., she said.

Only verbs that report words count, and only where the writer reports them as said: "did not say that", "would say that"
and "it was reported that" are nobody's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.extract.quotations.clauses import clause_after, clause_before
from archive.extract.quotations.cues import Cue
from archive.extract.quotations.features import Page
from archive.extract.quotations.lexicon import (
    NOUN_CUES,
    PEOPLE,
    PERSON_NOUNS,
    PERSON_TITLES,
    SPOKESPEOPLE,
    THINGS_THAT_SAY,
)
from archive.extract.quotations.mentions import NAME, NOMINAL, ORGANISATION

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
# Who or what can say anything: not "this week", "the debate", "a safe space".
_SAYERS = PERSON_NOUNS | PERSON_TITLES | PEOPLE | SPOKESPEOPLE | THINGS_THAT_SAY | NOUN_CUES
# The gap between what Trump says his plan would do and ...
# After Okafor said that ...: a clause follows as well as a noun
_BEFORE_CLAUSES = frozenset(["after", "before", "since", "until", "as"])
_ASKING = frozenset(["what", "how", "which", "whatever", "whom", "where"])


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
        found = clause_after(page, cue)
        if found is None and cue.word in _SPEAKING:
            found = clause_before(page, cue)
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
    """Whether the cue's subject is somebody who can have said it, and is its subject beyond doubt."""
    mention, lower = page.mentions[cue.subject], page.reading.lower
    if mention.form in (NAME, ORGANISATION):
        able = not mention.possessive
    else:
        able = mention.head in (_SAYERS if mention.form == NOMINAL else ("he", "she", "they"))
    before = lower[mention.first - 1] if mention.first else ""
    if not able or before in _ASKING:
        return False
    if cue.manner == "inverted":
        return True
    # the firm representing the accuser alleged; Democrats on Capitol Hill argued: the subject stands farther off
    led = page.cues.after_preposition[cue.subject] and before not in _BEFORE_CLAUSES
    if led or before == "to" or (before.endswith("ing") and len(before) > 5):
        return False
    if cue.word.endswith("ing"):
        # He left early, saying that ...; not: from saying that
        return cue.manner == "participle" and lower[cue.first - 1] == ","
    return cue.manner in ("before", "outer", "clause")


def _sureness(page: Page, cue: Cue) -> float:
    mention = page.mentions[cue.subject]
    base = 0.9 if cue.manner in ("before", "outer", "inverted") else 0.8
    return base if mention.form == NAME else base - 0.1
