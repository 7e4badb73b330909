"""What the ranking model looks at: for each quoted span the mentions that may have said it, each with its features.

A feature is a short string; its weight stands in `weights.json`. Nothing here knows a name or a topic: features are of
order, distance, form and cue alone, so that a model trained on one campaign reads another town's news.
"""

from __future__ import annotations

from bisect import bisect

from archive.extract.quotations.cues import Cue, Cues
from archive.extract.quotations.entities import Entities
from archive.extract.quotations.lexicon import (
    NOUN_CUES,
    PEOPLE,
    PERSON_NOUNS,
    PREPOSITIONS,
    SPOKESPEOPLE,
    TELLING,
    THINGS_THAT_SAY,
)
from archive.extract.quotations.mentions import NAME, NOMINAL, ORGANISATION, PRONOUN, Mention
from archive.extract.quotations.reading import BREAK, QUOTE, SIGN, WORD, Reading
from archive.extract.quotations.roles import Roles

__all__ = ["Candidate", "Page", "candidates", "shape"]

_ACTING = frozenset(("has", "had", "did", "will", "would", "repeatedly", "recently", "himself", "herself"))
_DIRECTLY = ("before", "outer", "clause")
BACK_LINES = 3
MOST = 24


class Page:
    """One text made ready for attribution: its stream, mentions, entities, cues and roles."""

    def __init__(self, reading: Reading, mentions: list[Mention], entities: Entities, cues: Cues, roles: Roles) -> None:
        self.reading = reading
        self.mentions = mentions
        self.entities = entities
        self.cues = cues
        self.roles = roles
        self.in_line: dict[int, list[int]] = {}
        for index, mention in enumerate(mentions):
            self.in_line.setdefault(reading.lines[mention.first], []).append(index)
        speaking = (
            index for index, found in cues.of.items() if any(c.sort in ("say", "tell", "according") for c in found)
        )
        # Who has done something, or is about to, is somebody: Trump has reserved ...
        acting = (
            index
            for index, mention in enumerate(mentions)
            if mention.last + 1 < len(reading.lower) and reading.lower[mention.last + 1] in _ACTING
        )
        self._speaking = frozenset((*speaking, *acting))
        self._persons: dict[int, bool] = {}
        self.shapes = [shape(self, number) for number in range(len(reading.at))]

    def near(self, line: int, token: int) -> list[int]:
        """The mentions of a paragraph that are nearest to a token: at most MOST on either side of it."""
        indexes = self.in_line.get(line, [])
        if len(indexes) <= MOST:
            return indexes
        middle = bisect(indexes, token, key=lambda index: self.mentions[index].first)
        return indexes[max(0, middle - MOST) : middle + MOST]

    def is_person(self, entity: int) -> bool:
        """Whether an entity may be meant by "he" or "she"."""
        if entity not in self._persons:
            self._persons[entity] = self.entities.is_person(entity, self._speaking)
        return self._persons[entity]

    def words_outside(self, line: int) -> int:
        """How many words of a paragraph stand outside of quotations."""
        return self._outside.get(line, 0)

    @property
    def _outside(self) -> dict[int, int]:
        found = getattr(self, "_outside_words", None)
        if found is None:
            found = {}
            for kind, line in zip(self.reading.kinds, self.reading.lines, strict=True):
                if kind == WORD:
                    found[line] = found.get(line, 0) + 1
            self._outside_words = found
        return found


Candidate = tuple[int, list[str]]


def shape(page: Page, number: int) -> str:
    """The form of a quoted span: `f` a fragment, else `d` with how it ends (`,` `.` or `_`)."""
    reading, span = page.reading, page.reading.spans[number]
    content = reading.text[span.start : span.end]
    first, last = content[0], content[-1]
    long = content.count(" ") >= 4
    token = reading.at[number]
    starts = token == 0 or reading.kinds[token - 1] != WORD
    if (first.isupper() or not first.isalpha()) and starts and (long or last in ".,?!"):
        return "d" + ("," if last == "," else "." if last in ".?!…" else "_")
    return "F" if long else "f"


def candidates(page: Page, number: int, previous: int | None, previous_number: int) -> list[Candidate]:
    """The mentions that may have said the span, nearest first, each with its features.

    `previous` is the mention to whom the span before was given (None where nobody was), `previous_number` that span's.
    """
    reading = page.reading
    token, line = reading.at[number], reading.lines[reading.at[number]]
    seen = [*page.near(line, token), *page.near(line + 1, token)]
    for back in range(1, BACK_LINES + 1):
        seen += page.in_line.get(line - back, ())[-6:]
    if previous is not None and previous not in seen:
        seen.append(previous)
    if _ends_before_brackets(page, token):
        seen = [index for index in seen if not _in_brackets(page, token, index)]
    ordered = sorted(seen, key=lambda index: abs(page.mentions[index].first - token))[:MOST]
    if previous is not None and previous not in ordered:
        ordered.append(previous)
    context = _Context(page, number, previous, previous_number)
    return [(index, context.features(index, rank)) for rank, index in enumerate(ordered)]


