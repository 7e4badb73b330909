"""Whose the quotations of a document are: pure, from stored quotations, its publisher, the roster and decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from archive.derive.voices import fold, name_in, namesakes, speaker_key
from archive.derive.wordings import normal_form, wording_id
from archive.records import Quotation, SpeakerForm
from archive.roster import Printed, Resolution, Roster, Setting, SpeakerClass, resolve_quotation
from archive.store.quotations import decoded

__all__ = ["Correction", "KeyRule", "Published", "Said", "SpokenVersion", "Voice", "name_of", "said_in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A document as far as its quotations depend on it; `id` is its row number, `day_basis` says what `day` is of."""

    id: int
    public_id: str
    day: date
    day_basis: str
    jurisdiction: str | None
    office: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenVersion:
    """A version with quotations, which are as stored; `id` is its row number."""

    id: int
    title: str
    text: str
    quotations: list[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person found about words in a document: wherever a version has them, or the n-th time only, from 0.

    With `speaker` they say whose the words are: nobody's where name and person are None.
    """

    normal: str
    occurrence: int | None = None
    speaker: bool = False
    name: str | None = None
    role: str | None = None
    place: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRule:
    """A speaker key that another takes the place of: everywhere, or (of two namesakes) in some documents only."""

    key: str
    into: str
    person: str | None = None
    speaker_class: str | None = None
    documents: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A speaker as a row has it. `document` is the row number of the only document in which the key means anybody."""

    key: str
    name: str
    speaker_class: str
    person: str | None
    jurisdiction: str | None
    document: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One appearance to be written: its own columns, and the speaker and normal form it belongs to, if anybody's."""

    values: dict[str, Any]
    voice: Voice | None
    normal: str
    wording: str | None


def said_in(
    document: Published,
    versions: Sequence[SpokenVersion],
    roster: Roster,
    *,
    corrections: Sequence[Correction] = (),
    rules: Sequence[KeyRule] = (),
) -> list[Said]:
    """The appearances of a document's versions, in order."""
    reader = _Reader(document, roster, corrections, rules)
    found: list[Said] = []
    for version in versions:
        if version.quotations:
            reader.open(version)
        found += _in_sentences(
            [(quotation, reader.said(version.id, quotation)) for quotation in decoded(version.quotations, version.text)]
        )
    _name_namesakes(found, roster)
    return found


def _name_namesakes(found: Sequence[Said], roster: Roster) -> None:
    """Say of each speaker what those share who may be one; of "Ruth Okafor, a neighbor" that nobody else may."""
    apart = {
        said.voice.key
        for said in found
        if said.voice and said.voice.document is not None
        if said.values["speaker_class"] == SpeakerClass.PRIVATE and said.values["role"] is not None
    }
    for said in found:
        if said.voice:
            key = said.voice.key
            said.values["namesakes"] = key if key in apart else namesakes(key, name_of(key, roster))


def _in_sentences(found: list[tuple[Quotation, Said]]) -> Iterator[Said]:
    """The appearances, the halves of a sentence with the normal form of the whole."""
    parted: list[Said] = []
    for quotation, said in found:
        if not (quotation.continues and parted and parted[-1].voice == said.voice):
            _join(parted)
            parted = []
        parted.append(said)
    _join(parted)
    return (said for _, said in found)


def _join(parted: list[Said]) -> None:
    if len(parted) > 1:
        whole = " ".join(said.normal for said in parted)
        for said in parted:
            said.values["sentence"] = whole


class _Reader:
    def __init__(
        self, document: Published, roster: Roster, corrections: Sequence[Correction], rules: Sequence[KeyRule]
    ) -> None:
        self.document = document
        self.roster = roster
        self.corrections = corrections
        self.rules = rules
        self.setting = Setting(on=document.day, jurisdiction=document.jurisdiction, office=document.office)
        self.times: Counter[str] = Counter()  # how often the version has had these words so far

    def open(self, version: SpokenVersion) -> None:
        """Begin a version; the places that it prints are evidence of whom its surnames mean."""
        self.times.clear()
        self.setting = replace(self.setting, places=self.roster.places_in(f"{version.title}\n{version.text}"))

    def said(self, version: int, quotation: Quotation) -> Said:
        normal = normal_form(quotation.content)
        found = [each for each in self.corrections if _is_meant(each, normal, self.times[normal])]
        self.times[normal] += 1
        corrected = next((each for each in reversed(found) if each.speaker), None)
        resolution = (
            self.corrected(quotation, corrected)
            if corrected
            else resolve_quotation(self.roster, quotation, self.setting)
        )
        resolution, voice = self.voice(quotation, resolution)
        return Said(
            values={
                "version_id": version,
                **_printed(quotation),
                **(_NOT_PRINTED if corrected else {}),
                **_as_resolved(resolution),
                "speaker_name": resolution.name or (None if corrected else quotation.described),
                "namesakes": None,
                "sentence": None,
                "confidence": 1.0 if corrected else quotation.confidence,
                "day": self.document.day,
                "day_basis": self.document.day_basis,
                "checked": bool(found),
            },
            voice=voice,
            normal=normal,
            wording=wording_id(voice.key, normal) if voice else None,
        )

    def corrected(self, quotation: Quotation, correction: Correction) -> Resolution:
        if correction.person:
            return self.as_person(correction.person, correction.role or quotation.role)
        if correction.name is None:
            return Resolution(name=None)
        place = None if self.is_own(correction.place) else correction.place
        printed = Printed(name=correction.name, role=correction.role, place=place, form=SpeakerForm.PERSON)
        return self.roster.resolve(printed, self.setting)

    def is_own(self, place: str | None) -> bool:
        """Whether a place is the one that the page's own office is of: its division id, or how that ends."""
        own = self.document.jurisdiction
        if not place or not own:
            return False
        return place == own or fold(place).replace(" ", "_") == own.rpartition(":")[2]

    def as_person(self, person: str, role: str | None) -> Resolution:
        """A person of the roster whom somebody named by id, with the office that a role and the day give."""
        if person not in self.roster.people:
            return Resolution(name=None, reason=f"the roster has no person {person}")
        name = self.roster.person(person).name
        found = self.roster.resolve(Printed(name=name, role=role, form=SpeakerForm.PERSON), self.setting)
        if found.person == person:
            return found
        return Resolution(name=name, person=person, speaker_class=SpeakerClass.OFFICIAL)

    def voice(self, quotation: Quotation, resolution: Resolution) -> tuple[Resolution, Voice | None]:
        if not resolution.name:
            return resolution, None
        key, shared = self.key_of(resolution, self.document.public_id), False
        alone = key != self.key_of(resolution, "")
        for rule in self.rules:
            shared |= key == rule.into
            if key == rule.key and (rule.documents is None or self.document.public_id in rule.documents):
                key, shared = rule.into, True
                resolution = self.as_ruled(rule, quotation, resolution)
        return resolution, Voice(
            key=key,
            name=resolution.name or "",
            speaker_class=str(resolution.speaker_class),
            person=resolution.person,
            jurisdiction=resolution.jurisdiction,
            document=self.document.id if alone and not shared else None,
        )

    def key_of(self, resolution: Resolution, document: str) -> str:
        """The speaker's key; a police chief of whom no place is printed is the chief of the town the page is about."""
        public = resolution.speaker_class in (SpeakerClass.OFFICIAL, SpeakerClass.PUBLIC_ROLE)
        if public and resolution.jurisdiction is None and resolution.person is None and resolution.reason is None:
            resolution = replace(resolution, jurisdiction=self.roster.home(self.setting, resolution.office))
        return speaker_key(resolution, document)

    def as_ruled(self, rule: KeyRule, quotation: Quotation, resolution: Resolution) -> Resolution:
        if rule.person is None:
            known = SpeakerClass(rule.speaker_class) if rule.speaker_class else resolution.speaker_class
            return replace(resolution, person=None, speaker_class=known)
        found = self.as_person(rule.person, quotation.role)
        return found if found.name else replace(resolution, person=rule.person)


def name_of(key: str, roster: Roster) -> str:
    """The folded name that goes with a speaker's key; empty where the roster does not know the person any more."""
    name = name_in(key)
    if name is not None:
        return name
    person = key.partition(":")[2].split("|")[0]
    return fold(roster.person(person).name) if person in roster.people else ""


def _is_meant(correction: Correction, normal: str, occurrence: int) -> bool:
    return correction.normal == normal and correction.occurrence in (None, occurrence)


# A correction says whose the words are; what the page calls somebody else is not theirs, and may be a private name.
_NOT_PRINTED: dict[str, Any] = dict.fromkeys(
    ("speaker_as_printed", "speaker_start", "speaker_end", "role", "place", "on_behalf_of")
)


def _printed(quotation: Quotation) -> dict[str, Any]:
    return {
        "words": quotation.content,
        "char_start": quotation.start,
        "char_end": quotation.end,
        "kind": str(quotation.kind),
        "cue": quotation.cue,
        "utterance": quotation.group,
        "turn": quotation.turn,
        "speaker_as_printed": quotation.speaker_as_printed,
        "speaker_start": quotation.speaker_start,
        "speaker_end": quotation.speaker_end,
        "role": quotation.role,
        "place": quotation.place,
        "on_behalf_of": quotation.on_behalf_of,
        "held": False,
    }


def _as_resolved(resolution: Resolution) -> dict[str, Any]:
    named = resolution.name is not None
    return {
        "speaker_class": str(resolution.speaker_class) if named else None,
        "office": resolution.office,
        "office_basis": resolution.office_basis and str(resolution.office_basis),
        "jurisdiction": resolution.jurisdiction,
        "jurisdiction_name": resolution.jurisdiction_name,
        "unresolved": resolution.reason,
    }
