"""One batch of captures as one short transaction: primary rows first, then what is derived from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import orjson
from sqlalchemy import Connection, insert, select, update

from archive import text
from archive.extract import EXTRACTOR
from archive.models import CaptureRow, ExtractionRow, Redaction, table_of
from archive.records import Capture, DateClaim, Listing, Outcome, Receipt, RequestRole
from archive.store.absences import like_the_probe, says_nothing
from archive.store.derived import Changes, derive_addresses
from archive.store.frontier import Fetched, note_fetched, note_further
from archive.store.guard import Guard, hold
from archive.store.listings import note_listing
from archive.store.neighbourhoods import chunks
from archive.store.prepare import Prepared
from archive.store.quotations import encoded
from archive.store.rows import upsert
from archive.store.speech import Speech
from archive.store.stories import tell_stories
from archive.urls import address_of
from archive.warc import Original, Place

__all__ = ["Item", "store_extractions", "write_batch"]


@dataclass(slots=True)
class Item:
    """One capture on its way through the archive."""

    capture: Capture
    address: str
    redirect_address: str | None
    listing: Listing | None
    future: Future[Receipt]
    record_id: str
    further: tuple[str, ...] = ()
    payload_digest: str | None = None
    original: Original | None = None
    extraction_id: int | None = None
    prepared: Prepared | None = None
    refreshed: list[tuple[list[int], Prepared]] = field(default_factory=list)
    extracted: bool = False
    known: bool = False
    place: Place | None = None
    receipt: Receipt | None = None

    @property
    def is_document(self) -> bool:
        """Whether the capture was asked for as a document."""
        return self.capture.role is RequestRole.DOCUMENT

    @property
    def is_settled_listing(self) -> bool:
        """Whether this was a listing that was read, or that is not there: a page past the end."""
        gone = self.capture.role is RequestRole.LISTING and self.capture.status in (404, 410)
        return self.listing is not None or gone


def write_batch(
    connection: Connection,
    *,
    run: int,
    source: str,
    ages: Sequence[timedelta],
    items: Sequence[Item],
    guard: Guard | None = None,
) -> Counter[str]:
    """Write a batch; gives its named counts. Each item's receipt is set, to be given out after the commit.

    `ages` are those at which the source's documents are looked at again. When the `guard` raises its alarm, the run
    is held, and what was derived from it before is taken back.
    """
    _drop_redacted(connection, items)
    _share_extractions(connection, source, items)
    extractions = store_extractions(connection, _prepared(items))
    numbers: dict[_Bytes, int] = {}
    for item in items:
        if item.prepared:
            item.extraction_id = extractions[item.prepared.key]
        if item.extraction_id is not None and item.capture.status != 304:
            item.extraction_id = numbers.setdefault(_bytes(item), item.extraction_id)
        for captures, prepared in item.refreshed:
            connection.execute(
                update(CaptureRow).where(CaptureRow.id.in_(captures)).values(extraction_id=extractions[prepared.key])
            )
    outcomes = _outcomes(connection, items)
    read = _read(items, outcomes)
    nothing = says_nothing(connection, source, read)
    rows = _insert_captures(connection, run, source, items)
    touched: set[str] = set()
    fetched: list[Fetched] = []
    for item in items:
        if item.is_settled_listing:
            note_further(connection, source, item.address, item.further, item.capture.captured_at)
        if item.listing is not None and item.record_id in rows:
            touched |= note_listing(
                connection, source=source, capture_id=rows[item.record_id], capture=item.capture, listing=item.listing
            )
        if item.is_document:
            touched.add(item.address)
            said_nothing = (item.address, item.extraction_id) in nothing
            outcome = str(Outcome.ABSENT) if said_nothing else outcomes.get(item.extraction_id or 0)
            fetched.append(Fetched(capture=item.capture, address=item.address, outcome=outcome))
        elif item.record_id in rows and item.capture.role is not RequestRole.UNDRAWN:
            touched |= _leading_to(connection, source, item.address)
        if item.capture.role is RequestRole.PROBE:
            touched |= like_the_probe(connection, source, item.address, item.extraction_id, item.redirect_address)
    note_fetched(connection, source, fetched, ages)
    if guard is not None and guard.examine(connection, read - nothing):
        touched |= hold(connection, run)
    speech = Speech(connection)
    changes = derive_addresses(connection, source, touched, speech) if touched else Changes()
    storied = tell_stories(connection, changes.restory)
    speech.tell(changes.respeak, stories=storied)
    _receipts(items, outcomes, changes, _text_keys(connection, read - nothing), _attachments(connection, items))
    return _count(items, outcomes, changes)


def _read(items: Sequence[Item], outcomes: dict[int, str]) -> set[tuple[str, int | None]]:
    """The addresses that answered with a text, and the row numbers of what it was read as."""
    return {
        (item.address, item.extraction_id)
        for item in items
        if item.is_document and outcomes.get(item.extraction_id or 0) == Outcome.TEXT
    }


_Bytes = tuple[str, str | None, str, int]


def _bytes(item: Item) -> _Bytes:
    return (item.address, item.payload_digest, str(item.capture.role), item.capture.status)


def _share_extractions(connection: Connection, source: str, items: Sequence[Item]) -> None:
    """All captures of the same bytes at an address share the first one's extraction.

    What another process, or the batch before, committed since the item was looked up is seen only here.
    """
    fresh = [item for item in items if item.prepared]
    stored: dict[_Bytes, int] = {}
    columns = (CaptureRow.address, CaptureRow.payload_digest, CaptureRow.role, CaptureRow.status)
    for part in chunks({item.address for item in fresh}):
        rows = connection.execute(
            select(*columns, CaptureRow.extraction_id)
            .where(CaptureRow.source_id == source, CaptureRow.address.in_(part), CaptureRow.extraction_id.is_not(None))
            .order_by(CaptureRow.id)
        )
        for row in rows:
            stored.setdefault((row.address, row.payload_digest, row.role, row.status), row.extraction_id)
    for item in fresh:
        if (known := stored.get(_bytes(item))) is not None:
            item.extraction_id, item.prepared = known, None


def _prepared(items: Iterable[Item]) -> list[Prepared]:
    own = [item.prepared for item in items if item.prepared]
    return own + [prepared for item in items for _, prepared in item.refreshed]


def store_extractions(connection: Connection, prepared: Iterable[Prepared]) -> dict[str, int]:
    """Store extractions that are not there yet; gives the row number of each by its key."""
    values = {each.key: _extraction_values(each) for each in prepared}
    if not values:
        return {}
    statement = upsert(connection, ExtractionRow).on_conflict_do_nothing(index_elements=["key"])
    connection.execute(statement, list(values.values()))
    found: dict[str, int] = {}
    for part in chunks(values):
        rows = connection.execute(select(ExtractionRow.key, ExtractionRow.id).where(ExtractionRow.key.in_(part)))
        found.update(rows.all())
    return found


def _extraction_values(each: Prepared) -> dict[str, Any]:
    found = each.extraction
    return {
        "key": each.key,
        "payload_digest": each.payload_digest,
        "extractor": EXTRACTOR,
        "outcome": str(found.outcome),
        "reason": found.reason,
        "title": text.clean(found.title) if found.title else None,
        "text": text.storable(found.text),
        "text_digest": each.text_digest,
        "text_key": each.text_key,
        "words": each.words,
        "signature": each.signature,
        "language": found.language,
        "byline": text.clean(found.byline) if found.byline else None,
        "published": _claim(found.published),
        "modified": _claim(found.modified),
        "truncated": found.truncated,
        "redacted": each.redacted,
        "quotations": encoded(found.quotations),
        "quotation_status": found.quotation_status and str(found.quotation_status),
        "attachment": found.attachment,
        "attachment_address": _address(found.attachment),
    }


def _address(url: str | None) -> str | None:
    try:
        return address_of(url) if url else None
    except ValueError:
        return None


def _claim(claim: DateClaim | None) -> list[Any] | None:
    if claim is None:
        return None
    return [claim.day.isoformat(), claim.at.isoformat() if claim.at else None, claim.precision, claim.basis]


def _drop_redacted(connection: Connection, items: Sequence[Item]) -> None:
    """A payload that was redacted stays out: its capture is kept, its bytes and text are not."""
    digests = {item.payload_digest for item in items if item.payload_digest}
    for part in chunks(digests):
        refused = set(connection.scalars(select(Redaction.payload_digest).where(Redaction.payload_digest.in_(part))))
        for item in items:
            if item.payload_digest in refused and item.prepared:
                bare = replace(
                    item.prepared.extraction, text="", title=None, byline=None, quotations=(), quotation_status=None
                )
                item.prepared = replace(item.prepared, extraction=bare, signature=None, redacted=True)


def _outcomes(connection: Connection, items: Sequence[Item]) -> dict[int, str]:
    wanted = {item.extraction_id for item in items if item.extraction_id}
    found: dict[int, str] = {}
    for part in chunks(wanted):
        rows = connection.execute(select(ExtractionRow.id, ExtractionRow.outcome).where(ExtractionRow.id.in_(part)))
        found.update(rows.all())
    return found


def _insert_captures(connection: Connection, run: int, source: str, items: Sequence[Item]) -> dict[str, int]:
    """Insert the captures that are new; gives row numbers by record id. A record the archive holds is marked known."""
    stored: set[str] = set()
    for part in chunks({item.record_id for item in items}):
        where = (CaptureRow.source_id == source, CaptureRow.record_id.in_(part))
        stored.update(connection.scalars(select(CaptureRow.record_id).where(*where)))
    fresh: dict[str, dict[str, Any]] = {}
    for item in items:
        item.known = item.known or item.record_id in stored or item.record_id in fresh
        if not item.known:
            fresh[item.record_id] = _capture_values(item, run, source)
    if not fresh:
        return {}
    statement = insert(table_of(CaptureRow)).returning(CaptureRow.record_id, CaptureRow.id)
    rows = connection.execute(statement, list(fresh.values()))
    return dict(rows.all())


def _capture_values(item: Item, run: int, source: str) -> dict[str, Any]:
    capture, place = item.capture, item.place
    assert place is not None, "bytes first, row second"
    media_type = (capture.header("content-type") or "").partition(";")[0].strip().lower()
    return {
        "record_id": item.record_id,
        "source_id": source,
        "run_id": run,
        "role": str(capture.role),
        "obtained": str(capture.obtained),
        "url": capture.url,
        "address": item.address,
        "captured_at": capture.captured_at,
        "status": capture.status,
        "headers": orjson.loads(orjson.dumps([[text.clean(part) for part in pair] for pair in capture.headers])),
        "media_type": media_type or None,
        "truncated": capture.truncated,
        "redirect_address": item.redirect_address,
        "payload_digest": item.payload_digest,
        "payload_length": len(capture.payload),
        "warc_type": place.warc_type,
        "warc_file": place.file,
        "warc_offset": place.offset,
        "warc_length": place.length,
        "refers_to": item.original.record_id if item.original else capture.drawn_from,
        "handed_title": capture.title,
        "handed_date": capture.published,
        "handed_id": capture.handed_id,
        "extraction_id": item.extraction_id,
        "reserved": capture.reserved,
    }


def _leading_to(connection: Connection, source: str, address: str) -> set[str]:
    """A listing is nobody's document: what stands at its address, or leads to it, must be looked at again."""
    where = (CaptureRow.source_id == source, CaptureRow.redirect_address == address)
    return {address, *connection.scalars(select(CaptureRow.address).where(*where).distinct())}


