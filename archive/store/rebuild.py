"""Derive everything anew from what was observed: extractions first, in parallel, then all rows in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, select, update

from archive import clock, fulltext
from archive.catalog import load_catalog
from archive.models import (
    DERIVED,
    Base,
    CaptureRow,
    Document,
    DocumentUrl,
    ExtractionRow,
    RetiredId,
    RunRow,
    Source,
    Statement,
    Story,
    Version,
)
from archive.records import RequestRole
from archive.store.derived import derive_addresses
from archive.store.engine import reading, writing
from archive.store.intake import UNREAD, capture_of, described_capture
from archive.store.listings import note_delistings
from archive.store.neighbourhoods import chunks
from archive.store.prepare import ExtractionTask, Prepared, key_for, outcome_of, prepare, task_for
from archive.store.renaming import remember_statements, retire_statements
from archive.store.rows import upsert
from archive.store.runs import cover
from archive.store.speech import Speech
from archive.store.stories import tell_stories
from archive.store.write import store_extractions

__all__ = ["rebuild"]

_COUNTED: dict[str, type[Base]] = {
    "documents": Document, "versions": Version, "stories": Story, "statements": Statement,
}  # fmt: skip
WINDOW = 200
ADDRESSES = 300
Progress = Callable[[int, int, str], None]
Hints = dict[str, tuple[tuple[str, str], ...]]


def rebuild(engine: Engine, folder: Path, executor: Executor, *, progress: Progress | None) -> dict[str, int]:
    """Remake all derived rows; gives how many documents, versions and stories there are, and what was extracted."""
    tell = progress or (lambda done, total, what: None)
    extracted = _extract_anew(engine, folder, executor, tell)
    with writing(engine) as connection:
        before = dict(connection.execute(select(Document.public_id, Document.address)).all())
        fulltext.drop(connection)
        fulltext.drop(connection, fulltext.STATEMENTS)
        remember_statements(connection)
        for table in DERIVED:
            connection.execute(delete(table))
        for name, entry in load_catalog().items():
            moves = [[move.on.isoformat(), move.old, move.new] for move in entry.moves]
            connection.execute(update(Source).where(Source.id == name).values(moves=moves))
        sources = connection.execute(select(Source.id, Source.timezone).order_by(Source.id)).all()
        changed: set[int] = set()
        speech = Speech(connection)
        for done, source in enumerate(sources):
            tell(done, len(sources), f"deriving {source.id}")
            changed |= _derive(connection, source, speech)
        for part in chunks(changed):
            tell_stories(connection, part)
        tell(len(sources), len(sources), "telling who said what")
        speech.tell_everything()
        fulltext.create(connection)
        fulltext.create(connection, fulltext.STATEMENTS)
        _retire(connection, before)
        retire_statements(connection)
        _forget_unused(connection)
        tell(len(sources), len(sources), "derived")
        counts = {
            name: connection.scalar(select(func.count()).select_from(table)) or 0 for name, table in _COUNTED.items()
        }
    return {**counts, "extractions": extracted}


def _derive(connection: Connection, source: Any, speech: Speech) -> set[int]:
    listings = (CaptureRow.source_id == source.id, CaptureRow.role == RequestRole.LISTING)
    watched = select(CaptureRow.id, CaptureRow.address).join(RunRow, RunRow.id == CaptureRow.run_id)
    captures = connection.execute(watched.where(*listings, ~RunRow.held)).all()
    for capture in captures:
        note_delistings(connection, source.id, capture.address, capture.id)
    cover(connection, source.id, source.timezone)
    done: set[str] = set()
    changed: set[int] = set()
    documents = (CaptureRow.source_id == source.id, CaptureRow.role == RequestRole.DOCUMENT)
    addresses = connection.scalars(select(CaptureRow.address).where(*documents).distinct())
    for part in chunks(addresses, ADDRESSES):
        if left := set(part) - done:
            changes = derive_addresses(connection, source.id, left, speech)
            done |= changes.seen
            changed |= changes.restory
    return changed


def _retire(connection: Connection, before: dict[str, str]) -> None:
    """Ids that answer no more are kept, with the document that holds their first address now."""
    after = set(connection.scalars(select(Document.public_id)))
    for public, address in before.items():
        if public not in after:
            new = connection.scalar(
                select(Document.public_id)
                .join(DocumentUrl, DocumentUrl.document_id == Document.id)
                .where(DocumentUrl.address == address)
                .limit(1)
            )
            values = {"new": new, "kind": "document", "reason": "a rebuild", "retired_at": clock.now()}
            statement = upsert(connection, RetiredId).values(old=public, **values)
            connection.execute(statement.on_conflict_do_update(index_elements=["old"], set_=values))


def _forget_unused(connection: Connection) -> None:
    used = select(CaptureRow.extraction_id).where(CaptureRow.extraction_id.is_not(None))
    connection.execute(delete(ExtractionRow).where(ExtractionRow.id.not_in(used)))


def _extract_anew(engine: Engine, folder: Path, executor: Executor, tell: Progress) -> int:
    """Give every capture the extraction that today's extractor and hints give it; gives how many had to be made."""
    with reading(engine) as connection:
        hints = _hints(connection)
        firsts = sorted(connection.scalars(_first_of_each_payload()))
    made = 0
    for done in range(0, len(firsts), WINDOW):
        tell(done, len(firsts), "extracting")
        with reading(engine) as connection:
            rows = {_key(row, hints): row for row in _rows(connection, firsts[done : done + WINDOW])}
            stored = _stored(connection, rows)
            tasks = [_task(connection, folder, row, hints) for key, row in rows.items() if key not in stored]
        found = list(_run(executor, tasks))
        with writing(engine) as connection:
            numbers = stored | store_extractions(connection, found)
            for key, row in rows.items():
                _assign(connection, row, numbers[key])
        made += len(found)
    return made


