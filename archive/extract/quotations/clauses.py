"""Which words a writer reports: the clause after "that", the bare one after "said", the one before ", she said".

A reported clause ends where somebody else takes the word, or the writer himself. A clause that is cut too short is a
gap; one that swallows what another claims puts words into a mouth.
"""

from __future__ import annotations

from archive.extract.quotations.cues import Cue
from archive.extract.quotations.features import Page
from archive.extract.quotations.lexicon import ADVERBS, AUXILIARIES, DETERMINERS, MONTHS, PREPOSITIONS, WEEKDAYS
from archive.extract.quotations.mentions import NAME, PRONOUN
from archive.extract.quotations.reading import BREAK, QUOTE, SIGN, WORD

__all__ = ["clause_after", "clause_before"]

_PLAIN = frozenset(["said", "says", "say", "told", "tells", "added"])
# Verbs that name their hearer: warned him that ...
_HEARERS = frozenset(["told", "tell", "tells", "warned", "warns", "warning", "promised", "promises"])
_CONTRARY = frozenset(["but", "though", "although", "while", "whereas"])
_SUBORDINATE = _CONTRARY | {"after", "when", "as", "since", "because", "before", "once", "if", "until"}
_TIMES = WEEKDAYS | MONTHS | {"today", "yesterday", "tonight", "earlier", "later", "last", "this", "week", "month"}
_TO_THAT = 9
_DATELINE = 3  # letters of a town in capitals, at least
_BACK = 10  # tokens from a sayer to the word that leads his clause
LEAST_WORDS = 4
MOST_WORDS = 70

Clause = tuple[int, int]  # the first token and the last + 1


def clause_after(page: Page, cue: Cue) -> Clause | None:
    """The reported clause behind a cue."""
    reading, in_phrase = page.reading, False
    for k in range(cue.last + 1, min(cue.last + 1 + _TO_THAT, len(reading.words))):
        if reading.kinds[k] in (QUOTE, BREAK) or reading.sentences[k] != reading.sentences[cue.last]:
            return None
        if k in page.cues.verbs and page.cues.mention_at[k] < 0:
            return None
        if (clause := _bare(page, cue, k)) is not None:
            return clause
        if reading.lower[k] == "that":
            reports = k + 1 < len(reading.words) and reading.kinds[k + 1] == WORD and not _is_relative(page, cue, k)
            return _clause(page, cue, k + 1) if reports else None
        opens = _opens_phrase(page, k)
        if not (opens or in_phrase or _may_stand(page, cue, k)) or _is_infinitive(page, k):
            return None
        in_phrase = in_phrase or opens
    return None


def _opens_phrase(page: Page, k: int) -> bool:
    """Whether a phrase begins that may stand before "that": in a statement, to reporters, after the vote."""
    return page.reading.lower[k] in PREPOSITIONS or page.reading.lower[k] == "to"


def _is_infinitive(page: Page, k: int) -> bool:
    """Whether a deed is spoken of and no word: promised to veto any legislation that ..."""
    lower, mentions = page.reading.lower, page.cues.mention_at
    return lower[k] == "to" and k + 1 < len(lower) and mentions[k + 1] < 0 and lower[k + 1] not in DETERMINERS


def _may_stand(page: Page, cue: Cue, k: int) -> bool:
    """Whether a word may stand between a verb and its "that": the hearer, a day, an adverb; not what is spoken of."""
    reading, at = page.reading, page.cues.mention_at[k]
    if reading.kinds[k] == SIGN or reading.lower[k] in _TIMES | ADVERBS:
        return True
    return at >= 0 and page.mentions[at].first == cue.last + 1 and cue.word in _HEARERS


def _is_relative(page: Page, cue: Cue, k: int) -> bool:
    """Whether "that" stands for the noun before it: the meeting that was held, the article that allows for it."""
    lower, following = page.reading.lower, k + 1
    if k == cue.last + 1:
        return False
    if lower[following] in AUXILIARIES:
        return True
    if page.cues.mention_at[following] >= 0 or not _finite(lower[following]):
        return False
    return not any(word in AUXILIARIES or word.endswith("ed") for word in lower[following + 1 : following + 4])


def _bare(page: Page, cue: Cue, k: int) -> Clause | None:
    """A clause without "that", right after the verb or its hearer: said he would not ask; told friends he means to."""
    right_after = k == cue.last + 1 if cue.sort != "tell" else k > cue.last + 1 and page.cues.mention_at[k - 1] >= 0
    at = page.cues.mention_at[k]
    if cue.word not in _PLAIN or cue.manner not in ("before", "outer") or not right_after or at < 0:
        return None
    subject, reading = page.mentions[at], page.reading
    verb = subject.last + 1
    while verb < len(reading.words) and (reading.lower[verb] in ADVERBS or reading.lower[verb] == "'s"):
        verb += 1
    if subject.first != k or verb >= len(reading.words) or not _finite(reading.lower[verb]):
        return None
    return _clause(page, cue, k)


