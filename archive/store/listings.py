"""What listings showed, what they stopped showing, and what a source has still to be asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from typing import Any

from sqlalchemy import Connection, and_, delete, func, insert, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from archive.models import CaptureRow, Delisting, Document, DocumentUrl, Frontier, ListingEntry, table_of
from archive.records import Capture, Entry, Listing, RequestRole
from archive.store.neighbourhoods import chunks
from archive.urls import address_of

__all__ = ["Fetched", "Wanted", "due", "note_fetched", "note_listing", "upsert", "wanted"]

RETRY_AFTER = timedelta(hours=1)
MAX_TRIES = 5
# Refused or asked to wait: nothing was learnt about the document.
UNSETTLED = frozenset({401, 403, 407, 408, 425, 429})
ROWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One address to ask for; `known` when it was fetched before, with what it then said of itself."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    known: bool = False
    fetched_at: datetime | None = None


def upsert(connection: Connection, table: Any) -> Any:
    """An insert of the connection's own dialect, which knows ON CONFLICT."""
    return (sqlite if connection.dialect.name == "sqlite" else postgresql).insert(table)


def note_listing(
    connection: Connection, *, source: str, capture_id: int, capture: Capture, listing: Listing
) -> set[str]:
    """Keep what a listing showed and add it to the frontier; gives the addresses that derivation must look at."""
    rows = _entry_rows(source, capture_id, listing)
    for part in (rows[start : start + ROWS] for start in range(0, len(rows), ROWS)):
        connection.execute(insert(table_of(ListingEntry)), part)
        _extend_frontier(connection, source, part, capture.captured_at)
    touched = note_delistings(connection, source, address_of(capture.url), capture_id)
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


def _extend_frontier(connection: Connection, source: str, rows: Sequence[dict[str, Any]], at: datetime) -> None:
    statement = upsert(connection, Frontier)
    newer = statement.excluded
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["source_id", "address"],
            set_={
                "listed_at": newer.listed_at,
                "modified_at": func.coalesce(newer.modified_at, Frontier.modified_at),
            },
        ),
        [
            {
                "source_id": source, "address": row["address"], "url": row["url"], "found_at": at, "listed_at": at,
                "modified_at": row["modified_at"], "due_at": at, "tries": 0,
            }
            for row in rows
        ],
    )  # fmt: skip


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
        .where(
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer of an address. `trusted` when it gave a text: else a block page might be confirmed for ever."""

    capture: Capture
    address: str
    trusted: bool


def note_fetched(connection: Connection, source: str, answers: Sequence[Fetched]) -> None:
    """Mark addresses as asked for: an answer settles one, a refusal or server error leaves it due again."""
    last = {each.address: each for each in answers}
    for part in chunks(last):
        where = (Frontier.source_id == source, Frontier.address.in_(part))
        before = {row.address: row for row in connection.execute(select(Frontier.__table__).where(*where))}
        rows = [_frontier_row(source, last[address], before.get(address)) for address in part]
        statement = upsert(connection, Frontier)
        newer = {name: statement.excluded[name] for name in ("due_at", "fetched_at", "tries", "etag", "last_modified")}
        connection.execute(statement.on_conflict_do_update(index_elements=["source_id", "address"], set_=newer), rows)


def _frontier_row(source: str, answer: Fetched, before: Any) -> dict[str, Any]:
    capture = answer.capture
    at = capture.captured_at
    settled = capture.status < 500 and capture.status not in UNSETTLED and not capture.truncated
    validators: dict[str, Any] = {"etag": None, "last_modified": None}
    if capture.status == 200 and answer.trusted:
        validators = {"etag": capture.header("etag"), "last_modified": capture.header("last-modified")}
    elif capture.status != 200 and before:
        validators = {"etag": before.etag, "last_modified": before.last_modified}
    return {
        "source_id": source,
        "address": answer.address,
        "url": before.url if before else capture.url,
        "found_at": before.found_at if before else at,
        "listed_at": before.listed_at if before else at,
        "due_at": (before.due_at if before else at) if settled else at + RETRY_AFTER,
        "fetched_at": at if settled else before and before.fetched_at,
        "tries": 0 if settled else (before.tries if before else 0) + 1,
        **validators,
    }


def wanted(connection: Connection, source: str, entries: Sequence[Entry]) -> list[Wanted]:
    """Of what a listing shows, each address once, with what the archive knows of it."""
    urls: dict[str, str] = {}
    for entry in entries:
        urls.setdefault(address_of(entry.url), entry.url)
    known = {
        row.address: row
        for part in chunks(urls)
        for row in connection.execute(
            select(Frontier.__table__).where(Frontier.source_id == source, Frontier.address.in_(part))
        )
    }
    return [_wanted(url, known.get(address)) for address, url in urls.items()]


def due(connection: Connection, source: str, *, now: datetime, revisit_days: int, limit: int) -> list[Wanted]:
    """What is owed though no listing names it: never fetched, failed before, or young enough to look at again."""
    young = now - timedelta(days=revisit_days)
    rows = connection.execute(
        select(Frontier.__table__)
        .where(
            Frontier.source_id == source,
            or_(
                and_(Frontier.fetched_at.is_(None), Frontier.tries < MAX_TRIES, Frontier.due_at <= now),
                and_(Frontier.fetched_at.is_not(None), Frontier.found_at >= young),
            ),
        )
        .order_by(Frontier.fetched_at.is_not(None), Frontier.due_at, Frontier.address)
        .limit(limit)
    )
    return [_wanted(row.url, row) for row in rows]


def _wanted(url: str, row: Any) -> Wanted:
    if row is None:
        return Wanted(url=url)
    return Wanted(
        url=url,
        etag=row.etag,
        last_modified=row.last_modified,
        known=row.fetched_at is not None,
        fetched_at=row.fetched_at and row.fetched_at.astimezone(UTC),
    )
