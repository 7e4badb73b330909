"""Stories in the database: band rows find candidates, verified pairs are kept, groups are made of the pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime, time
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update
from sqlalchemy.orm import aliased

from archive.derive.stories import ALIKE, bands, stories
from archive.models import Band, Document, ExtractionRow, NearDuplicate, Story, Version, table_of
from archive.store.neighbourhoods import chunks
from archive.text import jaccard, shingles

__all__ = ["tell_stories"]


def tell_stories(connection: Connection, documents: Collection[int]) -> dict[int, str | None]:
    """Look again at the stories of these documents (row numbers) and of those they are or were alike with.

    Gives the documents that are in another story than before, or in none any more, with the public id of the story that
    they were in.
    """
    return _Teller(connection).tell(set(documents)) if documents else {}


class _Teller:
    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.shingled: dict[int, list[str]] = {}

    def tell(self, changed: set[int]) -> dict[int, str | None]:
        left = self.forget(changed)
        present = self.index(changed)
        joined = self.pair(present)
        return self.regroup(self.component(changed | left | joined))

    def forget(self, changed: set[int]) -> set[int]:
        """Drop what is known of the changed documents; gives those that were alike with them."""
        left: set[int] = set()
        for part in chunks(changed):
            touching = or_(NearDuplicate.a_id.in_(part), NearDuplicate.b_id.in_(part))
            for a, b in self.connection.execute(select(NearDuplicate.a_id, NearDuplicate.b_id).where(touching)):
                left |= {a, b}
            self.connection.execute(delete(NearDuplicate).where(touching))
            self.connection.execute(delete(Band).where(Band.document_id.in_(part)))
        return left

    def index(self, changed: set[int]) -> list[int]:
        """Write the bands of the changed documents' latest texts; gives those that have any."""
        rows: list[dict[str, int]] = []
        present = []
        for part in chunks(changed):
            for document, signature in self.connection.execute(
                select(Version.document_id, ExtractionRow.signature)
                .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
                .where(Version.document_id.in_(part), Version.is_latest, ~Version.redacted)
            ):
                if signature:
                    present.append(document)
                    rows += [{"document_id": document, "hash": value} for value in set(bands(signature))]
        if rows:
            self.connection.execute(insert(table_of(Band)), rows)
        return present

    def pair(self, documents: list[int]) -> set[int]:
        """Verify every candidate of these documents and keep the alike pairs; gives the documents in them."""
        own, other = aliased(Band), aliased(Band)
        candidates: set[tuple[int, int]] = set()
        for part in chunks(documents):
            for a, b in self.connection.execute(
                select(own.document_id, other.document_id)
                .join(other, other.hash == own.hash)
                .where(own.document_id.in_(part), other.document_id != own.document_id)
                .distinct()
            ):
                candidates.add((min(a, b), max(a, b)))
        alike = [
            {"a_id": a, "b_id": b, "jaccard": near} for a, b in sorted(candidates) if (near := self.near(a, b)) >= ALIKE
        ]
        if alike:
            self.connection.execute(insert(table_of(NearDuplicate)), alike)
        return {document for pair in alike for document in (pair["a_id"], pair["b_id"])}  # type: ignore[misc]

    def near(self, a: int, b: int) -> float:
        return jaccard(self.shingles(a), self.shingles(b))

    def shingles(self, document: int) -> list[str]:
        if document not in self.shingled:
            text = self.connection.scalar(
                select(Version.text).where(Version.document_id == document, Version.is_latest)
            )
            self.shingled[document] = shingles(text or "")
        return self.shingled[document]

    def component(self, documents: set[int]) -> tuple[set[int], set[tuple[int, int]]]:
        """All documents that pairs join to the given ones, and those pairs."""
        found: set[int] = set()
        pairs: set[tuple[int, int]] = set()
        edge = set(documents)
        while edge:
            found |= edge
            fresh: set[int] = set()
            for part in chunks(edge):
                touching = or_(NearDuplicate.a_id.in_(part), NearDuplicate.b_id.in_(part))
                for a, b in self.connection.execute(select(NearDuplicate.a_id, NearDuplicate.b_id).where(touching)):
                    pairs.add((a, b))
                    fresh |= {a, b}
            edge = fresh - found
        return found, pairs

    def regroup(self, component: tuple[set[int], set[tuple[int, int]]]) -> dict[int, str | None]:
        documents, pairs = component
        rows = self.rows(documents)
        groups = stories(rows, pairs, age=lambda document: _age(rows[document]), near=self.near)
        story_of = {member: rows[group[0]].public_id for group in groups for member in group}
        for stale in {row.story_id for row in rows.values() if row.story_id}:
            self.connection.execute(update(Document).where(Document.story_id == stale).values(story_id=None))
            self.connection.execute(delete(Story).where(Story.id == stale))
        members: dict[str, list[int]] = defaultdict(list)
        for document, public in story_of.items():
            members[public].append(document)
        for public, those in sorted(members.items()):
            story = self.connection.scalar(
                insert(Story).values(public_id=public, documents=len(those)).returning(Story.id)
            )
            self.connection.execute(update(Document).where(Document.id.in_(those)).values(story_id=story))
        return {document: row.story for document, row in rows.items() if row.story != story_of.get(document)}

    def rows(self, documents: set[int]) -> dict[int, Any]:
        columns = (Document.id, Document.public_id, Document.published_date, Document.first_seen, Document.story_id)
        wanted = select(*columns, Story.public_id.label("story")).outerjoin(Story, Story.id == Document.story_id)
        return {
            row.id: row
            for part in chunks(documents)
            for row in self.connection.execute(wanted.where(Document.id.in_(part)))
        }


def _age(row: Any) -> tuple[object, ...]:
    """Earliest published first; where a page declares no date, the day it was first seen stands for it."""
    day = row.published_date or row.first_seen.date()
    return (datetime.combine(day, time()), row.first_seen, row.public_id)
