"""What belongs to one record: its versions, the captures they rest on, and the words that were said."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from archive.errors import UnknownRecord, UsageError
from archive.models import (
    Appearance,
    CaptureRow,
    Document,
    DocumentUrl,
    ExtractionRow,
    Redaction,
    Removal,
    Speaker,
    Statement,
    Version,
)
from archive.query.ids import find_document, version_id
from archive.query.references import appearance_id, find_appearance, find_statements, is_appearance
from archive.roster import SpeakerClass

__all__ = ["Chosen", "Passage", "Printed", "choose"]

PRIVATE = "a private person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A version: the text that was read from a page, and when it stood there. `file` holds the text in the package."""

    id: str
    document: str
    number: int
    url: str
    source: str
    document_kind: str
    title: str | None
    published: datetime | date | None
    published_basis: str | None
    first_captured: datetime
    last_captured: datetime
    changed_after: datetime | None
    capture: str
    extractor: str
    text_digest: str | None
    file: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words in a version: `text[char_start:char_end]` of its file. Of private people see `choose`."""

    appearance: str
    version: str
    capture: str
    statement: str | None
    words: str
    char_start: int
    char_end: int
    speaker: str | None
    speaker_as_printed: str | None
    office: str | None
    jurisdiction: str | None
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What is packed of a record: `kind` says what it is; `captures` are rows, in the order of their times."""

    id: str
    kind: str
    versions: list[Printed]
    passages: list[Passage]
    captures: list[Any]


def choose(connection: Connection, written: str) -> Chosen:
    """What an id means: a document's, `ID@TIME`, a statement's, an appearance's or a capture's.

    A private person is named only where the record asked for is what this person said, for then the words need their
    speaker; beside other records they are "a private person", although the page itself says who they are.

    Raises UnknownRecord for an id that is none, UsageError for what has been redacted.
    """
    return _Choice(connection, written.strip()).made()


class _Choice:
    def __init__(self, connection: Connection, written: str) -> None:
        self.connection = connection
        self.written = written

    def made(self) -> Chosen:
        if self.written.strip("<").startswith("urn:uuid:"):
            return self.of_capture(self.written.strip("<>"))
        if is_appearance(self.written):
            spot = find_appearance(self.connection, self.written)
            version, start, end = spot.id.rpartition("#")[0], *map(int, spot.id.rpartition("#")[2].split("-"))
            rows = self.versions(Document.public_id == spot.document)
            numbers = [row.id for row in rows if version_id(row.document, row.first_captured) == version]
            here = (Appearance.char_start == start, Appearance.char_end == end)
            return self.packed("appearance", spot.id, numbers, said=and_(*here), named=True)
        if statements := self.statements():
            spoken = Appearance.statement_id.in_(select(Statement.id).where(Statement.public_id == statements[0]))
            numbers = list(self.connection.scalars(select(Appearance.version_id).where(spoken).distinct()))
            return self.packed("statement", statements[0], numbers, said=spoken, named=True)
        return self.of_document()

    def statements(self) -> list[str]:
        given = re.fullmatch(r"[0-9a-f]{6,20}", self.written.lower())
        if not given:
            return []
        documents = select(Document.id).where(Document.public_id.between(given[0], given[0] + "g")).limit(1)
        found = [] if self.connection.scalar(documents) else find_statements(self.connection, self.written)
        if len(found) > 1:
            raise UnknownRecord(f"{self.written!r} means several statements: {', '.join(found)}; name one of them")
        return found

    def of_document(self) -> Chosen:
        found = find_document(self.connection, self.written)
        rows = self.versions(Document.id == found.row)
        if found.at is None:
            gone = self.removals(found.row)
            return self.packed("document", found.id, [row.id for row in rows], more=gone)
        then = [row for row in rows if row.first_captured <= found.at]
        if not then:
            raise UnknownRecord(f"{found.id} had no version at that time; `archive history {found.id}` lists them")
        return self.packed("version", version_id(found.id, then[-1].first_captured), [then[-1].id])

    def of_capture(self, record: str) -> Chosen:
        rows = self.captures(CaptureRow.record_id == record)
        if not rows:
            raise UnknownRecord(f"no capture has the id {record}; `archive history ID --json` prints them")
        versions = select(Version.id).where(Version.capture_id.in_([row.id for row in rows]))
        return self.packed("capture", record, list(self.connection.scalars(versions)), more=rows[:1])

    def versions(self, *where: Any) -> list[Any]:
        return list(self.connection.execute(_VERSIONS.where(*where).order_by(Document.public_id, Version.number)))

    def captures(self, *where: Any) -> list[Any]:
        return list(self.connection.execute(select(CaptureRow.__table__).where(*where).order_by(CaptureRow.id)))

    def removals(self, document: int) -> list[Any]:
        """The absences by which a removal was suspected, and confirmed."""
        at = or_(CaptureRow.captured_at == Removal.suspected_at, CaptureRow.captured_at == Removal.confirmed_at)
        numbers = (
            select(CaptureRow.id)
            .join(
                DocumentUrl,
                and_(DocumentUrl.source_id == CaptureRow.source_id, DocumentUrl.address == CaptureRow.address),
            )
            .join(Removal, Removal.document_id == DocumentUrl.document_id)
            .where(DocumentUrl.document_id == document, at)
        )
        return self.captures(CaptureRow.id.in_(numbers))

    def packed(
        self, kind: str, id_: str, numbers: Collection[int], *, said: Any = None, named: bool = False,
        more: Sequence[Any] = (),
    ) -> Chosen:  # fmt: skip
        """Versions with the captures they were first and last seen in, and the attributed words in them."""
        rows = self.versions(Version.id.in_(list(numbers)))
        captures = {row.id: row for row in [*more, *(each for row in rows for each in self.seen_in(row))]}
        captures |= {row.id: row for row in self.originals(captures.values())}
        self.refuse_redacted(id_, rows, captures.values())
        printed = [_printed(row, place) for place, row in enumerate(rows, 1)]
        spoken = self.spoken([row.id for row in rows], said)
        return Chosen(
            id=id_, kind=kind, versions=printed, passages=[_passage(row, named=named) for row in spoken],
            captures=sorted(captures.values(), key=lambda row: (row.captured_at, row.record_id)),
        )  # fmt: skip

    def seen_in(self, row: Any) -> list[Any]:
        last = and_(
            CaptureRow.source_id == row.source_id,
            CaptureRow.captured_at == row.last_captured,
            CaptureRow.address.in_(select(DocumentUrl.address).where(DocumentUrl.document_id == row.document_id)),
        )
        return self.captures(or_(CaptureRow.id == row.capture_id, last))

    def originals(self, captures: Collection[Any]) -> list[Any]:
        """The records that hold the bytes to which others only refer."""
        named = {row.refers_to for row in captures if row.refers_to}
        return self.captures(CaptureRow.record_id.in_(named), CaptureRow.warc_type != "revisit") if named else []

    def refuse_redacted(self, id_: str, versions: Collection[Any], captures: Collection[Any]) -> None:
        digests = {row.payload_digest for row in captures if row.payload_digest}
        gone = self.connection.scalar(select(Redaction.payload_digest).where(Redaction.payload_digest.in_(digests)))
        if gone or any(row.redacted for row in versions):
            raise UsageError(f"{id_}: a decision took its bytes and text out for good; nothing is left to pack")

    def spoken(self, versions: Collection[int], said: Any) -> list[Any]:
        wanted = _SPOKEN.where(Appearance.version_id.in_(list(versions)))
        if said is not None:
            wanted = wanted.where(said)
        ordered = wanted.order_by(Document.public_id, Version.number, Appearance.char_start, Appearance.char_end)
        found: dict[str, Any] = {}
        for row in self.connection.execute(ordered):
            found.setdefault(_spot(row), row)
        return list(found.values())


