"""Cues: the words that tie quoted words to whoever said them, each with its subject.

"We are ready," said Mayor Okafor.                    inverted
Okafor, who took office in May, told reporters: "..."  subject, over a clause between commas
according to Okafor                                    according
MAYOR OKAFOR: ... Okafor made this statement: ...       colon
"""

from __future__ import annotations

from dataclasses import dataclass

from archive.extract.quotations.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CALLING,
    NOUN_CUES,
    POSSESSIVES,
    PREPOSITIONS,
    SAYING,
    TELLING,
)
from archive.extract.quotations.mentions import PRONOUN, Mention
from archive.extract.quotations.reading import BREAK, QUOTE, SIGN, WORD, Reading

__all__ = ["Cue", "Cues"]

_BETWEEN = AUXILIARIES | ADVERBS | {"not", "n't", "to", "went", "goes", "on", "and", "reportedly"}
_AFTER_VERB = ADVERBS | {"of", "on", "about"}
_DASHES = frozenset("—–-―") | {"--"}
CLAUSE = 25


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `first..last`, its class and how its subject stands to it; `subject` is a mention's index."""

    first: int
    last: int
    sort: str  # say, tell, call, according, colon, noun
    manner: str  # before, inverted, clause, shared, far, main, owner
    subject: int
    word: str


