"""Stories: documents, of any sources, that carry nearly the same text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select
from sqlalchemy.orm import aliased

from archive.models import Document, Story

__all__ = ["StoryFacts", "stories"]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryFacts:
    """A story; `title` is its earliest document's, whose id it has. `sources` counts different ones."""

    id: str
    title: str | None
    documents: int
    sources: int
    first_seen: datetime
    last_seen: datetime


def stories(connection: Connection, *, at_least: int = 2, limit: int | None = None) -> Iterator[StoryFacts]:
    """The stories of at least so many documents, those of most documents first."""
    first = aliased(Document)
    earliest = select(first.title).where(first.public_id == Story.public_id).scalar_subquery()
    wanted = (
        select(
            Story.public_id.label("id"),
            earliest.label("title"),
            Story.documents,
            func.count(Document.source_id.distinct()).label("sources"),
            func.min(Document.first_seen).label("first_seen"),
            func.max(Document.first_seen).label("last_seen"),
        )
        .join(Document, Document.story_id == Story.id)
        .where(Story.documents >= at_least)
        .group_by(Story.id, Story.public_id, Story.documents)
        .order_by(Story.documents.desc(), Story.public_id)
        .limit(limit)
    )
    for row in connection.execute(wanted.execution_options(yield_per=1_000)):
        yield StoryFacts(**row._mapping)
