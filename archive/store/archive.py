"""`Archive`: the mouth of the deep module."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, Engine, select

from archive.catalog import SourceEntry
from archive.errors import StorageError, UnknownRecord
from archive.extract.pool import LIMIT_SECONDS, ExtractionPool
from archive.models import CaptureRow
from archive.places import database_url, warc_folder
from archive.records import Obtained
from archive.store import schema
from archive.store.backup import back_up
from archive.store.decisions import Decided, Unfit, decide, unfit
from archive.store.engine import open_engine, reading, storage_errors, writing
from archive.store.guard import Guard, was_held
from archive.store.intake import capture_of
from archive.store.rebuild import rebuild
from archive.store.redact import redact
from archive.store.releasing import Released, release
from archive.store.run import Run
from archive.store.runs import begin_run, software
from archive.store.scores import keep_score
from archive.store.stamps import outdated
from archive.store.tags import add_dictionary, remove_dictionary
from archive.store.verify import Finding, verify
from archive.tagging import Dictionary
from archive.warc import WarcWriter, seal_abandoned

__all__ = ["Archive"]

Progress = Callable[[int, int, str], None]


class Archive:
    """An archive: a database and the folder of WARC files beside it. Make one with `Archive.open`."""

    def __init__(self, engine: Engine, warc_dir: Path) -> None:
        self.engine = engine
        self.warc_dir = warc_dir

    @classmethod
    def open(cls, url: str | None = None, *, warc_dir: str | Path | None = None, create: bool = True) -> Self:
        """Open the archive at a database URL; an empty database gets its tables unless `create` is False.

        `url` defaults to ARCHIVE_DATABASE, then `sqlite:///data/archive.db`; `warc_dir` to ARCHIVE_WARC, then the
        folder `NAME-warc` beside the SQLite file NAME.db (for PostgreSQL, in `data/`).

        Raises UsageError, StorageError or SchemaError.
        """
        engine = open_engine(database_url(url), create=create)
        schema.check(engine, create=create)
        return cls(engine, warc_folder(url, warc_dir))

    @staticmethod
    def upgrade(url: str | None = None, *, dry_run: bool = False) -> list[str]:
        """Bring the database to this program's schema; gives the revisions applied (or, dry, those it would)."""
        engine = open_engine(database_url(url), create=True)
        try:
            return schema.pending(engine) if dry_run else schema.upgrade(engine)
        finally:
            engine.dispose()

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, *, seconds: float | None = None) -> AbstractContextManager[Connection]:
        """A read-only connection; raises TookTooLong where a question is not answered within `seconds`."""
        return reading(self.engine, seconds=seconds)

    def start_run(
        self,
        entry: SourceEntry,
        *,
        obtained: Obtained = Obtained.LIVE,
        operator: str = "unknown",
        robots: str = "obey",
        workers: int = 2,
        limit_seconds: float = LIMIT_SECONDS,
        executor: Executor | None = None,
        guarded: bool = False,
    ) -> Run:
        """Begin a run of a source; a `guarded` one is held when its site looks rebuilt.

        Pages are extracted in `workers` processes, each page stopped after `limit_seconds`, or by the given executor,
        which stays the caller's.
        """
        with storage_errors(self.engine):
            self.warc_dir.mkdir(parents=True, exist_ok=True)
            if not os.access(self.warc_dir, os.W_OK):
                raise StorageError(f"{self.warc_dir}: cannot be written to; choose another folder by ARCHIVE_WARC")
            seal_abandoned(self.warc_dir)
        with writing(self.engine) as connection:
            row = begin_run(connection, entry, obtained=obtained)
            guard = Guard(entry.id, warned=was_held(connection, entry.id, row)) if guarded else None
        writer = WarcWriter(self.warc_dir, name=entry.id, software=software(), operator=operator, robots=robots)
        return Run(
            self.engine, entry, row=row, obtained=obtained, writer=writer,
            executor=executor or ExtractionPool(workers, limit_seconds), own_executor=executor is None, guard=guard,
        )  # fmt: skip

    def payload(self, capture: int) -> bytes:
        """The bytes of a capture (row number). Raises UnknownRecord, or WarcError where they cannot be read."""
        with self.read() as connection:
            row = connection.execute(select(CaptureRow.__table__).where(CaptureRow.id == capture)).first()
            if row is None:
                raise UnknownRecord(f"no capture has the row number {capture}")
            return capture_of(connection, self.warc_dir, row).payload

    def rebuild(
        self, *, workers: int = 2, executor: Executor | None = None, progress: Progress | None = None
    ) -> dict[str, int]:
        """Derive everything anew from the primary rows; gives counts of what there is afterwards."""
        if executor is not None:
            return rebuild(self.engine, self.warc_dir, executor, progress=progress)
        with ExtractionPool(workers) as pool:
            return rebuild(self.engine, self.warc_dir, pool, progress=progress)

    def verify(self, *, progress: Progress | None = None) -> Iterator[Finding]:
        """Everything that is damaged, gone, orphaned or dangling."""
        return verify(self.engine, self.warc_dir, progress=progress)

    def backup(self, directory: Path, *, progress: Progress | None = None) -> dict[str, Any]:
        """A consistent copy that opens as an archive of its own; says what it copied."""
        return back_up(self.engine, self.warc_dir, directory, progress=progress)

    def decide(
        self, *, kind: str, subject: str, by: str, reason: str, words: str | None = None, dry_run: bool = False,
        **given: Any,
    ) -> Decided:  # fmt: skip
        """Enter what a person decided about speakers and statements, and apply it; rebuilds apply it too.

        A dry run enters nothing and says how many documents it would touch.

            merge_persons     subject and into=: two speakers' ids
            split_persons     subject: a speaker's id; documents=: ids of those that quote the other of two namesakes
            merge_statements  subject and with_=: two statements' ids
            split_statement   subject: a statement's id; documents= or words=: what shall stand apart
            correct_speaker   subject: a document's id, words= (start=); speaker= (role=, place=) or person=
            checked           subject: a statement's id, or a document's with words= (start=)

        Raises UsageError or UnknownRecord.
        """
        given = {name.rstrip("_"): value for name, value in given.items()}
        return decide(
            self.engine, kind=kind, subject=subject, by=by, reason=reason, words=words, given=given, dry_run=dry_run
        )

    def release(self, source: str, *, by: str, reason: str, dry_run: bool = False) -> Released:
        """Believe what the held runs of a source brought; says what that is (or, dry, would be)."""
        return release(self.engine, source, by=by, reason=reason, dry_run=dry_run)

    def unfit_decisions(self) -> list[Unfit]:
        """The decisions about speakers and statements whose words are no quotation of their document any more."""
        with self.read() as connection:
            return unfit(connection)

    def outdated(self) -> list[str]:
        """Sentences on what only a rebuild applies: a newer roster, texts never looked through for quotations."""
        with self.read() as connection:
            return outdated(connection)

    def keep_score(self, *, by: str, sheets: Sequence[dict[str, str]], **said: Any) -> str | None:
        """Keep what a judged audit sample said; gives its digest, None where it is kept already."""
        return keep_score(self.engine, by=by, sheets=sheets, **said)

    def add_dictionary(self, dictionary: Dictionary, *, by: str, progress: Progress | None = None) -> str | None:
        """Put a keyword dictionary in force and tag all statements by it; gives the version it took the place of."""
        return add_dictionary(self.engine, dictionary, by=by, progress=progress)

    def remove_dictionary(self, name: str) -> None:
        """Take a dictionary out of force, with its tags. Raises UsageError for one that is not in force."""
        remove_dictionary(self.engine, name)

    def redact(self, public: str, *, reason: str, by: str, dry_run: bool = False) -> dict[str, Any]:
        """Take a document's bytes and text out for good; says what that is (or, dry, would be)."""
        return redact(self.engine, self.warc_dir, public, reason=reason, by=by, dry_run=dry_run)
