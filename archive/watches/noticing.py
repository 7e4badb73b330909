"""What happened, since a capture, to the statements that a watch looks for.

Only what a live crawl saw is news: each event hangs on one capture, whose row number lies above the watch's mark and
which was made live. Row numbers of captures are given in the order of their commits and never change, so that neither a
rebuild nor a new extractor can make news of what was stored before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, exists, func, select
from sqlalchemy.orm import aliased

from archive.derive.removals import RemovalState
from archive.models import (
    Appearance,
    CaptureRow,
    Document,
    DocumentUrl,
    Removal,
    RunRow,
    Speaker,
    Statement,
    Version,
)
from archive.query.among import SavedSearch, answering
from archive.query.ids import version_id
from archive.records import DocumentKind, Obtained
from archive.settings import WatchSettings
from archive.store.neighbourhoods import chunks
from archive.watches.events import Event, Told, event_id

__all__ = ["notice"]

# What the first run of a source brings is its past, but for what was published so shortly before.
FRESH = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carrier:
    """A document that carries a statement, by the first capture in which it did."""

    capture: int
    row: Any

    @property
    def document(self) -> str:
        return str(self.row.document)


def notice(connection: Connection, watch: WatchSettings, *, mark: int, top: int) -> list[Event]:
    """The events of the captures above `mark` and up to `top` (row numbers), in the order in which they were seen."""
    return _Look(connection, watch, mark, top).events()


class _Look:
    def __init__(self, connection: Connection, watch: WatchSettings, mark: int, top: int) -> None:
        self.connection = connection
        self.watch = watch
        self.mark = mark
        self.top = top
        self.first_runs = set(connection.scalars(_first_runs(mark, top)))

    def events(self) -> list[Event]:
        found = [*self.spoken(), *self.edited(), *self.removed()]
        wanted = {each.id: each for each in found if each.kind in self.watch.events}
        return sorted(wanted.values(), key=lambda each: (each.seen, each.kind, each.id))

    def matching(self, statements: Collection[int]) -> set[int]:
        return answering(self.connection, statements, SavedSearch(**self.watch.search))

    def is_news(self, row: Any) -> bool:
        """Whether a capture was made live since the mark, and not as part of a source's past."""
        if not (self.mark < row.capture <= self.top and row.obtained == Obtained.LIVE):
            return False
        if row.run_id not in self.first_runs:
            return True
        published: date | None = row.published_date
        return published is not None and published >= row.captured_at.date() - FRESH

    def spoken(self) -> Iterator[Event]:
        """Statements never seen before, and those that another article carries."""
        fresh = select(Appearance.statement_id).where(
            Appearance.version_id.in_(self.fresh_versions()), Appearance.statement_id.is_not(None)
        )
        for statement, carriers in self.carriers(set(self.connection.scalars(fresh.distinct()))):
            own = next((each for each in carriers if each.row.is_primary), carriers[0])
            is_new = all(each.capture > self.mark for each in carriers) and self.is_news(carriers[0].row)
            shown = own if self.is_news(own.row) else carriers[0]
            if is_new:
                yield self.event("new", shown.row, [_told(shown.row)], event_id("new", statement))
            for each in carriers:
                known = is_new and "new" in self.watch.events and each is shown
                if each.row.document_kind == DocumentKind.ARTICLE and self.is_news(each.row) and not known:
                    name = event_id("carried", statement, each.document)
                    yield self.event("carried", each.row, [_told(each.row)], name)

    def fresh_versions(self) -> Any:
        return (
            select(Version.id)
            .join(CaptureRow, CaptureRow.id == Version.capture_id)
            .where(CaptureRow.id > self.mark, CaptureRow.id <= self.top, CaptureRow.obtained == Obtained.LIVE)
        )

    def carriers(self, statements: Collection[int]) -> Iterator[tuple[str, list[_Carrier]]]:
        """The public id of each statement that answers, with what carries it, in the order of their captures."""
        found: dict[str, dict[str, _Carrier]] = defaultdict(dict)
        for part in chunks(self.matching(statements)):
            rows = self.connection.execute(
                _APPEARING.where(Statement.id.in_(part)).order_by(CaptureRow.id, Appearance.char_start)
            )
            for row in rows:
                found[row.statement].setdefault(row.document, _Carrier(capture=row.capture, row=row))
        for statement, carriers in sorted(found.items()):
            yield statement, list(carriers.values())

    def edited(self) -> Iterator[Event]:
        """Documents that carry, or carried, such statements and have a new version."""
        before = aliased(Version)
        pairs = self.connection.execute(
            select(Version.id, before.id.label("before"))
            .join(before, (before.document_id == Version.document_id) & (before.number == Version.number - 1))
            .where(Version.id.in_(self.fresh_versions()))
        ).all()
        said = self.said_in({number for pair in pairs for number in pair})
        wanted = self.matching({row.statement_id for rows in said.values() for row in rows})
        for now, was in pairs:
            rows, former = (
                {row.statement: row for row in said[number] if row.statement_id in wanted} for number in (now, was)
            )
            told = [_change(former.get(name), rows.get(name)) for name in sorted({*rows, *former})]
            if told:
                row = self.version(now)
                yield self.event("edited", row, told, event_id("edited", version_id(row.document, row.first_captured)))

    def said_in(self, versions: Collection[int]) -> dict[int, list[Any]]:
        found: dict[int, list[Any]] = defaultdict(list)
        for part in chunks(versions):
            rows = self.connection.execute(
                _APPEARING.where(Appearance.version_id.in_(part)).order_by(Appearance.char_start)
            )
            for row in rows:
                found[row.version_number].append(row)
        return found

    def version(self, number: int) -> Any:
        return self.connection.execute(_VERSIONS.where(Version.id == number)).one()

    def removed(self) -> Iterator[Event]:
        """Documents whose removal a capture confirmed, and that carry such statements."""
        confirming = (
            select(Removal.document_id, Removal.suspected_at, func.min(CaptureRow.id).label("capture"))
            .join(DocumentUrl, DocumentUrl.document_id == Removal.document_id)
            .join(
                CaptureRow,
                (CaptureRow.source_id == DocumentUrl.source_id)
                & (CaptureRow.address == DocumentUrl.address)
                & (CaptureRow.captured_at == Removal.confirmed_at),
            )
            .where(
                Removal.state == RemovalState.CONFIRMED, CaptureRow.id > self.mark, CaptureRow.id <= self.top,
                CaptureRow.obtained == Obtained.LIVE,
            )
            .group_by(Removal.document_id, Removal.suspected_at)
        )  # fmt: skip
        for gone in self.connection.execute(confirming).all():
            latest = select(Version.id).where(Version.document_id == gone.document_id, Version.is_latest)
            rows = [row for each in self.said_in(set(self.connection.scalars(latest))).values() for row in each]
            wanted = self.matching({row.statement_id for row in rows})
            told = {row.statement: _told(row) for row in rows if row.statement_id in wanted}
            if told:
                seen = self.connection.scalar(select(CaptureRow.captured_at).where(CaptureRow.id == gone.capture))
                name = event_id("removed", rows[0].document, gone.suspected_at.isoformat())
                yield self.event("removed", rows[0], list(told.values()), name, seen=seen)

    def event(self, kind: str, row: Any, told: Iterable[Told], name: str, *, seen: datetime | None = None) -> Event:
        return Event(
            id=name, kind=kind, watch=self.watch.name, document=row.document,
            version=version_id(row.document, row.first_captured), source=row.source_id,
            document_kind=row.document_kind, title=row.title, url=row.url,
            published=row.published_at or row.published_date, seen=seen or row.captured_at, statements=list(told),
            variation=row.variation if kind == "carried" else None,
        )  # fmt: skip


