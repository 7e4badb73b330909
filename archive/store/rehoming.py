"""What a new line about a whole site's migration in the catalog changes: where documents are asked for, and told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select, update

from archive.derive.moves import SiteMove
from archive.derive.visits import FOR_EVER
from archive.models import CaptureRow, Frontier
from archive.records import RequestRole
from archive.store.neighbourhoods import chunks
from archive.store.rows import upsert

__all__ = ["concerned", "rehome"]


def rehome(connection: Connection, source: str, moves: Sequence[SiteMove], now: datetime) -> None:
    """Ask for known documents at their new addresses, and at the old ones only to see that they stay gone."""
    for move in moves:
        if move.on > now.date():
            continue
        old = Frontier.address.startswith(f"https://{move.old}", autoescape=True)
        rows = connection.execute(select(Frontier.__table__).where(Frontier.source_id == source, old)).all()
        for part in chunks(_moved(row, move) for row in rows):
            connection.execute(upsert(connection, Frontier).on_conflict_do_nothing(), [dict(each) for each in part])
        connection.execute(update(Frontier).where(Frontier.source_id == source, old).values(due_at=now + FOR_EVER))


def _moved(row: Any, move: SiteMove) -> tuple[tuple[str, Any], ...]:
    address = move.forward(row.address)
    values = {
        "source_id": row.source_id, "address": address, "url": address, "found_at": row.found_at,
        "listed_at": row.listed_at, "modified_at": row.modified_at, "due_at": row.found_at, "tries": 0, "absences": 0,
    }  # fmt: skip
    return tuple(values.items())


def concerned(connection: Connection, source: str, moves: Collection[SiteMove]) -> set[str]:
    """The captured addresses that these moves speak of."""
    starts = {f"https://{beginning}" for move in moves for beginning in (move.old, move.new)}
    if not starts:
        return set()
    begins = or_(*(CaptureRow.address.startswith(each, autoescape=True) for each in sorted(starts)))
    asked = select(CaptureRow.address).where(
        CaptureRow.source_id == source, CaptureRow.role == RequestRole.DOCUMENT, begins
    )
    return set(connection.scalars(asked.distinct()))
