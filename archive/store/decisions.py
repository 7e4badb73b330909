"""What a person decides about who said what: entered as a primary row, applied by every derivation from then on."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from archive.derive.wordings import normal_form
from archive.errors import UsageError
from archive.models import Appearance, Decision, Document, Version
from archive.store.deciding import MAKERS, Made
from archive.store.engine import writing
from archive.store.neighbourhoods import chunks
from archive.store.rehearsing import Changed, rehearse
from archive.store.rulings import Anchor, Kind, anchors_of
from archive.store.speech import Speech

__all__ = ["Changed", "Decided", "Kind", "Unfit", "decide", "take_out_words", "unfit"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as it was entered; `documents` counts those that were told anew because of it.

    Of a dry run, `decision` is 0 and `changes` are the statements that would not be as they are.
    """

    decision: int
    kind: str
    subject: str
    documents: int
    changes: tuple[Changed, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfit:
    """A decision about words that are not where it says any more, and that is therefore not applied to them."""

    decision: int
    kind: str
    subject: str
    made_at: datetime
    made_by: str
    reason: str
    why: str


def decide(
    engine: Engine, *, kind: str, subject: str, by: str, reason: str, words: str | None, given: Mapping[str, Any],
    dry_run: bool = False,
) -> Decided:  # fmt: skip
    """Enter a decision and apply it, in one transaction; a dry run says only what would change.

    Raises UsageError for a kind that is none or lacks what it needs, UnknownRecord for ids and words that are nowhere.
    """
    if kind not in list(Kind):
        raise UsageError(f"{kind!r} is no kind of decision; write one of {', '.join(Kind)}")
    if not reason.strip() or not by.strip():
        raise UsageError("a decision needs a reason and the name of who made it")
    with writing(engine) as connection:
        made = MAKERS[Kind(kind)](connection, subject, words, given)
        documents = {*made.retell, *made.regroup}
        values = {
            "kind": kind, "subject": subject, "made_at": datetime.now(UTC), "made_by": by, "reason": reason,
            "text_digest": made.text_digest, "words": made.words, "payload": made.payload,
        }  # fmt: skip
        if dry_run:
            changes = rehearse(connection, documents, lambda: _enter(connection, values, made))
            return Decided(decision=0, kind=kind, subject=subject, documents=len(documents), changes=tuple(changes))
        number = _enter(connection, values, made)
    return Decided(decision=number, kind=kind, subject=subject, documents=len(documents))


def _enter(connection: Connection, values: Mapping[str, Any], made: Made) -> int:
    number: int | None = connection.scalar(insert(Decision).values(values).returning(Decision.id))
    assert number is not None, "an insert gives its row number"
    Speech(connection).tell(made.retell, regroup=made.regroup)
    return number


def unfit(connection: Connection) -> list[Unfit]:
    """The decisions about speakers and statements that name words which are no quotation of their document any more."""
    rows = connection.execute(_ABOUT_SPEECH).all()
    quoted = _quoted(connection, {document for row in rows for document, _ in anchors_of(row.payload)})
    return [
        Unfit(
            decision=row.id, kind=row.kind, subject=row.subject, made_at=row.made_at, made_by=row.made_by,
            reason=row.reason, why=why,
        )
        for row in rows
        if (why := _misfit(row, quoted))
    ]  # fmt: skip


_ABOUT_SPEECH = select(Decision.__table__).where(Decision.kind.in_(list(Kind))).order_by(Decision.made_at, Decision.id)


def _quoted(connection: Connection, documents: Collection[str]) -> set[Anchor]:
    found: set[Anchor] = set()
    for part in chunks(documents):
        rows = connection.execute(
            select(Document.public_id, Appearance.words)
            .join(Version, Version.document_id == Document.id)
            .join(Appearance, Appearance.version_id == Version.id)
            .where(Document.public_id.in_(part), ~Appearance.held)
            .distinct()
        )
        found |= {(document, normal_form(words)) for document, words in rows}
    return found


def _misfit(row: Any, quoted: Collection[Anchor]) -> str | None:
    anchors = anchors_of(row.payload)
    if not anchors:
        return "a redaction took out the words that it was about"
    gone = [document for document, normal in anchors if (document, normal) not in quoted]
    return f"document {gone[0]} has these words as no quotation any more" if gone else None


def take_out_words(connection: Connection, documents: Collection[int]) -> None:
    """Take out of decisions what words they name of these documents (row numbers), where no version has them now."""
    texts: dict[str, str] = {}
    for part in chunks(documents):
        for document, text in connection.execute(
            select(Document.public_id, Version.text)
            .join(Version, Version.document_id == Document.id)
            .where(Document.id.in_(part))
        ):
            texts[document] = f"{texts.get(document, '')}\n{normal_form(text or '')}"
    for row in connection.execute(_ABOUT_SPEECH).all():
        anchors = row.payload.get("anchors", ())
        kept = [
            [document, words]
            for document, words in anchors
            if document not in texts or normal_form(words) in texts[document]
        ]
        if len(kept) < len(anchors):
            payload = {**row.payload, "anchors": kept}
            taken = update(Decision).where(Decision.id == row.id).values(payload=payload, words=None)
            connection.execute(taken)
