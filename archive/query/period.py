"""What a period brought: what was said most and by whom, which texts changed and whether they say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select
from sqlalchemy.orm import aliased

from archive.derive.notices import notice_of
from archive.models import Appearance, Document, Source, Speaker, Statement, Version
from archive.query.filters import CONFIDENT
from archive.query.ids import version_id
from archive.query.naming import is_private
from archive.query.statements import StatementHit, statement_hits

__all__ = ["Carrier", "Edit", "Voice", "carriers", "edits", "said_by_day", "said_most", "voices"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who spoke, with the office and place of the latest statement; stories are independent ones."""

    speaker: str
    speaker_id: str
    office: str | None
    jurisdiction: str | None
    jurisdiction_name: str | None
    statements: int
    stories: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """A document whose latest version carries a statement; `variation` is null where no primary wording is known."""

    statement: str
    document: str
    source: str
    source_title: str
    title: str | None
    url: str
    appearance_role: str | None
    variation: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A text that changed, after `changed_after` and not after `first_captured`.

    `notice` is the correction notice that came with the new text; without one the edit is unannounced. Texts are None
    where a decision took them out.
    """

    document: str
    source: str
    document_kind: str
    url: str
    old_version: str
    new_version: str
    changed_after: datetime | None
    first_captured: datetime
    obtained: str
    old_title: str | None
    new_title: str | None
    old_text: str | None
    new_text: str | None
    notice: str | None


def _told(since: date, until: date) -> list[ColumnElement[bool]]:
    """Statements of the period that may be told: of nobody private, and surely enough of who is named."""
    heard = aliased(Appearance)
    sure = select(heard.id).where(heard.statement_id == Statement.id, heard.confidence >= CONFIDENT)
    return [
        Statement.first_date.between(since, until),
        Statement.kind != "whole",
        ~is_private(),
        or_(Statement.checked, sure.exists()),
    ]


def said_most(connection: Connection, *, since: date, until: date, limit: int = 10) -> list[StatementHit]:
    """The statements first made in the period that the most independent stories carry, then the most documents."""
    most = (Statement.stories.desc(), Statement.documents.desc(), Statement.first_date, Statement.public_id)
    wanted = select(Statement.id).join(Speaker, Speaker.id == Statement.speaker_id).where(*_told(since, until))
    return statement_hits(connection, connection.scalars(wanted.order_by(*most).limit(limit)).all())


def carriers(connection: Connection, statements: Sequence[str]) -> list[Carrier]:
    """The documents that carry these statements now, each once: the primary source first, then by day and source."""
    a, d = Appearance, Document
    wanted = (
        select(
            Statement.public_id.label("statement"), d.public_id.label("document"), d.source_id.label("source"),
            Source.title.label("source_title"), d.title, d.url, a.appearance_role, a.variation,
        )
        .join(a, a.statement_id == Statement.id)
        .join(Version, (Version.id == a.version_id) & Version.is_latest)
        .join(d, d.id == Version.document_id)
        .join(Source, Source.id == d.source_id)
        .where(Statement.public_id.in_(statements))
        .order_by(a.appearance_role, a.day, d.source_id, d.public_id, a.char_start)
    )  # fmt: skip
    found: dict[tuple[str, str], Carrier] = {}
    for row in connection.execute(wanted):
        found.setdefault((row.statement, row.document), Carrier(**row._mapping))
    return list(found.values())


def said_by_day(connection: Connection, *, since: date, until: date) -> dict[date, int]:
    """How many statements were first made on each day that had any."""
    wanted = (
        select(Statement.first_date, func.count())
        .join(Speaker, Speaker.id == Statement.speaker_id)
        .where(*_told(since, until))
        .group_by(Statement.first_date)
    )
    return {row[0]: row[1] for row in connection.execute(wanted)}


def voices(connection: Connection, *, since: date, until: date, limit: int = 12) -> list[Voice]:
    """Who spoke in the most independent stories, by statements first made in the period."""
    said, stories, documents = (
        func.count(column.distinct()).label(name)
        for name, column in (
            ("statements", Statement.id),
            ("stories", func.coalesce(Document.story_id, -Document.id)),
            ("documents", Document.id),
        )
    )
    wanted = (
        select(Speaker.id, Speaker.name, Speaker.public_id, said, stories, documents)
        .join(Statement, Statement.speaker_id == Speaker.id)
        .join(Appearance, Appearance.statement_id == Statement.id)
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(*_told(since, until))
        .group_by(Speaker.id, Speaker.name, Speaker.public_id)
        .order_by(stories.desc(), said.desc(), Speaker.name, Speaker.public_id)
        .limit(limit)
    )
    return [_voice(connection, row, since, until) for row in connection.execute(wanted).all()]


def _voice(connection: Connection, row: Any, since: date, until: date) -> Voice:
    seat = connection.execute(
        select(Statement.office, Statement.jurisdiction, Statement.jurisdiction_name)
        .where(Statement.speaker_id == row.id, Statement.first_date.between(since, until))
        .order_by(Statement.office.is_(None), Statement.first_date.desc(), Statement.public_id)
        .limit(1)
    ).one()
    return Voice(
        speaker=row.name, speaker_id=row.public_id, office=seat.office, jurisdiction=seat.jurisdiction,
        jurisdiction_name=seat.jurisdiction_name, statements=row.statements, stories=row.stories,
        documents=row.documents,
    )  # fmt: skip


def edits(connection: Connection, *, since: date, until: date) -> Iterator[Edit]:
    """The changes of text seen in the period (UTC days), the latest first; they stream, since each holds two texts."""
    begins = datetime.combine(since, time(), UTC)
    ends = datetime.combine(until, time(), UTC) + timedelta(days=1)
    old, new, d = aliased(Version), aliased(Version), Document
    wanted = (
        select(
            d.public_id.label("document"), d.source_id.label("source"), d.document_kind, d.url, new.changed_after,
            new.first_captured, new.obtained, old.title.label("old_title"), new.title.label("new_title"),
            old.text.label("old_text"), new.text.label("new_text"), old.first_captured.label("old_captured"),
        )
        .join(new, (new.document_id == d.id) & (new.number > 1))
        .join(old, (old.document_id == d.id) & (old.number == new.number - 1))
        .where(d.versions > 1, d.last_seen >= begins)
        .where(new.first_captured >= begins, new.first_captured < ends)
        .order_by(new.first_captured.desc(), d.public_id)
    )  # fmt: skip
    with connection.execute(wanted.execution_options(yield_per=100)) as rows:
        for row in rows:
            yield _edit(row._mapping)


def _edit(row: Any) -> Edit:
    values = {name: value for name, value in row.items() if name != "old_captured"}
    return Edit(
        **values,
        old_version=version_id(row["document"], row["old_captured"]),
        new_version=version_id(row["document"], row["first_captured"]),
        notice=notice_of(row["old_text"] or "", row["new_text"] or ""),
    )
