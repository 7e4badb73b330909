"""What is known of a capture before anything is done with it, so that nothing is extracted or kept twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, func, select

from archive.catalog import SourceEntry
from archive.extract import EXTRACTOR
from archive.models import CaptureRow, DocumentUrl, ExtractionRow
from archive.records import Capture, Obtained, RequestRole
from archive.store.engine import reading
from archive.store.prepare import ExtractionTask, task_for
from archive.store.write import Item
from archive.warc import Original, Place, read_payload

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["UNREAD", "Intake", "capture_of", "described_capture", "held_bytes", "same_payload"]


# What is asked for as these is read by no extractor.
UNREAD = (RequestRole.LISTING, RequestRole.UNDRAWN)


class Intake:
    """Looks captures up, on one thread."""

    def __init__(self, engine: Engine, entry: SourceEntry, folder: Path) -> None:
        self.entry = entry
        self.folder = folder
        self._engine = engine
        self._open = ExitStack()
        self._connection: Connection | None = None
        with reading(engine) as connection:
            oldest, newest = connection.execute(
                select(func.min(ExtractionRow.extractor), func.max(ExtractionRow.extractor))
            ).one()
        self._extractor_changed = {oldest, newest} - {None, EXTRACTOR} != set()

    def close(self) -> None:
        """Let go of the connection that look-ups share."""
        self._open.close()
        self._connection = None

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One connection for all look-ups, each a transaction of its own, so that each sees what was committed."""
        if self._connection is None:
            self._connection = self._open.enter_context(reading(self._engine))
        try:
            yield self._connection
            self._connection.rollback()
        except BaseException:
            self.close()
            raise

    def look_up(self, item: Item) -> list[tuple[list[int], ExtractionTask]]:
        """Mark what is known of an item, and give what must be extracted.

        Each task goes with the row numbers of earlier captures that it is for; none means the item itself. Earlier
        ones are there when the extractor changed since: old and new text must come from the same extractor, lest its
        progress look like a publisher's edit.
        """
        with self._reading() as connection:
            item.known = self._is_stored(connection, item)
            if item.known:
                return []
            if item.capture.status == 304:
                self._take_as_unmodified(connection, item)
                return []
            if not item.capture.reserved:
                self._take_as_repeated(connection, item)
            if not _is_readable(item) or item.extraction_id is not None:
                return []
            assert item.payload_digest is not None, "an answer with a body has its digest"
            task = task_for(
                item.capture, address=item.address, payload_digest=item.payload_digest, hints=self.entry.hints
            )
            outdated = self._outdated(connection, item) if self._extractor_changed else []
            return [([], task), *outdated]

    def _is_stored(self, connection: Connection, item: Item) -> bool:
        if item.capture.record_id is None:
            return False
        where = (CaptureRow.source_id == self.entry.id, CaptureRow.record_id == item.record_id)
        return connection.scalar(select(CaptureRow.id).where(*where)) is not None

    def _take_as_unmodified(self, connection: Connection, item: Item) -> None:
        """A 304 speaks of the last answer with a whole body at the same address."""
        row = connection.execute(
            _captures(self.entry.id, item.address)
            .where(CaptureRow.payload_length > 0, CaptureRow.status == 200, CaptureRow.truncated.is_(None))
            .order_by(CaptureRow.captured_at.desc(), CaptureRow.record_id.desc())
            .limit(1)
        ).first()
        if row is not None:
            item.payload_digest = row.payload_digest
            item.extraction_id = row.extraction_id
            item.original = _original(connection, row)

    def _take_as_repeated(self, connection: Connection, item: Item) -> None:
        """The same bytes at the same address need no second reading; at any address, no second keeping."""
        here = connection.execute(
            same_payload(self.entry.id, item.address, item.payload_digest, str(item.capture.role), item.capture.status)
        ).first()
        if here is not None and not item.capture.truncated:
            item.extraction_id = here.extraction_id
        held = connection.execute(held_bytes(str(item.payload_digest))).first()
        if held is not None and item.capture.payload and not item.capture.drawn_from:
            item.original = Original(record_id=held.record_id, url=held.url, captured_at=held.captured_at)

    def _outdated(self, connection: Connection, item: Item) -> list[tuple[list[int], ExtractionTask]]:
        """Tasks for what the document's earlier captures were read into by another version of the extractor."""
        document = select(DocumentUrl.document_id).where(
            DocumentUrl.source_id == self.entry.id, DocumentUrl.address == item.address
        )
        addresses = select(DocumentUrl.address).where(DocumentUrl.document_id.in_(document))
        rows = connection.execute(
            select(CaptureRow.__table__)
            .join(ExtractionRow, ExtractionRow.id == CaptureRow.extraction_id)
            .where(
                CaptureRow.source_id == self.entry.id,
                CaptureRow.address.in_(addresses),
                ExtractionRow.extractor != EXTRACTOR,
                ~ExtractionRow.redacted,
            )
            .order_by(CaptureRow.captured_at, CaptureRow.record_id)
        ).all()
        by_extraction: dict[int, list[Any]] = {}
        for row in rows:
            by_extraction.setdefault(row.extraction_id, []).append(row)
        return [([row.id for row in same], self.task_again(connection, same[0])) for same in by_extraction.values()]

    def task_again(self, connection: Connection, row: Any) -> ExtractionTask:
        """The task that reads a stored capture anew, from its WARC record."""
        capture = capture_of(connection, self.folder, row)
        return task_for(capture, address=row.address, payload_digest=row.payload_digest, hints=self.entry.hints)


