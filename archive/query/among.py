"""Which of a few statements answer a search: what a watch asks after each crawl, without a look at all others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, or_, select

from archive import fulltext
from archive.models import Appearance, Document, Speaker, Statement, Version
from archive.phrases import answers, folded
from archive.query.naming import is_meant, is_private
from archive.query.tagged import is_tagged
from archive.store.neighbourhoods import chunks

__all__ = ["SavedSearch", "answering", "count_answers"]

BATCH = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A saved search of statements; a part left None, or no words, lets everything through.

    `office` and `jurisdiction` are the speaker's; `source` and `document_kind` are of any document that carries it.
    """

    words: str = ""
    speaker: str | None = None
    office: str | None = None
    jurisdiction: str | None = None
    source: str | None = None
    tag: str | None = None
    kind: str | None = None
    document_kind: str | None = None


def answering(connection: Connection, among: Collection[int], asked: SavedSearch) -> set[int]:
    """Of these statements (row numbers) those that answer, as a search would find them; none of private people."""
    query = fulltext.parse(asked.words)
    wanted = _wanted(connection, asked)
    found = set()
    for part in chunks(among):
        rows = connection.execute(wanted.where(Statement.id.in_(part)))
        found |= {row.id for row in rows if answers(query, folded(row.words))}
    return found


def count_answers(connection: Connection, asked: SavedSearch) -> int:
    """How many statements of the archive answer now."""
    query = fulltext.parse(asked.words)
    with connection.execute(_wanted(connection, asked), execution_options={"yield_per": BATCH}) as rows:
        return sum(answers(query, folded(row.words)) for row in rows)


def _wanted(connection: Connection, asked: SavedSearch) -> Select[int, str]:
    plain = {Statement.office: asked.office, Statement.kind: asked.kind}
    conditions = [~is_private(), *(column == value for column, value in plain.items() if value)]
    if asked.speaker:
        conditions.append(is_meant(connection, asked.speaker))
    if asked.jurisdiction:
        within = Statement.jurisdiction.startswith(asked.jurisdiction.rstrip("/") + "/", autoescape=True)
        conditions.append(or_(Statement.jurisdiction == asked.jurisdiction, within))
    if asked.tag:
        conditions.append(is_tagged(asked.tag))
    if asked.source or asked.document_kind:
        conditions.append(_carried(asked.source, asked.document_kind))
    joined = select(Statement.id, Statement.words).join(Speaker, Speaker.id == Statement.speaker_id)
    return joined.where(*conditions)


def _carried(source: str | None, document_kind: str | None) -> ColumnElement[bool]:
    by = [Document.source_id == source] if source else []
    by += [Document.document_kind == document_kind] if document_kind else []
    carrying = (
        select(Appearance.id)
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Appearance.statement_id == Statement.id, *by)
    )
    return carrying.correlate(Statement).exists()
