"""What hosts asked of us, kept from run to run: when they may be asked again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from archive.models import Host
from archive.store.rows import upsert

__all__ = ["holds", "put_off"]


def holds(connection: Connection, now: datetime) -> dict[str, datetime]:
    """Hosts (with port, where one is named) that are not to be asked before a time still to come."""
    rows = connection.execute(select(Host.name, Host.not_before).where(Host.not_before > now))
    return {row.name: row.not_before for row in rows}


def put_off(connection: Connection, asked: Mapping[str, datetime], now: datetime) -> None:
    """Keep until when these hosts asked to be left alone."""
    statement = upsert(connection, Host)
    newer = {name: statement.excluded[name] for name in ("not_before", "reason")}
    rows = [
        {"name": name, "not_before": until, "reason": "asked for it"} for name, until in asked.items() if until > now
    ]
    if rows:
        connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=newer), rows)
