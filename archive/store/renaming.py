"""The ids of statements over a rebuild: those that answer no more lead to the statement that has their words now."""

from __future__ import annotations

from sqlalchemy import Connection, text

from archive import clock
from archive.store.rows import retire

__all__ = ["remember_statements", "retire_statements"]

# In the database, for an archive may have more statements than this process has room for.
_REMEMBER = """
CREATE TEMPORARY TABLE statement_before AS
SELECT s.public_id AS statement, w.normal AS normal, d.public_id AS document
FROM (SELECT min(id) AS id FROM appearance WHERE statement_id IS NOT NULL AND NOT held GROUP BY statement_id) f
  JOIN appearance a ON a.id = f.id JOIN statement s ON s.id = a.statement_id JOIN wording w ON w.id = a.wording_id
  JOIN version v ON v.id = a.version_id JOIN document d ON d.id = v.document_id
"""
_GONE = """
SELECT b.statement AS old, (
  SELECT min(s.public_id) FROM wording w JOIN appearance a ON a.wording_id = w.id
    JOIN statement s ON s.id = a.statement_id JOIN version v ON v.id = a.version_id
    JOIN document d ON d.id = v.document_id
  WHERE w.normal = b.normal AND d.public_id = b.document) AS new
FROM statement_before b
WHERE NOT EXISTS (SELECT 1 FROM statement s WHERE s.public_id = b.statement) ORDER BY b.statement
"""


def remember_statements(connection: Connection) -> None:
    """Note every statement's id, with the words of one mention and its document, before the rows are emptied."""
    connection.execute(text(_REMEMBER))


def retire_statements(connection: Connection) -> None:
    """Retire the ids that are no statement's any more, in the same transaction."""
    now = clock.now()
    for row in connection.execute(text(_GONE)).all():
        retire(connection, row.old, row.new, kind="statement", reason="a rebuild", now=now)
    connection.execute(text("DROP TABLE statement_before"))
