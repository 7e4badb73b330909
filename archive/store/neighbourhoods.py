"""Which captures must be derived together: addresses that share a text of 40 words, or a redirect.

Reading the same closure for one new capture as for a rebuild is what makes the two give the same rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from archive.derive.documents import MAX_SHARERS, MIN_WORDS, Neighbourhood
from archive.derive.moves import homes, site_moves
from archive.derive.observations import Observation
from archive.models import CaptureRow, Delisting, ExtractionRow, RunRow, Source
from archive.records import RequestRole
from archive.store.absences import mark_absences, nowhere_targets
from archive.urls import is_root

__all__ = ["chunks", "load_neighbourhood"]

CHUNK = 400
OBSERVED = (RequestRole.DOCUMENT, RequestRole.ATTACHMENT)

_OBSERVED = (
    select(
        CaptureRow.id,
        CaptureRow.record_id,
        CaptureRow.address,
        CaptureRow.url,
        CaptureRow.captured_at,
        CaptureRow.status,
        CaptureRow.obtained,
        CaptureRow.redirect_address,
        CaptureRow.extraction_id,
        CaptureRow.role,
        CaptureRow.media_type,
        ExtractionRow.attachment_address,
        ExtractionRow.outcome,
        ExtractionRow.text_key,
        ExtractionRow.words,
        ExtractionRow.signature,
    )
    .join(RunRow, RunRow.id == CaptureRow.run_id)
    .outerjoin(ExtractionRow, CaptureRow.extraction_id == ExtractionRow.id)
    .where(CaptureRow.role.in_(OBSERVED), ~RunRow.held)
)


def chunks(values: Iterable[Any], size: int = CHUNK) -> Iterator[list[Any]]:
    """The values in sorted lists of at most `size`, as many as one statement can name."""
    ordered = sorted(values)
    return (ordered[start : start + size] for start in range(0, len(ordered), size))


def load_neighbourhood(connection: Connection, source: str, addresses: Collection[str]) -> Neighbourhood:
    """The observations of the given addresses of a source and of all that must be derived with them."""
    return _Loader(connection, source, set(addresses)).load()


class _Loader:
    def __init__(self, connection: Connection, source: str, touched: set[str]) -> None:
        self.connection = connection
        self.source = source
        self.touched = touched
        self.observations: dict[str, list[Observation]] = {}
        self.no_places: set[str] = set()
        self.boilerplate: set[str] = set()
        self.crowded_files: set[str] = set()
        stored = connection.scalar(select(Source.moves).where(Source.id == source))
        self.moves = site_moves(stored or ())
        self.homes: dict[str, tuple[str, date]] = {}

    def load(self) -> Neighbourhood:
        wanted = set(self.touched)
        while wanted:
            fresh = self.read(wanted)
            wanted = (
                self.sharing_text(fresh)
                | self.sharing_redirect(wanted, fresh)
                | self.at_home(wanted)
                | self.sharing_file(wanted, fresh)
            ) - self.observations.keys()
        everything = [each for group in self.observations.values() for each in group]
        everything = mark_absences(self.connection, self.source, everything)
        return Neighbourhood(
            observations=everything,
            delisted=self.delistings(),
            no_places=self.no_places,
            boilerplate=self.boilerplate,
            homes=self.homes,
            crowded_files=self.crowded_files,
        )

    def read(self, addresses: set[str]) -> list[Observation]:
        for address in addresses:
            self.observations[address] = []
        fresh = []
        for part in chunks(addresses):
            rows = self.connection.execute(
                _OBSERVED.where(CaptureRow.source_id == self.source, CaptureRow.address.in_(part))
            )
            for row in rows:
                each = _observation(row)
                self.observations[each.address].append(each)
                fresh.append(each)
        return fresh

    def sharing_text(self, fresh: list[Observation]) -> set[str]:
        """The addresses that carry a text of the fresh ones, unless so many do that it is boilerplate."""
        keys = {each.text_key for each in fresh if each.text_key and each.words >= MIN_WORDS}
        found = set()
        for part in chunks(keys - self.boilerplate):
            sharers: dict[str, set[str]] = defaultdict(set)
            for key, address in self.connection.execute(
                select(ExtractionRow.text_key, CaptureRow.address)
                .join(CaptureRow, CaptureRow.extraction_id == ExtractionRow.id)
                .where(
                    ExtractionRow.text_key.in_(part),
                    CaptureRow.source_id == self.source,
                    CaptureRow.role.in_(OBSERVED),
                )
                .distinct()
            ):
                sharers[str(key)].add(address)
            for key, those in sharers.items():
                found |= self.linked(those)
                if len(those) > MAX_SHARERS:
                    self.boilerplate.add(key)
        return found

    def sharing_redirect(self, addresses: set[str], fresh: list[Observation]) -> set[str]:
        """Where the addresses lead to and which lead to them; listings and crowded targets lead nowhere."""
        targets = {each.redirect for each in fresh if each.redirect and not is_root(each.redirect)}
        self.no_places |= self.listings(targets | addresses) | nowhere_targets(self.connection, self.source)
        leading: dict[str, set[str]] = defaultdict(set)
        for part in chunks((targets | addresses) - self.no_places):
            for target, address in self.connection.execute(
                select(CaptureRow.redirect_address, CaptureRow.address)
                .where(CaptureRow.source_id == self.source, CaptureRow.redirect_address.in_(part))
                .distinct()
            ):
                leading[str(target)].add(address)
        found = set()
        for target, those in leading.items():
            near = self.linked(those)
            found |= near | ({target} if near else set())
            if len(those) > MAX_SHARERS:
                self.no_places.add(target)
        return found

    def sharing_file(self, addresses: set[str], fresh: list[Observation]) -> set[str]:
        """The files that are the bodies of these pages, and the pages that have these for a body."""
        files = {each.attachment for each in fresh if each.attachment} | addresses
        leading: dict[str, set[str]] = defaultdict(set)
        for part in chunks(files):
            rows = self.connection.execute(
                select(ExtractionRow.attachment_address, CaptureRow.address)
                .join(CaptureRow, CaptureRow.extraction_id == ExtractionRow.id)
                .where(CaptureRow.source_id == self.source, ExtractionRow.attachment_address.in_(part))
                .distinct()
            )
            for file, address in rows:
                leading[str(file)].add(address)
        found = set()
        for file, those in leading.items():
            near = self.linked(those)
            found |= near | ({file} if near else set())
            if len(those) > MAX_SHARERS:
                self.crowded_files.add(file)
        return found

    def at_home(self, addresses: set[str]) -> set[str]:
        """Where the addresses stood before their whole site moved, and where they stand since."""
        found: set[str] = set()
        for address in addresses if self.moves else ():
            for old, new, on in homes(address, self.moves):
                self.homes[old] = (new, on)
                found |= {old, new}
        return found

    def linked(self, sharers: set[str]) -> set[str]:
        """The sharers, as long as they were few before the touched addresses joined them: then all must change."""
        return sharers if len(sharers - self.touched) <= MAX_SHARERS else set()

    def listings(self, addresses: set[str]) -> set[str]:
        found: set[str] = set()
        for part in chunks(addresses):
            found.update(
                self.connection.scalars(
                    select(CaptureRow.address)
                    .where(
                        CaptureRow.source_id == self.source,
                        CaptureRow.address.in_(part),
                        CaptureRow.role == RequestRole.LISTING,
                    )
                    .distinct()
                )
            )
        return found

    def delistings(self) -> dict[str, list[datetime]]:
        found: dict[str, list[datetime]] = defaultdict(list)
        for part in chunks(self.observations):
            for address, at in self.connection.execute(
                select(Delisting.address, Delisting.delisted_at).where(
                    Delisting.source_id == self.source, Delisting.address.in_(part)
                )
            ):
                found[address].append(at)
        return found


def _observation(row: Any) -> Observation:
    return Observation(
        capture_id=row.id,
        record_id=row.record_id,
        address=row.address,
        url=row.url,
        captured_at=row.captured_at,
        status=row.status,
        obtained=row.obtained,
        redirect=row.redirect_address,
        outcome=row.outcome,
        text_key=row.text_key,
        words=row.words or 0,
        signature=row.signature,
        extraction_id=row.extraction_id,
        attachment=row.attachment_address,
        is_attachment=row.role == RequestRole.ATTACHMENT,
        is_file=not (row.media_type or "").startswith("text/"),
    )
