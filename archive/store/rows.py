"""What several writers of rows need: updates by row number, and ids that retire."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update
from sqlalchemy.dialects import postgresql, sqlite

from archive.models import Base, RetiredId, table_of

__all__ = ["retire", "update_by_id", "upsert"]


def update_by_id(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Update one row for each of `rows`, which all have the same columns and their row number as `b_id`."""
    if rows:
        columns: dict[str, Any] = {key: bindparam(key) for key in rows[0] if key != "b_id"}
        table = table_of(model)
        connection.execute(update(table).where(table.c.id == bindparam("b_id")).values(columns), rows)


def retire(connection: Connection, old: str, new: str | None, *, kind: str, reason: str, now: datetime) -> None:
    """Keep an id answering that is no more, by the one that took its place, if any did."""
    connection.execute(delete(RetiredId).where(RetiredId.old == old))
    connection.execute(insert(RetiredId).values(old=old, new=new, kind=kind, reason=reason, retired_at=now))


def upsert(connection: Connection, table: Any) -> Any:
    """An insert of the connection's own dialect, which knows ON CONFLICT."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)
