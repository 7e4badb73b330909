"""From what a person writes - an id, its beginning, `ID@TIME`, an address - to a document."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Connection, select

from archive.errors import UnknownRecord
from archive.models import Document, DocumentUrl, RetiredId
from archive.urls import address_of

__all__ = ["Found", "find_document", "version_id", "written_time"]

SHORTEST = 6
_ID = re.compile(r"[0-9a-f]{1,20}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document that answers to what was written.

    `row` is its row number, for joins in the same connection only; `at` is the time that was asked for;
    `note` tells the person that the id they wrote was retired.
    """

    row: int
    id: str
    at: datetime | None = None
    note: str | None = None


def version_id(document: str, first_captured: datetime) -> str:
    """How a version is cited: `DOCUMENT@TIME`, the UTC time of its first capture."""
    return f"{document}@{first_captured.astimezone(UTC).isoformat().replace('+00:00', 'Z')}"


def written_time(said: str) -> datetime:
    """A time as a person writes it: an ISO time (UTC unless it says otherwise), or a day, which means its end.

    Raises UnknownRecord where it is neither.
    """
    with suppress(ValueError):
        return datetime.combine(date.fromisoformat(said), time.max, UTC)
    try:
        at = datetime.fromisoformat(said)
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise UnknownRecord(
            f"{said!r} is neither a day nor a time; write ID@2026-03-04 or ID@2026-03-04T15:00:00Z"
        ) from None


def find_document(connection: Connection, written: str) -> Found:
    """The document of an id, of at least its first 6 characters, of `ID@TIME`, or of an address it had.

    A retired id is followed to what took its place. Raises UnknownRecord, naming near ids, where nothing answers.
    """
    if written.startswith(("http://", "https://", "urn:")):
        return _by_address(connection, written)
    given, at_sign, when = written.strip().partition("@")
    at = written_time(when) if at_sign else None
    given = given.lower()
    if not _ID.fullmatch(given):
        raise UnknownRecord(f"{written!r} is no id; `archive search WORDS` prints the ids of documents")
    if len(given) < SHORTEST:
        raise UnknownRecord(f"{written!r} is too short to tell documents apart; write at least {SHORTEST} characters")
    begins = Document.public_id.between(given, given + "g")
    rows = connection.execute(
        select(Document.id, Document.public_id).where(begins).order_by(Document.public_id).limit(4)
    ).all()
    exact = [row for row in rows if row.public_id == given] or rows
    if len(exact) > 1:
        ids = ", ".join(row.public_id for row in exact[:3])
        raise UnknownRecord(f"{given!r} is the beginning of several ids ({ids}); write more of it")
    if exact:
        return Found(row=exact[0].id, id=exact[0].public_id, at=at)
    return _retired(connection, given, at)


def _retired(connection: Connection, given: str, at: datetime | None) -> Found:
    wanted, seen, reason = given, set[str](), ""
    while wanted not in seen:
        seen.add(wanted)
        gone = connection.execute(select(RetiredId).where(RetiredId.old == wanted)).first()
        if gone is None:
            break
        wanted, reason = gone.new or "", gone.reason
    if not seen - {given} and not reason:
        raise _unknown(connection, given)
    row = connection.execute(select(Document.id, Document.public_id).where(Document.public_id == wanted)).first()
    if row is None:
        raise UnknownRecord(f"{given} was retired ({reason}) and nothing took its place; nothing is left to show")
    return Found(row=row.id, id=row.public_id, at=at, note=f"{given} was retired ({reason}); its place took {wanted}")


def _unknown(connection: Connection, given: str) -> UnknownRecord:
    for length in range(len(given) - 1, 3, -1):
        start = given[:length]
        near = connection.scalars(
            select(Document.public_id).where(Document.public_id.between(start, start + "g")).limit(3)
        ).all()
        if near:
            return UnknownRecord(f"no document has the id {given}; near it are {', '.join(near)}")
    return UnknownRecord(f"no document has the id {given}; `archive search WORDS` prints the ids of documents")


def _by_address(connection: Connection, written: str) -> Found:
    try:
        address = address_of(written)
    except ValueError as error:
        raise UnknownRecord(f"{error}; write the address of a page") from None
    rows = connection.execute(
        select(Document.id, Document.public_id, Document.source_id)
        .join(DocumentUrl, DocumentUrl.document_id == Document.id)
        .where(DocumentUrl.address == address)
        .order_by(Document.public_id)
    ).all()
    if not rows:
        raise UnknownRecord(f"no document had the address {address}; `archive search WORDS` finds documents by words")
    if len(rows) > 1:
        ids = ", ".join(f"{row.public_id} ({row.source_id})" for row in rows)
        raise UnknownRecord(f"several sources have this address; write one of the ids {ids}")
    return Found(row=rows[0].id, id=rows[0].public_id)
