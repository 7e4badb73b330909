"""SQL views for people who query the archive by hand: flat rows with public ids, the same on both databases.

A migration that changes a table which a view reads drops the views before and makes them after: SQLite refuses to
rename or remake a table that a view would lose.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, text

from archive.views.documents import document_latest, document_version, removal
from archive.views.sources import source_health
from archive.views.statements import STATEMENT_APPEARANCE, WATCHED_DAYS, statement_appearance, statement_latest

__all__ = ["STATEMENT_APPEARANCE", "VIEWS", "WATCHED_DAYS", "create", "drop"]

VIEWS = {
    "document_latest": document_latest,
    "document_version": document_version,
    "removal": removal,
    "source_health": source_health,
    "statement_appearance": statement_appearance,
    "statement_latest": statement_latest,
}


def create(connection: Connection, names: Iterable[str] = VIEWS) -> None:
    """Make the views."""
    for name in names:
        connection.execute(text(f"CREATE VIEW {name} AS {VIEWS[name](connection.dialect.name).strip()}"))


def drop(connection: Connection, names: Iterable[str] = VIEWS) -> None:
    """Take the views away."""
    for name in names:
        connection.execute(text(f"DROP VIEW {name}"))
