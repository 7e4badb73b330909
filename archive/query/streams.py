"""All that answers a search, one row after the other in constant memory, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from archive import fulltext
from archive.models import Document, Source, Story, Version
from archive.query.filters import Filters
from archive.query.ids import version_id
from archive.query.matching import EVERY, Matching
from archive.query.searching import documents_matching
from archive.query.statements import StatementHit, statement_hits, statements_matching

__all__ = ["Text", "every_statement", "every_text"]

BATCH = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A version with its text and what is known of its document; `document`, `version` and `story` are public ids."""

    document: str
    version: str
    source: str
    office: str | None
    jurisdiction: str | None
    document_kind: str
    url: str
    title: str | None
    published_date: date | None
    first_seen: datetime
    last_seen: datetime
    version_number: int
    is_latest: bool
    removal_state: str | None
    story: str | None
    language: str | None
    words: int
    rights: str
    text: str | None = field(repr=False)


def every_text(
    connection: Connection, asked: str = "", *, filters: Filters | None = None, all_versions: bool = False
) -> Iterator[Text]:
    """Every version that answers, newest first; without words every document's version in force."""
    matching = documents_matching(connection, fulltext.parse(asked), filters, all_versions=all_versions)
    for numbers in _batches(matching):
        found = {row.id: row for row in connection.execute(_TEXTS.where(Version.id.in_(numbers)))}
        for number in numbers:
            values = dict(found[number]._mapping)
            del values["id"]
            yield Text(version=version_id(values["document"], values.pop("first_captured")), **values)


def every_statement(
    connection: Connection, asked: str = "", *, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None,
) -> Iterator[StatementHit]:  # fmt: skip
    """Every statement that answers, newest first."""
    query = fulltext.parse(asked)
    matching = statements_matching(connection, query, filters, speaker=speaker, kind=kind, cut=False)
    for numbers in _batches(matching):
        yield from statement_hits(connection, numbers, query=query)


_TEXTS = (
    select(
        Version.id, Document.public_id.label("document"), Version.first_captured, Document.source_id.label("source"),
        Source.office, Source.jurisdiction, Document.document_kind, Document.url, Version.title,
        Document.published_date, Document.first_seen, Document.last_seen, Version.number.label("version_number"),
        Version.is_latest, Document.removal_state, Story.public_id.label("story"), Version.language, Version.words,
        Source.rights, Version.text,
    )
    .join(Document, Document.id == Version.document_id)
    .join(Source, Source.id == Document.source_id)
    .outerjoin(Story, Story.id == Document.story_id)
)  # fmt: skip


def _batches(matching: Matching) -> Iterator[Sequence[int]]:
    wanted = matching.newest(EVERY).execution_options(yield_per=BATCH)
    return matching.connection.scalars(wanted).partitions(BATCH)
