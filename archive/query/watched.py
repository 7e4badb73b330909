"""What is remembered of watches: where each one is, and what it told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from archive.models import Watch, WatchEvent, WatchTold

__all__ = ["WatchEventFacts", "WatchFacts", "watch_events", "watches"]


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchFacts:
    """A watch that was entered: since when, when it last looked, how many events it noticed, how many wait."""

    watch: str
    began_at: datetime
    looked_at: datetime
    events: int
    waiting: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchEventFacts:
    """An event that a watch noticed; `told` gives for each receiver when it was told."""

    watch: str
    event: str
    kind: str
    document: str
    seen: datetime
    noticed_at: datetime
    waiting: bool
    told: dict[str, datetime]


def watches(connection: Connection) -> list[WatchFacts]:
    """All watches that were entered, by name."""
    rows = connection.execute(
        select(
            Watch.name.label("watch"), Watch.began_at, Watch.looked_at, func.count(WatchEvent.event).label("events"),
            func.count(WatchEvent.event).filter(WatchEvent.details.is_not(None)).label("waiting"),
        )
        .outerjoin(WatchEvent, WatchEvent.watch == Watch.name)
        .group_by(Watch.name, Watch.began_at, Watch.looked_at)
        .order_by(Watch.name)
    )  # fmt: skip
    return [WatchFacts(**row._mapping) for row in rows]


def watch_events(connection: Connection, watch: str) -> list[WatchEventFacts]:
    """What a watch noticed, the latest first."""
    rows = connection.execute(
        select(WatchEvent.__table__)
        .where(WatchEvent.watch == watch)
        .order_by(WatchEvent.noticed_at.desc(), WatchEvent.seen_at.desc(), WatchEvent.event)
    ).all()
    told: dict[str, dict[str, Any]] = {}
    batches = select(WatchEvent.batch).where(WatchEvent.watch == watch)
    for each in connection.execute(
        select(WatchTold.__table__)
        .where(WatchTold.batch.in_(batches), WatchTold.told_at.is_not(None))
        .order_by(WatchTold.receiver)
    ):
        told.setdefault(each.batch, {})[each.receiver] = each.told_at
    return [
        WatchEventFacts(
            watch=row.watch, event=row.event, kind=row.kind, document=row.document, seen=row.seen_at,
            noticed_at=row.noticed_at, waiting=row.details is not None, told=told.get(row.batch, {}),
        )
        for row in rows
    ]  # fmt: skip
