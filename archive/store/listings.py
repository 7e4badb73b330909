"""What listings showed, and what they stopped showing."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select

from archive.models import CaptureRow, Delisting, Document, DocumentUrl, ListingEntry, RunRow, table_of
from archive.records import Capture, Entry, Listing, RequestRole
from archive.store.frontier import extend, look_again
from archive.store.neighbourhoods import chunks
from archive.urls import address_of

__all__ = ["note_delistings", "note_listing"]

ROWS = 200


def note_listing(
    connection: Connection, *, source: str, capture_id: int, capture: Capture, listing: Listing
) -> set[str]:
    """Keep what a listing showed and add it to the frontier; gives the addresses that derivation must look at."""
    rows = _entry_rows(source, capture_id, listing)
    for part in (rows[start : start + ROWS] for start in range(0, len(rows), ROWS)):
        connection.execute(insert(table_of(ListingEntry)), part)
        extend(connection, source, part, capture.captured_at)
    touched = note_delistings(connection, source, address_of(capture.url), capture_id)
    look_again(connection, source, touched, capture.captured_at)
    return touched | _undated(connection, source, [row["address"] for row in rows])


def _entry_rows(source: str, capture_id: int, listing: Listing) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for entry in listing.entries:
        at, day = _when(entry)
        rows.setdefault(
            address_of(entry.url),
            {
                "capture_id": capture_id, "source_id": source, "position": len(rows), "url": entry.url,
                "address": address_of(entry.url), "title": entry.title, "published_at": at, "published_date": day,
                "modified_at": entry.modified,
            },
        )  # fmt: skip
    return list(rows.values())


def _when(entry: Entry) -> tuple[datetime | None, date | None]:
    if isinstance(entry.published, datetime):
        at = entry.published if entry.published.tzinfo else None
        return at, entry.published.date()
    return None, entry.published


def _undated(connection: Connection, source: str, addresses: Collection[str]) -> set[str]:
    """Addresses of documents whose date can only come from a listing."""
    found: set[str] = set()
    for part in chunks(addresses):
        found.update(
            connection.scalars(
                select(DocumentUrl.address)
                .join(Document, Document.id == DocumentUrl.document_id)
                .where(
                    DocumentUrl.source_id == source,
                    DocumentUrl.address.in_(part),
                    or_(Document.published_basis.is_(None), Document.published_basis == "listing"),
                )
            )
        )
    return found


def note_delistings(connection: Connection, source: str, address: str, capture_id: int) -> set[str]:
    """Work out what this capture of a listing, and the one after it, no longer show; gives the addresses concerned.

    An entry that scrolled off the end says nothing: gone means that neighbours on both sides are still shown.
    """
    order = connection.execute(
        select(CaptureRow.id, CaptureRow.captured_at)
        .join(RunRow, RunRow.id == CaptureRow.run_id)
        .where(
            ~RunRow.held,
            CaptureRow.source_id == source,
            CaptureRow.address == address,
            CaptureRow.role == RequestRole.LISTING,
            CaptureRow.status == 200,
            CaptureRow.id.in_(select(ListingEntry.capture_id).where(ListingEntry.source_id == source)),
        )
        .order_by(CaptureRow.captured_at, CaptureRow.record_id)
    ).all()
    at = next((i for i, row in enumerate(order) if row.id == capture_id), None)
    touched: set[str] = set()
    for index in () if at is None else (at, at + 1):
        if 0 < index < len(order):
            touched |= _compare(connection, source, order[index - 1].id, order[index])
    return touched


def _compare(connection: Connection, source: str, earlier: int, later: Any) -> set[str]:
    shown, shows = _without_pinned(_shown(connection, earlier), _shown(connection, later.id))
    still = set(shows)
    kept = [position for position, address in enumerate(shown) if address in still]
    gone = {
        address
        for position, address in enumerate(shown)
        if address not in still and kept and kept[0] < position < kept[-1]
    }
    stale = Delisting.capture_id == later.id
    before = set(connection.scalars(select(Delisting.address).where(stale)))
    connection.execute(delete(Delisting).where(stale))
    rows = [
        {"capture_id": later.id, "address": address, "source_id": source, "delisted_at": later.captured_at}
        for address in sorted(gone)
    ]
    if rows:
        connection.execute(insert(table_of(Delisting)), rows)
    return gone | before


def _without_pinned(earlier: list[str], later: list[str]) -> tuple[list[str], list[str]]:
    """Both listings without the entries that close either, where new ones came in.

    What scrolled off a page lies above the items that are pinned to its end, and is not gone for that.
    """
    if set(later) <= set(earlier):
        return earlier, later
    pinned = sum(
        1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(reversed(earlier), reversed(later), strict=False))
    )
    return earlier[: len(earlier) - pinned], later[: len(later) - pinned]


def _shown(connection: Connection, capture_id: int) -> list[str]:
    return list(
        connection.scalars(
            select(ListingEntry.address).where(ListingEntry.capture_id == capture_id).order_by(ListingEntry.position)
        )
    )
