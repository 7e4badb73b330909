"""The views of documents: as they are, each version of them, and what disappeared."""

from __future__ import annotations

from archive.views.spelling import version_id

__all__ = ["document_latest", "document_version", "removal"]

_OF_DOCUMENT = """d.public_id AS document_id, d.source_id AS source, o.office, o.jurisdiction, d.document_kind, d.url"""


def document_latest(dialect: str) -> str:
    """One row for each document, with the text of its version in force; one without a version has no text."""
    return f"""
SELECT {_OF_DOCUMENT}, CASE WHEN v.id IS NOT NULL THEN {version_id(dialect)} END AS version_id, d.title, v.text,
  v.words, v.text_digest, d.language, d.byline, d.published_at, d.published_date, d.published_precision,
  d.published_basis, d.modified_at, d.modified_date, d.first_seen, d.last_seen, d.versions, d.removal_state,
  d.obtained, t.public_id AS story_id, e.public_id AS translation_of, o.rights
FROM document d JOIN source o ON o.id = d.source_id LEFT JOIN version v ON v.document_id = d.id AND v.is_latest
  LEFT JOIN story t ON t.id = d.story_id LEFT JOIN document e ON e.id = d.translation_of_id
"""


def document_version(dialect: str) -> str:
    """One row for each version of each document."""
    return f"""
SELECT {_OF_DOCUMENT}, {version_id(dialect)} AS version_id, v.number AS version, v.is_latest, v.title, v.text, v.words,
  v.text_digest, v.language, v.first_captured, v.last_captured, v.changed_after, v.captures,
  c.record_id, v.obtained, x.extractor, v.truncated, v.redacted, v.quotation_status
FROM version v JOIN document d ON d.id = v.document_id JOIN source o ON o.id = d.source_id
  JOIN capture c ON c.id = v.capture_id JOIN extraction x ON x.id = v.extraction_id
"""


def removal(_dialect: str) -> str:
    """One row for each time that a document was no longer found."""
    return f"""
SELECT {_OF_DOCUMENT}, d.title, r.state, r.suspected_at, r.confirmed_at, r.restored_at, r.last_found, r.as_of,
  r.absences, r.basis
FROM removal_row r JOIN document d ON d.id = r.document_id JOIN source o ON o.id = d.source_id
"""