def _count(items: Sequence[Item], outcomes: dict[int, str], changes: Changes) -> Counter[str]:
    counts: Counter[str] = Counter()
    for item in items:
        if item.known:
            counts["known_records"] += 1
            continue
        counts["captures"] += 1
        counts["extractions"] += item.extracted
        if item.capture.role in (RequestRole.PROBE, RequestRole.ATTACHMENT):
            counts[f"{item.capture.role}s"] += 1
            continue
        if not item.is_document:
            if item.listing is not None:  # an error page at a listing's address shows nothing, not "no documents"
                counts["listings"] += 1
                counts["listed"] += len(item.listing.entries)
            continue
        counts["documents"] += 1
        counts["unchanged"] += item.original is not None and item.capture.status == 200
        for reason in _reasons(item, outcomes):
            counts[reason] += 1
    counts["new_documents"] += len(changes.new_documents)
    counts["new_versions"] += len(changes.new_versions)
    return counts


def _reasons(item: Item, outcomes: dict[int, str]) -> Iterable[str]:
    status, outcome = item.capture.status, outcomes.get(item.extraction_id or 0)
    if item.capture.truncated:
        yield "truncated"
    if item.capture.reserved:
        yield "reserved"
    if status == 304:
        yield "not_modified"
    elif status in (404, 410):
        yield "absent"
    elif 300 <= status < 400:
        yield "redirects"
    elif status >= 500:
        yield "server_errors"
    elif status >= 400:
        yield "refused"
    elif outcome and outcome != Outcome.TEXT:
        yield str(outcome)