def _clause(page: Page, cue: Cue, first: int) -> Clause | None:
    """From a clause's first token to its end: the sentence's, or where somebody else takes the word."""
    reading = page.reading
    subordinate = _is_subordinate(page, cue)
    end = first
    while end < len(reading.words) and reading.sentences[end] == reading.sentences[first]:
        word, kind = reading.words[end], reading.kinds[end]
        if kind == QUOTE or word in '"“”':
            return None
        if kind == BREAK or word == ";" or reading.lower[end] == "according":
            break
        if word == "," and (
            _next_says(page, end + 1) or _turns(page, end + 1) or (subordinate and _begins_clause(page, end + 1))
        ):
            break
        if page.cues.verbs.get(end) is not None and (cut := _led_in(page, first, end)) is not None:
            end = cut
            break
        end += 1
    while end > first and reading.words[end - 1] in ".,;:!?—–-":
        end -= 1
    words = sum(reading.kinds[k] == WORD for k in range(first, end))
    return (first, end) if LEAST_WORDS <= words <= MOST_WORDS else None


def _led_in(page: Page, first: int, verb: int) -> int | None:
    """Where the clause begins in which another sayer has this verb: ", and human rights groups warned"; None in one."""
    lower, words = page.reading.lower, page.reading.words
    other = page.cues.subject_before(verb)
    subject = verb if other is None else page.mentions[other].first
    for k in range(subject - 1, max(first, subject - _BACK) - 1, -1):
        if lower[k] in _CONTRARY or (lower[k] == "and" and words[k - 1] == ","):
            return k
    return subject - 1 if other is not None and subject - 1 > first and lower[subject - 1] == "and" else None


def _is_subordinate(page: Page, cue: Cue) -> bool:
    """Whether the saying is told in passing: After aides insisted that ..., the campaign has ..."""
    begin = min(page.mentions[cue.subject].first, cue.first)
    return any(page.reading.lower[k] in _SUBORDINATE for k in range(page.reading.first_of_sentence(begin), begin))


def _begins_clause(page: Page, k: int) -> bool:
    at = page.cues.mention_at[k] if k < len(page.reading.words) else -1
    return at >= 0 and page.mentions[at].first == k


def _next_says(page: Page, k: int) -> bool:
    """Whether the words after a comma turn to another act of saying: ", declaring ...", ", he added"."""
    lower = page.reading.lower
    for j in range(k, min(k + 4, len(lower))):
        if page.cues.verbs.get(j) in ("say", "tell"):
            return True
        if page.cues.mention_at[j] < 0 and lower[j] not in ("and", "who", "also", "then", "later"):
            return False
    return False


def _turns(page: Page, k: int) -> bool:
    """Whether the writer takes the word again after a comma: ", but he gave no details"."""
    if k + 1 >= len(page.reading.lower) or page.reading.lower[k] not in _CONTRARY:
        return False
    at = page.cues.mention_at[k + 1]
    return at >= 0 and page.mentions[at].form in (NAME, PRONOUN)


def clause_before(page: Page, cue: Cue) -> Clause | None:
    """The clause before ", Okafor said.": from the sentence's beginning to the comma."""
    reading = page.reading
    subject = page.mentions[cue.subject]
    begin = min(subject.first, cue.first)
    if cue.manner not in ("before", "outer", "inverted") or begin < 2 or reading.words[begin - 1] != ",":
        return None
    if not _ends_soon(page, max(subject.last, cue.last) + 1, reading.sentences[begin]):
        return None
    first = _after_dateline(page, reading.first_of_sentence(begin), begin)
    span = range(first, begin - 1)
    words = [k for k in span if reading.kinds[k] == WORD]
    if any(reading.kinds[k] in (QUOTE, BREAK) for k in span) or any(
        k in page.cues.verbs and page.cues.verbs[k] != "call" for k in span
    ):
        return None
    if len(words) < LEAST_WORDS + 1 or len(words) > MOST_WORDS or not any(_finite(reading.lower[k]) for k in words):
        return None
    return first, begin - 1


def _after_dateline(page: Page, first: int, end: int) -> int:
    """Where a sentence's own words begin: not with "RIVERTON - " or "ALDER, N.D. (AP) - "."""
    words, kinds = page.reading.words, page.reading.kinds
    if not words[first].isupper() or len(words[first]) < _DATELINE:
        return first
    dash = next((k for k in range(first + 1, min(first + 12, end)) if words[k] in ("-", "–", "—", "--")), None)
    led = dash is not None and all(words[k][0].isupper() for k in range(first, dash) if kinds[k] == WORD)
    return dash + 1 if led and dash is not None else first


def _ends_soon(page: Page, after: int, sentence: int) -> bool:
    """Whether only an aside of time or place follows: not "..., he said of the bill", or "..., he said, one should"."""
    reading = page.reading
    rest = [k for k in range(after, min(after + 12, len(reading.words))) if reading.sentences[k] == sentence]
    if len(rest) > 10 or any(reading.kinds[k] == QUOTE or reading.lower[k] in ("that", "of", "about") for k in rest):
        return False
    if not rest or reading.words[rest[0]] in ".!?":
        return True
    return reading.lower[rest[0]] in PREPOSITIONS | ADVERBS | _TIMES or (rest[0] > 0 and _is_aside(page, rest))


def _is_aside(page: Page, rest: list[int]) -> bool:
    """Whether a comma opens a last remark without a verb of its own: "..., he said, his voice low"."""
    return page.reading.words[rest[0]] == "," and not any(_finite(page.reading.lower[k]) for k in rest)


def _finite(word: str) -> bool:
    return word in AUXILIARIES or (word.endswith(("ed", "es", "s")) and len(word) > 3)
