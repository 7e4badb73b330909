"""What a text prints beside a name: role and place, before it or after it.

Mayor of Washington, D.C., Muriel Bowser            Gov. Phil Bryant of Mississippi
mayor of New York and Democratic presidential candidate Bill De Blasio
Jim Kenney, the mayor of Philadelphia,              Rep. Steve King (R-Iowa)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.extract.quotations.entities import Entities
from archive.extract.quotations.lexicon import (
    ADVERBS,
    AUXILIARIES,
    CALLING,
    DETERMINERS,
    PEOPLE,
    PERSON_NOUNS,
    PERSON_TITLES,
    SAYING,
    SPOKESPEOPLE,
    STATE_OF,
    STATES,
)
from archive.extract.quotations.mentions import NAME, NOMINAL, Mention
from archive.extract.quotations.reading import BREAK, Reading

__all__ = ["OFFICES", "Role", "Roles", "link_appositions", "link_bearers"]

# The offices that outrank any other description of the same person.
OFFICES = frozenset(
    ("mayor", "governor", "gov", "mayor-elect", "governor-elect", "lieutenant", "lt", "president", "senator", "sen")
)
_PLACE = r"(?:[A-Z][\w’'\-]*\.?|D\.C\.)(?:,? (?:[A-Z][\w’'\-]*\.?|D\.C\.|de|of|the(?= [A-Z])))*"
# ... and Democratic presidential candidate: lower-case words and parties, never a name
_MORE = r",?\s+and\s+(?:(?:[a-z][a-z\-]*|Democratic|Republican|GOP|U\.S\.)\s+){1,5}"
_OF_BEFORE = re.compile(
    rf"(?P<role>(?:[A-Za-z][\w\-]* )?[A-Za-z][\w.\-]*)\s+(?:of|for)\s+(?:the\s+)?(?:City of |Town of |Village of )?"
    rf"(?P<place>{_PLACE})(?P<more>{_MORE})?,?\s*$"
)
_OF_AFTER = re.compile(rf"\s+of\s+(?:the\s+)?(?P<place>{_PLACE})")
_PARTY = re.compile(r",?\s*\(?\b(?P<party>[RDI]|Rep|Dem|DFL|Ind)\.?[-–—](?P<place>[A-Z][\w. ]*[\w.])")
_BRACKET = re.compile(r"\s*\((?P<party>[RDI]|Republican|Democrat)\)")
_AFTER = re.compile(r"(?:\s*\([^)\n]{1,40}\))?,\s+(?P<role>[^,;:\n\"“”()]{3,90})")
# has been mayor of Marrow Creek for eight years; is the police chief
_IS = re.compile(
    r"(?:,? who)?,? (?:is|was|has been|had been|became|serves as|served as),? (?P<role>[^,;:\n\"“”()]{3,60}?)"
    r"(?= for | since | until | in \d|[,.;\n]| and )"
)
_STOPS = re.compile(r"\.(?:\s|$)|\s(?:who|which|said|says|told|in a|and (?:his|her|a|the|other)|—|–|-)\s")
_OWNER = re.compile(rf"(?P<place>{_PLACE})['’]s? ")
_OF_INSIDE = re.compile(
    rf"\b(?:of|for|in)\s+(?:the\s+)?(?:City of |Town of |Village of |State of )?(?P<place>{_PLACE})"
)
_BETWEEN = re.compile(
    rf",\s|\s+of\s+(?:the\s+)?{_PLACE}(?<!\bof)(?:{_MORE}|,?\s+)|\s+of\s+(?:that|this|the|a)\s+[\w\- ]{{2,30}},\s"
)
_BRACKETED = re.compile(r"\s\([^)]{1,30}\),\s")
# introducing President Obama: the verb is none of the title's; acting Mayor Lee: this one is
_DOING = re.compile(r"^(?!(?:acting|incoming|outgoing|sitting|founding|leading|managing)\b)[a-z]+ing ")
_LETTERS = re.compile(r"[a-z]+")
_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "sir", "dame"])
# Roles that one person of a document bears, so that "the mayor" is somebody; "the man" and "the official" are not.
_BORNE = PERSON_TITLES - _COURTESY | {"spokesman", "spokeswoman", "spokesperson", "owner", "president"}
# The vice president is not the president, a former mayor not the mayor.
_MODIFIERS = frozenset(("former", "vice", "deputy", "lieutenant", "lt", "acting", "assistant", "first"))
_PARTIES = {"democratic": "d", "democrat": "d", "republican": "r", "gop": "r", "libertarian": "l", "green": "g"}
_SAME_ROLE = {
    "gov": "governor", "sen": "senator", "rep": "representative", "congressman": "representative",
    "congresswoman": "representative", "spokeswoman": "spokesman", "spokesperson": "spokesman",
    "chairwoman": "chairman", "chair": "chairman", "comm": "commissioner", "supt": "superintendent",
    "nominee": "candidate",
}  # fmt: skip
# What stands after a comma is no apposition if it has a verb, or speaks of several people.
_NO_ROLE = AUXILIARIES | SAYING | CALLING | PEOPLE - {"police"}
_VERBAL = AUXILIARIES | SAYING | ADVERBS
_PERSONS = PERSON_TITLES | PERSON_NOUNS
_TRADE = re.compile(r"(?:eer|ologist|master|keeper|woman|sman|wright|ician|arian|grapher|istrator)$")
_ROLE_WORDS = PERSON_NOUNS | PERSON_TITLES | PEOPLE | SPOKESPEOPLE


@dataclass(frozen=True, slots=True)
class Role:
    """A role and a place as printed; either may be None."""

    role: str | None = None
    place: str | None = None

    @property
    def rank(self) -> int:
        """How much a role tells: an office with its place most, nothing least."""
        if not self.role:
            return int(bool(self.place))
        words = set(re.findall(r"[a-z\-]+", self.role.lower()))
        return 1 + 4 * bool(words & OFFICES) + 2 * bool(words & _ROLE_WORDS) + bool(self.place)


class Roles:
    """The roles of a document's persons, read where they are asked for."""

    def __init__(self, reading: Reading, mentions: list[Mention], entities: Entities) -> None:
        self.reading = reading
        self.mentions = mentions
        self.entities = entities
        self._known: dict[int, Role] = {}

    def of_entity(self, at: int) -> Role:
        """The role that tells most of all that are printed beside a person's names; of equals the first."""
        if at not in self._known:
            best = Role()
            for index in self.entities.all[at].mentions[:12]:
                for role in (self.before(self.mentions[index]), self.after(self.mentions[index])):
                    if role.rank > best.rank:
                        best = role
            self._known[at] = best
        return self._known[at]

    def of_nominal(self, mention: Mention) -> Role:
        """The role and place that a noun phrase itself prints: "the Michigan governor"."""
        text = self.reading.text[mention.start : mention.end]
        words = text.split()
        if words and words[0].lower() in DETERMINERS:
            words = words[1:]
        after = _OF_AFTER.match(self.reading.text, mention.end)
        return _split(" ".join(words), after["place"] if after else None)

    def before(self, mention: Mention) -> Role:
        """What stands before the name."""
        text, reading = self.reading.text, self.reading
        name_start = reading.starts[mention.name_first]
        start = reading.starts[mention.first]
        first = reading.first_of_sentence(mention.first)
        prefix = _DOING.sub("", " ".join(text[start:name_start].split()))
        left = text[max(reading.starts[first], start - 120) : name_start]
        found = _OF_BEFORE.search(left)
        if found and _is_role(found["role"]):
            more = " ".join((found["more"] or "").split())
            return Role(
                " ".join(found["role"].split()) + (f" {more.lstrip(', ')}" if more else ""), _place(found["place"])
            )
        if prefix:
            return _split(prefix, None)
        if place := self._owner(mention):
            return Role(None, place)
        # Dallas' mayor, Mike Rawlings, said; the mayor of that town, Mike Rawlings, said
        if mention.first > 1 and reading.words[mention.first - 1] == ",":
            return next(
                (
                    self.of_nominal(m)
                    for m in self.mentions
                    if (m.last == mention.first - 2 or m.start == mention.whole_start)
                    and m.form == NOMINAL
                    and _is_role(m.head)
                    and not _is_spoken_for(reading, m)
                ),
                Role(),
            )
        return Role()

    def _owner(self, mention: Mention) -> str | None:
        """The state whose own somebody is: California's Gavin Newsom."""
        k = mention.first - 2
        if k >= 0 and self.reading.lower[k + 1] == "'s":
            for length in (1, 2):
                name = " ".join(self.reading.words[max(0, k + 1 - length) : k + 1])
                if name.lower() in STATES:
                    return name
        return None

    def after(self, mention: Mention) -> Role:
        """What stands after the name."""
        text = self.reading.text
        stop = self._stop(mention)
        if party := _PARTY.match(text, mention.end, stop):
            return Role(self.before(mention).role, _place(party["place"]))
        if place := _OF_AFTER.match(text, mention.end, stop):
            role = self.before(mention).role
            if role:
                return Role(role, _place(place["place"]))
        if found := _AFTER.match(text, mention.end, stop) or _IS.match(text, mention.end, stop):
            role = _STOPS.split(found["role"])[0].strip()
            words = role.lower().split()
            if words and words[0] in DETERMINERS | {"former"}:
                words = words[1:] if words[0] != "former" else words
                role = " ".join(role.split()[-len(words) :]) if words else ""
            if _is_role(role) and len(words) <= 12 and not _NO_ROLE & set(words):
                inside = _OF_INSIDE.search(role)
                return _split(role, _place(inside["place"]) if inside else None)
        return Role()

    def _stop(self, mention: Mention) -> int:
        reading = self.reading
        k = mention.last
        limit = min(len(reading.words), k + 30)
        while (
            k + 1 < limit
            and reading.kinds[k + 1] != BREAK
            and reading.sentences[k + 1] == reading.sentences[mention.last]
        ):
            k += 1
        return reading.ends[k]

    def bearer(self, mention: Mention) -> int | None:
        """The person a noun phrase such as "the mayor" or "the Michigan senator" stands for: the last named before it.

        None for a role that nobody has who was named before.
        """
        if mention.form != NOMINAL or mention.head not in _PERSONS:
            return None
        wanted = self.of_nominal(mention)
        said = set(self.reading.text[mention.start : mention.end].lower().split())
        asked = said & _MODIFIERS
        place = wanted.place.lower() if wanted.place else None
        found: list[tuple[int, int]] = []
        for at, entity in enumerate(self.entities.all):
            before = [m for m in entity.mentions if self.mentions[m].start < mention.start]
            if not before or not entity.person:
                continue
            role = self.of_entity(at)
            if not role.role:
                continue
            heads = set(_LETTERS.findall(role.role.lower()))
            fits = _head_of(mention.head) in {_head_of(word) for word in heads} and heads & _MODIFIERS == asked
            fits = fits and not _of_other_party(said, heads)
            fits = fits or ("former" in asked and "predecessor" in heads)
            if fits and (place is None or place in f"{role.role} {role.place}".lower()):
                found.append((max(before), at))
        return max(found)[1] if found else None


