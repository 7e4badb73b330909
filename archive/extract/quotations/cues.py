"""Cues: the words that tie quoted words to whoever said them, each with its subject.

"We are ready," said Mayor Okafor.                    inverted
Okafor, who took office in May, told reporters: "..."  subject, over a clause between commas
according to Okafor                                    according
MAYOR OKAFOR: ...                                      colon
"""

from __future__ import annotations

from dataclasses import dataclass, replace

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
# Prepositions that begin no clause: what stands after one is no subject of a verb that has forms of its own.
_PLACING = PREPOSITIONS - {"of", "by", "as", "like", "since", "until", "before", "after", "than", "against"}
# What a sentence begins with whose own subject stands behind the next comma: When she came, the mayor said ...
_SUBORDINATING = frozenset(
    "when as while after before if although though because since once until unless despite whereas asked".split()  # noqa: SIM905
)
_LEADING_PARTICIPLE = frozenset(["while", "before", "after", "when", "by", "without"])
_AMOUNTS = frozenset(["hundreds", "thousands", "dozens", "scores", "tens", "millions"])
_DASHES = frozenset("—–-―") | {"--"}
CLAUSE = 25


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at tokens `first..last`, its class and how its subject stands to it; `subject` is a mention's index."""

    first: int
    last: int
    sort: str  # say, tell, call, according, colon, noun
    manner: str  # before, outer, inverted, clause, participle, far, main, owner
    subject: int
    word: str


