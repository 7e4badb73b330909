"""Names -> persons of one document: which names are one person's, and whom a pronoun stands for."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from archive.extract.quotations.lexicon import (
    FEMALE,
    KIN,
    MALE,
    ORGANISATION_WORDS,
    PERSON_TITLES,
    STATE_OF,
    STATES,
    SUFFIXES,
)
from archive.extract.quotations.mentions import NAME, NOMINAL, ORGANISATION, Mention
from archive.extract.quotations.reading import Reading

__all__ = ["Entities", "Entity"]

_WORD = re.compile(r"[^\W\d_]+(?:['’.\-][^\W\d_]+)*")
_GIVEN = MALE | FEMALE
_HE = frozenset(("mr", "sir", "congressman", "councilman", "king", "prince", "father", "chairman", "alderman"))
_SHE = frozenset(("mrs", "ms", "miss", "congresswoman", "councilwoman", "queen", "princess", "sister", "chairwoman"))
# What the ending of a given name makes likely where the name itself is not known.
_HER_ENDING = re.compile(r"(?:a|ko|ice|elle|ette|ine|lyn|een|ie|issa|eth)$")
_HIS_ENDING = re.compile(r"(?:ard|ert|old|ald|ton|us|rick|[^k]o|las|man|son|iel)$")


@dataclass(slots=True)
class Entity:
    """One person or body of a document: the fullest name it has there, and its mentions by index."""

    name: str
    words: tuple[str, ...]
    mentions: list[int] = field(default_factory=list)
    sexes: Counter[str] = field(default_factory=Counter)
    titles: frozenset[str] = frozenset()
    names: int = 0  # how often the form is a person's, less how often it is a body's

    @property
    def person(self) -> bool:
        """Whether the mentions have the form of a person's name more often than that of a body's."""
        return self.names >= 0

    @property
    def sex(self) -> str | None:
        """`he`, `she` or None where the text and the name leave it open."""
        he, she = self.sexes["he"], self.sexes["she"]
        return None if he == she else "he" if he > she else "she"


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name by which two names are compared: lower case, no initials' dots, no suffixes."""
    found = [word.lower().replace("’", "'").rstrip(".") for word in _WORD.findall(name)]
    kept = [word for word in found if word not in SUFFIXES]
    return tuple(kept or found)


