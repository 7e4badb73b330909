"""The tables. Primary rows are observed and never remade; derived rows are remade by `archive rebuild`.

primary     source run capture listing_entry frontier decision redaction retired_id extraction (stored outcomes)
derived     document document_url version removal story near_duplicate band delisting coverage

Row numbers are for joins inside one database; what people and exports see are the `public_id` columns.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from archive.columns import Base, RowId, UtcDateTime, table_of

__all__ = [
    "DERIVED",
    "Band",
    "Base",
    "CaptureRow",
    "Coverage",
    "Decision",
    "Delisting",
    "Document",
    "DocumentUrl",
    "ExtractionRow",
    "Frontier",
    "ListingEntry",
    "NearDuplicate",
    "Redaction",
    "Removal",
    "RetiredId",
    "RunRow",
    "Source",
    "Story",
    "UtcDateTime",
    "Version",
    "table_of",
]


class Source(Base):
    """A place that publishes: its catalog entry as it was when last crawled or ingested."""

    __tablename__ = "source"
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    jurisdiction: Mapped[str | None]
    office: Mapped[str | None]
    document_kind: Mapped[str]
    timezone: Mapped[str]
    language: Mapped[str | None]
    rights: Mapped[str]
    hints: Mapped[list[Any]]
    entry_digest: Mapped[str]


class RunRow(Base):
    """One execution of one source's spider, an ingest included; `ended_at` null means running or killed."""

    __tablename__ = "run"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    obtained: Mapped[str]
    started_at: Mapped[datetime]
    heartbeat_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reason: Mapped[str | None]
    software: Mapped[str]
    counts: Mapped[dict[str, Any]]


class CaptureRow(Base):
    """One HTTP answer at one time. `extraction_id` is its one derived column: which stored extraction reads it."""

    __tablename__ = "capture"
    __table_args__ = (
        UniqueConstraint("source_id", "record_id"),
        Index("ix_capture_source_id_address", "source_id", "address"),
        Index("ix_capture_source_id_redirect_address", "source_id", "redirect_address"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    record_id: Mapped[str]
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("run.id"), index=True)
    role: Mapped[str]
    obtained: Mapped[str]
    url: Mapped[str]
    address: Mapped[str]
    captured_at: Mapped[datetime]
    status: Mapped[int]
    headers: Mapped[list[Any]]
    media_type: Mapped[str | None]
    truncated: Mapped[str | None]
    redirect_address: Mapped[str | None]
    payload_digest: Mapped[str | None] = mapped_column(index=True)
    payload_length: Mapped[int]
    warc_type: Mapped[str]
    warc_file: Mapped[str] = mapped_column(index=True)
    warc_offset: Mapped[int] = mapped_column(BigInteger)
    warc_length: Mapped[int] = mapped_column(BigInteger)
    refers_to: Mapped[str | None]
    handed_title: Mapped[str | None]
    handed_date: Mapped[date | None]
    extraction_id: Mapped[int | None] = mapped_column(ForeignKey("extraction.id"), index=True)


class ListingEntry(Base):
    """One document as a listing showed it in one capture, fetched or not."""

    __tablename__ = "listing_entry"
    __table_args__ = (Index("ix_listing_entry_source_id_address", "source_id", "address"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), index=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    position: Mapped[int]
    url: Mapped[str]
    address: Mapped[str]
    title: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_date: Mapped[date | None]
    modified_at: Mapped[datetime | None]


class Frontier(Base):
    """What a source has still to be asked for, or asked again; it lives here so that no kill can lose it."""

    __tablename__ = "frontier"
    __table_args__ = (Index("ix_frontier_source_id_due_at", "source_id", "due_at"),)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    found_at: Mapped[datetime]
    listed_at: Mapped[datetime]
    modified_at: Mapped[datetime | None]
    due_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    tries: Mapped[int]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]


class Decision(Base):
    """What a person decided: append-only, signed, dated, anchored to digests and words, applied last."""

    __tablename__ = "decision"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    kind: Mapped[str] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    reason: Mapped[str]
    text_digest: Mapped[str | None]
    words: Mapped[str | None]
    payload: Mapped[dict[str, Any]]


class Redaction(Base):
    """A payload that a decision took out for good: its digest stays, its bytes and text do not."""

    __tablename__ = "redaction"
    payload_digest: Mapped[str] = mapped_column(primary_key=True)
    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id"), index=True)
    payload_length: Mapped[int]


class RetiredId(Base):
    """A public id that answers no more, and the one that took its place; null where nothing did."""

    __tablename__ = "retired_id"
    old: Mapped[str] = mapped_column(primary_key=True)
    new: Mapped[str | None] = mapped_column(index=True)
    kind: Mapped[str]
    reason: Mapped[str]
    retired_at: Mapped[datetime]


class ExtractionRow(Base):
    """A stored extraction. `key` is the digest of payload digest, address, capture day, extractor and hints.

    `text_key` is the digest of normalised text and title: equal keys are one version. `signature` is the MinHash
    of the text (little-endian uint32), null where the text is too short to be anybody's near-duplicate.
    """

    __tablename__ = "extraction"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    payload_digest: Mapped[str] = mapped_column(index=True)
    extractor: Mapped[str] = mapped_column(index=True)
    outcome: Mapped[str]
    reason: Mapped[str | None]
    title: Mapped[str | None]
    text: Mapped[str]
    text_digest: Mapped[str | None]
    text_key: Mapped[str | None] = mapped_column(index=True)
    words: Mapped[int]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    language: Mapped[str | None]
    byline: Mapped[str | None]
    published: Mapped[list[Any] | None]
    modified: Mapped[list[Any] | None]
    truncated: Mapped[bool]
    redacted: Mapped[bool]


class Story(Base):
    """Documents, of any sources, that carry nearly the same text; its public id is its earliest document's."""

    __tablename__ = "story"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    documents: Mapped[int]


class Document(Base):
    """What lives at one identity of a source over time."""

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), index=True)
    document_kind: Mapped[str]
    url: Mapped[str]
    address: Mapped[str]
    title: Mapped[str | None]
    language: Mapped[str | None]
    byline: Mapped[str | None]
    published_at: Mapped[datetime | None]
    published_date: Mapped[date | None] = mapped_column(index=True)
    published_precision: Mapped[str | None]
    published_basis: Mapped[str | None]
    modified_at: Mapped[datetime | None]
    modified_date: Mapped[date | None]
    first_seen: Mapped[datetime] = mapped_column(index=True)
    last_seen: Mapped[datetime]
    versions: Mapped[int]
    removal_state: Mapped[str | None]
    obtained: Mapped[str]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)


