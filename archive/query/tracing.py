"""The story of one statement: from its primary source through every report, edit, repeat and decision."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from archive.models import Appearance, Document, Speaker, Statement, Story, Version, Wording
from archive.query.decisions import DecisionFacts, decisions
from archive.query.ids import version_id
from archive.query.references import appearance_id, find_statement
from archive.query.statements import StatementHit, statement_hits
from archive.query.wording import Change, word_diff
from archive.store.rulings import anchors_of

__all__ = ["AppearanceFacts", "Printing", "Traced", "trace"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AppearanceFacts:
    """One appearance: where it stands, and how its words differ from the primary ones.

    `variation` and `difference` are None where no primary wording is known; the primary document's own appearances have
    a difference where it printed other words before.
    """

    id: str
    document: str
    version: str
    version_number: int
    is_latest: bool
    source: str
    document_kind: str
    title: str | None
    url: str
    story: str | None
    day: date
    day_basis: str
    appearance_role: str | None
    variation: str | None
    difference: list[Change] | None
    kind: str
    words: str
    wording: str | None
    char_start: int
    char_end: int
    speaker_as_printed: str | None
    office: str | None
    jurisdiction_name: str | None
    confidence: float
    held: bool
    checked: bool
    speaker_class: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """Words that the primary document prints or printed: in which versions, and the reports that carry them now.

    A report of words that both this and the printing in force have counts for the one in force.
    """

    wording: str | None
    words: str
    versions: list[int]
    in_force: bool
    carried_by: list[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Traced:
    """The story of one statement; `appearances` come by day, `printings` as the primary document had them in turn.

    Repeats are statements of the same words on other occasions.
    """

    statement: StatementHit
    primary: AppearanceFacts | None
    appearances: list[AppearanceFacts]
    printings: list[Printing]
    earlier: list[StatementHit]
    later: list[StatementHit]
    decisions: list[DecisionFacts]


def trace(connection: Connection, written: str) -> Traced:
    """The story of the statement that an id means: a statement's, a wording's, an appearance's or a record's.

    Raises UnknownRecord where it means none, or more than one.
    """
    public = find_statement(connection, written)
    row = connection.execute(select(Statement.__table__).where(Statement.public_id == public)).one()
    found = _appearances(connection, row.id)
    (hit,) = statement_hits(connection, [row.id])
    primary = _primary(found, row.primary_id)
    appearances = [_facts(each, primary) for each in found]
    repeats = _repeats(connection, row)
    return Traced(
        statement=hit,
        primary=_facts(primary, None) if primary is not None else None,
        appearances=appearances,
        printings=_printings(found, primary),
        earlier=[each for each in repeats if each.first_date < hit.first_date],
        later=[each for each in repeats if each.first_date >= hit.first_date],
        decisions=_about(connection, row, found),
    )


def _appearances(connection: Connection, statement: int) -> list[Any]:
    return list(
        connection.execute(
            select(
                Appearance.__table__,
                Document.public_id.label("document"),
                Document.document_kind,
                Document.url,
                Document.source_id,
                Story.public_id.label("story"),
                Version.number,
                Version.is_latest,
                Version.title,
                Version.first_captured,
                Wording.public_id.label("wording"),
                Wording.normal,
            )
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .outerjoin(Story, Story.id == Document.story_id)
            .outerjoin(Wording, Wording.id == Appearance.wording_id)
            .where(Appearance.statement_id == statement)
            .order_by(
                Appearance.day, Document.first_seen, Document.public_id, Version.number, Appearance.char_start,
                Appearance.char_end,
            )
        )
    )  # fmt: skip


def _primary(found: Sequence[Any], number: int | None) -> Any:
    """The primary appearance as its document prints it now, else as it last did."""
    first = next((row for row in found if row.id == number), None)
    if first is None:
        return None
    own = [row for row in found if row.document == first.document]
    same = [row for row in own if row.is_latest and row.wording == first.wording]
    return (same or [row for row in own if row.is_latest] or [first])[0]


def _facts(row: Any, primary: Any) -> AppearanceFacts:
    differs = primary is not None and row.words != primary.words
    return AppearanceFacts(
        id=appearance_id(row.document, row.first_captured, row.char_start, row.char_end),
        document=row.document, version=version_id(row.document, row.first_captured), version_number=row.number,
        is_latest=row.is_latest, source=row.source_id, document_kind=row.document_kind, title=row.title, url=row.url,
        story=row.story, day=row.day, day_basis=row.day_basis, appearance_role=row.appearance_role,
        variation=row.variation, difference=word_diff(primary.words, row.words) if differs else None, kind=row.kind,
        words=row.words, wording=row.wording, char_start=row.char_start, char_end=row.char_end,
        speaker_as_printed=row.speaker_as_printed, office=row.office, jurisdiction_name=row.jurisdiction_name,
        confidence=row.confidence, held=row.held, checked=row.checked, speaker_class=row.speaker_class,
    )  # fmt: skip


def _printings(found: Sequence[Any], primary: Any) -> list[Printing]:
    """What the primary document printed in turn; nothing where there is none."""
    if primary is None:
        return []
    own = [row for row in found if row.document == primary.document]
    now = {row.normal for row in own if row.is_latest}
    reports = [row for row in found if row.document != primary.document and row.is_latest]
    made = []
    for wording in dict.fromkeys(row.wording for row in own):
        rows = [row for row in own if row.wording == wording]
        in_force = any(row.is_latest for row in rows)
        others = set() if in_force else now
        carriers = {row.document for row in reports if _carries(row.normal, rows[0].normal, others)}
        made.append(
            Printing(
                wording=wording,
                words=rows[0].words,
                versions=sorted({row.number for row in rows}),
                in_force=in_force,
                carried_by=sorted(carriers),
            )
        )
    return made


def _carries(said: str, printed: str, now: Collection[str]) -> bool:
    """Whether words are of this printing, and of none in force. All are normal forms."""
    return _within(said, printed) and not any(_within(said, each) for each in now)


def _within(one: str, other: str) -> bool:
    return f" {one} " in f" {other} " or f" {other} " in f" {one} "


def _repeats(connection: Connection, row: Any) -> list[StatementHit]:
    """Other statements of the same speaker in the same words, whether years lie between or a week; earliest first."""
    worded = select(Appearance.wording_id).where(Appearance.statement_id == row.id, Appearance.wording_id.is_not(None))
    same = select(Appearance.statement_id).where(
        Appearance.wording_id.in_(worded), Appearance.statement_id.is_not(None)
    )
    earlier = select(Statement.id).where(Statement.public_id == (row.repeat_of or ""))
    later = select(Statement.id).where(Statement.repeat_of == row.public_id)
    # The numbers first, each by its own index: asked in one question, SQLite looks at every statement.
    numbers = {number for found in (same, earlier, later) for number in connection.scalars(found)} - {row.id}
    wanted = select(Statement.id).where(Statement.id.in_(numbers))
    return statement_hits(connection, connection.scalars(wanted.order_by(Statement.first_date, Statement.public_id)))


def _about(connection: Connection, row: Any, found: Sequence[Any]) -> list[DecisionFacts]:
    """The decisions that speak of the statement, of words in it, or of whose it is."""
    key = connection.scalar(select(Speaker.key).where(Speaker.id == row.speaker_id))
    places = {(each.document, each.normal) for each in found}

    def concerns(payload: dict[str, Any]) -> bool:
        if key in (payload.get("key"), payload.get("into_key")):
            documents = payload.get("documents")
            return documents is None or any(document in documents for document, _ in places)
        return any(anchor in places for anchor in anchors_of(payload))

    return decisions(connection, concerns)