def _captures(source: str, address: str) -> Select[Any]:
    return select(CaptureRow.__table__).where(CaptureRow.source_id == source, CaptureRow.address == address)


def same_payload(source: str, address: str, payload_digest: str | None, role: str, status: int) -> Select[Any]:
    """The capture whose extraction all captures of these bytes at this address share: the first one stored."""
    return (
        _captures(source, address)
        .where(CaptureRow.payload_digest == payload_digest, CaptureRow.role == role, CaptureRow.status == status)
        .order_by(CaptureRow.id)
        .limit(1)
    )


def held_bytes(payload_digest: str) -> Select[Any]:
    """A capture whose WARC record holds these bytes itself, the earliest stored."""
    return (
        select(CaptureRow.__table__)
        .where(CaptureRow.payload_digest == payload_digest, CaptureRow.warc_type != "revisit")
        .order_by(CaptureRow.id)
        .limit(1)
    )


def _original(connection: Connection, row: Any) -> Original | None:
    """The record that holds a stored capture's bytes."""
    held = row if row.warc_type != "revisit" else connection.execute(held_bytes(row.payload_digest)).first()
    if held is None:
        return None
    return Original(record_id=held.record_id, url=held.url, captured_at=held.captured_at)


def _is_readable(item: Item) -> bool:
    capture = item.capture
    asked = capture.role not in UNREAD
    return asked and capture.status == 200 and not capture.truncated and not capture.reserved


def described_capture(row: Any, payload: bytes = b"") -> Capture:
    """A stored capture as it was handed in, without its bytes unless they are given."""
    return Capture(
        url=row.url,
        captured_at=row.captured_at,
        status=row.status,
        headers=tuple((key, value) for key, value in row.headers),
        payload=payload,
        role=RequestRole(row.role),
        obtained=Obtained(row.obtained),
        record_id=row.record_id,
        truncated=row.truncated,
        title=row.handed_title,
        published=row.handed_date,
        handed_id=row.handed_id,
        reserved=row.reserved,
    )


def capture_of(connection: Connection, folder: Path, row: Any) -> Capture:
    """A stored capture with its bytes. Raises WarcError where they cannot be read."""
    held = row if row.warc_type != "revisit" else connection.execute(held_bytes(row.payload_digest)).one()
    place = Place(held.warc_file, held.warc_offset, held.warc_length, held.warc_type)
    return described_capture(row, read_payload(folder, place))
