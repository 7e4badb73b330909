"""Write what derivation says: documents, their addresses, versions and removals, changing only rows that differ."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, insert, or_, select

from archive import clock
from archive.derive.documents import DerivedDocument, DerivedVersion, derive_documents
from archive.models import (
    Band,
    CaptureRow,
    Document,
    DocumentUrl,
    ExtractionRow,
    ListingEntry,
    NearDuplicate,
    Removal,
    Source,
    Version,
    table_of,
)
from archive.store.neighbourhoods import chunks, load_neighbourhood
from archive.store.rows import retire, update_by_id
from archive.store.speech import Speech
from archive.urls import public_id

__all__ = ["Changes", "derive_addresses"]


@dataclass(slots=True)
class Changes:
    """What a derivation changed.

    `restory` are row numbers of documents whose story must be looked at again, `respeak` of those whose quotations
    must be written again.
    """

    new_documents: set[str] = field(default_factory=set)
    new_versions: set[str] = field(default_factory=set)
    restory: set[int] = field(default_factory=set)
    respeak: set[int] = field(default_factory=set)
    document_of: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)


def derive_addresses(connection: Connection, source: str, addresses: Collection[str], speech: Speech) -> Changes:
    """Derive anew the documents of these addresses and of all that belong with them.

    Of versions and documents that go, the quotations are forgotten first.
    """
    return _Writer(connection, source, speech).derive(addresses)


class _Writer:
    def __init__(self, connection: Connection, source: str, speech: Speech) -> None:
        self.connection = connection
        self.source = source
        self.speech = speech
        self.changes = Changes()
        row = connection.execute(select(Source).where(Source.id == source)).one()
        self.kind, self.zone = row.document_kind, ZoneInfo(row.timezone)

    def derive(self, addresses: Collection[str]) -> Changes:
        neighbourhood = load_neighbourhood(self.connection, self.source, addresses)
        self.changes.seen = {each.address for each in neighbourhood.observations} | set(addresses)
        derived = {public_id(self.source, each.address): each for each in derive_documents(neighbourhood)}
        before = self.existing(self.changes.seen, derived)
        self.retire(before, derived)
        self.write_documents(before, derived)
        changed = self.changes.respeak
        self.speech.was(row for public, row in before.items() if public not in derived or row.id in changed)
        return self.changes

    def existing(self, addresses: Collection[str], derived: Mapping[str, DerivedDocument]) -> dict[str, Any]:
        """The stored documents at these addresses, by public id."""
        found: dict[str, Any] = {}
        for part in chunks(addresses):
            at_address = select(DocumentUrl.document_id).where(
                DocumentUrl.source_id == self.source, DocumentUrl.address.in_(part)
            )
            for row in self.connection.execute(select(Document.__table__).where(Document.id.in_(at_address))):
                found[row.public_id] = row
        return found

    def retire(self, before: Mapping[str, Any], derived: Mapping[str, DerivedDocument]) -> None:
        """Delete documents that are no more, keep their ids answering, and free the addresses that moved."""
        home = {url.address: public for public, each in derived.items() for url in each.addresses}
        gone = {public: row for public, row in before.items() if public not in derived}
        ids = [row.id for row in gone.values()]
        for part in chunks(ids):
            near = select(NearDuplicate.a_id, NearDuplicate.b_id).where(
                or_(NearDuplicate.a_id.in_(part), NearDuplicate.b_id.in_(part))
            )
            for a, b in self.connection.execute(near):
                self.changes.restory |= {a, b}
        self.changes.restory -= set(ids)
        self.speech.forget(ids)
        _delete_documents(self.connection, ids)
        now = clock.now()
        for public, row in gone.items():
            reason = "its addresses belong to another now"
            retire(self.connection, public, home.get(row.address), kind="document", reason=reason, now=now)
        for part in chunks(self.changes.seen):
            self.connection.execute(
                delete(DocumentUrl).where(DocumentUrl.source_id == self.source, DocumentUrl.address.in_(part))
            )

    def write_documents(self, before: Mapping[str, Any], derived: Mapping[str, DerivedDocument]) -> None:
        facts = self.facts(derived.values())
        listed = self.listed_dates(derived, facts)
        inserts, updates = [], []
        for public, each in derived.items():
            values = self.values(public, each, facts, listed)
            old = before.get(public)
            if old is None:
                inserts.append(values)
                self.changes.new_documents.add(public)
            elif any(getattr(old, key) != value for key, value in values.items()):
                updates.append({"b_id": old.id, **values})
        ids = {public: row.id for public, row in before.items() if public in derived}
        ids |= self.insert_documents(inserts)
        update_by_id(self.connection, Document, updates)
        self.note_changes(before, updates, ids)
        self.write_addresses(derived, ids)
        self.write_versions(derived, ids, facts)
        self.write_removals(derived, ids)

    def insert_documents(self, values: list[dict[str, Any]]) -> dict[str, int]:
        if not values:
            return {}
        rows = self.connection.execute(insert(table_of(Document)).returning(Document.public_id, Document.id), values)
        return {row.public_id: row.id for row in rows}

    def note_changes(self, before: Mapping[str, Any], updates: list[dict[str, Any]], ids: Mapping[str, int]) -> None:
        for values in updates:
            old = before[values["public_id"]]
            number, aged = ids[values["public_id"]], ("published_date", "first_seen")
            if any(getattr(old, name) != values[name] for name in aged):
                self.changes.restory.add(number)
            if any(getattr(old, name) != values[name] for name in (*aged, "url", "document_kind", "language")):
                self.changes.respeak.add(number)

    def facts(self, derived: Iterable[DerivedDocument]) -> dict[int, Any]:
        """The extractions that versions stand on, by row number, without their texts."""
        wanted = {v.first.extraction_id for each in derived for v in each.versions}
        columns = [c for c in ExtractionRow.__table__.c if c.name not in ("text", "signature", "quotations")]
        found = {}
        for part in chunks(wanted):
            for row in self.connection.execute(select(*columns).where(ExtractionRow.id.in_(part))):
                found[row.id] = row
        return found

    def listed_dates(self, derived: Mapping[str, DerivedDocument], facts: Mapping[int, Any]) -> dict[str, Any]:
        """Per address the date that its earliest listing printed, for documents whose page declares none."""
        undated = [
            url.address
            for each in derived.values()
            if not facts[_extraction_id(each.versions[-1])].published
            for url in each.addresses
        ]
        found: dict[str, Any] = {}
        for part in chunks(undated):
            rows = self.connection.execute(
                select(ListingEntry.address, ListingEntry.published_at, ListingEntry.published_date)
                .join(CaptureRow, CaptureRow.id == ListingEntry.capture_id)
                .where(
                    ListingEntry.source_id == self.source,
                    ListingEntry.address.in_(part),
                    ListingEntry.published_date.is_not(None),
                )
                .order_by(CaptureRow.captured_at, CaptureRow.record_id, ListingEntry.position)
            )
            for row in rows:
                found.setdefault(row.address, row)
        return found

    def values(
        self, public: str, each: DerivedDocument, facts: Mapping[int, Any], listed: Mapping[str, Any]
    ) -> dict[str, Any]:
        latest = each.versions[-1]
        fact = facts[_extraction_id(latest)]
        modified_at, modified_date = _when(fact.modified, self.zone)[:2]
        return {
            "public_id": public,
            "source_id": self.source,
            "document_kind": self.kind,
            "url": each.url,
            "address": each.address,
            "title": fact.title,
            "language": fact.language,
            "byline": fact.byline,
            **self.published(each, fact, listed),
            "modified_at": modified_at,
            "modified_date": modified_date,
            "first_seen": each.first_seen,
            "last_seen": each.last_seen,
            "versions": len(each.versions),
            "removal_state": each.removal_state,
            "obtained": each.versions[0].first.obtained,
        }

    def published(self, each: DerivedDocument, fact: Any, listed: Mapping[str, Any]) -> dict[str, Any]:
        at, day, precision, basis = _when(fact.published, self.zone)
        if day is None:
            row = next((listed[url.address] for url in each.addresses if url.address in listed), None)
            if row is not None:
                at, day, basis = row.published_at, row.published_date, "listing"
                precision = "second" if at else "day"
        return {
            "published_at": at,
            "published_date": day,
            "published_precision": precision,
            "published_basis": basis,
        }

    def write_addresses(self, derived: Mapping[str, DerivedDocument], ids: Mapping[str, int]) -> None:
        for part in chunks(ids.values()):
            self.connection.execute(delete(DocumentUrl).where(DocumentUrl.document_id.in_(part)))
        rows = [
            {
                "source_id": self.source, "address": url.address, "document_id": ids[public], "url": url.url,
                "seen_from": url.seen_from, "seen_to": url.seen_to, "joined_by": url.joined_by,
            }
            for public, each in derived.items()
            for url in each.addresses
        ]  # fmt: skip
        if rows:
            self.connection.execute(insert(table_of(DocumentUrl)), rows)
        self.changes.document_of = {url.address: public for public, each in derived.items() for url in each.addresses}

    def write_versions(
        self, derived: Mapping[str, DerivedDocument], ids: Mapping[str, int], facts: Mapping[int, Any]
    ) -> None:
        stored = self.stored_versions(ids.values())
        texts: list[dict[str, Any]] = []
        light: list[dict[str, Any]] = []
        for public, each in derived.items():
            document = ids[public]
            for version in each.versions:
                values = _version_values(document, version, latest=version is each.versions[-1], facts=facts)
                old = stored.pop((document, version.number), None)
                if (
                    old is not None
                    and old.extraction_id == values["extraction_id"]
                    and old.capture_id == values["capture_id"]
                ):
                    if any(getattr(old, key) != value for key, value in values.items()):
                        light.append({"b_id": old.id, **{key: values[key] for key in _LIGHT}})
                    if old.is_latest != values["is_latest"]:
                        self.changes.restory.add(document)
                    continue
                if old is not None:
                    stored[(document, version.number)] = old
                texts.append(values)
                self.changes.restory.add(document)
                self.changes.respeak.add(document)
                if old is None and version.number > 1:
                    self.changes.new_versions.add(public)
        self.replace_versions(stored, texts, light)

    def replace_versions(
        self, gone: Mapping[Any, Any], texts: list[dict[str, Any]], light: list[dict[str, Any]]
    ) -> None:
        less = {row.document_id for row in gone.values()}
        self.changes.restory |= less
        self.changes.respeak |= less
        self.speech.forget(less)
        for part in chunks(row.id for row in gone.values()):
            self.connection.execute(delete(Version).where(Version.id.in_(part)))
        update_by_id(self.connection, Version, light)
        for part in (texts[start : start + 100] for start in range(0, len(texts), 100)):
            words = dict(
                self.connection.execute(
                    select(ExtractionRow.id, ExtractionRow.text).where(
                        ExtractionRow.id.in_({values["extraction_id"] for values in part})
                    )
                ).all()
            )
            self.connection.execute(
                insert(table_of(Version)),
                [{**v, "text": None if v["redacted"] else words[v["extraction_id"]]} for v in part],
            )

    def stored_versions(self, documents: Iterable[int]) -> dict[tuple[int, int], Any]:
        columns = [c for c in Version.__table__.c if c.name not in ("text", "search")]
        return {
            (row.document_id, row.number): row
            for part in chunks(documents)
            for row in self.connection.execute(select(*columns).where(Version.document_id.in_(part)))
        }

    def write_removals(self, derived: Mapping[str, DerivedDocument], ids: Mapping[str, int]) -> None:
        for part in chunks(ids.values()):
            self.connection.execute(delete(Removal).where(Removal.document_id.in_(part)))
        rows = [
            {
                "document_id": ids[public], "state": one.state, "suspected_at": one.suspected_at,
                "confirmed_at": one.confirmed_at, "restored_at": one.restored_at, "as_of": one.as_of,
                "absences": one.absences, "basis": one.basis, "last_found": one.last_found,
            }
            for public, each in derived.items()
            for one in each.removals
        ]  # fmt: skip
        if rows:
            self.connection.execute(insert(table_of(Removal)), rows)


_LIGHT = ("is_latest", "last_captured", "changed_after", "captures", "first_captured", "obtained")


def _extraction_id(version: DerivedVersion) -> int:
    assert version.first.extraction_id is not None, "a version stands on an extraction"
    return version.first.extraction_id


def _version_values(
    document: int, version: DerivedVersion, *, latest: bool, facts: Mapping[int, Any]
) -> dict[str, Any]:
    fact = facts[_extraction_id(version)]
    return {
        "document_id": document,
        "number": version.number,
        "is_latest": latest,
        "title": fact.title,
        "text_digest": fact.text_digest,
        "text_key": fact.text_key,
        "words": fact.words,
        "first_captured": version.first.captured_at,
        "last_captured": version.last_captured,
        "changed_after": version.changed_after,
        "captures": version.captures,
        "capture_id": version.first.capture_id,
        "extraction_id": fact.id,
        "obtained": version.first.obtained,
        "language": fact.language,
        "truncated": fact.truncated,
        "redacted": fact.redacted,
        "quotation_status": fact.quotation_status,
    }


def _when(claim: list[Any] | None, zone: ZoneInfo) -> tuple[datetime | None, date | None, str | None, str | None]:
    """A stored date claim as (time, day in the source's zone, precision, basis)."""
    if not claim:
        return None, None, None, None
    day, at, precision, basis = claim
    if at is None:
        return None, date.fromisoformat(day), precision, basis
    time = datetime.fromisoformat(at)
    return time.astimezone(UTC), time.astimezone(zone).date(), precision, basis


def _delete_documents(connection: Connection, ids: Collection[int]) -> None:
    for part in chunks(ids):
        connection.execute(delete(NearDuplicate).where(or_(NearDuplicate.a_id.in_(part), NearDuplicate.b_id.in_(part))))
        connection.execute(delete(Band).where(Band.document_id.in_(part)))
        connection.execute(delete(Removal).where(Removal.document_id.in_(part)))
        connection.execute(delete(Version).where(Version.document_id.in_(part)))
        connection.execute(delete(DocumentUrl).where(DocumentUrl.document_id.in_(part)))
        connection.execute(delete(Document).where(Document.id.in_(part)))
