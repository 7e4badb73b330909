"""What a source has still to be asked for, and asked again: documents with their next visit, and unread listings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, and_, case, delete, func, or_, select, update

from archive.derive.visits import after_absence, after_failure, after_text
from archive.models import Frontier, ListingDue
from archive.records import Capture, Entry, Outcome
from archive.store.neighbourhoods import chunks
from archive.store.rows import upsert
from archive.urls import address_of

__all__ = [
    "Fetched", "Wanted", "due", "extend", "forget", "latest_known", "look_again", "note_fetched", "note_further",
    "unread_listings", "wanted",
]  # fmt: skip

# Refused or asked to wait: nothing was learnt about the document.
UNSETTLED = frozenset({401, 403, 407, 408, 425, 429})
LISTING_TRIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One address to ask for; `known` when it was fetched before, with what it then said of itself.

    `due` when it was never fetched, or when its next visit has come.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    known: bool = False
    due: bool = True
    fetched_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """One answer of an address, and what it was read as; None where it was not read."""

    capture: Capture
    address: str
    outcome: str | None

    @property
    def absent(self) -> bool:
        """Whether the address said that there is nothing."""
        return self.capture.status in (404, 410) or self.outcome == Outcome.ABSENT

    @property
    def settled(self) -> bool:
        """Whether anything was learnt: a refusal, a server error, a wall or a cut answer tells nothing."""
        capture = self.capture
        refused = capture.status >= 500 or capture.status in UNSETTLED or self.outcome == Outcome.BLOCKED
        return not refused and not capture.truncated


def extend(connection: Connection, source: str, rows: Iterable[dict[str, Any]], at: datetime) -> None:
    """Add what a listing shows at `at`; a document that it says was modified since the last visit is due at once."""
    statement = upsert(connection, Frontier)
    newer = statement.excluded
    modified = and_(Frontier.fetched_at.is_not(None), newer.modified_at > Frontier.fetched_at)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["source_id", "address"],
            set_={
                "listed_at": newer.listed_at,
                "modified_at": func.coalesce(newer.modified_at, Frontier.modified_at),
                "due_at": case((modified, newer.listed_at), else_=Frontier.due_at),
            },
        ),
        [
            {
                "source_id": source, "address": row["address"], "url": row["url"], "found_at": at, "listed_at": at,
                "modified_at": row["modified_at"], "due_at": at, "tries": 0, "absences": 0,
            }
            for row in rows
        ],
    )  # fmt: skip


def look_again(connection: Connection, source: str, addresses: Collection[str], at: datetime) -> None:
    """Have these addresses asked for at `at`, where their next visit is later than that."""
    for part in chunks(addresses):
        connection.execute(
            update(Frontier)
            .where(Frontier.source_id == source, Frontier.address.in_(part), Frontier.due_at > at)
            .values(due_at=at)
        )


def note_fetched(connection: Connection, source: str, answers: Sequence[Fetched], ages: Sequence[timedelta]) -> None:
    """Set the next visit of addresses that were asked for, by what they answered and the source's ages."""
    last = {each.address: each for each in answers}
    for part in chunks(last):
        where = (Frontier.source_id == source, Frontier.address.in_(part))
        before = {row.address: row for row in connection.execute(select(Frontier.__table__).where(*where))}
        rows = [_row(source, last[address], before.get(address), ages) for address in part]
        statement = upsert(connection, Frontier)
        names = ("due_at", "fetched_at", "tries", "absences", "etag", "last_modified")
        newer = {name: statement.excluded[name] for name in names}
        connection.execute(statement.on_conflict_do_update(index_elements=["source_id", "address"], set_=newer), rows)


def _row(source: str, answer: Fetched, before: Any, ages: Sequence[timedelta]) -> dict[str, Any]:
    capture = answer.capture
    at = capture.captured_at
    found_at = before.found_at if before else at
    tries = 0 if answer.settled else (before.tries if before else 0) + 1
    absences = (before.absences if before else 0) + answer.absent if not answer.settled or answer.absent else 0
    if not answer.settled:
        due_at = after_failure(at, tries)
    else:
        due_at = after_absence(at, absences) if answer.absent else after_text(found_at, at, ages)
    return {
        "source_id": source,
        "address": answer.address,
        "url": before.url if before else capture.url,
        "found_at": found_at,
        "listed_at": before.listed_at if before else at,
        "due_at": due_at,
        "fetched_at": at if answer.settled else before and before.fetched_at,
        "tries": tries,
        "absences": absences,
        **_validators(answer, before),
    }