class Entities:
    """The persons and bodies of a document; each name mention's `entity` is its index here."""

    def __init__(self, reading: Reading, mentions: list[Mention]) -> None:
        self.reading = reading
        self.mentions = mentions
        self.all: list[Entity] = []
        self._by_last: dict[str, list[int]] = {}
        self._common = {word for word, low in zip(reading.words, reading.lower, strict=True) if word == low}
        self._gather()

    def _gather(self) -> None:
        named = [(i, m, name_words(m.name)) for i, m in enumerate(self.mentions) if m.form in (NAME, ORGANISATION)]
        self._places = {i for i, mention, _ in named if self._is_place(mention)}
        # Full names first: a surname may stand in the headline before the name is given in full.
        for wanted in (True, False):
            for index, mention, words in named:
                if words and (len(words) > 1) is wanted:
                    self._place(index, mention, words)
        self._name_bearers_of_titles()

    def _name_bearers_of_titles(self) -> None:
        """Justice told Trump: where a Jim Justice is named, the word is his name."""
        for index, mention in enumerate(self.mentions):
            word = self.reading.words[mention.first]
            if mention.form != NOMINAL or mention.first != mention.last or not word[0].isupper():
                continue
            known = [at for at in self._by_last.get(word.lower(), ()) if len(self.all[at].words) > 1]
            if known and self.all[known[0]].words[-1] == word.lower():
                mention.form, mention.name, mention.name_first = NAME, word, mention.first
                self._place(index, mention, (word.lower(),))

    def _is_place(self, mention: Mention) -> bool:
        """Whether a name stands where a place does: in Raleigh, N.C."""
        lower, k = self.reading.lower, mention.last + 1
        if mention.first and lower[mention.first - 1] in ("in", "near"):
            return True
        return k + 1 < len(lower) and lower[k] == "," and lower[k + 1].rstrip(".") in STATE_OF

    def _place(self, index: int, mention: Mention, words: tuple[str, ...]) -> None:
        at = self._same(mention, words)
        if at is None:
            at = len(self.all)
            self.all.append(Entity(mention.name, words))
            for word in {words[-1], words[0]}:
                self._by_last.setdefault(word, []).append(at)
        entity = self.all[at]
        entity.mentions.append(index)
        entity.titles |= self._titles(mention)
        entity.names += 1 if mention.form == NAME else -1
        mention.entity = at
        fuller = len(words) > len(entity.words) or (len(words) == len(entity.words) and entity.name.isupper())
        if fuller and mention.form == NAME:
            entity.name, entity.words = mention.name, words
        self._note_sex(entity, mention, words)

    def _same(self, mention: Mention, words: tuple[str, ...]) -> int | None:
        candidates = self._by_last.get(words[-1], [])
        sex = self._title_sex(mention)
        full = [
            at
            for at in candidates
            if _fits(words, self.all[at].words) and (sex is None or self.all[at].sex in (None, sex))
        ]
        if len(words) > 1 or len(full) <= 1:
            return full[0] if full else None
        # Two persons of one surname: the one who bears the same title, else the one whom the text is about.
        titles = self._titles(mention)
        full = [at for at in full if titles & self.all[at].titles] or full
        before = [at for at in full if any(self.mentions[m].start < mention.start for m in self.all[at].mentions)]
        return max(before or full, key=lambda at: self._prominence(at, mention))

    def _prominence(self, at: int, mention: Mention) -> tuple[bool, int, int]:
        """How much a surname alone means a person: no relative of another, often named in full, named last before."""
        before = [m for m in self.all[at].mentions if self.mentions[m].start < mention.start]
        fully = sum(" " in self.mentions[m].name for m in before)
        return not self._is_relative(at), fully, max(before, default=-1)

    def _is_relative(self, at: int) -> bool:
        """Whether a person comes into the text as somebody's: his wife, Ada Okafor."""
        first = self.mentions[min(self.all[at].mentions)]
        return any(word in KIN for word in self.reading.lower[max(0, first.first - 3) : first.name_first])

    def _titles(self, mention: Mention) -> frozenset[str]:
        return PERSON_TITLES & frozenset(self.reading.lower[mention.first : mention.name_first])

    def _title_sex(self, mention: Mention) -> str | None:
        """What a title says of its bearer: Mr. Obama is not Michelle Obama."""
        for k in range(mention.first, mention.name_first):
            if self.reading.lower[k] in _HE:
                return "he"
            if self.reading.lower[k] in _SHE:
                return "she"
        return None

    def _note_sex(self, entity: Entity, mention: Mention, words: tuple[str, ...]) -> None:
        for k in range(mention.first, mention.name_first):
            low = self.reading.lower[k]
            entity.sexes["he"] += 5 * (low in _HE)
            entity.sexes["she"] += 5 * (low in _SHE)
        if len(words) == 1 and len(entity.words) == 1 and not entity.mentions[1:]:
            # Melanie, whom the text never names in full; men's names are too often surnames
            entity.sexes["she"] += 2 * (words[0] in FEMALE and words[0] not in MALE)
        if len(words) > 1:
            entity.sexes["he"] += 3 * (words[0] in MALE)
            entity.sexes["she"] += 3 * (words[0] in FEMALE)
            entity.sexes["he"] += bool(_HIS_ENDING.search(words[0]))
            entity.sexes["she"] += bool(_HER_ENDING.search(words[0]))

    def name_of(self, mention: Mention) -> str | None:
        """The fullest name of the person a mention names."""
        return self.all[mention.entity].name if mention.entity >= 0 else None

    def is_person(self, at: int, speaking: frozenset[int]) -> bool:
        """Whether an entity may be meant by "he" or "she"; `speaking` are the mentions that some verb of saying has.

        A name that is in no list of given names is a person's where a title leads it or where it speaks.
        """
        entity = self.all[at]
        words = entity.words
        if not entity.person or len(words) > 4 or " ".join(words) in STATES:
            return False
        if words[-1] in ORGANISATION_WORDS or words[-1] in self._common:
            return False
        if any(m in self._places for m in entity.mentions) and not any(
            self.mentions[m].titled for m in entity.mentions
        ):
            return False
        if (words[0] in MALE or words[0] in FEMALE) and len(words) > 1:
            return True
        return any(self.mentions[m].titled or m in speaking for m in entity.mentions)


def _fits(short: tuple[str, ...], known: tuple[str, ...]) -> bool:
    """Whether one name may be a form of the other: same surname, and given names that do not contradict."""
    if len(short) == 1:
        return short[0] == known[-1] or (short[0] == known[0] and len(known) > 1 and short[0] in _GIVEN)
    if short[-1] != known[-1]:
        return False
    if len(known) == 1:
        return True
    a, b = short[0], known[0]
    return a == b or (a[0] == b[0] and (len(a) == 1 or len(b) == 1 or a.startswith(b[:3]) or b.startswith(a[:3])))
