"""Watches what a crawl brings for signs that its site was rebuilt, and holds the run back when there are enough."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, or_, select, update

from archive.derive.alarms import Norms, Tally, Words
from archive.models import CaptureRow, Delisting, Document, DocumentUrl, ExtractionRow, RunRow, Version
from archive.records import Obtained, Outcome, RequestRole, RunOutcome
from archive.store.neighbourhoods import chunks

__all__ = ["Guard", "addresses_of", "hold", "was_held"]

CRAWLS = (Obtained.LIVE, Obtained.BACKFILL)
LAST = 50  # documents that say what is usual


class Guard:
    """The guard of one run; call `examine` before a batch is derived. `warned` where the run before was held."""

    def __init__(self, source: str, *, warned: bool = False) -> None:
        self.source = source
        self.warned = warned
        self.tally: Tally | None = None
        self.looked_at: set[str] = set()
        self.alarm: str | None = None

    @property
    def suspicious(self) -> bool:
        """Whether more known documents should be read again in this run."""
        return self.alarm is None and (self.warned if self.tally is None else self.tally.suspicious)

    def examine(self, connection: Connection, read: Iterable[tuple[str, int | None]]) -> bool:
        """Take in what addresses were read as (row numbers of extractions); whether this raised the alarm."""
        fresh = {address: number for address, number in read if number is not None and address not in self.looked_at}
        if self.alarm or not fresh:
            return False
        if self.tally is None:
            self.tally = Tally(norms=Norms.of(_latest(connection, self.source)), warned=self.warned)
        self.looked_at |= fresh.keys()
        after = _extracted(connection, fresh.values())
        before = _standing(connection, self.source, fresh)
        for address, extraction in fresh.items():
            if extraction not in after:
                continue
            if address in before:
                self.tally.again(before[address], after[extraction])
            else:
                self.tally.first(after[extraction])
        self.alarm = self.tally.alarm()
        return self.alarm is not None


def was_held(connection: Connection, source: str, before: int) -> bool:
    """Whether the last run before this one that could read the source is held; one that failed has seen nothing."""
    readable = or_(RunRow.held, RunRow.outcome.in_((RunOutcome.OK, RunOutcome.SHORT)))
    return bool(
        connection.scalar(
            select(RunRow.held)
            .where(RunRow.source_id == source, RunRow.id < before, RunRow.obtained.in_(CRAWLS), readable)
            .order_by(RunRow.id.desc())
            .limit(1)
        )
    )


_VERSION = (Version.text_key, Version.title, Version.words, ExtractionRow.published)


def _words(row: Any) -> Words:
    return Words(key=row.text_key, title=row.title, words=row.words, dated=bool(row.published))


def _latest(connection: Connection, source: str) -> list[Words]:
    rows = connection.execute(
        select(*_VERSION)
        .join(Document, Document.id == Version.document_id)
        .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
        .where(Document.source_id == source, Version.is_latest)
        .order_by(Document.first_seen.desc())
        .limit(LAST)
    )
    return [_words(row) for row in rows]


def _extracted(connection: Connection, extractions: Collection[int]) -> dict[int, Words]:
    found: dict[int, Words] = {}
    for part in chunks(set(extractions)):
        rows = connection.execute(
            select(
                ExtractionRow.id, ExtractionRow.text_key, ExtractionRow.title, ExtractionRow.words,
                ExtractionRow.published,
            ).where(ExtractionRow.id.in_(part), ExtractionRow.outcome == Outcome.TEXT)
        )  # fmt: skip
        found |= {row.id: _words(row) for row in rows}
    return found


def _standing(connection: Connection, source: str, addresses: Iterable[str]) -> dict[str, Words]:
    """The latest versions of the documents that have these addresses."""
    found: dict[str, Words] = {}
    for part in chunks(addresses):
        rows = connection.execute(
            select(DocumentUrl.address, *_VERSION)
            .join(Version, (Version.document_id == DocumentUrl.document_id) & Version.is_latest)
            .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
            .where(DocumentUrl.source_id == source, DocumentUrl.address.in_(part))
        )
        found |= {row.address: _words(row) for row in rows}
    return found


def hold(connection: Connection, run: int) -> set[str]:
    """Hold a run: nothing is derived from its captures; gives the addresses that must be derived anew without them."""
    connection.execute(update(RunRow).where(RunRow.id == run).values(held=True))
    mine = select(CaptureRow.id).where(CaptureRow.run_id == run, CaptureRow.role == RequestRole.LISTING)
    connection.execute(delete(Delisting).where(Delisting.capture_id.in_(mine)))
    return addresses_of(connection, [run])


def addresses_of(connection: Connection, runs: Sequence[int]) -> set[str]:
    """All addresses that these runs asked for as documents."""
    asked = select(func.distinct(CaptureRow.address)).where(
        CaptureRow.run_id.in_(runs), CaptureRow.role == RequestRole.DOCUMENT
    )
    return set(connection.scalars(asked))