def _text_keys(connection: Connection, read: set[tuple[str, int | None]]) -> dict[tuple[str, int | None], str]:
    keys: dict[int, str] = {}
    for part in chunks({number for _, number in read if number is not None}):
        rows = connection.execute(select(ExtractionRow.id, ExtractionRow.text_key).where(ExtractionRow.id.in_(part)))
        keys.update((row.id, row.text_key) for row in rows if row.text_key)
    return {(address, number): keys[number] for address, number in read if number in keys}


def _attachments(connection: Connection, items: Sequence[Item]) -> dict[int, str]:
    """The URL of the file that is the body of what was read, by the row number of the extraction."""
    found: dict[int, str] = {}
    for part in chunks({item.extraction_id for item in items if item.is_document and item.extraction_id}):
        where = (ExtractionRow.id.in_(part), ExtractionRow.attachment_address.is_not(None))
        rows = connection.execute(select(ExtractionRow.id, ExtractionRow.attachment).where(*where))
        found.update((row.id, str(row.attachment)) for row in rows)
    return found


def _receipts(
    items: Sequence[Item],
    outcomes: dict[int, str],
    changes: Changes,
    keys: dict[tuple[str, int | None], str],
    attachments: dict[int, str],
) -> None:
    told: set[str | None] = set()
    for item in items:
        document = changes.document_of.get(item.address)
        first = document not in told
        told.add(document)
        outcome = outcomes.get(item.extraction_id or 0)
        item.receipt = Receipt(
            record_id=item.record_id,
            known=item.known,
            extracted=item.extracted,
            outcome=Outcome(outcome) if outcome else None,
            document=document,
            new_document=first and document in changes.new_documents,
            new_version=first and document in changes.new_versions,
            text_key=keys.get((item.address, item.extraction_id)),
            attachment=attachments.get(item.extraction_id or 0) if item.is_document else None,
        )