def link_bearers(roles: Roles) -> None:
    """Give "the mayor" and "the senator" the person who bears that role in the document."""
    for mention in roles.mentions:
        first = roles.reading.words[mention.first]
        definite = first.lower() in ("the", "former") or (mention.first == mention.last and first[0].isupper())
        if definite and mention.form == NOMINAL and mention.entity < 0 and mention.head in _BORNE:
            bearer = roles.bearer(mention)
            mention.entity = -1 if bearer is None else bearer


def link_appositions(reading: Reading, mentions: list[Mention]) -> None:
    """Give noun phrases the person named beside them: mayor of New York Bill de Blasio; Ann Lee, the mayor."""
    for index, mention in enumerate(mentions):
        if mention.form != NOMINAL or not _is_role(mention.head) or _is_spoken_for(reading, mention):
            continue
        for other in mentions[index + 1 : index + 4]:
            if other.form != NAME or reading.sentences[other.first] != reading.sentences[mention.first]:
                continue
            between = reading.text[mention.end : reading.starts[other.name_first]]
            if _BETWEEN.fullmatch(between):
                mention.entity = other.entity
                for each in (mention, other):
                    each.whole_start, each.whole_end = mention.start, other.end
                break
        before = mentions[index - 1] if index else None
        if mention.entity < 0 and before is not None and before.form == NAME and not before.possessive:
            between = reading.text[before.end : mention.start]
            following = reading.lower[mention.last + 1] if mention.last + 1 < len(reading.lower) else "."
            if (between == ", " or _BRACKETED.fullmatch(between)) and following not in _VERBAL:
                mention.entity = before.entity


