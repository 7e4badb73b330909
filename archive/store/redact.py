"""Take a document's bytes and text out for good: a decision that survives every rebuild and a later re-import.

WARC files that hold the bytes are written anew without them, other records byte for byte the same; then one transaction
moves the rows over; then the old files are deleted. A kill between leaves files that `archive verify` names and the
same call finishes.
"""

from __future__ import annotations

import gzip
import os
from collections.abc import Collection, Iterable
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO
from uuid import uuid4

from sqlalchemy import Connection, Engine, insert, null, select, update
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from archive import clock, fulltext
from archive.errors import UnknownRecord
from archive.models import (
    CaptureRow,
    Decision,
    Document,
    DocumentUrl,
    ExtractionRow,
    ListingEntry,
    Redaction,
    Version,
    WatchEvent,
)
from archive.store.decisions import take_out_words
from archive.store.derived import derive_addresses
from archive.store.engine import reading, storage_errors, writing
from archive.store.failpoint import failpoint
from archive.store.neighbourhoods import chunks
from archive.store.rows import upsert
from archive.store.speech import Speech
from archive.store.stories import tell_stories
from archive.warc import MANIFEST, manifest, seal_abandoned, sha256_of

__all__ = ["redact"]

Moves = dict[str, tuple[str, dict[int, tuple[int, int]]]]


def redact(engine: Engine, folder: Path, public: str, *, reason: str, by: str, dry_run: bool = False) -> dict[str, Any]:
    """Redact a document by its public id; gives what was taken out. Raises UnknownRecord for an id that is none."""
    seal_abandoned(folder)
    with reading(engine) as connection:
        document = connection.execute(select(Document.__table__).where(Document.public_id == public)).first()
        if document is None:
            raise UnknownRecord(f"no document has the id {public}; `archive search` finds ids")
        digests = _digests(connection, document)
        files = _files(connection, digests)
        also = _other_documents(connection, document.id, digests)
        words = connection.scalars(select(Version.text_digest).where(Version.document_id == document.id)).all()
    done = {
        "document": public, "title": document.title, "payloads": len(digests), "versions": len(words),
        "warc_files": sorted(files), "also": also, "dry_run": dry_run,
    }  # fmt: skip
    if dry_run:
        return done
    with storage_errors(engine):
        moves = {name: _rewrite(folder, name, offsets) for name, offsets in files.items()}
        failpoint("after-rewrite")
    decision = {
        "kind": "redact", "subject": public, "made_at": clock.now(), "made_by": by, "reason": reason,
        "text_digest": words[-1] if words else None, "words": None,
        "payload": {"payloads": sorted(digests), "replaced": {old: new for old, (new, _) in moves.items()}},
    }  # fmt: skip
    with writing(engine) as connection:
        _record(connection, document, decision, digests, moves)
    failpoint("after-redaction")
    with storage_errors(engine):
        _delete_replaced(engine, folder)
    _purge(engine)
    return done


def _digests(connection: Connection, document: Any) -> set[str]:
    addresses = select(DocumentUrl.address).where(DocumentUrl.document_id == document.id)
    return set(
        connection.scalars(
            select(CaptureRow.payload_digest).where(
                CaptureRow.source_id == document.source_id,
                CaptureRow.address.in_(addresses),
                CaptureRow.payload_length > 0,
                CaptureRow.payload_digest.is_not(None),
            )
        )
    )


