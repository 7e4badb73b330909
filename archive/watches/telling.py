"""Watches remembered: where each one is, what it noticed, and who has been told.

Noticing and remembering are one transaction, so that an event is noticed once, whatever is killed. Sending is another
matter: between a receiver's yes and our note of it lies a moment in which a kill makes us send the message again. It
then has the same id (Message-ID, Idempotency-Key), and each event in it too, by which a receiver can tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from archive import clock
from archive.models import CaptureRow, Watch, WatchEvent, WatchTold, table_of
from archive.records import Obtained
from archive.sending import Delivery, send
from archive.settings import WatchSettings
from archive.store import Archive
from archive.store.engine import writing
from archive.store.failpoint import failpoint
from archive.store.rows import upsert
from archive.watches.events import Event, batch_of, message
from archive.watches.noticing import notice

__all__ = ["begin", "rehearse", "tell", "trial"]

# Who began to send and said nothing since is taken for dead.
CLAIM = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Due:
    """A batch that a receiver of a watch has not been told of."""

    watch: WatchSettings
    batch: str
    receiver: str


def begin(archive: Archive, watches: Sequence[WatchSettings]) -> None:
    """Enter watches that are new: they tell what is captured from now on. Renamed ones go on where they were.

    A watch is renamed when a new name has the search and the events of an entered one that is in the settings no more.
    """
    if watches:
        with writing(archive.engine) as connection:
            _begin(connection, watches)


def _begin(connection: Connection, watches: Sequence[WatchSettings]) -> None:
    known = {row.name: row for row in connection.execute(select(table_of(Watch)))}
    names = {watch.name for watch in watches}
    now, top = clock.now(), _top(connection)
    for watch in watches:
        if watch.name in known:
            entered = update(Watch).where(Watch.name == watch.name).values(digest=watch.digest)
            connection.execute(entered)
            continue
        former = [row for row in known.values() if row.name not in names and row.digest == watch.digest]
        if former:
            _rename(connection, former[0], watch.name)
            del known[former[0].name]
            continue
        values = {"name": watch.name, "digest": watch.digest, "mark": top, "began_at": now, "looked_at": now}
        connection.execute(insert(Watch).values(values))


def _rename(connection: Connection, row: Any, name: str) -> None:
    connection.execute(insert(Watch).values({**row._mapping, "name": name}))
    connection.execute(update(WatchEvent).where(WatchEvent.watch == row.name).values(watch=name))
    connection.execute(delete(Watch).where(Watch.name == row.name))


def _top(connection: Connection) -> int:
    return connection.scalar(select(func.max(CaptureRow.id))) or 0


def tell(archive: Archive, watches: Sequence[WatchSettings], *, only: str | None = None) -> int:
    """Notice what the captures since the last look brought, and tell what was not told yet, of `only` one or of all.

    Gives how many messages went out. Raises Delivery where somebody could not be reached, after all others were; that
    is told the next time.
    """
    if not watches:
        return 0
    with writing(archive.engine) as connection:
        _begin(connection, watches)
        chosen = [watch for watch in watches if only in (None, watch.name)]
        for watch in chosen:
            _notice(connection, watch)
    failpoint("watch-noticed")
    sent, failed = 0, []
    with archive.read() as connection:
        waiting = list(_due(connection, chosen))
    for due in waiting:
        if (why := _deliver(archive, due)) is None:
            sent += 1
        elif why:
            failed.append(f"watch.{due.watch.name}.{due.receiver}: {why}")
    if failed:
        said = "; ".join(dict.fromkeys(failed))
        raise Delivery(f"could not tell everybody ({said}); they are told after the next crawl")
    return sent


def rehearse(connection: Connection, watch: WatchSettings, since: datetime) -> list[Event]:
    """What a watch would have told of all captures made since a time."""
    live = (CaptureRow.captured_at >= since, CaptureRow.obtained == Obtained.LIVE)
    first = connection.scalar(select(func.min(CaptureRow.id)).where(*live))
    return [] if first is None else notice(connection, watch, mark=first - 1, top=_top(connection))


def _notice(connection: Connection, watch: WatchSettings) -> None:
    mark = connection.scalars(select(Watch.mark).where(Watch.name == watch.name)).one()
    now, top = clock.now(), _top(connection)
    found = notice(connection, watch, mark=mark, top=top) if top > mark else []
    known = set(connection.scalars(select(WatchEvent.event).where(WatchEvent.watch == watch.name))) if found else set()
    fresh = [each for each in found if each.id not in known]
    batch = batch_of(watch.name, fresh)
    for each in fresh:
        values = {
            "watch": watch.name, "event": each.id, "batch": batch, "kind": each.kind, "document": each.document,
            "seen_at": each.seen, "noticed_at": now, "details": each.details,
        }  # fmt: skip
        connection.execute(insert(WatchEvent).values(values))
    connection.execute(update(Watch).where(Watch.name == watch.name).values(mark=top, looked_at=now))


def _due(connection: Connection, watches: Sequence[WatchSettings]) -> Iterator[_Due]:
    """What is still to be told, in the order in which it was noticed; what nobody has to be told of is done."""
    for watch in watches:
        batches = connection.scalars(
            select(WatchEvent.batch)
            .where(WatchEvent.watch == watch.name, WatchEvent.details.is_not(None))
            .group_by(WatchEvent.batch)
            .order_by(func.min(WatchEvent.noticed_at), WatchEvent.batch)
        ).all()
        told = select(WatchTold.batch, WatchTold.receiver).where(WatchTold.told_at.is_not(None))
        done = {(row.batch, row.receiver) for row in connection.execute(told.where(WatchTold.batch.in_(batches)))}
        for batch in batches:
            for receiver in watch.to.named:
                if (batch, receiver) not in done:
                    yield _Due(watch, batch, receiver)


def _deliver(archive: Archive, due: _Due) -> str | None:
    """Send one batch to one receiver: None when it was told, why not where it was not, "" where another is at it."""
    with writing(archive.engine) as connection:
        if not _claim(connection, due):
            return ""
        rows = connection.execute(
            select(WatchEvent.details)
            .where(WatchEvent.batch == due.batch, WatchEvent.details.is_not(None))
            .order_by(WatchEvent.seen_at, WatchEvent.kind, WatchEvent.event)
        ).all()
    told = [{**row.details, "watch": due.watch.name} for row in rows]
    # Nothing is left of a batch whose documents have been redacted meanwhile.
    why = send(due.watch.to, due.receiver, message(due.batch, due.watch.name, told)) if told else None
    failpoint("watch-sent")
    with writing(archive.engine) as connection:
        _settle(connection, due, told=why is None)
    return why


def _claim(connection: Connection, due: _Due) -> bool:
    now = clock.now()
    free = upsert(connection, WatchTold).values(batch=due.batch, receiver=due.receiver, claimed_at=now, told_at=None)
    taken = free.on_conflict_do_update(
        index_elements=["batch", "receiver"],
        set_={"claimed_at": now},
        where=WatchTold.told_at.is_(None) & (WatchTold.claimed_at < now - CLAIM),
    )
    return connection.scalar(taken.returning(WatchTold.batch)) is not None


def _settle(connection: Connection, due: _Due, *, told: bool) -> None:
    """Remember that it was told, and drop the words once all have them; or give the claim back."""
    mine = (WatchTold.batch == due.batch, WatchTold.receiver == due.receiver)
    if not told:
        connection.execute(delete(WatchTold).where(*mine))
        return
    connection.execute(update(WatchTold).where(*mine).values(told_at=clock.now()))
    have = select(WatchTold.receiver).where(WatchTold.batch == due.batch, WatchTold.told_at.is_not(None))
    if set(due.watch.to.named) <= set(connection.scalars(have)):
        connection.execute(update(WatchEvent).where(WatchEvent.batch == due.batch).values(details=None))


def trial(watch: WatchSettings) -> None:
    """Send a trial message to all who are told. Raises Delivery naming who could not be reached."""
    now = clock.now()
    event = Event(
        id=f"trial-{now:%Y%m%d%H%M%S}", kind="new", watch=watch.name, document="trial", version=None, source="trial",
        document_kind="press_release", title="a trial message; nothing happened", url="https://example.org/",
        published=now, seen=now, statements=(),
    )  # fmt: skip
    told = message(event.id, watch.name, [event.details])
    failed = [f"watch.{watch.name}.{name}: {why}" for name in watch.to.named if (why := send(watch.to, name, told))]
    if failed:
        raise Delivery(f"could not tell everybody ({'; '.join(failed)})")
