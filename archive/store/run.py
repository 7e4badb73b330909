"""One execution of one source's spider, or of one ingest: captures come in from any thread, one thread writes them.

add -> intake thread (is it known? the same bytes as before?) -> worker process (extract) -> writer thread
       writer: WARC records, sync, then one transaction for the batch, then the futures are resolved
"""

from __future__ import annotations

import hashlib
import queue
import threading
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from datetime import date, datetime, timedelta
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin
from uuid import uuid4

from sqlalchemy import func, select

from archive import clock
from archive.catalog import SourceEntry
from archive.errors import ArchiveError, UsageError
from archive.models import Document
from archive.records import Capture, Entry, Listing, Obtained, Receipt
from archive.store import absences, frontier, hosts
from archive.store.engine import reading, storage_errors, writing
from archive.store.failpoint import failpoint
from archive.store.frontier import Wanted
from archive.store.guard import Guard
from archive.store.intake import Intake
from archive.store.prepare import ExtractionTask, Prepared, outcome_of, prepare
from archive.store.runs import RunSummary, end_run, note_progress
from archive.store.write import Item, write_batch
from archive.urls import address_of
from archive.warc import WarcWriter

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["Run"]

BATCH = 64
# A batch waits for more while something keeps coming: a pause ends it, and the longer time in any case.
PAUSE_SECONDS = 0.04
LINGER_SECONDS = 0.3
IN_FLIGHT = 96


