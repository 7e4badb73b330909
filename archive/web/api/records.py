"""What the API answers: the archive's own facts, each with the rights of its source and an address for programs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeVar

from sqlalchemy import Connection

from archive.query import (
    AppearanceFacts,
    DocumentFacts,
    Hit,
    RemovalFacts,
    StatementHit,
    StoryMate,
    VersionFacts,
)
from archive.roster import SpeakerClass
from archive.web import discretion

__all__ = [
    "AppearanceRecord",
    "DocumentHitRecord",
    "DocumentRecord",
    "RemovalRecord",
    "StatementRecord",
    "StoryMateRecord",
    "VersionRecord",
    "appearance_record",
    "version_record",
    "with_rights",
    "with_statement_rights",
]

TextStatus = Literal["given", "left_out", "redacted", "withheld"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRecord(StatementHit):
    """A statement. `rights` are the primary source's, else those of the least free source that carries it.

    Private people are not named: `speaker` is a pseudonym where `speaker_class` is `private`.
    """

    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentHitRecord(Hit):
    """A version that answers a search; in `snippet` the words that were asked for stand in square brackets."""

    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRecord(DocumentFacts):
    """A document as its latest version has it; `story` and `translation_of` are public ids."""

    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionRecord(VersionFacts):
    """One version; `id` is `DOCUMENT@TIME`.

    `text_status` says whether `text` is `given`, `left_out` of a list (ask for the version), `redacted`, or `withheld`
    because it belongs to its publisher.
    """

    rights: str
    text_status: TextStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceRecord(AppearanceFacts):
    """One appearance of a statement: where it stands, and how its words differ from the primary ones.

    `variation` and `difference` are null where no primary wording is known, `speaker_as_printed` for private people.
    """

    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalRecord(RemovalFacts):
    """A document gone from its address, from the first absence on."""

    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMateRecord(StoryMate):
    """Another document that carries nearly the same text."""

    rights: str


Record = TypeVar("Record", DocumentHitRecord, DocumentRecord, RemovalRecord, StoryMateRecord)


def with_rights(made: type[Record], facts: Any, rights: dict[str, str]) -> Record:
    """A fact that names its source, with the source's rights."""
    return made(**_values(facts), rights=rights[facts.source])


def with_statement_rights(connection: Connection, hits: Collection[StatementHit]) -> list[StatementRecord]:
    """Statements with their rights, and nobody private named."""
    rights = discretion.rights_of_statements(connection, [hit.statement for hit in hits])
    return [_statement(discretion.without_private_name(hit), rights[hit.statement]) for hit in hits]


def _statement(hit: StatementHit, rights: str) -> StatementRecord:
    shown = discretion.shown_words(hit.words, kind=hit.kind, rights=rights)
    return StatementRecord(**{**_values(hit), "words": shown}, rights=rights)


def version_record(facts: VersionFacts, rights: str, *, with_text: bool = True) -> VersionRecord:
    """A version, with its text where that may be shown and is asked for."""
    status: TextStatus = "given"
    if facts.redacted or facts.text is None:
        status = "redacted"
    elif rights == discretion.PUBLISHER:
        status = "withheld"
    elif not with_text:
        status = "left_out"
    text = facts.text if status == "given" else None
    return VersionRecord(**{**_values(facts), "text": text}, rights=rights, text_status=status)


def appearance_record(facts: AppearanceFacts, rights: dict[str, str]) -> AppearanceRecord:
    """An appearance with the rights of its source."""
    of = rights[facts.source]
    changed: dict[str, Any] = {"words": discretion.shown_words(facts.words, kind=facts.kind, rights=of)}
    if facts.difference is not None and facts.kind == "whole":
        changed["difference"] = discretion.shown_changes(facts.difference, rights=of)
    if facts.speaker_class == SpeakerClass.PRIVATE:
        changed["speaker_as_printed"] = None
    return AppearanceRecord(**{**_values(facts), **changed}, rights=of)


def _values(facts: Any) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(facts)}