class Cues:
    """The cues of a text.

    `of` gives those of each mention, `verbs` the sort of the cue word at each token, and `subjects` the mention right
    before such a word.
    """

    def __init__(self, reading: Reading, mentions: list[Mention]) -> None:
        self.reading = reading
        self.mentions = mentions
        self.mention_at = [-1] * len(reading.words)
        for index, mention in enumerate(mentions):
            for k in range(mention.first, mention.last + 1):
                self.mention_at[k] = index
        self.verbs: dict[int, str] = {}
        self.mains: dict[int, int] = {}
        self.of: dict[int, list[Cue]] = {}
        self.subjects: dict[int, int] = {}
        self.after_preposition = [
            mention.first > 0
            and reading.lower[mention.first - 1] in PREPOSITIONS
            and reading.kinds[mention.first - 1] == WORD
            for mention in mentions
        ]
        self._find()
        self._note_owners()

    def _find(self) -> None:
        lower, kinds = self.reading.lower, self.reading.kinds
        for i, low in enumerate(lower):
            if kinds[i] == WORD:
                if low == "according" and i + 1 < len(lower) and lower[i + 1] == "to":
                    self._note_next(i, i + 1, "according")
                elif (sort := self._sort(i, low)) is not None:
                    self.verbs[i] = sort
                    self._note(i, sort)
            elif low == ":":
                self._note_colon(i)

    def _sort(self, i: int, low: str) -> str | None:
        if low not in SAYING and low not in CALLING and low not in TELLING:
            return None
        word = self.reading.words[i]
        if self.mention_at[i] >= 0 and (self.mentions[self.mention_at[i]].first < i or word[0].isupper()):
            return None
        before = self.reading.lower[i - 1] if i else ""
        if low in NOUN_CUES and before in ("the", "a", "his", "her", "their", "its", "'s", "this", "that", "in", "of"):
            return None
        if low in TELLING:
            return "tell"
        return "say" if low in SAYING else "call"

    def _note(self, i: int, sort: str) -> None:
        found = self._inverted(i) if sort != "call" else None
        word = self.reading.lower[i]
        if found is not None:
            self._add(Cue(i, i, sort, "inverted", found, word))
        subject = self._subject(i)
        if subject is not None and subject[0] != found:
            self._add(Cue(i, i, sort, subject[1], subject[0], word))
        if subject is None or subject[1] == "far":
            main = self.main_subject(i)
            if main is not None and main != found and (subject is None or main != subject[0]):
                self._add(Cue(i, i, sort, "main", main, word))

    def main_subject(self, i: int) -> int | None:
        """The first mention of the token's sentence that no preposition or possessive takes out of play."""
        sentence = self.reading.sentences[i]
        if sentence not in self.mains:
            self.mains[sentence] = -1
            k = self.reading.first_of_sentence(i)
            while k < len(self.mention_at) and self.reading.sentences[k] == sentence:
                at = self.mention_at[k]
                if at >= 0 and not self.after_preposition[at] and not self.mentions[at].possessive:
                    self.mains[sentence] = at
                    break
                k += 1
        at = self.mains[sentence]
        return at if at >= 0 and self.mentions[at].last < i else None

    def _note_next(self, first: int, last: int, sort: str) -> None:
        for k in range(last + 1, min(last + 4, len(self.mention_at))):
            if self.mention_at[k] >= 0:
                self._add(Cue(first, last, sort, "inverted", self.mention_at[k], sort))
                return

    def _note_owners(self) -> None:
        """Trump's statement, her comment that: whose words they are."""
        lower, kinds = self.reading.lower, self.reading.kinds
        for index, mention in enumerate(self.mentions):
            owns = mention.possessive or mention.head in POSSESSIVES
            k = mention.last + (
                2 if mention.possessive and mention.last + 1 < len(lower) and lower[mention.last + 1] == "'s" else 1
            )
            if not owns:
                continue
            for j in range(k, min(k + 3, len(lower))):
                if kinds[j] != WORD:
                    break
                if lower[j] in NOUN_CUES:
                    self._add(Cue(j, j, "noun", "owner", index, lower[j]))
                    break

    def _note_colon(self, i: int) -> None:
        if i and self.mention_at[i - 1] >= 0:
            self._add(Cue(i, i, "colon", "before", self.mention_at[i - 1], ":"))
        elif i and self.reading.kinds[i - 1] == SIGN and self.reading.words[i - 1] == ")":
            k = self._open_bracket(i - 1)
            if k is not None and k and self.mention_at[k - 1] >= 0:
                self._add(Cue(i, i, "colon", "before", self.mention_at[k - 1], ":"))
        elif i and self.reading.lower[i - 1] in NOUN_CUES and (main := self.main_subject(i)) is not None:
            self._add(Cue(i, i, "colon", "main", main, ":"))

    def _add(self, cue: Cue) -> None:
        self.of.setdefault(cue.subject, []).append(cue)
        if cue.manner in ("before", "clause") and cue.sort in ("say", "tell", "call"):
            self.subjects[cue.first] = cue.subject

    def _inverted(self, i: int) -> int | None:
        """The mention right after a verb that follows a quotation: "...," said Mayor Okafor."""
        k = i + 1
        while k < len(self.mention_at) and self.reading.lower[k] in ADVERBS:
            k += 1
        if k >= len(self.mention_at) or self.mention_at[k] < 0 or self.mentions[self.mention_at[k]].first != k:
            return None
        while self.mentions[self.mention_at[k]].possessive:  # said the local's president, Bev Orsini
            after = self.mentions[self.mention_at[k]].last + 2
            if after >= len(self.mention_at) or self.mention_at[after] < 0:
                break
            k = after
        before = i - 1
        while before >= 0 and (self.reading.lower[before] in _BETWEEN or self.reading.words[before] in ",;"):
            before -= 1
        if before >= 0 and self.reading.kinds[before] == QUOTE:
            return self.mention_at[k]
        # As one official said ... or a sentence that begins with the verb: Said Okafor: ...
        if (
            before < 0
            or self.reading.kinds[before] == BREAK
            or self.reading.sentences[before] != self.reading.sentences[i]
        ):
            return self.mention_at[k]
        return None

    def _subject(self, i: int) -> tuple[int, str] | None:
        reading, words, lower = self.reading, self.reading.words, self.reading.lower
        k, sentence, manner = i - 1, reading.sentences[i], "before"
        limit = max(0, i - CLAUSE)
        # He has traded insults with Cuomo and referred ...: what stands before the "and" is no subject
        if k > 0 and lower[k] == "and" and self.mention_at[k - 1] >= 0:
            main = self.main_subject(i)
            return None if main is None else (main, "shared")
        while k >= limit and reading.sentences[k] == sentence and reading.kinds[k] in (WORD, SIGN):
            at = self.mention_at[k]
            if at >= 0:
                mention = self.mentions[at]
                if mention.form == PRONOUN and mention.head == "who":
                    k = mention.first - 1
                    while k >= limit and words[k] in ",—–-":
                        k -= 1
                    continue
                if self.after_preposition[at] and (above := self._above(mention.first - 1, limit)) is not None:
                    return above, manner
                if mention.possessive:
                    k = mention.first - 1
                    continue
                return at, manner
            low = lower[k]
            if reading.kinds[k] == SIGN:
                if words[k] == ")":
                    opened = self._open_bracket(k)
                    if opened is None:
                        return None
                    k = opened - 1
                    continue
                if words[k] == "," or words[k] in _DASHES:
                    opened = self._clause_start(k, limit)
                    if opened is not None:
                        k, manner = opened - 1, "clause"
                        continue
                    manner = "far"
                elif words[k] not in ".'":
                    return None
            elif low not in _BETWEEN:
                manner = "far"
            k -= 1
        return None

    def _above(self, k: int, limit: int) -> int | None:
        """The mention whose prepositional phrase ends here: "a friend of the mayor" is the friend."""
        while k >= limit and self.reading.kinds[k] == WORD and self.reading.lower[k] in PREPOSITIONS:
            before = k - 1
            if before < 0 or self.mention_at[before] < 0:
                return None
            at = self.mention_at[before]
            if not self.after_preposition[at]:
                return at
            k = self.mentions[at].first - 1
        return None

    def _clause_start(self, k: int, limit: int) -> int | None:
        """The comma or dash that opens what the one at k closes; None where none stands after a mention."""
        words, kinds = self.reading.words, self.reading.kinds
        sign = words[k]
        for j in range(k - 1, limit, -1):
            if kinds[j] in (BREAK, QUOTE) or self.reading.sentences[j] != self.reading.sentences[k]:
                return None
            same = words[j] == sign or (sign != "," and words[j] in _DASHES)
            if same and (self.mention_at[j - 1] >= 0 or words[j - 1] == ")"):
                return j
        return None

    def _open_bracket(self, k: int) -> int | None:
        for j in range(k - 1, max(-1, k - 15), -1):
            if self.reading.words[j] == "(":
                return j
            if self.reading.kinds[j] == BREAK:
                return None
        return None

    def sayer_after(self, cue: Cue) -> int | None:
        """The mention whose saying is what a cue tells of: the police in "the Globe reports police are saying"."""
        k = cue.last + 1
        if k < len(self.mention_at) and self.reading.lower[k] == "that":
            k += 1
        at = self.mention_at[k] if k < len(self.mention_at) else -1
        if at < 0 or at == cue.subject or self.mentions[at].first != k:
            return None
        says = any(
            other.manner == "before" and other.sort in ("say", "tell") and 0 < other.first - self.mentions[at].last <= 3
            for other in self.of.get(at, ())
        )
        return at if says and self.reading.sentences[k] == self.reading.sentences[cue.last] else None

    def signer(self, token: int) -> int | None:
        """The mention that signs the quotation at a token: after a dash beside it, or at the next paragraph's head.

        "We will run it." -Transit Director Omar Fenwick
        """
        words, kinds, k = self.reading.words, self.reading.kinds, token + 1
        if k < len(words) and kinds[k] == BREAK:
            k += 1
        if k + 1 >= len(words) or words[k] not in _DASHES | {"~"}:
            return None
        at = self.mention_at[k + 1]
        if at < 0 or self.mentions[at].form == PRONOUN or self.mentions[at].first != k + 1:
            return None
        line, last = self.reading.lines[k], self.mentions[at].last
        rest = sum(
            kinds[j] == WORD for j in range(last + 1, min(last + 20, len(words))) if self.reading.lines[j] == line
        )
        verbs = any(j in self.verbs for j in range(k, min(last + 12, len(words))) if self.reading.lines[j] == line)
        return at if rest < 14 and not verbs else None
