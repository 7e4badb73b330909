"""What the two databases spell differently."""

from __future__ import annotations

__all__ = ["version_id"]


def version_id(dialect: str) -> str:
    """The id by which a version `v` of a document `d` is cited: `DOCUMENT@TIME`, as `archive.query.ids` makes it."""
    if dialect == "sqlite":
        # Times are stored as `2026-03-01 09:00:00.000000`; noughts after the point are not written.
        part = "substr(v.first_captured, 20)"
        point = f"CASE WHEN {part} = '.000000' THEN '' ELSE {part} END"
        return f"d.public_id || '@' || replace(substr(v.first_captured, 1, 19), ' ', 'T') || {point} || 'Z'"
    at = "v.first_captured AT TIME ZONE 'UTC'"
    point = f"CASE WHEN to_char({at}, 'US') = '000000' THEN '' ELSE to_char({at}, '.US') END"
    return f"d.public_id || '@' || to_char({at}, 'YYYY-MM-DD\"T\"HH24:MI:SS') || {point} || 'Z'"
