"""The view of sources: what was watched, and what came of it."""

from __future__ import annotations

__all__ = ["source_health"]


def source_health(_dialect: str) -> str:
    """One row for each source. Whether it is silent, its own rhythm says; that is judged by `archive sources`."""
    return """
SELECT o.id AS source, o.title, o.office, o.jurisdiction, o.document_kind, o.rights,
  (SELECT count(*) FROM document d WHERE d.source_id = o.id) AS documents,
  (SELECT max(d.published_date) FROM document d WHERE d.source_id = o.id) AS last_published,
  (SELECT max(d.first_seen) FROM document d WHERE d.source_id = o.id) AS last_new,
  (SELECT count(*) FROM run r WHERE r.source_id = o.id) AS runs,
  (SELECT max(r.started_at) FROM run r WHERE r.source_id = o.id) AS last_run,
  (SELECT r.outcome FROM run r WHERE r.source_id = o.id ORDER BY r.started_at DESC, r.id DESC LIMIT 1) AS last_outcome,
  (SELECT max(r.started_at) FROM run r WHERE r.source_id = o.id AND r.outcome = 'ok') AS last_ok,
  (SELECT count(*) FROM run r WHERE r.source_id = o.id AND r.outcome = 'failed' AND NOT EXISTS (
    SELECT 1 FROM run k WHERE k.source_id = o.id AND k.outcome = 'ok' AND k.started_at > r.started_at)) AS failed_runs,
  (SELECT min(k.day) FROM coverage k WHERE k.source_id = o.id AND k.outcome = 'ok') AS watched_from,
  (SELECT max(k.day) FROM coverage k WHERE k.source_id = o.id AND k.outcome = 'ok') AS watched_to,
  (SELECT count(*) FROM coverage k WHERE k.source_id = o.id AND k.outcome = 'ok') AS watched_days,
  (SELECT sum(k.refused) FROM coverage k WHERE k.source_id = o.id) AS refused
FROM source o
"""