def _hints(connection: Connection) -> Hints:
    """Each source's hints: the catalog's of today, else those it was last crawled with."""
    stored = {
        name: tuple((key, value) for key, value in hints)
        for name, hints in connection.execute(select(Source.id, Source.hints))
    }
    return stored | {name: entry.hints for name, entry in load_catalog().items() if name in stored}


def _first_of_each_payload() -> Select[Any]:
    """The first stored capture per source, address and payload: all captures of those bytes share its extraction."""
    return (
        select(func.min(CaptureRow.id))
        .where(
            CaptureRow.role.not_in(UNREAD),
            CaptureRow.status == 200,
            CaptureRow.truncated.is_(None),
            CaptureRow.reserved.is_(None),
        )
        .group_by(CaptureRow.source_id, CaptureRow.address, CaptureRow.payload_digest, CaptureRow.role)
    )


def _rows(connection: Connection, ids: list[int]) -> list[Any]:
    """Captures whose bytes are still there; what was redacted keeps the extraction it has."""
    return list(
        connection.execute(
            select(CaptureRow.__table__)
            .outerjoin(ExtractionRow, ExtractionRow.id == CaptureRow.extraction_id)
            .where(CaptureRow.id.in_(ids), ExtractionRow.redacted.is_not(True))
            .order_by(CaptureRow.id)
        )
    )


def _key(row: Any, hints: Hints) -> str:
    capture = described_capture(row)
    return key_for(capture, address=row.address, payload_digest=row.payload_digest, hints=hints.get(row.source_id, ()))


def _stored(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(keys):
        rows = connection.execute(select(ExtractionRow.key, ExtractionRow.id).where(ExtractionRow.key.in_(part)))
        found.update(rows.all())
    return found


def _task(connection: Connection, folder: Path, row: Any, hints: Hints) -> ExtractionTask:
    capture = capture_of(connection, folder, row)
    return task_for(capture, address=row.address, payload_digest=row.payload_digest, hints=hints.get(row.source_id, ()))


def _run(executor: Executor, tasks: list[ExtractionTask]) -> Iterator[Prepared]:
    futures = [(task, executor.submit(prepare, task)) for task in tasks]
    return (outcome_of(task, future) for task, future in futures)


def _assign(connection: Connection, row: Any, extraction: int) -> None:
    connection.execute(
        update(CaptureRow)
        .where(
            CaptureRow.source_id == row.source_id,
            CaptureRow.address == row.address,
            CaptureRow.payload_digest == row.payload_digest,
            CaptureRow.role == row.role,
            CaptureRow.status.in_((200, 304)),
            CaptureRow.truncated.is_(None),
            CaptureRow.reserved.is_(None),
        )
        .values(extraction_id=extraction)
    )