def _first_runs(mark: int, top: int) -> Select[int]:
    """Of the runs that made these captures those before which their source had none."""
    made = select(CaptureRow.run_id).where(CaptureRow.id > mark, CaptureRow.id <= top).distinct()
    before = aliased(RunRow)
    earlier = exists().where(before.source_id == RunRow.source_id, before.id < RunRow.id)
    return select(RunRow.id).where(RunRow.id.in_(made), ~earlier)


def _told(row: Any, before: str | None = None) -> Told:
    return Told(
        statement=row.statement, speaker=row.speaker, office=row.office, jurisdiction=row.jurisdiction_name,
        words=row.words, before=before,
    )  # fmt: skip


def _change(former: Any, now: Any) -> Told:
    """A statement of an edited document: with its words before where they were others, or are gone."""
    if now is None:
        return Told(
            statement=former.statement, speaker=former.speaker, office=former.office,
            jurisdiction=former.jurisdiction_name, words="", before=former.words,
        )  # fmt: skip
    changed = former is not None and former.words != now.words
    return _told(now, before=former.words if changed else None)


_OF_DOCUMENT = (
    Document.public_id.label("document"), Document.source_id, Document.document_kind, Document.url,
    Document.published_at, Document.published_date, Version.title, Version.first_captured,
    CaptureRow.id.label("capture"), CaptureRow.captured_at, CaptureRow.obtained, CaptureRow.run_id,
)  # fmt: skip
_VERSIONS = (
    select(*_OF_DOCUMENT)
    .select_from(Version)
    .join(CaptureRow, CaptureRow.id == Version.capture_id)
    .join(Document, Document.id == Version.document_id)
)
_APPEARING = (
    select(
        *_OF_DOCUMENT, Version.id.label("version_number"), Statement.id.label("statement_id"),
        Statement.public_id.label("statement"), (Appearance.appearance_role == "primary").label("is_primary"),
        Appearance.words, Appearance.variation, Speaker.name.label("speaker"), Statement.office,
        Statement.jurisdiction_name,
    )
    .select_from(Appearance)
    .join(Version, Version.id == Appearance.version_id)
    .join(CaptureRow, CaptureRow.id == Version.capture_id)
    .join(Document, Document.id == Version.document_id)
    .join(Statement, Statement.id == Appearance.statement_id)
    .join(Speaker, Speaker.id == Statement.speaker_id)
)  # fmt: skip
