"""The tables of what was watched: sources, coverage, and the index of captures."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select

from archive.export.choice import Asked
from archive.export.columns import FACTS, RIGHTS, Reference, Table, derived, observed
from archive.export.documents import KINDS, OBTAINED
from archive.models import CaptureRow, Coverage, Document, DocumentUrl, ExtractionRow, Source
from archive.records import RequestRole

__all__ = ["CAPTURES", "COVERAGE", "SOURCES"]

ROLES = tuple(sorted(role.value for role in RequestRole))
WARC_TYPES = ("conversion", "resource", "response", "revisit")
Wanted = Select[*tuple[Any, ...]]
_S, _C, _K = Source, CaptureRow, Coverage


def _of_sources(wanted: Wanted, asked: Asked) -> Wanted:
    one = asked.choice.filters.source
    return wanted.select_from(_S).where(*([_S.id == one] if one else []))


def _of_coverage(wanted: Wanted, asked: Asked) -> Wanted:
    filters = asked.choice.filters
    told = wanted.select_from(_K)
    if filters.source:
        told = told.where(_K.source_id == filters.source)
    if filters.since:
        told = told.where(_K.day >= filters.since)
    return told.where(_K.day <= filters.until) if filters.until else told


def _of_captures(wanted: Wanted, asked: Asked) -> Wanted:
    here = (DocumentUrl.source_id == _C.source_id) & (DocumentUrl.address == _C.address)
    told = (
        wanted.select_from(_C)
        .join(_S, _S.id == _C.source_id)
        .outerjoin(DocumentUrl, here)
        .outerjoin(Document, Document.id == DocumentUrl.document_id)
        .outerjoin(ExtractionRow, ExtractionRow.id == _C.extraction_id)
    )
    return told.where(Document.id.is_not(None), *asked.documents) if asked.choice.filtered else told


SOURCES = Table(
    name="sources",
    description="Places that publish, as the catalog described them when they were last crawled or ingested; filters "
    "other than `--source` leave all of them in.",
    columns=(
        observed("id", "string", "id of the source in the catalog", _S.id),
        observed("title", "string", "name of the source", _S.title),
        observed("jurisdiction", "string", "Open Civic Data id of the place it speaks for", _S.jurisdiction,
                 missing="speaks for no place"),
        observed("office", "string", "office that speaks in its releases", _S.office, missing="no office speaks in it"),
        observed("document_kind", "string", "what it publishes", _S.document_kind, values=KINDS),
        observed("timezone", "string", "its time zone, of the IANA database", _S.timezone),
        observed("language", "string", "ISO 639-1 code", _S.language, missing="not said"),
        observed("rights", "string", "what its texts allow", _S.rights, values=RIGHTS),
        derived("entry_digest", "string", "sha256 of its catalog entry", _S.entry_digest),
    ),
    key=("id",),
    joined=_of_sources,
)  # fmt: skip

COVERAGE = Table(
    name="coverage",
    description="Per source and local day what was watched: a zero is only a zero where a row says somebody looked.",
    columns=(
        observed("source", "string", "id of the source in the catalog", _K.source_id),
        observed("day", "date", "day in the source's time zone", _K.day),
        observed("runs", "integer", "crawls begun that day", _K.runs, unit="runs"),
        derived("outcome", "string", "the best outcome of them", _K.outcome,
                values=("failed", "ok", "quarantined", "short"), missing="none has ended"),
        observed("listed", "integer", "documents that its listings showed", _K.listed, unit="documents"),
        observed("fetched", "integer", "documents asked for", _K.fetched, unit="documents"),
        observed("refused", "integer", "requests that robots.txt, a wall or the host refused", _K.refused,
                 unit="requests"),
        derived("new_documents", "integer", "documents first seen", _K.new_documents, unit="documents"),
        derived("rights", "string", "rights in this row", FACTS, values=RIGHTS),
    ),
    key=("source", "day"),
    joined=_of_coverage,
    references=(Reference("source", "sources"),),
)  # fmt: skip

CAPTURES = Table(
    name="captures",
    description="The index of captures: one HTTP answer at one time, and where its bytes lie. With filters only those "
    "at the addresses of chosen documents.",
    columns=(
        observed("source", "string", "id of the source in the catalog", _C.source_id),
        observed("id", "string", "WARC-Record-ID", _C.record_id),
        observed("role", "string", "what was asked for", _C.role, values=ROLES),
        observed("obtained", "string", "how it came", _C.obtained, values=OBTAINED),
        observed("url", "string", "address as it was asked for", _C.url),
        observed("captured_at", "datetime", "time of the answer", _C.captured_at),
        observed("status", "integer", "HTTP status", _C.status),
        observed("media_type", "string", "media type that the answer declares", _C.media_type,
                 missing="it declares none"),
        observed("truncated", "string", "why the body is cut", _C.truncated, missing="it is whole"),
        observed("redirect_address", "string", "canonical address that a redirect led to", _C.redirect_address,
                 missing="no redirect"),
        observed("payload_digest", "string", "sha256 of the body after content decoding", _C.payload_digest,
                 missing="no body"),
        observed("payload_length", "integer", "length of that body", _C.payload_length, unit="bytes"),
        observed("warc_type", "string", "type of the record", _C.warc_type, values=WARC_TYPES),
        observed("warc_file", "string", "WARC file of the archive", _C.warc_file),
        observed("warc_offset", "integer", "offset of the record in the file", _C.warc_offset, unit="bytes"),
        observed("warc_length", "integer", "length of the record in the file", _C.warc_length, unit="bytes"),
        observed("refers_to", "string", "WARC-Record-ID of the record that a revisit or replay refers to", _C.refers_to,
                 missing="it stands for itself"),
        derived("outcome", "string", "what was read", ExtractionRow.outcome, missing="nothing was read",
                values=("absent", "blocked", "empty", "text", "unreadable", "unsupported")),
        derived("document", "string", "public id of the document at this address", Document.public_id,
                missing="no document lives there"),
        observed("rights", "string", "rights of the source", _S.rights, values=RIGHTS),
    ),
    key=("source", "id"),
    joined=_of_captures,
    references=(Reference("source", "sources"), Reference("document", "documents")),
)  # fmt: skip
