"""One document with all that belongs to it, its versions, and single captures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import aliased

from archive.errors import UnknownRecord
from archive.models import CaptureRow, Document, DocumentUrl, ExtractionRow, Removal, Story, Version
from archive.query.ids import Found, version_id
from archive.query.rows import Address, CaptureFacts, DocumentFacts, RemovalFacts, StoryMate, VersionFacts

__all__ = ["Shown", "capture", "document", "document_columns", "document_facts", "removal_columns", "versions"]

ORIGINAL = aliased(Document)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A document, the version asked for, and what belongs to it."""

    document: DocumentFacts
    version: VersionFacts | None
    addresses: list[Address]
    removals: list[RemovalFacts]
    story: list[StoryMate]


def document_columns() -> tuple[Any, ...]:
    """The columns of DocumentFacts, to select from `document` outer-joined with `story` and what it translates."""
    d = Document
    return (
        d.public_id.label("id"), d.source_id.label("source"), d.document_kind, d.url, d.title, d.language, d.byline,
        d.published_at, d.published_date, d.published_precision, d.published_basis, d.modified_at, d.modified_date,
        d.first_seen, d.last_seen, d.versions, d.removal_state, d.obtained,
        Story.public_id.label("story"), ORIGINAL.public_id.label("translation_of"),
    )  # fmt: skip


def document_facts(row: Row[*tuple[Any, ...]]) -> DocumentFacts:
    """A selected row as the value."""
    return DocumentFacts(**row._mapping)


def removal_columns() -> tuple[Any, ...]:
    """The columns of RemovalFacts, to select from `removal` joined with `document`."""
    r = Removal
    return (
        Document.public_id.label("document"), Document.source_id.label("source"), Document.title, Document.url,
        r.state, r.suspected_at, r.confirmed_at, r.restored_at, r.last_found, r.as_of, r.absences, r.basis,
    )  # fmt: skip


def document(connection: Connection, found: Found, *, number: int | None = None) -> Shown:
    """The document with the version in force at `found.at`, or that of the number, or the latest.

    Raises UnknownRecord where it has no such version.
    """
    facts = connection.execute(
        select(*document_columns())
        .outerjoin(Story, Story.id == Document.story_id)
        .outerjoin(ORIGINAL, ORIGINAL.id == Document.translation_of_id)
        .where(Document.id == found.row)
    ).one()
    return Shown(
        document=document_facts(facts),
        version=_version(connection, found, number),
        addresses=_addresses(connection, found.row),
        removals=_removals(connection, found.row),
        story=_story_mates(connection, found.row),
    )


def versions(connection: Connection, found: Found) -> list[VersionFacts]:
    """All versions of a document, oldest first."""
    return [_facts(row, found.id) for row in connection.execute(_select_versions(found.row))]


def capture(connection: Connection, record_id: str) -> tuple[int, CaptureFacts]:
    """The capture of a WARC-Record-ID, with its row number; UnknownRecord where there is none."""
    c = CaptureRow
    row = connection.execute(
        select(
            c.id.label("row"), c.record_id.label("id"), c.source_id.label("source"), c.role, c.obtained, c.url,
            c.captured_at, c.status, c.media_type, c.truncated, c.payload_digest, c.payload_length, c.warc_type,
            c.warc_file, c.warc_offset, c.warc_length, c.refers_to, ExtractionRow.outcome,
            Document.public_id.label("document"), c.headers,
        )
        .outerjoin(ExtractionRow, ExtractionRow.id == c.extraction_id)
        .outerjoin(DocumentUrl, (DocumentUrl.source_id == c.source_id) & (DocumentUrl.address == c.address))
        .outerjoin(Document, Document.id == DocumentUrl.document_id)
        .where(c.record_id == record_id.strip("<>"))
        .order_by(c.id)
        .limit(1)
    ).first()  # fmt: skip
    if row is None:
        raise UnknownRecord(
            f"no capture has the record id {record_id}; `archive history ID` prints those of a document"
        )
    values = dict(row._mapping)
    return values.pop("row"), CaptureFacts(**values)


def _select_versions(document_row: int) -> Select[*tuple[Any, ...]]:
    v = Version
    return (
        select(
            v.number, v.is_latest, v.first_captured, v.last_captured, v.changed_after, v.captures,
            CaptureRow.record_id.label("capture"), v.obtained, ExtractionRow.extractor, v.title, v.language, v.words,
            v.text_digest, v.truncated, v.quotation_status, v.redacted, v.text,
        )
        .join(CaptureRow, CaptureRow.id == v.capture_id)
        .join(ExtractionRow, ExtractionRow.id == v.extraction_id)
        .where(v.document_id == document_row)
        .order_by(v.number)
    )  # fmt: skip


def _facts(row: Row[*tuple[Any, ...]], document_id: str) -> VersionFacts:
    return VersionFacts(id=version_id(document_id, row.first_captured), **row._mapping)


def _version(connection: Connection, found: Found, number: int | None) -> VersionFacts | None:
    wanted = _select_versions(found.row)
    if number is not None:
        wanted = wanted.where(Version.number == number)
    elif found.at is not None:
        wanted = wanted.where(Version.first_captured <= found.at)
    row = connection.execute(wanted.order_by(None).order_by(Version.number.desc()).limit(1)).first()
    if row is None and (number is not None or found.at is not None):
        asked = f"version {number}" if number is not None else f"version in force at {found.at:%Y-%m-%d %H:%M} UTC"
        raise UnknownRecord(f"document {found.id} has no {asked}; `archive history {found.id}` lists what it has")
    return _facts(row, found.id) if row else None


def _addresses(connection: Connection, document_row: int) -> list[Address]:
    u = DocumentUrl
    rows = connection.execute(
        select(u.url, u.seen_from, u.seen_to, u.joined_by)
        .where(u.document_id == document_row)
        .order_by(u.seen_from, u.address)
    )
    return [Address(**row._mapping) for row in rows]


def _removals(connection: Connection, document_row: int) -> list[RemovalFacts]:
    rows = connection.execute(
        select(*removal_columns())
        .join(Document, Document.id == Removal.document_id)
        .where(Removal.document_id == document_row)
        .order_by(Removal.suspected_at)
    )
    return [RemovalFacts(**row._mapping) for row in rows]


def _story_mates(connection: Connection, document_row: int) -> list[StoryMate]:
    d = Document
    story = select(d.story_id).where(d.id == document_row).scalar_subquery()
    rows = connection.execute(
        select(d.public_id.label("id"), d.source_id.label("source"), d.title, d.published_date, d.first_seen)
        .where(d.story_id == story, d.id != document_row)
        .order_by(d.first_seen, d.public_id)
    )
    return [StoryMate(**row._mapping) for row in rows]
