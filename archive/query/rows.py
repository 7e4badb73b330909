"""What the selects give back: frozen rows, named as the tables are, with public ids and UTC times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

__all__ = ["Address", "CaptureFacts", "DocumentFacts", "RemovalFacts", "RunFacts", "StoryMate", "VersionFacts"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """A document as its latest version has it; `story` and `translation_of` are public ids."""

    id: str
    source: str
    document_kind: str
    url: str
    title: str | None
    language: str | None
    byline: str | None
    published_at: datetime | None
    published_date: date | None
    published_precision: str | None
    published_basis: str | None
    modified_at: datetime | None
    modified_date: date | None
    first_seen: datetime
    last_seen: datetime
    versions: int
    removal_state: str | None
    obtained: str
    story: str | None
    translation_of: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """An address a document had; `joined_by` says what tied it to the document."""

    url: str
    seen_from: datetime
    seen_to: datetime
    joined_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionFacts:
    """One version; `id` is `DOCUMENT@TIME`, `capture` the record it was first seen in.

    It came about after `changed_after` (null for a first version) and not after `first_captured`.
    """

    id: str
    number: int
    is_latest: bool
    first_captured: datetime
    last_captured: datetime
    changed_after: datetime | None
    captures: int
    capture: str
    obtained: str
    extractor: str
    title: str | None
    language: str | None
    words: int
    text_digest: str | None
    truncated: bool
    quotation_status: str | None
    redacted: bool
    text: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalFacts:
    """A document gone from its address, from the first absence on."""

    document: str
    source: str
    title: str | None
    url: str
    state: str
    suspected_at: datetime
    confirmed_at: datetime | None
    restored_at: datetime | None
    last_found: datetime | None
    as_of: datetime
    absences: int
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMate:
    """Another document that carries nearly the same text."""

    id: str
    source: str
    title: str | None
    published_date: date | None
    first_seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureFacts:
    """One answer of a server, and where its bytes lie; `document` is the public id of what it was captured of."""

    id: str
    source: str
    role: str
    obtained: str
    url: str
    captured_at: datetime
    status: int
    media_type: str | None
    truncated: str | None
    payload_digest: str | None
    payload_length: int
    warc_type: str
    warc_file: str
    warc_offset: int
    warc_length: int
    refers_to: str | None
    outcome: str | None
    document: str | None
    headers: list[Any] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFacts:
    """One execution of one source's spider or of an ingest; `outcome` is null while it runs, or where it was killed."""

    source: str
    obtained: str
    started_at: datetime
    ended_at: datetime | None
    outcome: str | None
    reason: str | None
    counts: dict[str, Any]
    software: str
