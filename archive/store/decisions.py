"""What a person decides about who said what: entered as a primary row, applied by every derivation from then on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from archive import clock
from archive.derive.voices import is_known
from archive.derive.wordings import normal_form
from archive.errors import UsageError
from archive.models import Appearance, Decision, Document, Speaker, Version
from archive.roster import load_roster
from archive.store.deciding import MAKERS, Made
from archive.store.engine import writing
from archive.store.neighbourhoods import chunks
from archive.store.rehearsing import Changed, rehearse
from archive.store.rows import retire
from archive.store.rulings import Anchor, Kind, anchors_of, load_rulings
from archive.store.speech import Speech
from archive.store.spoken import name_of
from archive.text import digest

__all__ = ["Changed", "Decided", "Kind", "Unfit", "decide", "take_out_words", "unfit"]


REDACTED = "redacted"  # in a payload: a redaction took out something of what the decision was about


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
            "kind": kind, "subject": subject, "made_at": clock.now(), "made_by": by, "reason": reason,
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
    if values["kind"] == Kind.MERGE_PERSONS and not connection.scalar(
        select(Speaker.id).where(Speaker.public_id == values["subject"])
    ):
        reason = f"decision {number} says that they are one person"
        new = made.payload["into"]
        retire(connection, values["subject"], new, kind="speaker", reason=reason, now=values["made_at"])
    return number


def unfit(connection: Connection) -> list[Unfit]:
    """The decisions about speakers and statements that are not applied, or not as they were meant, and why."""
    rows = connection.execute(_ABOUT_SPEECH).all()
    rulings = load_rulings(connection)
    quoted = _quoted(connection, {document for row in rows for document, _ in anchors_of(row.payload)})
    return [
        Unfit(
            decision=row.id, kind=row.kind, subject=row.subject, made_at=row.made_at, made_by=row.made_by,
            reason=row.reason, why=why,
        )
        for row in rows
        if (why := _misfit(row.payload, rulings.meant(row.payload).names, quoted))
    ]  # fmt: skip


_ABOUT_SPEECH = select(Decision.__table__).where(Decision.kind.in_(list(Kind))).order_by(Decision.made_at, Decision.id)


def _quoted(connection: Connection, documents: Collection[str]) -> Mapping[Anchor, set[str]]:
    """What is quoted in these documents, and the folded names of those who are quoted with it."""
    found: dict[Anchor, set[str]] = defaultdict(set)
    roster = load_roster()
    for part in chunks(documents):
        rows = connection.execute(
            select(Document.public_id, Appearance.words, Speaker.key)
            .join(Version, Version.document_id == Document.id)
            .join(Appearance, Appearance.version_id == Version.id)
            .outerjoin(Speaker, Speaker.id == Appearance.speaker_id)
            .where(Document.public_id.in_(part), ~Appearance.held)
            .distinct()
        )
        for document, words, key in rows:
            found[document, normal_form(words)].add(name_of(key, roster) if key else "")
    return found


def _misfit(payload: Mapping[str, Any], names: Collection[str] | None, quoted: Mapping[Anchor, set[str]]) -> str | None:
    anchors = anchors_of(payload)
    if not anchors or payload.get(REDACTED):
        return "a redaction took out the words that it was about"
    for document, normal in anchors:
        if (document, normal) not in quoted:
            return f"document {document} has these words as no quotation any more"
        if names is not None and not quoted[document, normal].intersection(names):
            return f"document {document} gives these words to another speaker now"
    return None


def take_out_words(connection: Connection, documents: Collection[int]) -> None:
    """Take out of decisions what they name of these documents (row numbers), where no version has the words now."""
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
            taken = update(Decision).where(Decision.id == row.id)
            connection.execute(taken.values(payload=_without_names(row.payload, kept), words=None))


def _without_names(payload: Mapping[str, Any], kept: list[list[str]]) -> dict[str, Any]:
    """A decision without the names that it has from a redacted document; keys that hold one become digests."""
    cleaned = {name: value for name, value in payload.items() if name not in ("speaker", "role", "place")}
    for name in ("key", "into_key"):
        if name in cleaned and not is_known(cleaned[name]):
            cleaned[name] = digest(cleaned[name])
    if "speakers" in cleaned:
        cleaned["speakers"] = [key if is_known(key) else digest(key) for key in cleaned["speakers"]]
    return {**cleaned, "anchors": kept, REDACTED: True}