def _ends_before_brackets(page: Page, token: int) -> bool:
    """Whether a span ends its sentence and brackets open behind it: ... pumps." (Other mayors disagree.)"""
    reading = page.reading
    if token + 1 >= len(reading.words) or reading.words[token + 1] != "(":
        return False
    return reading.text[reading.spans[reading.span_at[token]].end - 1] in ".?!"


def _in_brackets(page: Page, token: int, index: int) -> bool:
    """Whether a mention stands in the brackets right behind a span: it is no subject that comes late."""
    first = page.mentions[index].first
    return first > token and ")" not in page.reading.words[token + 1 : first]


class _Context:
    """What is the same for all candidates of one span."""

    def __init__(self, page: Page, number: int, previous: int | None, previous_number: int) -> None:
        self.page, self.number = page, number
        reading = page.reading
        self.token = reading.at[number]
        self.line = reading.lines[self.token]
        self.sentence = reading.sentences[self.token]
        self.shape = page.shapes[number]
        self.before = _neighbour(reading, self.token, -1)
        self.after = _neighbour(reading, self.token, 1)
        self.alone = page.words_outside(self.line) == 0
        self.previous = previous
        self.entity = page.mentions[previous].entity if previous is not None else -1
        self.gap = self._gap(previous_number)
        self.newer = self._newer(previous_number)
        after_sentence = reading.sentences[self.token + 1] if self.token + 1 < len(reading.words) else -1
        self.next_sentence = after_sentence
        self.cued_after = self._cued_after()

    def _gap(self, previous_number: int) -> str:
        """What lies between this span and the one before: `s` the same line, `n` the next one, `f` farther off."""
        if previous_number < 0:
            return "-"
        reading = self.page.reading
        other = reading.at[previous_number]
        lines = self.line - reading.lines[other]
        if lines == 0:
            words = sum(reading.kinds[k] == WORD for k in range(other + 1, self.token))
            return "s0" if words == 0 else "s1" if words < 8 else "s2"
        opened = "o" if reading.spans[previous_number].open else ""
        alone = "a" if self.alone else "w"
        return (f"n{alone}" if lines == 1 else f"f{alone}" if lines < 4 else "F") + opened

    def _newer(self, previous_number: int) -> int:
        """The mention that takes the word between the span before and this one: ..., and Hedges called it; else -1."""
        if self.gap[0] != "s":
            return -1
        page = self.page
        first = page.reading.at[previous_number]
        for k in range(self.token - 1, first, -1):
            index = page.cues.mention_at[k]
            if index >= 0 and any(
                cue.manner in _DIRECTLY and first < cue.first < self.token for cue in page.cues.of.get(index, ())
            ):
                return index
        return -1

    def _cued_after(self) -> bool:
        """Whether a verb of saying follows the span within three tokens."""
        verbs = self.page.cues.verbs
        return any(verbs.get(k) in ("say", "tell") for k in range(self.token + 1, self.token + 6))

    def features(self, index: int, rank: int) -> list[str]:
        mention = self.page.mentions[index]
        region = self._region(mention)
        cue = self._cue(index)
        role, near = self._role(index, mention, cue, region)
        form = _form(mention)
        found = [
            f"r{region}|{role}",
            f"r{region}|{role}|{near}",
            f"r{region}|{role}|{near}|{self.shape}",
            f"{role}|{near}|{form}",
            f"r{region}|{form}",
            f"k{min(rank, 6)}|{self.shape[0]}",
            f"r{region}|k{min(rank, 4)}|{role}",
            f"b{self.before}|r{region}|{role}",
            f"a{self.after}|r{region}|{role}",
        ]
        if cue is not None:
            found.append(f"v{cue.word}|{cue.manner[0]}|{near}")
            found.append(f"v{cue.word}|r{region}")
            found.append(f"i{self._cued_between(cue)}|{role}|r{region}")
            if cue.last + 1 < len(self.page.reading.lower) and self.page.reading.lower[cue.last + 1] == "that":
                found.append(f"that|r{region}|{self.shape[0]}")
        if self.cued_after:
            found.append(f"ca|r{region}|{role}")
        if mention.possessive:
            found.append(f"pos|r{region}")
        if self.alone:
            found.append(f"alone|r{region}|{role}")
        if mention.form in (NOMINAL, ORGANISATION):
            found.append(f"h|{_head(mention)}|{role != '-'}")
        if self.newer >= 0:
            which = "=" if index == self.newer else "p" if index == self.previous else "-"
            newer = _form(self.page.mentions[self.newer])
            found.append(f"w{which}|{self.gap}|{newer}")
            found.append(f"w{which}|{role}|{self.before}")
        if index == self.previous:
            found += [f"p|{self.gap}", f"p|{self.gap}|{self.before}|{self.shape[0]}", f"p|{self.gap}|r{region}|{role}"]
        elif self.entity >= 0 and mention.entity == self.entity:
            found += [f"e|{self.gap}", f"e|{self.gap}|r{region}|{role}"]
        elif self.previous is not None:
            found.append(f"o|{self.gap}|r{region}|{role}")
            if mention.form == PRONOUN and self.page.mentions[self.previous].form == PRONOUN:
                found.append(f"pp|{mention.head == self.page.mentions[self.previous].head}")
        return found

    def _region(self, mention: Mention) -> str:
        reading = self.page.reading
        line = reading.lines[mention.first]
        if line == self.line:
            if mention.first > self.token:
                if reading.sentences[mention.first] == self.sentence:
                    return "A"
                return (
                    "a"
                    if self._quote_between(self.token, mention.first)
                    else ("B" if reading.sentences[mention.first] == self.next_sentence else "b")
                )
            if reading.sentences[mention.first] == self.sentence:
                return "C" if not self._quote_between(mention.last, self.token) else "c"
            return "D" if not self._quote_between(mention.last, self.token) else "d"
        if line > self.line:
            return "N"
        return "H" if line == 0 and self.line > 1 else f"P{min(self.line - line, 3)}"

    def _quote_between(self, a: int, b: int) -> bool:
        at = self.page.reading.at
        following = bisect(at, a)
        return following < len(at) and at[following] < b

    def _cue(self, index: int) -> Cue | None:
        """The cue of a mention that is nearest to the span."""
        cues = self.page.cues.of.get(index)
        return min(cues, key=lambda cue: abs(cue.first - self.token)) if cues else None

    def _role(self, index: int, mention: Mention, cue: Cue | None, region: str) -> tuple[str, str]:
        reading = self.page.reading
        if cue is not None:
            role = f"{cue.sort[0] if cue.sort != 'colon' else ':'}{cue.manner[0]}"
            return role, self._distance(cue)
        k = mention.first - 1
        if k >= 0 and reading.kinds[k] == WORD:
            if reading.lower[k] in TELLING:
                return "obj", "-"
            if self.page.cues.verbs.get(k):
                return ("pobj" if reading.lower[k].endswith("ing") else "vobj"), "-"
            if reading.lower[k] == "by":
                return "by", "-"
            if reading.lower[k] == "from":
                return "from", "-"
            if reading.lower[k] in PREPOSITIONS:
                return "prep", "-"
        starts = k < 0 or reading.kinds[k] in (BREAK, QUOTE) or reading.sentences[k] != reading.sentences[mention.first]
        return ("first" if starts else "-"), "-"

    def _cued_between(self, cue: Cue) -> int:
        """How many other verbs of saying stand between a cue and the span, at most 2."""
        low, high = (cue.last + 1, self.token) if cue.first < self.token else (self.token + 1, cue.first)
        if high - low > 40:
            return 3
        verbs = self.page.cues.verbs
        return min(2, sum(k in verbs for k in range(low, high)))

    def _distance(self, cue: Cue) -> str:
        """How a cue's word lies to the span: the side, and how many words are between."""
        reading = self.page.reading
        low, high = (cue.last + 1, self.token) if cue.first < self.token else (self.token + 1, cue.first)
        if high - low > 30:
            return "far"
        words = signs = quotes = 0
        for k in range(low, high):
            kind = reading.kinds[k]
            if kind == WORD:
                words += 1
            elif kind in (QUOTE, BREAK):
                quotes += 1
            else:
                signs += 1
        side = "<" if cue.first < self.token else ">"
        amount = "0" if words == 0 else "1" if words <= 2 else "2" if words <= 6 else "3" if words <= 12 else "4"
        return f"{side}{amount}{'q' if quotes else ''}"


def _form(mention: Mention) -> str:
    if mention.form == PRONOUN:
        return mention.head if mention.head in ("he", "she", "who", "her", "his") else "p" + mention.head[0]
    if mention.form == NAME:
        return "N" if mention.titled or " " in mention.name else "n"
    return mention.form[:2]


def _head(mention: Mention) -> str:
    head = mention.head
    if head in SPOKESPEOPLE or head in PERSON_NOUNS:
        return "person"
    if head in PEOPLE:
        return "people"
    if head in NOUN_CUES:
        return "words"
    return "thing" if head in THINGS_THAT_SAY else "other"


def _neighbour(reading: Reading, token: int, step: int) -> str:
    """What stands directly before or after a span: a sign as it is, else what kind of word."""
    k = token + step
    if not 0 <= k < len(reading.words) or reading.kinds[k] == BREAK:
        return "|"
    if reading.kinds[k] == SIGN:
        word = reading.words[k]
        return word if word in ",.:;()-—–" else "*"
    if reading.kinds[k] == QUOTE:
        return "q"
    low = reading.lower[k]
    if low in ("that", "as", "and", "a", "the", "is", "was"):
        return low
    return "W" if reading.words[k][0].isupper() else "w"
