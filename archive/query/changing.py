"""When statements came into the archive, and when documents began to print other words of them: for feeds.

All times are those of captures, so that a rebuild changes none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, select

from archive.models import Appearance, Document, RetiredId, Statement, Version

__all__ = ["Course", "Rewording", "courses"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewording:
    """A document that carries a statement prints other words of it; `before` or `after` is None where it has none."""

    document: str
    source: str
    title: str | None
    at: datetime
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """What became of a statement: first captured at `published`, last reworded at `updated`, by which `rewordings`.

    `first_id` is the first public id by which it, or a statement that became part of it, was known.
    """

    first_id: str
    published: datetime
    updated: datetime
    rewordings: tuple[Rewording, ...]


def courses(connection: Connection, ids: Collection[str]) -> dict[str, Course]:
    """What became of the statements of these public ids; rewordings come in the order of time."""
    carried = _carried(connection, ids)
    documents = {document for found in carried.values() for document in found}
    versions = _versions(connection, documents)
    first = _first_ids(connection, carried)
    return {statement: _course(first[statement], found, versions) for statement, found in carried.items()}


def _first_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """The oldest id that leads to each by having retired; the id itself where none does."""
    first = {each: each for each in ids}
    seen, wanted = set(first), set(first)
    while wanted:
        former = connection.execute(
            select(RetiredId.old, RetiredId.new)
            .where(RetiredId.kind == "statement", RetiredId.new.in_(wanted))
            .order_by(RetiredId.retired_at.desc(), RetiredId.old.desc())
        ).all()
        before = {str(row.new): str(row.old) for row in former if row.old not in seen}
        first = {now: before.get(known, known) for now, known in first.items()}
        wanted = set(before.values())
        seen |= wanted
    return first


# Document row number -> version number -> the words of one statement in it.
_Words = Mapping[int, Mapping[int, str]]


def _carried(connection: Connection, ids: Collection[str]) -> dict[str, _Words]:
    """The words of each statement by document and version; what a whole text holds counts where nothing else does."""
    rows = connection.execute(
        select(Statement.public_id, Version.document_id, Version.number, Appearance.words, Appearance.held)
        .join(Appearance, Appearance.statement_id == Statement.id)
        .join(Version, Version.id == Appearance.version_id)
        .where(Statement.public_id.in_(list(ids)))
        .order_by(Appearance.char_start, Appearance.char_end)
    )
    spans: dict[tuple[str, int, int], list[tuple[bool, str]]] = defaultdict(list)
    for row in rows:
        spans[row.public_id, row.document_id, row.number].append((row.held, row.words))
    found: dict[str, dict[int, dict[int, str]]] = defaultdict(lambda: defaultdict(dict))
    for (statement, document, number), parts in spans.items():
        own = [words for held, words in parts if not held] or [words for _, words in parts]
        found[statement][document][number] = " … ".join(dict.fromkeys(own))
    return dict(found)


def _versions(connection: Connection, documents: Collection[int]) -> dict[int, list[Any]]:
    rows = connection.execute(
        select(
            Version.document_id, Version.number, Version.first_captured, Version.title, Document.public_id,
            Document.source_id,
        )
        .join(Document, Document.id == Version.document_id)
        .where(Document.id.in_(list(documents)))
        .order_by(Version.document_id, Version.number)
    )  # fmt: skip
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.document_id].append(row)
    return found


def _course(first_id: str, carried: _Words, versions: Mapping[int, Sequence[Any]]) -> Course:
    began, changed = [], []
    for document, words in carried.items():
        first = min(words)
        printed = [row for row in versions[document] if row.number >= first]
        began.append(printed[0].first_captured)
        changed += [
            Rewording(
                document=row.public_id, source=row.source_id, title=row.title, at=row.first_captured,
                before=words.get(before.number), after=words.get(row.number),
            )
            for before, row in pairwise(printed)
            if words.get(before.number) != words.get(row.number)
        ]  # fmt: skip
    changed.sort(key=lambda each: (each.at, each.document))
    published = min(began)
    return Course(
        first_id=first_id,
        published=published,
        updated=max([published, *(each.at for each in changed)]),
        rewordings=tuple(changed),
    )