def _validators(answer: Fetched, before: Any) -> dict[str, Any]:
    """Those of the last answer that gave a text: else a block page might be confirmed for ever."""
    capture = answer.capture
    if capture.status == 200 and answer.outcome == Outcome.TEXT:
        return {"etag": capture.header("etag"), "last_modified": capture.header("last-modified")}
    if capture.status != 200 and before:
        return {"etag": before.etag, "last_modified": before.last_modified}
    return {"etag": None, "last_modified": None}


def wanted(connection: Connection, source: str, entries: Sequence[Entry], now: datetime) -> list[Wanted]:
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
    modified = {address_of(entry.url): entry.modified for entry in entries if entry.modified}
    return [_wanted(url, known.get(address), now, modified.get(address)) for address, url in urls.items()]


def due(
    connection: Connection, source: str, *, now: datetime, young: datetime | None, limit: int, revisits: int
) -> list[Wanted]:
    """What is owed at `now`: at most `limit` never fetched, then at most `revisits` to be looked at again.

    With `young` everything first found since then is looked at again, due or not.
    """
    mine = select(Frontier.__table__).where(Frontier.source_id == source)
    new = mine.where(Frontier.fetched_at.is_(None), Frontier.due_at <= now)
    again = or_(Frontier.due_at <= now, *([] if young is None else [Frontier.found_at >= young]))
    old = mine.where(Frontier.fetched_at.is_not(None), again)

    def read(statement: Select[Any], most: int) -> list[Wanted]:
        ordered = statement.order_by(Frontier.due_at, Frontier.address).limit(most)
        return [_wanted(row.url, row, now, None) for row in connection.execute(ordered)]

    return read(new, limit) + read(old, limit if young else min(limit, revisits))


def latest_known(connection: Connection, source: str, without: Collection[str], limit: int) -> list[Wanted]:
    """The documents found last, of those that answered at their last visit, without some; to be asked for in full."""
    rows = connection.execute(
        select(Frontier.__table__)
        .where(
            Frontier.source_id == source, Frontier.fetched_at.is_not(None), Frontier.tries == 0, Frontier.absences == 0
        )
        .order_by(Frontier.found_at.desc(), Frontier.address)
        .limit(limit + len(without))
    )
    left = [row for row in rows if row.address not in without]
    return [Wanted(url=row.url, known=True) for row in left[:limit]]


def _wanted(url: str, row: Any, now: datetime, modified: datetime | None) -> Wanted:
    if row is None:
        return Wanted(url=url)
    fetched_at = row.fetched_at and row.fetched_at.astimezone(UTC)
    return Wanted(
        url=url,
        etag=row.etag,
        last_modified=row.last_modified,
        known=fetched_at is not None,
        due=row.due_at <= now or (modified is not None and fetched_at is not None and modified > fetched_at),
        fetched_at=fetched_at,
    )


def forget(connection: Connection, source: str, addresses: Collection[str]) -> None:
    """Take addresses that were never fetched out of the frontier."""
    for part in chunks(addresses):
        mine = (Frontier.source_id == source, Frontier.address.in_(part), Frontier.fetched_at.is_(None))
        connection.execute(delete(Frontier).where(*mine))


def note_further(connection: Connection, source: str, address: str, further: Iterable[str], at: datetime) -> None:
    """The listing at `address` was read; keep the further ones that the run means to read, lest a kill lose them."""
    connection.execute(delete(ListingDue).where(ListingDue.source_id == source, ListingDue.address == address))
    rows = {
        address_of(url): {
            "source_id": source, "address": address_of(url), "url": url, "found_at": at, "tries": 0,
        }
        for url in further
    }  # fmt: skip
    rows.pop(address, None)
    if rows:
        connection.execute(upsert(connection, ListingDue).on_conflict_do_nothing(), list(rows.values()))


def unread_listings(connection: Connection, source: str) -> list[str]:
    """URLs of listings that an earlier run meant to read; each call is a try, and after five one is given up."""
    mine = ListingDue.source_id == source
    connection.execute(delete(ListingDue).where(mine, ListingDue.tries >= LISTING_TRIES))
    connection.execute(update(ListingDue).where(mine).values(tries=ListingDue.tries + 1))
    return list(
        connection.scalars(select(ListingDue.url).where(mine).order_by(ListingDue.found_at, ListingDue.address))
    )