def _spot(row: Any) -> str:
    return appearance_id(row.document, row.first_captured, row.char_start, row.char_end)


def _printed(row: Any, place: int) -> Printed:
    return Printed(
        id=version_id(row.document, row.first_captured), document=row.document, number=row.number, url=row.url,
        source=row.source_id, document_kind=row.document_kind, title=row.title,
        published=row.published_at or row.published_date, published_basis=row.published_basis,
        first_captured=row.first_captured, last_captured=row.last_captured, changed_after=row.changed_after,
        capture=row.record_id, extractor=row.extractor, text_digest=row.text_digest,
        file=f"evidence/text-{place}.txt", text=row.text or "",
    )  # fmt: skip


def _passage(row: Any, *, named: bool) -> Passage:
    hidden = row.speaker_class == SpeakerClass.PRIVATE and not named
    return Passage(
        appearance=_spot(row), version=version_id(row.document, row.first_captured), capture=row.record_id,
        statement=row.statement, words=row.words, char_start=row.char_start, char_end=row.char_end,
        speaker=PRIVATE if hidden else row.speaker, speaker_as_printed=None if hidden else row.speaker_as_printed,
        office=row.office, jurisdiction=row.jurisdiction_name, kind=row.kind,
    )  # fmt: skip


_VERSIONS = (
    select(
        Version.__table__, Document.public_id.label("document"), Document.source_id, Document.document_kind,
        Document.published_at, Document.published_date, Document.published_basis,
        CaptureRow.url, CaptureRow.record_id, ExtractionRow.extractor,
    )
    .join(Document, Document.id == Version.document_id)
    .join(CaptureRow, CaptureRow.id == Version.capture_id)
    .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
)  # fmt: skip
_SPOKEN = (
    select(
        Appearance.__table__, Document.public_id.label("document"), Version.first_captured, CaptureRow.record_id,
        Statement.public_id.label("statement"), Speaker.name.label("speaker"),
    )
    .join(Version, Version.id == Appearance.version_id)
    .join(Document, Document.id == Version.document_id)
    .join(CaptureRow, CaptureRow.id == Version.capture_id)
    .join(Speaker, Speaker.id == Appearance.speaker_id)
    .outerjoin(Statement, Statement.id == Appearance.statement_id)
)  # fmt: skip