def _is_spoken_for(reading: Reading, mention: Mention) -> bool:
    """Whether somebody else's employer is meant: a spokesman for the mayor, Jack Roe, is Jack Roe."""
    k = mention.first - 1
    return k > 0 and reading.lower[k] == "for" and reading.lower[k - 1] in SPOKESPEOPLE


def _of_other_party(one: set[str], other: set[str]) -> bool:
    """Whether two descriptions name different parties: the Democratic nominee is not the Republican one."""
    mine = {_PARTIES[word] for word in one if word in _PARTIES}
    theirs = {_PARTIES[word] for word in other if word in _PARTIES}
    return bool(mine and theirs and not mine & theirs)


def _head_of(word: str) -> str:
    short = word.rstrip(".")
    return _SAME_ROLE.get(short, short)


def _is_role(text: str) -> bool:
    words = [word.rstrip(".").lower() for word in re.findall(r"[\w\-]+\.?", text)]
    return any((word in _ROLE_WORDS or _TRADE.search(word)) and word not in _COURTESY for word in words)


def _split(text: str, place: str | None) -> Role:
    """A role text with the place that leads it taken out: "Los Angeles mayor", "Chicago's top cop"."""
    words = text.split()
    if not words or all(word.rstrip(".").lower() in _COURTESY | {"dr", "rev", "hon", "the"} for word in words):
        return Role()
    if place is None:
        lead = []
        for word in words:
            bare = word.rstrip(".,").lower()
            if (bare in STATE_OF and word.endswith(".")) or (
                word[0].isupper() and bare not in PERSON_TITLES and bare not in _PARTISAN
            ):
                lead.append(word)
            else:
                break
        if lead and len(lead) < len(words):
            place = re.sub(r"['’]s?$", "", " ".join(lead))
    return Role(text, _place(place) if place else None)


_PARTISAN = frozenset(
    [
        "democratic",
        "republican",
        "democrat",
        "former",
        "ex-mayor",
        "acting",
        "interim",
        "deputy",
        "vice",
        "outgoing",
        "incoming",
        "first",
    ]
)


def _place(text: str) -> str | None:
    """A place as printed; None where the words name a person or an office: spokeswoman for Mayor Adams."""
    words = text.split()
    if words[0].rstrip(".").lower() in PERSON_TITLES:
        return None
    return " ".join(words).rstrip(",")
