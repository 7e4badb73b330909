"""What an export holds: each table with its columns, their types, meanings and origins, defined once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import aliased

from archive.export.columns import Column, Table
from archive.export.speech import SPEECH
from archive.models import CaptureRow, Document, DocumentUrl, ExtractionRow, Source, Story, Version

__all__ = ["TABLES", "Column", "Table"]

_ORIGINAL = aliased(Document)


def _of_documents(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(Document)
        .join(Source, Source.id == Document.source_id)
        .outerjoin(Story, Story.id == Document.story_id)
        .outerjoin(Version, (Version.document_id == Document.id) & Version.is_latest)
        .outerjoin(_ORIGINAL, _ORIGINAL.id == Document.translation_of_id)
    )


def _of_versions(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        wanted.select_from(Version)
        .join(Document, Document.id == Version.document_id)
        .join(Source, Source.id == Document.source_id)
        .join(CaptureRow, CaptureRow.id == Version.capture_id)
        .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
    )


def _of_captures(wanted: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    here = (DocumentUrl.source_id == CaptureRow.source_id) & (DocumentUrl.address == CaptureRow.address)
    return (
        wanted.select_from(CaptureRow)
        .join(Source, Source.id == CaptureRow.source_id)
        .outerjoin(DocumentUrl, here)
        .outerjoin(Document, Document.id == DocumentUrl.document_id)
        .outerjoin(ExtractionRow, ExtractionRow.id == CaptureRow.extraction_id)
    )


_S, _D, _V, _C = Source, Document, Version, CaptureRow

DOCUMENTS = Table(
    name="documents",
    description="What lives at one identity of a source over time, as its latest version has it.",
    columns=(
        Column("id", "string", "public id, 20 hexadecimal digits", _D.public_id),
        Column("source", "string", "id of the source in the catalog", _D.source_id),
        Column("source_title", "string", "name of the source", _S.title),
        Column("jurisdiction", "string", "Open Civic Data id of the place it speaks for", _S.jurisdiction),
        Column("office", "string", "office that speaks in its releases", _S.office),
        Column("rights", "string", "rights of the source: `public record`, `cc0`, `cc-by`, `publisher`", _S.rights),
        Column("document_kind", "string", "`press_release`, `article` or `transcript`", _D.document_kind),
        Column("url", "string", "its address when last found", _D.url),
        Column("title", "string", "title of the latest version", _D.title),
        Column("language", "string", "ISO 639-1 code", _D.language),
        Column("byline", "string", "authors as the page prints them", _D.byline),
        Column("published_at", "datetime", "time of publication, where the page declares one", _D.published_at),
        Column("published_date", "date", "day of publication in the source's time zone", _D.published_date),
        Column("published_precision", "string", "`day`, `minute` or `second`", _D.published_precision),
        Column("published_basis", "string", "the declaration that the date comes from", _D.published_basis),
        Column("modified_at", "datetime", "time of the last change that the page declares", _D.modified_at),
        Column("modified_date", "date", "day of the last change that the page declares", _D.modified_date),
        Column("first_seen", "datetime", "time of the first capture", _D.first_seen),
        Column("last_seen", "datetime", "time of the last capture that found it", _D.last_seen),
        Column("versions", "integer", "number of versions", _D.versions),
        Column("words", "integer", "number of words of the latest version", _V.words),
        Column("removal_state", "string", "`suspected`, `confirmed`, `restored`; null: never missed", _D.removal_state),
        Column("obtained", "string", "how it came: `live`, `backfill`, `import` or `handed_in`", _D.obtained),
        Column("story", "string", "public id of its story: documents of nearly the same text", Story.public_id),
        Column("translation_of", "string", "public id of the release that it translates", _ORIGINAL.public_id),
    ),
    joined=_of_documents,
    order=(_D.public_id,),
)  # fmt: skip

VERSIONS = Table(
    name="versions",
    description="Consecutive captures of a document with equal normalised text and title, each with its text.",
    columns=(
        Column("document", "string", "public id of the document", _D.public_id),
        Column("number", "integer", "1, 2, 3, ... within the document; for display", _V.number),
        Column("is_latest", "boolean", "whether it is in force at the last capture", _V.is_latest),
        Column("source", "string", "id of the source in the catalog", _D.source_id),
        Column("rights", "string", "rights of the source, as in documents", _S.rights),
        Column("first_captured", "datetime", "first capture with this text; cites it", _V.first_captured),
        Column("last_captured", "datetime", "last capture with this text", _V.last_captured),
        Column("changed_after", "datetime", "last capture of the text before; null for the first", _V.changed_after),
        Column("captures", "integer", "number of captures with this text", _V.captures),
        Column("capture", "string", "WARC-Record-ID of the first of them", _C.record_id),
        Column("obtained", "string", "how it came: `live`, `backfill`, `import` or `handed_in`", _V.obtained),
        Column("extractor", "string", "version of the extractor that read it", ExtractionRow.extractor),
        Column("language", "string", "ISO 639-1 code", _V.language),
        Column("words", "integer", "number of words", _V.words),
        Column("text_digest", "string", "sha256 of the text as UTF-8", _V.text_digest),
        Column("truncated", "boolean", "whether the text was cut at the extractor's length limit", _V.truncated),
        Column(
            "quotation_status", "string",
            "whether it was looked through for quotations: `done`, `unsupported_language`, `unreadable`, `truncated`",
            _V.quotation_status,
        ),
        Column("redacted", "boolean", "whether a decision took title and text out for good", _V.redacted),
        Column("title", "string", "title", _V.title),
        Column("text", "string", "text; null where redacted or left out", _V.text),
    ),
    joined=_of_versions,
    order=(_D.public_id, _V.number),
    body=frozenset({"text"}),
)  # fmt: skip

CAPTURES = Table(
    name="captures",
    description="One HTTP answer at one time, and where its bytes lie.",
    columns=(
        Column("id", "string", "WARC-Record-ID", _C.record_id),
        Column("source", "string", "id of the source in the catalog", _C.source_id),
        Column("role", "string", "asked for as `document`, `listing`, `attachment`, `undrawn` or `probe`", _C.role),
        Column("obtained", "string", "how it came: `live`, `backfill`, `import` or `handed_in`", _C.obtained),
        Column("url", "string", "address as it was asked for", _C.url),
        Column("captured_at", "datetime", "time of the answer", _C.captured_at),
        Column("status", "integer", "HTTP status", _C.status),
        Column("media_type", "string", "media type that the answer declares", _C.media_type),
        Column("truncated", "string", "why the body is cut: `length`, `time`, `disconnect`", _C.truncated),
        Column("redirect_address", "string", "canonical address that a redirect led to", _C.redirect_address),
        Column("payload_digest", "string", "sha256 of the body after content decoding", _C.payload_digest),
        Column("payload_length", "integer", "bytes of the body after content decoding", _C.payload_length),
        Column("warc_type", "string", "`response`, `revisit`, `resource` or `conversion`", _C.warc_type),
        Column("warc_file", "string", "WARC file of the archive", _C.warc_file),
        Column("warc_offset", "integer", "offset of the record in the file, bytes", _C.warc_offset),
        Column("warc_length", "integer", "length of the record in the file, bytes", _C.warc_length),
        Column("refers_to", "string", "WARC-Record-ID of the record that a revisit or replay refers to", _C.refers_to),
        Column(
            "outcome", "string",
            "what was read: `text`, `empty`, `blocked`, `absent`, `unsupported`, `unreadable`; null: nothing was",
            ExtractionRow.outcome,
        ),
        Column("document", "string", "public id of the document at this address", _D.public_id),
    ),
    joined=_of_captures,
    order=(_C.captured_at, _C.record_id, _C.source_id),
)  # fmt: skip

TABLES = (DOCUMENTS, VERSIONS, CAPTURES, *SPEECH)
