"""What people decided about speakers and statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from archive.models import Decision
from archive.store.releasing import RELEASE
from archive.store.rulings import Kind

__all__ = ["DecisionFacts", "decisions"]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionFacts:
    """What a person decided, when and why; `to` names the other statement or person, or the documents set apart."""

    decision: int
    kind: str
    subject: str
    to: str | None
    made_at: datetime
    made_by: str
    reason: str
    words: str | None


def decisions(connection: Connection, concerns: Callable[[dict[str, Any]], bool] | None = None) -> list[DecisionFacts]:
    """The decisions about speakers, statements and held runs, oldest first; `concerns` picks by their payload."""
    spoken = select(Decision.__table__).where(Decision.kind.in_([*Kind, RELEASE]))
    rows = connection.execute(spoken.order_by(Decision.made_at, Decision.id))
    return [
        DecisionFacts(
            decision=row.id, kind=row.kind, subject=row.subject, to=_to(row.payload), made_at=row.made_at,
            made_by=row.made_by, reason=row.reason, words=row.words,
        )
        for row in rows
        if concerns is None or concerns(row.payload)
    ]  # fmt: skip


def _to(payload: Mapping[str, Any]) -> str | None:
    named = (payload.get(name) for name in ("into", "with", "person", "speaker"))
    return next((str(each) for each in named if each), " ".join(payload.get("documents") or ()) or None)