class DocumentUrl(Base):
    """An address that a document had, and when it was seen there."""

    __tablename__ = "document_url"
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), index=True)
    url: Mapped[str]
    seen_from: Mapped[datetime]
    seen_to: Mapped[datetime]
    joined_by: Mapped[str]


class Version(Base):
    """Consecutive captures of a document with equal normalised text and title.

    The change that made it happened after `changed_after` (last capture of the old text; null for the first
    version) and not after `first_captured`. `is_latest` marks the version in force at the last capture.
    """

    __tablename__ = "version"
    __table_args__ = (UniqueConstraint("document_id", "number"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    number: Mapped[int]
    is_latest: Mapped[bool]
    title: Mapped[str | None]
    text: Mapped[str | None]
    text_digest: Mapped[str | None]
    text_key: Mapped[str]
    words: Mapped[int]
    first_captured: Mapped[datetime]
    last_captured: Mapped[datetime]
    changed_after: Mapped[datetime | None]
    captures: Mapped[int]
    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), index=True)
    extraction_id: Mapped[int] = mapped_column(ForeignKey("extraction.id"), index=True)
    obtained: Mapped[str]
    language: Mapped[str | None]
    truncated: Mapped[bool]
    redacted: Mapped[bool]


class Removal(Base):
    """A document no longer found at its address, from its first absence on; several when it came back between."""

    __tablename__ = "removal"
    __table_args__ = (UniqueConstraint("document_id", "suspected_at"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"))
    state: Mapped[str]
    suspected_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    restored_at: Mapped[datetime | None]
    as_of: Mapped[datetime]
    absences: Mapped[int]
    basis: Mapped[str]
    last_found: Mapped[datetime | None]


class Band(Base):
    """One band of a document's MinHash: documents that share a band are candidates for one story."""

    __tablename__ = "band"
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True, index=True)


class NearDuplicate(Base):
    """Two documents whose latest texts have a verified Jaccard of 0.8 or more; `a_id` < `b_id`."""

    __tablename__ = "near_duplicate"
    a_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    b_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, index=True)
    jaccard: Mapped[float]


class Delisting(Base):
    """An address that a listing no longer showed, between neighbours that it still showed."""

    __tablename__ = "delisting"
    __table_args__ = (Index("ix_delisting_source_id_address", "source_id", "address"),)
    capture_id: Mapped[int] = mapped_column(ForeignKey("capture.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"))
    delisted_at: Mapped[datetime]


class Coverage(Base):
    """Per source and local day what was watched: a zero is only a zero where a row says somebody looked."""

    __tablename__ = "coverage"
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    runs: Mapped[int]
    outcome: Mapped[str | None]
    listed: Mapped[int]
    fetched: Mapped[int]
    refused: Mapped[int]
    new_documents: Mapped[int]


# In the order in which they can be emptied.
DERIVED = (NearDuplicate, Band, Removal, Version, DocumentUrl, Document, Story, Delisting, Coverage)