class Run:
    """Made by `Archive.start_run`; end it with `finish`. All methods may be called from any thread."""

    def __init__(
        self,
        engine: Engine,
        entry: SourceEntry,
        *,
        row: int,
        obtained: Obtained,
        writer: WarcWriter,
        executor: Executor,
        own_executor: bool,
        guard: Guard | None = None,
    ) -> None:
        self.id = row
        self.entry = entry
        self.obtained = obtained
        self.counts: Counter[str] = Counter()
        self._engine = engine
        self._warc = writer
        self._executor = executor
        self._own_executor = own_executor
        self._guard = guard
        self._under_way = 0
        self._all_done = threading.Condition()
        self._broken: ArchiveError | None = None
        self._counting = threading.Lock()
        self._intake = Intake(engine, entry, writer.folder)
        self._intake_thread = ThreadPoolExecutor(1, thread_name_prefix="intake")
        self._queue: queue.SimpleQueue[Item | None] = queue.SimpleQueue()
        self._writer_thread = threading.Thread(target=self._write_until_told, name="writer", daemon=True)
        self._writer_thread.start()

    def add(self, capture: Capture, listing: Listing | None = None, further: Sequence[str] = ()) -> Future[Receipt]:
        """Store a capture, with what it listed; the future is resolved once it is committed.

        `further` are the listings that will be read because of this one: until they are, every run is owed them.

        The future raises StorageError when disk or database refuse, and UsageError for an address that is none.
        """
        future: Future[Receipt] = Future()
        if self._broken:
            future.set_exception(self._broken)
            return future
        try:
            item = _item(capture, listing, tuple(further), future)
        except ValueError as error:
            self.count("bad_address")
            future.set_exception(UsageError(f"{error}; it was left out"))
            return future
        with self._all_done:
            self._under_way += 1
        future.add_done_callback(self._one_done)
        self._intake_thread.submit(self._take_in, item)
        return future

    def _one_done(self, _future: Future[Receipt]) -> None:
        with self._all_done:
            self._under_way -= 1
            self._all_done.notify_all()

    def add_all(self, captures: Iterable[Capture]) -> Iterator[Receipt]:
        """Store many captures with a bounded number under way; receipts come in the order given."""
        waiting: list[Future[Receipt]] = []
        for capture in captures:
            waiting.append(self.add(capture))
            if len(waiting) >= IN_FLIGHT:
                yield waiting.pop(0).result()
        for future in waiting:
            yield future.result()

    def compute(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Run a pure, picklable function in the worker processes; TimeoutError when it was stopped at the limit."""
        return self._executor.submit(function, *args)

    def wanted(self, entries: Sequence[Entry]) -> list[Wanted]:
        """Of what a listing shows, each address once, with its validators where it is known."""
        with reading(self._engine) as connection:
            return frontier.wanted(connection, self.entry.id, entries, clock.now())

    def due(self, limit: int = 1_000, *, early: bool = False) -> list[Wanted]:
        """What the frontier owes: never fetched, failed before, or due to be looked at again.

        `early` looks again at every document younger than the last age of the source, due or not.
        """
        now = clock.now()
        young = now - max(self.entry.revisit, default=timedelta()) if early else None
        budget = self.entry.revisit_budget
        with reading(self._engine) as connection:
            return frontier.due(connection, self.entry.id, now=now, young=young, limit=limit, revisits=budget)

    def unread_listings(self) -> list[str]:
        """URLs of further listings that a run before this one meant to read and did not."""
        with writing(self._engine) as connection:
            return frontier.unread_listings(connection, self.entry.id)

    def holds(self) -> dict[str, datetime]:
        """Hosts that asked not to be asked before a time that is still to come."""
        with reading(self._engine) as connection:
            return hosts.holds(connection, clock.now())

    def put_off(self, asked: Mapping[str, datetime]) -> None:
        """Keep until when hosts asked to be left alone, for all runs to come."""
        if asked:
            with writing(self._engine) as connection:
                hosts.put_off(connection, asked, clock.now())

    @property
    def suspicious(self) -> bool:
        """Whether the site looks as if it had been rebuilt, on too few documents to be sure."""
        return self._guard is not None and self._guard.suspicious

    def witnesses(self, limit: int = 5) -> list[Wanted]:
        """Known documents to read again at once, while the site looks as if it had been rebuilt; else none."""
        if self._guard is None or not self.suspicious:
            return []
        with reading(self._engine) as connection:
            return frontier.latest_known(connection, self.entry.id, self._guard.looked_at, limit)

    def last_probes(self) -> dict[str, datetime]:
        """Host (with port, where one is named, without `www.`) -> when its answer to nothing was last looked at."""
        with reading(self._engine) as connection:
            return absences.last_probes(connection, self.entry.id)

    def forget(self, urls: Collection[str]) -> None:
        """Owe these addresses no more, as far as nobody has fetched them: they were a trap."""
        if urls:
            with writing(self._engine) as connection:
                frontier.forget(connection, self.entry.id, {address_of(url) for url in urls})

    def newest(self) -> date | None:
        """The day of the newest document that the archive has of this source; None where no date is known."""
        with reading(self._engine) as connection:
            return connection.scalar(
                select(func.max(Document.published_date)).where(Document.source_id == self.entry.id)
            )

    def count(self, reason: str, n: int = 1) -> None:
        """Add to a named count of the run."""
        with self._counting:
            self.counts[reason] += n

    def finish(self, reason: str) -> RunSummary:
        """Wait for what is under way, close the WARC file and the run; says how it came out."""
        with self._all_done:
            self._all_done.wait_for(lambda: self._under_way == 0)
        self._intake_thread.submit(self._intake.close)
        self._intake_thread.shutdown(wait=True)
        if self._own_executor:
            self._executor.shutdown(wait=True)
        self._queue.put(None)
        self._writer_thread.join()
        with storage_errors(self._engine):
            self._warc.close()
        if self._broken:
            raise self._broken
        with writing(self._engine) as connection:
            alarm = self._guard.alarm if self._guard else None
            return end_run(connection, self.entry, row=self.id, reason=reason, counts=self.counts, alarm=alarm)

    def _take_in(self, item: Item) -> None:
        try:
            tasks = self._intake.look_up(item)
        except BaseException as error:
            self._fail([item], error)
            return
        pending = len(tasks)
        if not pending:
            self._queue.put(item)
            return
        item.extracted = True
        lock = threading.Lock()

        def done(captures: list[int], task: ExtractionTask, future: Future[Prepared]) -> None:
            nonlocal pending
            try:
                result = outcome_of(task, future)
            except BaseException as error:  # of our own code, in the worker: nobody must wait for this for ever
                self._fail([item], error)
                return
            if captures:
                item.refreshed.append((captures, result))
            else:
                item.prepared = result
            with lock:
                pending -= 1
                last = pending == 0
            if last:
                self._queue.put(item)

        for captures, task in tasks:
            future = self._executor.submit(prepare, task)
            future.add_done_callback(partial(done, captures, task))

    def _write_until_told(self) -> None:
        while (batch := self._gather()) is not None:
            try:
                self._write(batch)
            except BaseException as error:
                self._fail(batch, error)
            else:
                for item in batch:
                    assert item.receipt is not None, "a written item has its receipt"
                    item.future.set_result(item.receipt)

    def _gather(self) -> list[Item] | None:
        """The next batch: what comes within a short while of its first item. None when the run is over."""
        first = self._queue.get()
        if first is None:
            return None
        batch, until = [first], monotonic() + LINGER_SECONDS
        while len(batch) < BATCH and (left := until - monotonic()) > 0:
            try:
                item = self._queue.get(timeout=min(left, PAUSE_SECONDS))
            except queue.Empty:
                break
            if item is None:
                self._queue.put(None)
                break
            batch.append(item)
        return batch

    def _write(self, batch: list[Item]) -> None:
        if self._broken:
            raise self._broken
        with storage_errors(self._engine):
            for item in batch:
                if not item.known:
                    item.place = self._warc.write(item.capture, item.record_id, item.original)
            self._warc.sync()
        failpoint("after-warc")
        with writing(self._engine) as connection:
            added = write_batch(
                connection, run=self.id, source=self.entry.id, ages=self.entry.revisit, items=batch, guard=self._guard
            )
            with self._counting:
                note_progress(connection, row=self.id, counts=self.counts + added)
        failpoint("after-commit")
        with self._counting:
            self.counts += added
            if self._guard and self._guard.alarm:  # what was new was taken back
                self.counts -= Counter({name: self.counts[name] for name in ("new_documents", "new_versions")})

    def _fail(self, batch: list[Item], error: BaseException) -> None:
        if isinstance(error, ArchiveError):
            self._broken = self._broken or error
        for item in batch:
            if not item.future.done():
                item.future.set_exception(error)


def _item(capture: Capture, listing: Listing | None, further: tuple[str, ...], future: Future[Receipt]) -> Item:
    address = address_of(capture.url)
    location = capture.header("location") if 300 <= capture.status < 400 else None
    target = None
    if location:
        try:
            target = address_of(urljoin(capture.url, location))
        except ValueError:
            target = None
    return Item(
        capture=capture,
        address=address,
        redirect_address=target,
        listing=listing,
        further=further,
        future=future,
        record_id=capture.record_id or f"urn:uuid:{uuid4()}",
        payload_digest=hashlib.sha256(capture.payload).hexdigest() if capture.status != 304 else None,
    )
