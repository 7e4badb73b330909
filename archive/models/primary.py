"""Primary rows: what was observed or decided, never remade; and stored extractions, which a rebuild reuses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.columns import Base, RowId

__all__ = [
    "Alert",
    "CaptureRow",
    "Decision",
    "ExtractionRow",
    "Frontier",
    "Host",
    "ListingDue",
    "ListingEntry",
    "Redaction",
    "RetiredId",
    "RunRow",
    "Source",
]


class Source(Base):
    """A place that publishes: its catalog entry as it was when last crawled or ingested."""

    __tablename__ = "source"
    __table_args__ = (Index("ix_source_office_jurisdiction", "office", "jurisdiction"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    title: Mapped[str]
    jurisdiction: Mapped[str | None]
    office: Mapped[str | None]
    document_kind: Mapped[str]
    timezone: Mapped[str]
    language: Mapped[str | None]
    rights: Mapped[str]
    hints: Mapped[list[Any]]
    moves: Mapped[list[Any]]
    entry_digest: Mapped[str]


class RunRow(Base):
    """One execution of one source's spider, an ingest included; `ended_at` null means running or killed.

    Of a run that is `held` nothing is derived until a person releases it: its site looked as if it had been rebuilt.
    """

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
    held: Mapped[bool]


class CaptureRow(Base):
    """One HTTP answer at one time. `extraction_id` is its one derived column: which stored extraction reads it.

    `reserved` is the page's own reservation, in its words (`noarchive`, `tdm-reservation`): its body is not kept.
    """

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
    handed_id: Mapped[str | None]
    reserved: Mapped[str | None]


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
    """What a source has still to be asked for, or asked again; it lives here so that no kill can lose it.

    `due_at` is the next visit; `tries` and `absences` count answers in a row that told nothing, or of no document.
    """

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
    absences: Mapped[int]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]


class ListingDue(Base):
    """A further page of a listing that a run meant to read and has not read yet."""

    __tablename__ = "listing_due"
    source_id: Mapped[str] = mapped_column(ForeignKey("source.id"), primary_key=True)
    address: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    found_at: Mapped[datetime]
    tries: Mapped[int]


class Host(Base):
    """What a host asked of us: not to be asked before `not_before`."""

    __tablename__ = "host"
    name: Mapped[str] = mapped_column(primary_key=True)
    not_before: Mapped[datetime | None]
    reason: Mapped[str | None]


class Alert(Base):
    """That a source is in a state worth telling since a time, and when that was told; kept so that it is told once."""

    __tablename__ = "alert"
    source_id: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    words: Mapped[str]
    since: Mapped[datetime]
    told_at: Mapped[datetime]


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
    `attachment` is the URL of the PDF that is the body of the page, `attachment_address` its canonical form.
    `quotations` are as archive.store.quotations writes them, null where there are none.
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
    quotations: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    quotation_status: Mapped[str | None]
    attachment: Mapped[str | None]
    attachment_address: Mapped[str | None] = mapped_column(index=True)
