"""What a site answers where there is nothing, learnt from probes, and the documents that answer the same."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Select, func, select

from archive.derive.observations import Observation
from archive.derive.probes import PageWords, same_absence
from archive.models import CaptureRow, ExtractionRow, RunRow
from archive.records import Outcome, RequestRole

__all__ = ["last_probes", "like_the_probe", "mark_absences", "nowhere_targets", "says_nothing"]

CHUNK = 400
# A page of many more or fewer words is not compared at all.
NEAR = 0.5
FEW = 30


@dataclass(frozen=True, slots=True)
class _Probe:
    page: PageWords
    host: str
    words: int
    text_key: str | None

    def is_near(self, words: int) -> bool:
        return abs(words - self.words) <= max(NEAR * self.words, FEW)


def last_probes(connection: Connection, source: str) -> dict[str, datetime]:
    """Host -> when it was last probed for this source."""
    asked = _of(source).with_only_columns(CaptureRow.address, func.max(CaptureRow.captured_at).label("at"))
    found: dict[str, datetime] = {}
    for row in connection.execute(asked.group_by(CaptureRow.address)):
        host = urlsplit(row.address).netloc
        found[host] = max(row.at, found.get(host, row.at))
    return found


def mark_absences(connection: Connection, source: str, observations: Sequence[Observation]) -> list[Observation]:
    """The observations, those that say what their host says where there is nothing as absences."""
    read = {(each.address, each.extraction_id) for each in observations if each.text_key}
    absent = says_nothing(connection, source, read)
    if not absent:
        return list(observations)
    return [
        replace(each, outcome=str(Outcome.ABSENT), text_key=None)
        if (each.address, each.extraction_id) in absent
        else each
        for each in observations
    ]


def says_nothing(
    connection: Connection, source: str, read: Collection[tuple[str, int | None]]
) -> set[tuple[str, int | None]]:
    """Of addresses with what they were read as (row number of an extraction with a text): those that are absences."""
    probes = _probes(connection, source) if read else []
    if not probes:
        return set()
    pages = _pages(connection, {number for _, number in read if number is not None})
    return {
        (address, number) for address, number in read if number in pages and _is_absence(pages[number], address, probes)
    }


def nowhere_targets(connection: Connection, source: str) -> set[str]:
    """Where a site sends those who ask for nothing: a redirect there is an absence."""
    return {
        str(target)
        for target in connection.scalars(_of(source).with_only_columns(CaptureRow.redirect_address))
        if target
    }


def like_the_probe(
    connection: Connection, source: str, address: str, extraction: int | None, redirect: str | None
) -> set[str]:
    """The addresses whose captures may have to be read otherwise because of this probe."""
    found: set[str] = set()
    if redirect:
        found |= _asked(connection, source, CaptureRow.redirect_address == redirect)
    if extraction is None:
        return found
    fact = connection.execute(
        select(ExtractionRow.words, ExtractionRow.outcome).where(ExtractionRow.id == extraction)
    ).one()
    if fact.outcome != Outcome.TEXT:
        return found
    margin = max(int(NEAR * fact.words), FEW)
    near = select(ExtractionRow.id).where(ExtractionRow.words.between(fact.words - margin, fact.words + margin))
    same_host = CaptureRow.address.startswith(f"https://{urlsplit(address).netloc}/", autoescape=True)
    return found | _asked(connection, source, same_host, CaptureRow.extraction_id.in_(near))


def _asked(connection: Connection, source: str, *conditions: Any) -> set[str]:
    asked = (CaptureRow.source_id == source, CaptureRow.role == RequestRole.DOCUMENT)
    return set(connection.scalars(select(CaptureRow.address).where(*asked, *conditions).distinct()))


def _of(source: str) -> Select[Any]:
    return (
        select(CaptureRow.__table__)
        .join(RunRow, RunRow.id == CaptureRow.run_id)
        .where(CaptureRow.source_id == source, CaptureRow.role == RequestRole.PROBE, ~RunRow.held)
    )


def _probes(connection: Connection, source: str) -> list[_Probe]:
    columns = (CaptureRow.address, ExtractionRow.title, ExtractionRow.text, ExtractionRow.words, ExtractionRow.text_key)
    rows = connection.execute(
        _of(source)
        .with_only_columns(*columns)
        .join(ExtractionRow, ExtractionRow.id == CaptureRow.extraction_id)
        .where(ExtractionRow.outcome == Outcome.TEXT)
        .distinct()
    )
    return [
        _Probe(
            page=PageWords(title=row.title, text=row.text, address=row.address), host=urlsplit(row.address).netloc,
            words=row.words, text_key=row.text_key,
        )
        for row in rows
    ]  # fmt: skip


def _may_be(address: str, words: int, probe: _Probe) -> bool:
    return urlsplit(address).netloc == probe.host and probe.is_near(words)


def _is_absence(page: Any, address: str, probes: Iterable[_Probe]) -> bool:
    shown = PageWords(title=page.title, text=page.text, address=address)
    return any(
        page.text_key == probe.text_key or same_absence(probe.page, shown)
        for probe in probes
        if _may_be(address, page.words, probe)
    )


def _pages(connection: Connection, extractions: Collection[int]) -> dict[int, Any]:
    columns = (ExtractionRow.id, ExtractionRow.title, ExtractionRow.text, ExtractionRow.text_key, ExtractionRow.words)
    ordered = sorted(extractions)
    found: dict[int, Any] = {}
    for start in range(0, len(ordered), CHUNK):
        part = ordered[start : start + CHUNK]
        found |= {row.id: row for row in connection.execute(select(*columns).where(ExtractionRow.id.in_(part)))}
    return found
