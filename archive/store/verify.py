"""Look for everything that is damaged, gone, orphaned or dangling; says of each what to do next."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, func, select, text
from sqlalchemy.exc import DBAPIError

from archive.errors import WarcError
from archive.models import CaptureRow, Decision, Document, ExtractionRow, Redaction, Version
from archive.store.engine import reading
from archive.store.intake import held_bytes
from archive.store.misfits import misfits
from archive.text import digest
from archive.warc import Place, manifest, read_payload, sha256_of

__all__ = ["Finding", "verify"]

RESTORE = "restore the file from a backup"
REBUILD = "run `archive rebuild`"
PAGE = 500
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it should be."""

    kind: str
    where: str
    what: str
    next_step: str


def verify(engine: Engine, folder: Path, *, progress: Progress | None) -> Iterator[Finding]:
    """All findings, database first, then files, then every capture's bytes against its digest."""
    tell = progress or (lambda done, total, what: None)
    with reading(engine) as connection:
        for part in (
            _database(connection),
            _files(connection, folder),
            _captures(connection, folder, tell),
            _extractions(connection),
            _derived(connection),
            _speech(connection),
        ):
            yield from _as_far_as_readable(connection, part)


def _as_far_as_readable(connection: Connection, part: Iterator[Finding]) -> Iterator[Finding]:
    """The findings of one part; a row that cannot even be read ends this part, and not the others."""
    try:
        yield from part
    except (DBAPIError, ValueError) as error:  # a ValueError is a time or JSON that no longer is one
        connection.rollback()
        what = str(getattr(error, "orig", error)).splitlines()[0]
        yield Finding(kind="database_damaged", where=str(connection.engine.url.database), what=what, next_step=RESTORE)


def _database(connection: Connection) -> Iterator[Finding]:
    if connection.dialect.name != "sqlite":
        return
    where = str(connection.engine.url.database)
    for (said,) in connection.execute(text("PRAGMA integrity_check")):
        if said != "ok":
            yield Finding(kind="database_damaged", where=where, what=said, next_step=RESTORE)
    for row in connection.execute(text("PRAGMA foreign_key_check")):
        what = f"row {row[1]} refers to a row of {row[2]} that is not there"
        yield Finding(kind="dangling_row", where=str(row[0]), what=what, next_step=REBUILD)


def _files(connection: Connection, folder: Path) -> Iterator[Finding]:
    listed = dict(manifest(folder))
    for name, said in sorted(listed.items()):
        path = folder / name
        if not path.exists():
            yield Finding(kind="file_gone", where=str(path), what="in the manifest, not on the disk", next_step=RESTORE)
        elif sha256_of(path) != said:
            what = "its sha256 is not the manifest's"
            yield Finding(kind="file_changed", where=str(path), what=what, next_step=RESTORE)
    named = set(connection.scalars(select(CaptureRow.warc_file).distinct()))
    for path in sorted(folder.glob("*.warc.gz")):
        if path.name not in listed:
            what = "not in the manifest: a run writes it, or was killed"
            next_step = "let the run end; the next run closes what a killed one left"
            yield Finding(kind="file_open", where=str(path), what=what, next_step=next_step)
        elif path.name not in named:
            what = "no capture refers to it: a run was killed before its first commit"
            next_step = "nothing is lost; `archive ingest` it, or leave it"
            yield Finding(kind="file_orphaned", where=str(path), what=what, next_step=next_step)
    yield from _left_by_redactions(connection, folder)


def _left_by_redactions(connection: Connection, folder: Path) -> Iterator[Finding]:
    for payload in connection.scalars(select(Decision.payload).where(Decision.kind == "redact")):
        for name in payload.get("replaced", {}):
            if (folder / name).exists():
                what = "holds bytes that a redaction took out; the redaction was stopped before it was deleted"
                next_step = "run the same `archive redact` again"
                yield Finding(kind="redacted_bytes", where=str(folder / name), what=what, next_step=next_step)


def _captures(connection: Connection, folder: Path, tell: Progress) -> Iterator[Finding]:
    total = connection.scalar(select(func.count()).select_from(CaptureRow)) or 0
    redacted = set(connection.scalars(select(Redaction.payload_digest)))
    done = last = 0
    while rows := connection.execute(
        select(CaptureRow.__table__).where(CaptureRow.id > last).order_by(CaptureRow.id).limit(PAGE)
    ).all():
        for row in rows:
            if row.payload_digest not in redacted:
                yield from _capture(connection, folder, row)
        done, last = done + len(rows), rows[-1].id
        tell(done, total, "captures")


def _capture(connection: Connection, folder: Path, row: Any) -> Iterator[Finding]:
    if row.warc_type == "revisit":
        if row.payload_digest and connection.execute(held_bytes(row.payload_digest)).first() is None:
            what = "refers to a record that no capture holds"
            yield Finding(kind="dangling_revisit", where=row.record_id, what=what, next_step=RESTORE)
        return
    place = Place(row.warc_file, row.warc_offset, row.warc_length, row.warc_type)
    try:
        payload = read_payload(folder, place)
    except WarcError as error:
        yield Finding(kind="record_unreadable", where=row.record_id, what=str(error), next_step=RESTORE)
        return
    if row.payload_digest and hashlib.sha256(payload).hexdigest() != row.payload_digest:
        what = f"{row.warc_file} at byte {row.warc_offset}: the payload's sha256 is not the capture's"
        yield Finding(kind="payload_changed", where=row.record_id, what=what, next_step=RESTORE)


def _extractions(connection: Connection) -> Iterator[Finding]:
    """Rebuilding takes texts from here, so that damage would spread unseen."""
    taken_out = ExtractionRow.payload_digest.in_(select(Redaction.payload_digest))
    for row in _texts(connection, ExtractionRow, ~taken_out):
        what = "its text is not the one its digest was taken of"
        yield Finding(kind="text_changed", where=f"extraction row {row.id}", what=what, next_step=RESTORE)


def _texts(
    connection: Connection, table: type[ExtractionRow] | type[Version], *where: ColumnElement[bool]
) -> Iterator[Any]:
    """The rows whose text does not fit its digest."""
    last = 0
    wanted = select(table.id, table.text, table.text_digest).where(~table.redacted, *where)
    wanted = wanted.where(table.text_digest.is_not(None))
    while rows := connection.execute(wanted.where(table.id > last).order_by(table.id).limit(PAGE)).all():
        yield from (row for row in rows if digest(row.text or "") != row.text_digest)
        last = rows[-1].id


def _derived(connection: Connection) -> Iterator[Finding]:
    counted = (
        select(Document.public_id, Document.versions, func.count(Version.id))
        .outerjoin(Version, Version.document_id == Document.id)
        .group_by(Document.id, Document.public_id, Document.versions)
        .having(func.count(Version.id) != Document.versions)
    )
    for public, said, there in connection.execute(counted):
        what = f"says {said} versions, has {there}"
        yield Finding(kind="versions_missing", where=public, what=what, next_step=REBUILD)
    for row in _texts(connection, Version):
        what = "its text is not the one its digest was taken of"
        yield Finding(kind="text_changed", where=f"version row {row.id}", what=what, next_step=REBUILD)


def _speech(connection: Connection) -> Iterator[Finding]:
    for each in misfits(connection):
        yield Finding(kind=each.kind, where=each.where, what=each.what, next_step=REBUILD)
