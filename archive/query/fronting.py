"""What a front page tells: how much there is, and what changed last. Cheap on large archives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select

from archive.models import CaptureRow, Document, RunRow, Source, Statement, Version
from archive.query.ids import version_id

__all__ = ["Edited", "Front", "front", "latest_edits"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """How much is in the archive, and from when to when its captures are."""

    sources: int
    documents: int
    statements: int
    edited: int
    removed: int
    first_capture: datetime | None
    last_capture: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """A later version of a document: `version` is its id, `before` that of the one it took the place of."""

    document: str
    version: str
    before: str
    number: int
    source: str
    title: str | None
    changed_after: datetime | None
    first_captured: datetime


def front(connection: Connection) -> Front:
    """Counts alone."""

    def count(model: Any, *conditions: Any) -> int:
        return connection.scalar(select(func.count()).select_from(model).where(*conditions)) or 0

    return Front(
        sources=count(Source),
        documents=count(Document),
        statements=count(Statement),
        edited=count(Document, Document.versions > 1),
        removed=count(Document, Document.removal_state == "confirmed"),
        first_capture=connection.scalar(_at(CaptureRow.id.asc())),
        last_capture=connection.scalar(select(func.max(RunRow.started_at))),
    )


def _at(order: Any) -> Any:
    return select(CaptureRow.captured_at).order_by(order).limit(1)


def latest_edits(connection: Connection, *, source: str | None = None, limit: int = 10) -> list[Edited]:
    """The versions that came last in the place of others, the latest first."""
    former = Version.__table__.alias("former")
    wanted = (
        select(
            Document.public_id, Document.source_id, Version.title, Version.number, Version.changed_after,
            Version.first_captured, former.c.first_captured.label("before"),
        )
        .join(Document, Document.id == Version.document_id)
        .join(former, (former.c.document_id == Version.document_id) & (former.c.number == Version.number - 1))
        .where(Document.versions > 1, Version.number > 1)
        .order_by(Version.first_captured.desc(), Document.public_id)
        .limit(limit)
    )  # fmt: skip
    if source:
        wanted = wanted.where(Document.source_id == source)
    return [_edit(row) for row in connection.execute(wanted)]


def _edit(row: Any) -> Edited:
    return Edited(
        document=row.public_id,
        version=version_id(row.public_id, row.first_captured),
        before=version_id(row.public_id, row.before),
        number=row.number,
        source=row.source_id,
        title=row.title,
        changed_after=row.changed_after,
        first_captured=row.first_captured,
    )
