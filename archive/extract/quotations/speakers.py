"""From a mention to the speaker of a quotation: full name, form, role and place, and for whom a spokesperson speaks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract.quotations.entities import name_words
from archive.extract.quotations.features import Page
from archive.extract.quotations.lexicon import NOUN_CUES, PEOPLE, PERSON_NOUNS, PERSON_TITLES
from archive.extract.quotations.marks import Paragraph
from archive.extract.quotations.mentions import NAME, NOMINAL, ORGANISATION, PRONOUN, find_mentions
from archive.extract.quotations.reading import Reading
from archive.extract.quotations.roles import Role
from archive.records import SpeakerForm

__all__ = ["Speaker", "Speakers"]

_FOR = re.compile(
    r"\s*,?\s+for\s+(?P<whom>(?:the\s+)?[^,.;:“”\"\n]{2,60}?)(?=\s+(?:said|says|told|wrote|added|in|on)\b|[,.;:“\"\n]|$)"
)
_FOR_INSIDE = re.compile(r"\bspokes\w+\s+for\s+(?P<whom>.{2,80})", re.I)
_OWN = re.compile(r"(?:^|\b(?:a|an|the)\s+)(?P<whom>[^,]{2,60}?)(?:['’]s?)?\s+spokes\w+", re.I)
_SPOKES = re.compile(r"\bspokes(?:man|woman|person|people|men|women)\b", re.I)
# a letter by, from, signed by, credited to somebody
_BY = frozenset(("by", "from", "to"))
_ANYBODY = frozenset(
    ("one", "another", "other", "others", "some", "many", "few", "both", "someone", "somebody", "anyone", "nobody")
)
_PERSONS = PERSON_NOUNS | PERSON_TITLES
_SOME_PEOPLE = PEOPLE - _ANYBODY


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who a mention is: `name` in full and without titles, None where the text names nobody."""

    name: str | None
    form: SpeakerForm
    role: Role
    on_behalf_of: str | None = None


class Speakers:
    """The speakers of one document."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.roles = page.roles

    def of(self, index: int, entity: int) -> Speaker:
        """The speaker that a mention and the person it stands for (-1: nobody known) make."""
        mention = self.page.mentions[index]
        if mention.head == "who" and index and self.page.mentions[index - 1].form != PRONOUN:
            return self.of(index - 1, self.page.mentions[index - 1].entity)
        if entity < 0 and mention.form == NOMINAL:
            bearer = self.roles.bearer(mention)
            entity = -1 if bearer is None else bearer
        if entity >= 0:
            return self._known(entity, mention.form == NAME)
        if mention.form == NOMINAL and mention.head in NOUN_CUES and (author := self._author(index)) is not None:
            return self._known(author, False)
        text = self.page.reading.text[mention.start : mention.end]
        if mention.form == ORGANISATION:
            return Speaker(mention.name, SpeakerForm.ORGANISATION, Role())
        if mention.head == "they":
            return self._group(index)
        if mention.form != NOMINAL:
            return Speaker(None, SpeakerForm.PERSON, Role())
        role = self.roles.of_nominal(mention)
        if _SPOKES.search(text):
            after = _FOR.match(self.page.reading.text, mention.end)
            return Speaker(None, SpeakerForm.UNNAMED, role, after["whom"].strip() if after else _whom(text))
        if mention.head in _ANYBODY:
            return Speaker(None, SpeakerForm.UNNAMED, Role())
        if mention.head in PEOPLE:
            return Speaker(text, SpeakerForm.GROUP, Role())
        if mention.head in _PERSONS:
            return Speaker(None, SpeakerForm.UNNAMED, role)
        return Speaker(text, SpeakerForm.ORGANISATION, Role())

    def _group(self, index: int) -> Speaker:
        """Who "they" are: the people last spoken of who say or do something, within two paragraphs."""
        page = self.page
        line = page.reading.lines[page.mentions[index].first]
        for at in range(index - 1, -1, -1):
            other = page.mentions[at]
            if line - page.reading.lines[other.first] > 2:
                break
            if other.form != NOMINAL or other.head not in _SOME_PEOPLE:
                continue
            if page.cues.of.get(at) or page.cues.main_subject(other.last + 1) == at:
                return Speaker(page.reading.text[other.start : other.end], SpeakerForm.GROUP, Role())
        return Speaker(None, SpeakerForm.GROUP, Role())

    def _author(self, index: int) -> int | None:
        """Whose "the statement" is: a letter from Okafor is hers, else it is of the person who last spoke in one.

        "...," Fallon said in a statement. ... The statement said ...
        """
        page, mention = self.page, self.page.mentions[index]
        line, sentence = page.reading.lines[mention.first], page.reading.sentences[mention.first]
        for other in page.mentions[index + 1 : index + 3]:
            by = page.reading.lower[other.first - 1] in _BY and page.reading.sentences[other.first] == sentence
            if by and other.entity >= 0:
                return other.entity if page.is_person(other.entity) else None
        for at in range(index - 1, -1, -1):
            other = page.mentions[at]
            if line - page.reading.lines[other.first] > 3:
                return None
            if other.entity >= 0 and page.cues.of.get(at) and page.is_person(other.entity):
                sentence = page.reading.sentences[other.first]
                near = range(max(0, other.first - 12), min(len(page.reading.words), other.last + 12))
                if any(page.reading.lower[k] == mention.head for k in near if page.reading.sentences[k] == sentence):
                    return other.entity
        return None

    def _known(self, entity: int, named: bool) -> Speaker:
        known = self.page.entities.all[entity]
        if not known.person and not named:
            return Speaker(known.name, SpeakerForm.ORGANISATION, Role())
        role = self.roles.of_entity(entity)
        return Speaker(_cased(known.name), SpeakerForm.PERSON, role, _whom(role.role) if role.role else None)

    def printed(self, who: str) -> Speaker:
        """A speaker as a heading prints him: "Mayor Ruth Okafor", "THE PRESIDENT"."""
        for name, role in _named(who):
            words = name_words(name)
            known = [e for e in self.page.entities.all if e.person and e.words[-1] == words[-1]]
            if len(words) == 1 and len(known) == 1:
                name = known[0].name
            return Speaker(_cased(name), SpeakerForm.PERSON, role)
        bare = " ".join(word for word in who.lower().split() if word != "the")
        return Speaker(None, SpeakerForm.UNNAMED, Role(bare if bare in PERSON_TITLES else None))


def _named(who: str) -> list[tuple[str, Role]]:
    """The names in a heading, each with the role before it."""
    reading = Reading(who, [Paragraph(0, len(who))], [])
    found = []
    for mention in find_mentions(reading):
        if mention.form in (NAME, ORGANISATION):
            role = who[: reading.starts[mention.name_first]].strip(" ,")
            found.append((mention.name, Role(role or None)))
    return found


def _whom(role: str) -> str | None:
    """For whom a spokesperson of this role speaks: spokeswoman for Mayor Adams, a City Hall spokesman."""
    found = _FOR_INSIDE.search(role) or _OWN.search(role)
    return found["whom"].strip(" ,") if found else None


def _cased(name: str) -> str:
    """A name printed in capitals, as a transcript prints it, in the usual case."""
    if not name.isupper() or len(name) < 4:
        return name
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), name)
