"""The quoted passages of one version, each with whose words they are and the statement that they are of."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from archive.models import Appearance, Document, Speaker, Statement, Version

__all__ = ["Passage", "passages"]

MOST = 2_000  # in one version; a day of hearings has some hundreds


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Quoted words at `start` to `end` of a version's text (code points); `statement` is None where nobody is named."""

    start: int
    end: int
    words: str
    kind: str
    statement: str | None
    speaker: str | None
    speaker_id: str | None
    speaker_class: str | None
    office: str | None
    jurisdiction_name: str | None
    variation: str | None
    confidence: float
    held: bool


def passages(connection: Connection, document: str, number: int) -> list[Passage]:
    """The passages of a document's version, in the order of the text; at most MOST."""
    a = Appearance
    rows = connection.execute(
        select(
            a.char_start.label("start"), a.char_end.label("end"), a.words, a.kind,
            Statement.public_id.label("statement"), func.coalesce(Speaker.name, a.speaker_name).label("speaker"),
            Speaker.public_id.label("speaker_id"),
            func.coalesce(Speaker.speaker_class, a.speaker_class).label("speaker_class"), a.office,
            a.jurisdiction_name, a.variation, a.confidence, a.held,
        )
        .join(Version, Version.id == a.version_id)
        .join(Document, Document.id == Version.document_id)
        .outerjoin(Statement, Statement.id == a.statement_id)
        .outerjoin(Speaker, Speaker.id == a.speaker_id)
        .where(Document.public_id == document, Version.number == number)
        .order_by(a.char_start, a.char_end.desc(), a.held)
        .limit(MOST)
    )  # fmt: skip
    return [Passage(**row._mapping) for row in rows]
