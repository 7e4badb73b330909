"""The views of what was said: one row for each appearance, and one for each statement."""

from __future__ import annotations

from sqlalchemy import Boolean, Date, Float, Integer, TableClause, Text, column, table

from archive.columns import UtcDateTime
from archive.views.spelling import version_id

__all__ = ["STATEMENT_APPEARANCE", "WATCHED_DAYS", "statement_appearance", "statement_latest"]

# So long after a statement its office could have published it.
WATCHED_DAYS = 14

STATEMENT_APPEARANCE: TableClause = table(
    "statement_appearance",
    column("statement_id", Text),
    column("wording_id", Text),
    column("words", Text),
    column("char_start", Integer),
    column("char_end", Integer),
    column("kind", Text),
    column("cue", Text),
    column("speaker", Text),
    column("speaker_id", Text),
    column("speaker_class", Text),
    column("office", Text),
    column("office_basis", Text),
    column("jurisdiction", Text),
    column("jurisdiction_name", Text),
    column("confidence", Float),
    column("document_url", Text),
    column("record_id", Text),
    column("document_kind", Text),
    column("version", Integer),
    column("is_latest", Boolean),
    column("source", Text),
    column("story_id", Text),
    column("language", Text),
    column("published_date", Date),
    column("first_seen", UtcDateTime),
    column("obtained", Text),
    column("appearance_role", Text),
    column("variation", Text),
    column("primary_status", Text),
    column("checked", Boolean),
    column("document_id", Text),
    column("version_id", Text),
)

_UNTIL = {"sqlite": f"date(s.first_date, '+{WATCHED_DAYS} days')", "postgresql": f"s.first_date + {WATCHED_DAYS}"}


def _primary_status(dialect: str) -> str:
    """Told from the coverage as it is when somebody asks; `s` is the statement, `q` its speaker."""
    return f"""CASE WHEN s.id IS NULL THEN NULL
    WHEN s.primary_id IS NOT NULL THEN 'found'
    WHEN s.office IS NULL OR q.speaker_class IN ('private', 'organisation') THEN 'not_applicable'
    WHEN EXISTS (SELECT 1 FROM source o JOIN coverage k ON k.source_id = o.id WHERE o.office = s.office
      AND o.jurisdiction = s.jurisdiction AND k.outcome = 'ok' AND k.day BETWEEN s.first_date AND {_UNTIL[dialect]})
      THEN 'absent_while_watched'
    ELSE 'not_watched' END AS primary_status"""


def statement_appearance(dialect: str) -> str:
    """One row for each appearance, those of nobody who can be named too."""
    return f"""
SELECT s.public_id AS statement_id, w.public_id AS wording_id, a.words, a.char_start, a.char_end, a.kind, a.cue,
  coalesce(p.name, a.speaker_name) AS speaker, p.public_id AS speaker_id,
  coalesce(p.speaker_class, a.speaker_class) AS speaker_class, a.office, a.office_basis, a.jurisdiction,
  a.jurisdiction_name, a.confidence, d.url AS document_url, coalesce(c.handed_id, c.record_id) AS record_id,
  d.document_kind, v.number AS version, v.is_latest, d.source_id AS source, t.public_id AS story_id, v.language,
  d.published_date, d.first_seen, v.obtained, a.appearance_role, a.variation,
  {_primary_status(dialect)},
  (a.checked OR coalesce(s.checked, FALSE)) AS checked, d.public_id AS document_id,
  {version_id(dialect)} AS version_id
FROM appearance a JOIN version v ON v.id = a.version_id JOIN document d ON d.id = v.document_id
  JOIN capture c ON c.id = v.capture_id LEFT JOIN story t ON t.id = d.story_id
  LEFT JOIN statement s ON s.id = a.statement_id LEFT JOIN wording w ON w.id = a.wording_id
  LEFT JOIN speaker p ON p.id = a.speaker_id LEFT JOIN speaker q ON q.id = s.speaker_id
"""


def statement_latest(dialect: str) -> str:
    """One row for each statement as it stands now, with the document and the version of its primary source."""
    return f"""
SELECT s.public_id AS statement_id, s.words, s.kind, q.name AS speaker, q.public_id AS speaker_id, q.speaker_class,
  q.person, s.office, s.office_basis, s.jurisdiction, s.jurisdiction_name, s.first_date, s.last_date, s.stories,
  s.documents, {_primary_status(dialect)}, d.public_id AS primary_document_id,
  CASE WHEN v.id IS NOT NULL THEN {version_id(dialect)} END AS primary_version_id, d.url AS primary_url,
  d.source_id AS primary_source, s.repeat_of, s.checked
FROM statement s JOIN speaker q ON q.id = s.speaker_id LEFT JOIN appearance a ON a.id = s.primary_id
  LEFT JOIN version v ON v.id = a.version_id LEFT JOIN document d ON d.id = v.document_id
"""
