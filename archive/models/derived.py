"""Derived rows about documents: what is told from captures and extractions, remade by a rebuild."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from archive.columns import Base, RowId

__all__ = [
    "Band",
    "Coverage",
    "Delisting",
    "Document",
    "DocumentUrl",
    "NearDuplicate",
    "Removal",
    "Stamp",
    "Story",
    "Version",
]


class Story(Base):
    """Documents, of any sources, that carry nearly the same text; its public id is its earliest document's."""

    __tablename__ = "story"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    documents: Mapped[int]


class Document(Base):
    """What lives at one identity of a source over time; `translation_of_id` is the release that it translates."""

    __tablename__ = "document"
    __table_args__ = (Index("ix_document_source_id_published_date", "source_id", "published_date"),)
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
    translation_of_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id", deferrable=True, initially="DEFERRED"), index=True
    )


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
    quotation_status: Mapped[str | None]


class Removal(Base):
    """A document no longer found at its address, from its first absence on; several when it came back between.

    The name `removal` is that of the view for people, which has public ids.
    """

    __tablename__ = "removal_row"
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


class Stamp(Base):
    """The digest of an input that derived rows were last made of as a whole, such as the roster's."""

    __tablename__ = "stamp"
    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
