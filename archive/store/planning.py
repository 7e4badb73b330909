"""What a group of mentions comes to as rows: one statement, its appearances' roles, and those held in whole texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from archive.derive.statements import Group, statement_id
from archive.derive.variation import variation
from archive.derive.voices import certainty
from archive.derive.wordings import normal_form, wording_id
from archive.records import QuotationKind
from archive.roster import SpeakerClass
from archive.store.mentions import Heard

__all__ = ["Place", "Planned", "plan"]

Place = tuple[int, int, int]  # version row number, start and end of the words in its text

_COPIED = (
    "version_id", "speaker_id", "utterance", "turn", "speaker_as_printed", "speaker_start", "speaker_end",
    "speaker_name", "namesakes", "speaker_class", "role", "place", "on_behalf_of", "office", "office_basis",
    "jurisdiction", "jurisdiction_name", "unresolved", "confidence", "day", "day_basis",
)  # fmt: skip
# Whose words stand for a statement without a primary source: the earliest of the first kind that it has.
_TELLING = (QuotationKind.DIRECT, QuotationKind.WHOLE, QuotationKind.FRAGMENT, QuotationKind.INDIRECT)


@dataclass(slots=True, kw_only=True)
class Planned:
    """A statement as its rows shall be.

    `roles` give the role and variation of each appearance that the extractor found, by row number; `held` are the rows
    of the others, and `normals` the speakers (row numbers) and normal forms of their wordings by public id. `primary`
    is the place of the primary appearance, `members` are the documents and normal forms of the mentions, which
    outlast a change of speaker.
    """

    public_id: str
    values: dict[str, Any]
    rows: list[Any]
    roles: dict[int, tuple[str, str | None]]
    held: dict[Place, dict[str, Any]]
    normals: dict[str, tuple[int, str]]
    primary: Place | None
    members: list[str]


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a holder's words: the holder's row it lies in, its start there, and its words."""

    row: Any
    start: int
    words: str

    @property
    def place(self) -> Place:
        start = self.row.char_start + self.start
        return (self.row.version_id, start, start + len(self.words))


def plan(group: Group, heard: Mapping[str, Heard], *, checked: bool) -> Planned:
    """What a group comes to; `heard` has all its mentions and holders by their ids."""
    return _Planner(group, heard).plan(checked)


class _Planner:
    def __init__(self, group: Group, heard: Mapping[str, Heard]) -> None:
        self.group = group
        self.heard = heard
        self.members = [heard[mention.id] for mention in group.mentions]
        self.rows = [row for member in self.members for row in member.rows]
        self.parts = list(self.held_parts())
        self.primary = heard[group.primary] if group.primary else None
        self.primary_part = self.held_primary()

    def held_parts(self) -> Iterator[_Part]:
        """The parts in every version of their holders; a version that prints the holder otherwise may lack a part."""
        for held in self.group.held:
            holder = self.heard[held.mention]
            words = holder.mention.words[held.start : held.end]
            for row in holder.rows:
                start = held.start if row.words == holder.mention.words else row.words.find(words)
                if start >= 0:
                    yield _Part(row, start, words)

    def held_primary(self) -> _Part | None:
        if self.primary is None or self.group.primary in {mention.id for mention in self.group.mentions}:
            return None
        return next(part for part in self.parts if part.row.document == self.primary.mention.document)

    def plan(self, checked: bool) -> Planned:
        told = self.telling()
        days = [row.day for row in self.rows] + [part.row.day for part in self.parts]
        carriers = {row.document: row.story for row in (*self.rows, *(part.row for part in self.parts))}
        held = {part.place: self.held_values(part) for part in self.parts}
        return Planned(
            public_id=statement_id(self.group),
            values={
                "speaker_id": self.speaker(),
                **told,
                **self.office(),
                "first_date": min(days),
                "last_date": max(days),
                "documents": len(carriers),
                "stories": len({story or document for document, story in carriers.items()}),
                "checked": checked,
            },
            rows=self.rows,
            roles={row.id: self.role(row.document, row.words, row.kind) for row in self.rows},
            held=held,
            normals={
                wording: (part.row.speaker_id, normal)
                for part in self.parts
                for wording, normal in [self.wording(part)]
            },
            primary=self.primary_place(),
            members=[f"{mention.document}:{mention.normal}" for mention in self.group.mentions],
        )

    def speaker(self) -> int:
        """Of speakers who may be one the best known: by the roster or a place, in public, by the fullest name."""

        def known(each: Heard) -> tuple[int, bool, int]:
            public = any(row.speaker_class != SpeakerClass.PRIVATE for row in each.rows)
            return certainty(each.mention.speaker), public, each.mention.name.count(" ")

        return max(self.members, key=known).speaker

    def telling(self) -> dict[str, Any]:
        """The words that stand for the statement, and their kind."""
        if self.primary_part is not None:
            return {"words": self.primary_part.words, "kind": str(QuotationKind.DIRECT)}
        if self.primary is not None:
            row = self.primary.rows[0]
        else:
            row = min(self.rows, key=lambda row: _TELLING.index(QuotationKind(row.kind)))
        return {"words": row.words, "kind": row.kind}

    def office(self) -> dict[str, Any]:
        """The office of the speaker: as the primary source has it, else the earliest appearance that has one."""
        first = [self.primary_part.row] if self.primary_part else list(self.primary.rows) if self.primary else []
        rows = [*first, *self.rows]
        placed = next((row for row in rows if row.jurisdiction is not None), rows[0])
        row = next((row for row in rows if row.office is not None), placed)
        names = ("office", "office_basis", "jurisdiction", "jurisdiction_name")
        return {name: getattr(row, name) for name in names}

    def role(self, document: str, words: str, kind: str) -> tuple[str, str | None]:
        if self.primary is None:
            return "report", None
        if document == self.primary.mention.document:
            return "primary", None
        return "report", str(variation(self.telling()["words"], words, QuotationKind(kind)))

    def primary_place(self) -> Place | None:
        if self.primary_part is not None:
            return self.primary_part.place
        if self.primary is None:
            return None
        row = self.primary.rows[0]
        return (row.version_id, row.char_start, row.char_end)

    def held_values(self, part: _Part) -> dict[str, Any]:
        version, start, end = part.place
        kind = str(QuotationKind.DIRECT)
        role, how = self.role(part.row.document, part.words, kind)
        return {
            **{name: getattr(part.row, name) for name in _COPIED},
            "version_id": version, "char_start": start, "char_end": end, "words": part.words, "kind": kind,
            "cue": None, "appearance_role": role, "variation": how, "held": True, "checked": False,
            "wording": self.wording(part)[0],
        }  # fmt: skip

    def wording(self, part: _Part) -> tuple[str, str]:
        normal = normal_form(part.words)
        return wording_id(part.row.speaker_key, normal), normal