def _files(connection: Connection, digests: Collection[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for part in chunks(digests):
        for name, offset in connection.execute(
            select(CaptureRow.warc_file, CaptureRow.warc_offset).where(
                CaptureRow.payload_digest.in_(part), CaptureRow.warc_type != "revisit"
            )
        ):
            found.setdefault(name, set()).add(offset)
    return found


def _other_documents(connection: Connection, document: int, digests: Collection[str]) -> list[str]:
    """Documents that carry the very same bytes and lose them too."""
    found: set[str] = set()
    for part in chunks(digests):
        found.update(
            connection.scalars(
                select(Document.public_id)
                .join(Version, Version.document_id == Document.id)
                .join(CaptureRow, CaptureRow.id == Version.capture_id)
                .where(CaptureRow.payload_digest.in_(part), Document.id != document)
            )
        )
    return sorted(found)


def _rewrite(folder: Path, name: str, offsets: set[int]) -> tuple[str, dict[int, tuple[int, int]]]:
    """Write a WARC file anew without the payloads at these offsets; gives its name and where each record lies now."""
    new = f"{name.removesuffix('.warc.gz').partition('.r-')[0]}.r-{uuid4().hex[:8]}.warc.gz"
    places: dict[int, tuple[int, int]] = {}
    with (folder / name).open("rb") as old, (folder / new).open("xb") as out:
        iterator = ArchiveIterator(old)
        for record in iterator:
            offset = iterator.get_record_offset()
            tombstone = _tombstone(record) if offset in offsets else None
            record.raw_stream.read()
            length = iterator.get_record_length()
            member = tombstone if tombstone is not None else _slice(folder / name, offset, length)
            places[offset] = (out.tell(), len(member))
            out.write(member)
        _sync(out)
    (folder / new).chmod(0o444)
    return new, places


def _tombstone(record: Any) -> bytes:
    """The same record without its payload: its id, date, address and headers stay."""
    plain = BytesIO()
    writer = WARCWriter(plain, gzip=False, warc_version="1.1")
    headers = record.rec_headers
    for name in ("WARC-Block-Digest", "Content-Length"):
        headers.remove_header(name)
    headers.replace_header("WARC-Truncated", "unspecified")
    record.raw_stream.read()
    empty = writer.create_warc_record(
        headers.get_header("WARC-Target-URI"),
        record.rec_type,
        payload=BytesIO(b""),
        length=0,
        warc_headers=headers,
        http_headers=record.http_headers,
    )
    writer.write_record(empty)
    return gzip.compress(plain.getvalue(), mtime=0)


def _slice(path: Path, offset: int, length: int) -> bytes:
    with path.open("rb") as file:
        file.seek(offset)
        return file.read(length)


def _sync(file: BinaryIO) -> None:
    file.flush()
    os.fsync(file.fileno())


def _record(
    connection: Connection, document: Any, decision: dict[str, Any], digests: Collection[str], moves: Moves
) -> None:
    number = connection.scalar(insert(Decision).values(decision).returning(Decision.id))
    for digest in sorted(digests):
        length = connection.scalar(
            select(CaptureRow.payload_length).where(CaptureRow.payload_digest == digest).limit(1)
        )
        values = {"payload_digest": digest, "decision_id": number, "payload_length": length or 0}
        connection.execute(upsert(connection, Redaction).values(values).on_conflict_do_nothing())
    _move_rows(connection, moves)
    fulltext.drop(connection)
    fulltext.drop(connection, fulltext.STATEMENTS)
    carrying = _carrying(connection, digests)
    _hush(connection, carrying)
    _blank(connection, digests)
    take_out_words(connection, carrying)
    speech = Speech(connection)
    speech.forget(carrying)
    restory = {document.id}
    for source, addresses in _carriers(connection, digests).items():
        connection.execute(
            update(ListingEntry)
            .where(ListingEntry.source_id == source, ListingEntry.address.in_(addresses))
            .values(title=None)
        )
        changes = derive_addresses(connection, source, addresses, speech)
        restory |= changes.restory | _at(connection, source, addresses)
    speech.tell(restory, stories=tell_stories(connection, restory))
    fulltext.create(connection)
    fulltext.create(connection, fulltext.STATEMENTS)


def _carriers(connection: Connection, digests: Iterable[str]) -> dict[str, set[str]]:
    """Per source the addresses at which any of these payloads was captured."""
    found: dict[str, set[str]] = {}
    for part in chunks(digests):
        for source, address in connection.execute(
            select(CaptureRow.source_id, CaptureRow.address).where(CaptureRow.payload_digest.in_(part))
        ):
            found.setdefault(source, set()).add(address)
    return found


def _at(connection: Connection, source: str, addresses: Collection[str]) -> set[int]:
    where = (DocumentUrl.source_id == source, DocumentUrl.address.in_(addresses))
    return set(connection.scalars(select(DocumentUrl.document_id).where(*where)))


def _carrying(connection: Connection, digests: Iterable[str]) -> set[int]:
    """The documents a version of which was read from any of these payloads."""
    found: set[int] = set()
    for part in chunks(digests):
        found.update(
            connection.scalars(
                select(Version.document_id)
                .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
                .where(ExtractionRow.payload_digest.in_(part))
            )
        )
    return found


def _move_rows(connection: Connection, moves: Moves) -> None:
    for old, (new, places) in moves.items():
        rows = connection.execute(
            select(CaptureRow.id, CaptureRow.warc_offset).where(CaptureRow.warc_file == old)
        ).all()
        for row in rows:
            offset, length = places[row.warc_offset]
            connection.execute(
                update(CaptureRow)
                .where(CaptureRow.id == row.id)
                .values(warc_file=new, warc_offset=offset, warc_length=length)
            )


def _hush(connection: Connection, documents: Collection[int]) -> None:
    """Watches that have not told of these documents yet will not: their messages would carry the words."""
    for part in chunks(documents):
        named = select(Document.public_id).where(Document.id.in_(part))
        connection.execute(update(WatchEvent).where(WatchEvent.document.in_(named)).values(details=null()))


_BLANK = {
    "text": "", "title": None, "byline": None, "signature": None, "quotations": None, "quotation_status": None,
    "redacted": True,
}  # fmt: skip


def _blank(connection: Connection, digests: Iterable[str]) -> None:
    for part in chunks(digests):
        chosen = select(ExtractionRow.id).where(ExtractionRow.payload_digest.in_(part))
        connection.execute(
            update(Version)
            .where(Version.extraction_id.in_(chosen))
            .values(text=None, title=None, redacted=True, quotation_status=None)
        )
        connection.execute(update(ExtractionRow).where(ExtractionRow.payload_digest.in_(part)).values(**_BLANK))
        connection.execute(update(CaptureRow).where(CaptureRow.payload_digest.in_(part)).values(handed_title=None))


def _delete_replaced(engine: Engine, folder: Path) -> None:
    """Delete the files that redactions replaced, and take them out of the manifest."""
    with reading(engine) as connection:
        payloads = connection.scalars(select(Decision.payload).where(Decision.kind == "redact")).all()
    replaced = {old: new for payload in payloads for old, new in payload["replaced"].items()}
    kept = {name: digest for name, digest in manifest(folder) if name not in replaced}
    for old, new in replaced.items():
        (folder / old).unlink(missing_ok=True)
        # A file that a later redaction has replaced in its turn is gone, or going.
        if new not in replaced and (folder / new).exists():
            kept[new] = sha256_of(folder / new)
    making = folder / f"{MANIFEST}.making"
    making.write_text("".join(f"{digest}  {name}\n" for name, digest in sorted(kept.items())), encoding="utf-8")
    making.replace(folder / MANIFEST)


def _purge(engine: Engine) -> None:
    """Leave nothing of a deleted text in the free pages and the log of a SQLite file."""
    if engine.dialect.name == "sqlite":
        # On the driver's own connection: a VACUUM stands outside of every transaction.
        with storage_errors(engine), engine.connect() as connection:
            connection.rollback()
            driver = connection.connection.cursor()
            driver.execute("VACUUM")
            driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
