"""A printed role taken apart: which office it names, whether it is held, and for which place.

`mayor of New York and Democratic presidential candidate` is a mayor's; `spokeswoman for the mayor`, `former mayor`
and `mayoral candidate` are not. What counts is the head of the phrase: the last title before the first preposition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from archive.roster.names import fold
from archive.roster.places import COUNTRY, Place, Places
from archive.roster.titles import (
    ADVERSARIES,
    BESIDE,
    FORMER,
    HONORIFIC,
    INCOMING,
    NATIONS,
    NEUTRAL,
    OF_COMPANIES,
    PLAIN,
    PREPOSITIONS,
    PUBLIC,
    SELECTIVE,
    TRAILING,
)
from archive.roster.values import Office, SpeakerClass

__all__ = ["Role", "Roles", "Standing"]

_HYPHENED = re.compile(
    r"\b(ex|then|vice|lieutenant|attorney|mayor|governor|president|senator|sheriff|treasurer)-(?=\w)", re.I
)
_PIECES = re.compile(r"\s*[;()–—]\s*|\s+(?:and|&|who)\s+|,\s+(?:and\s+)?")
_POSSESSIVE = re.compile(r"(?:['’]s|s['’])\W*$")
_COMPLEMENT = re.compile(r"\b(?:of|for|from|in|at|with|representing)\s+", re.I)


MEMO = 50_000


class Standing(IntEnum):
    """How the speaker stands to what the role names, the strongest first."""

    HELD = 0  # holds the office
    FORMER = 1
    INCOMING = 2
    BESIDE = 3  # a public role without an office of its own
    NEUTRAL = 4  # says nothing for or against an office: "Democrat", "Ms."
    OTHER = 5  # a role in private life


@dataclass(frozen=True, slots=True)
class Role:
    """One role. `levels` are the kinds of places that the words allow, where they say so (`state`, `U.S.`)."""

    text: str
    standing: Standing
    speaker_class: SpeakerClass
    office: Office | None = None
    place: Place | None = None
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Phrase:
    """One of the roles of an enumeration: its words as printed and folded, and where its first preposition is."""

    text: str
    raw: tuple[str, ...]
    words: tuple[str, ...]
    head: int

    def possessive(self, at: int) -> bool:
        """`mayor's`: what belongs to the mayor, not the mayor."""
        return _POSSESSIVE.search(self.raw[at]) is not None

    def ends(self, at: int, head: int) -> bool:
        """Whether nothing follows that would make another role of it, as in `governor biographer`.

        A last word with a capital is taken for a piece of the name that follows the role.
        """
        rest = [word for word in range(at, head) if self.words[word] not in TRAILING and self.words[word]]
        return not rest or (
            rest == [head - 1] and self.raw[rest[0]][:1].isupper() and self.words[rest[0]] not in PUBLIC
        )


def _phrase(text: str) -> _Phrase:
    raw = tuple(text.split())
    words = tuple(fold(word) for word in raw)
    head = next((at for at, word in enumerate(words) if word in PREPOSITIONS and at), len(words))
    return _Phrase(text, raw, words, head)


class Roles:
    """Reads roles by the printed forms of the offices."""

    def __init__(self, offices: Iterable[Office], places: Places) -> None:
        self._places = places
        self._forms: dict[tuple[str, ...], list[Office]] = {}
        for office in offices:
            for form in dict.fromkeys(tuple(fold(form).split()) for form in (office.title, *office.forms)):
                self._forms.setdefault(form, []).append(office)
        self._longest = max((len(form) for form in self._forms), default=0)
        self._first = {form[0] for form in self._forms}
        self._known: dict[str, Role | None] = {}

    def read(self, text: str | None) -> Role | None:
        """The role that these words print; None where there are no words."""
        if not text:
            return None
        if text not in self._known:
            if len(self._known) >= MEMO:
                self._known.clear()
            self._known[text] = self._read(text)
        return self._known[text]

    def is_title(self, text: str) -> bool:
        """Whether these words are an office and nothing else: `the governor`."""
        return tuple(fold(text).removeprefix("the ").split()) in self._forms

    def _read(self, text: str) -> Role | None:
        pieces = self._pieces(_HYPHENED.sub(r"\1 ", " ".join(text.split())))
        roles = [role for role in map(self._role, map(_phrase, pieces)) if role]
        if len(roles) > 1:
            roles = _all_former(roles)
            # "the president and publisher of Grand Books": the one is of what the other is of.
            company = any(role.standing in (Standing.BESIDE, Standing.OTHER) for role in roles)
            roles = [r for r in roles if not (company and r.office and r.office.id in OF_COMPANIES and not r.place)]
        if not roles:
            return None
        best = min(roles, key=lambda role: role.standing)
        if best.place is None:
            place = next((role.place for role in roles if role.place and role.standing >= Standing.NEUTRAL), None)
            best = replace(best, place=place)
        return replace(best, text=text)

    def _pieces(self, text: str) -> list[str]:
        """The roles of an enumeration; `Washington, D.C.` and `Springfield, Ill.` stay whole."""
        pieces: list[str] = []
        at = 0
        for cut in _PIECES.finditer(text):
            if "," in cut[0] and self._within_place(text[at : cut.start()], text[cut.end() :]):
                continue
            pieces.append(text[at : cut.start()])
            at = cut.end()
        return [piece.strip(" ,") for piece in (*pieces, text[at:]) if piece.strip(" ,")]

    def _within_place(self, before: str, after: str) -> bool:
        """Whether a comma stands between a town and its state."""
        outer = re.split(r"[,;()]", after, maxsplit=1)[0].strip()
        if outer[1:2] == "-" or not self._places.find(outer).ids:
            return False  # "R-Ky." is a party's
        words = before.split()
        return any(
            self._places.find(f"{' '.join(words[-size:])}, {outer}").ids for size in range(1, min(4, len(words)) + 1)
        )

    def _role(self, phrase: _Phrase) -> Role | None:
        if all(word in HONORIFIC or not word for word in phrase.words):
            return None
        noun = self._noun(phrase)
        found = self._office(phrase)
        role = self._of_office(phrase, *found) if found and found[1] > noun else None
        return role or self._without_office(phrase, noun)

    def _noun(self, phrase: _Phrase) -> int:
        """Where the head of the phrase is, if it is a word of a public role: `first lady` is, `first lady historian`
        is not; -1 where it is none."""
        at = phrase.head - 1
        while at > 0 and (not phrase.words[at] or phrase.words[at] in TRAILING):
            at -= 1
        return at if at >= 0 and phrase.words[at] in PUBLIC and not phrase.possessive(at) else -1

    def _office(self, phrase: _Phrase) -> tuple[int, int, list[Office]] | None:
        """The last office named in the head of the phrase: where its words begin and end, and which it may be."""
        best = None
        at, head = 0, phrase.head
        while at < head:
            end = self._form_end(phrase.words, at)
            if end and not phrase.possessive(end - 1) and phrase.ends(end, head):
                best = (at, end, self._forms[phrase.words[at:end]])
                head = max(head, end)
            at = end or at + 1
        return best

    def _form_end(self, words: tuple[str, ...], at: int) -> int:
        """Where the longest office form that begins here ends; 0 where none does, or another one reaches over its end
        (the attorney general of the U.S. is no U.S. attorney)."""
        end = self._longest_form(words, at)
        return 0 if any(self._longest_form(words, later) > end for later in range(at + 1, end)) else end

    def _longest_form(self, words: tuple[str, ...], at: int) -> int:
        if words[at] not in self._first:
            return 0
        sizes = range(min(self._longest, len(words) - at), 0, -1)
        return next((at + size for size in sizes if words[at : at + size] in self._forms), 0)

    def _of_office(self, phrase: _Phrase, start: int, end: int, offices: list[Office]) -> Role | None:
        before, other = self._before(phrase, start)
        after, complement, whole = self._after(phrase.raw[end:])
        place = before or after
        office = _in_state(offices) if before and all(_is_state(each) for each in before.ids) else offices[0]
        if start and phrase.words[start - 1] in BESIDE:
            return Role(phrase.text, Standing.BESIDE, SpeakerClass.PUBLIC_ROLE, None, place)
        strange = _strange(office, phrase.words[start:end], other)
        if office.id in SELECTIVE and (strange or (complement and not whole)):
            if not NATIONS & set(phrase.words):
                return None
            place = Place(phrase.text, ())
        elif place is None and (strange or (complement and complement[:1].isupper())):
            place = Place(strange[0] if strange else complement or "", ())
        standing = _standing(phrase, start, end)
        speaker_class = office.speaker_class if standing is Standing.HELD else SpeakerClass.PUBLIC_ROLE
        return Role(phrase.text, standing, speaker_class, office, place, self._levels(phrase.raw[:start], place))

    def _levels(self, before: Sequence[str], place: Place | None) -> frozenset[str]:
        lowered = [word.lower().strip(".,") for word in before]
        if "u.s" in lowered or (place and place.ids == (COUNTRY,)):
            return frozenset(("country",))
        if "state" in lowered:
            return frozenset(("state", "territory", "district"))
        if "city" in lowered:
            return frozenset(("place", "district"))
        return frozenset(("county",)) if "county" in lowered and not place else frozenset()

    def _before(self, phrase: _Phrase, end: int) -> tuple[Place | None, list[str]]:
        """The place named before a title, and the words there that are neither place nor plain adjective."""
        place: Place | None = None
        other: list[str] = []
        at = 0
        while at < end:
            found, size = self._places.leading(phrase.raw[at:end])
            if found and (place is None or place.ids == (COUNTRY,)):
                place, at = found, at + size
                continue
            word = phrase.words[at]
            if word and word not in PLAIN and not word.isdecimal():
                other.append(phrase.raw[at])
            at += 1
        return place, other

    def _after(self, raw: Sequence[str]) -> tuple[Place | None, str | None, bool]:
        """The place named after a title (`of Mississippi`), the first words there, and whether they are that place."""
        first = None
        for chunk in _COMPLEMENT.split(f" {' '.join(raw)}")[1:]:
            words = re.sub(r"^the\s+", "", chunk.strip(" ,"), flags=re.I)
            if not words:
                continue
            place = self._places.find(chunk.strip(" ,"))
            if place.ids:
                return place, first or words, first is None
            leading = self._places.leading(words.split())[0]
            if leading:
                return leading, first or words, False
            first = first or words
        return None, first, False

    def _without_office(self, phrase: _Phrase, noun: int) -> Role:
        head = phrase.words[: phrase.head]
        place = self._before(phrase, phrase.head)[0] or self._after(phrase.raw[phrase.head :])[0]
        public = SpeakerClass.PUBLIC_ROLE if noun >= 0 else SpeakerClass.PRIVATE
        plain = all(word in NEUTRAL or word in PLAIN or word in HONORIFIC or not word for word in head)
        if plain or (head and head[-1] in ADVERSARIES):
            return Role(phrase.text, Standing.NEUTRAL, public, None, place)
        if noun >= 0:
            standing = Standing.FORMER if FORMER & set(phrase.words[:noun]) else Standing.BESIDE
            return Role(phrase.text, standing, public, None, place)
        direct = self._places.find(phrase.text)
        if direct.ids:
            return Role(phrase.text, Standing.NEUTRAL, public, None, direct)
        return Role(phrase.text, Standing.OTHER, public, None, place)


def _all_former(roles: list[Role]) -> list[Role]:
    """`former governor and senator`: both are former, unless the second begins anew (`and a senator`)."""
    found = roles[:1]
    for role in roles[1:]:
        carried = found[-1].standing is Standing.FORMER and found[-1].office and role.standing is Standing.HELD
        anew = role.text.split()[0].lower() in ("a", "an", "the", "now", "current", "currently")
        past = replace(role, standing=Standing.FORMER, speaker_class=SpeakerClass.PUBLIC_ROLE)
        found.append(past if carried and not anew else role)
    return found


def _strange(office: Office, form: tuple[str, ...], before: list[str]) -> list[str]:
    """Words before a title that may name another place or body. "Gov." is only ever a state's."""
    if office.id == "governor" and "gov" in form:
        return []
    return before if office.id in SELECTIVE and office.id != "governor" else [w for w in before if w[:1].isupper()]


def _standing(phrase: _Phrase, start: int, end: int) -> Standing:
    before = set(phrase.words[:start])
    if before & FORMER:
        return Standing.FORMER
    return Standing.INCOMING if phrase.words[end : end + 1] == ("elect",) or before & INCOMING else Standing.HELD


def _is_state(jurisdiction: str) -> bool:
    return jurisdiction.count("/") == 2 and not jurisdiction.endswith("district:dc")


def _in_state(offices: list[Office]) -> Office:
    """Of the offices that share a form, the state's: the House Speaker of Virginia is not the country's."""
    return next((office for office in offices if "state" in office.levels), offices[0])