class Cues:
    """The cues of a text; `of` gives those of each mention, `verbs` the sort of the cue word at each token."""

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
        self._subjects: dict[int, list[Cue]] = {}  # the cues of each verb by its token
        self.after_preposition = [
            mention.first > 0
            and reading.lower[mention.first - 1] in PREPOSITIONS
            and reading.kinds[mention.first - 1] == WORD
            and not (mention.first > 1 and reading.lower[mention.first - 2] in _AMOUNTS)
            for mention in mentions
        ]
        self._find()
        self._part_nested()
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

    def _part_nested(self) -> None:
        """Mark the outer one of two sources: "...," the Post reports police are saying."""
        for index, cues in self.of.items():
            for place, cue in enumerate(cues):
                if cue.manner == "before" and cue.sort in ("say", "tell") and self._reports_another(index, cue):
                    cues[place] = replace(cue, manner="outer")

    def _reports_another(self, index: int, cue: Cue) -> bool:
        """Whether what is said begins with somebody else's saying."""
        k = cue.last + 1
        k += k < len(self.mention_at) and self.reading.lower[k] == "that"
        if k >= len(self.mention_at) or self.mention_at[k] < 0 or self.mentions[self.mention_at[k]].first != k:
            return False
        inner = self.mention_at[k]
        return inner != index and any(
            other.manner == "before"
            and other.sort in ("say", "tell")
            and other.first > k
            and self.reading.sentences[other.first] == self.reading.sentences[cue.first]
            for other in self.of.get(inner, ())
        )

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
        subject = self._subject_of_participle(i) or self._subject(i)
        if subject is not None and subject[0] != found:
            self._add(Cue(i, i, sort, subject[1], subject[0], word))
        if (subject is None and not self._after_who(i)) or (subject is not None and subject[1] == "far"):
            main = self.main_subject(i)
            if main is not None and main != found and (subject is None or main != subject[0]):
                self._add(Cue(i, i, sort, "main", main, word))

    def _after_who(self, i: int) -> bool:
        """Whether a verb's subject is the "who" before it: a "straight shooter" who says little."""
        k = i - 1
        while k >= 0 and self.reading.lower[k] in _BETWEEN:
            k -= 1
        return k >= 0 and self.reading.lower[k] == "who"

    def _subject_of_participle(self, i: int) -> tuple[int, str] | None:
        """The subject of a participle that hangs on its sentence: "Okafor came late, saying"; "he said, accusing"."""
        before = self.reading.lower[i - 1] if i else ""
        if not self.reading.lower[i].endswith("ing") or (before != "," and before not in _LEADING_PARTICIPLE):
            return None
        k = i - 2 if before == "," else i - 1
        nearest = next(
            (
                cue.subject
                for at in (self._subjects.get(k), self._subjects.get(self._before_mention(k)))
                for cue in at or ()
                if cue.manner in ("before", "inverted")
            ),
            None,
        )
        main = nearest if nearest is not None else self.main_subject(i)
        return None if main is None else (main, "participle")

    def _before_mention(self, k: int) -> int:
        """The token before the mention that ends at k, else k: the verb of "said Mayor Okafor"."""
        at = self.mention_at[k] if k >= 0 else -1
        return self.mentions[at].first - 1 if at >= 0 and self.mentions[at].last == k else k

    def main_subject(self, i: int) -> int | None:
        """The mention before i that its sentence is about; no preposition or possessive takes it out of play."""
        sentence = self.reading.sentences[i]
        if sentence not in self.mains:
            self.mains[sentence] = self._main_of(self.reading.first_of_sentence(i), sentence)
        at = self.mains[sentence]
        return at if at >= 0 and self.mentions[at].last < i else None

    def _main_of(self, first: int, sentence: int) -> int:
        """The first mention of a sentence, or of what follows the clause that leads it; -1 where there is none."""
        reading, k, found = self.reading, first, -1
        low = reading.lower[first]
        led = low in _SUBORDINATING or (low.endswith("ing") and self.mention_at[first] < 0)
        while k < len(self.mention_at) and reading.sentences[k] == sentence:
            at = self.mention_at[k]
            if at < 0:
                k += 1
                continue
            if not self.after_preposition[at] and not self.mentions[at].possessive:
                if not led or (k and reading.words[k - 1] == ","):
                    return at
                found = at if found < 0 else found
            k = self.mentions[at].last + 1
        return found

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

    def _add(self, cue: Cue) -> None:
        self.of.setdefault(cue.subject, []).append(cue)
        self._subjects.setdefault(cue.first, []).append(cue)

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
                if self._is_no_subject(at, i):
                    k, manner = mention.first - 1, "far"
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

    def _is_no_subject(self, at: int, i: int) -> bool:
        """Whether a mention before a verb is an object, or a place: "shook her head and said"; "in Alder said"."""
        lower, mention = self.reading.lower, self.mentions[at]
        if mention.last + 1 < i and lower[mention.last + 1] == "and" and mention.form != PRONOUN:
            return all(lower[k] in ADVERBS for k in range(mention.last + 2, i))
        return mention.first > 0 and lower[mention.first - 1] in _PLACING and not lower[i].endswith("ing")

    def _above(self, k: int, limit: int) -> int | None:
        """The mention whose prepositional phrase ends here: "a friend of the mayor" is the friend."""
        while k >= limit and self.reading.kinds[k] == WORD and self.reading.lower[k] in PREPOSITIONS:
            before = k - 1
            if before > 0 and self.mention_at[before] < 0 and self._is_participle(before, k):
                before -= 1
            if before < 0 or self.mention_at[before] < 0:
                return None
            at = self.mention_at[before]
            if not self.after_preposition[at]:
                return at
            k = self.mentions[at].first - 1
        return None

    def _is_participle(self, k: int, preposition: int) -> bool:
        """Whether a word hangs on the mention before it: protesters marching through; not: a letter written by Lee."""
        return self.reading.lower[k].endswith(("ing", "ed")) and self.reading.lower[preposition] != "by"

    def _clause_start(self, k: int, limit: int) -> int | None:
        """The comma or dash that opens what the one at k closes; None where none stands after a mention."""
        words, kinds = self.reading.words, self.reading.kinds
        sign = words[k]
        for j in range(k - 1, limit, -1):
            if kinds[j] in (BREAK, QUOTE) or self.reading.sentences[j] != self.reading.sentences[k]:
                return None
            same = words[j] == sign or (sign != "," and words[j] in _DASHES)
            if same and (words[j - 1] == ")" or (self.mention_at[j - 1] >= 0 and not self._is_placed(j - 1))):
                return j
        return None

    def _is_placed(self, k: int) -> bool:
        """Whether the mention at k says where or when, and hangs on no other: "In Alder, the mayor" is not Alder."""
        mention = self.mentions[self.mention_at[k]]
        led = mention.first > 0 and self.reading.lower[mention.first - 1] in _PLACING | {"of"}
        return led and self._above(mention.first - 1, max(0, k - CLAUSE)) is None

    def _open_bracket(self, k: int) -> int | None:
        for j in range(k - 1, max(-1, k - 15), -1):
            if self.reading.words[j] == "(":
                return j
            if self.reading.kinds[j] == BREAK:
                return None
        return None

    def subject_before(self, verb: int) -> int | None:
        """The mention that stands right before a verb of saying as its subject."""
        cues = self._subjects.get(verb, ())
        return next((cue.subject for cue in cues if cue.manner in ("before", "outer", "clause")), None)

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
