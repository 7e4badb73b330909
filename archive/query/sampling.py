"""Audit samples: appearances drawn by a seed for a person to judge; `scoring` tells what the judged sheet says."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from archive.extract import EXTRACTOR
from archive.models import Appearance, CaptureRow, Document, Stamp, Version
from archive.query.filters import CONFIDENT
from archive.query.references import appearance_id
from archive.store.stamps import ROSTER
from archive.text import digest

__all__ = ["COLUMNS", "STRATA", "KeyRow", "Sample", "SampleRow", "draw", "state"]

AROUND = 300  # characters of the passage on either side of the words
BATCH = 5_000
STRATA: Mapping[str, Any] = {
    "kind": Appearance.kind,
    "source": Document.source_id,
    "document_kind": Document.document_kind,
    "speaker_class": Appearance.speaker_class,
    "office": Appearance.office,
    "language": Version.language,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """One appearance as a sheet shows it; the last columns are for a person: 1 right, 0 wrong, empty cannot tell.

    Nothing here says how sure the archive is or why the row was drawn: that stands in the key.
    """

    appearance: str
    source: str
    url: str
    day: date
    passage: str
    words: str
    speaker: str | None
    office: str | None
    jurisdiction: str | None
    words_right: str = ""
    speaker_right: str = ""
    office_right: str = ""
    jurisdiction_right: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """What the judge of a row must not see. `probability` is the chance that it had to be drawn."""

    appearance: str
    kind: str
    confidence: float
    stratum: str
    probability: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A drawn sample: the sheet's rows, the key's, in the same order, and how it was drawn, from what.

    `strata` gives for each stratum how many appearances it has and how many were drawn.
    """

    rows: list[SampleRow]
    key: list[KeyRow]
    strata: dict[str, tuple[int, int]]
    archive: dict[str, Any]


def draw(
    connection: Connection, *, n: int, seed: int, min_confidence: float = CONFIDENT, stratify: str | None = None
) -> Sample:
    """A sample of `n` attributed appearances of latest versions: the same for the same seed and archive.

    Every appearance has the same chance; with `stratify`, one of STRATA, every stratum gives as many rows as any other,
    or all it has. The order of the sheet is that of the draw.
    """
    sizes: dict[str, int] = defaultdict(int)
    heaps: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for name, stratum, number in _population(connection, min_confidence, stratify):
        sizes[stratum] += 1
        # The least digests win: a heap of the negated ones drops the greatest when it is full.
        ticket = (-int(digest(f"{seed}\n{name}")[:16], 16), number, name)
        if len(heaps[stratum]) < n:
            heapq.heappush(heaps[stratum], ticket)
        else:
            heapq.heappushpop(heaps[stratum], ticket)
    chosen = _shared_out({stratum: sorted(heap, reverse=True) for stratum, heap in heaps.items()}, n)
    tickets = sorted((ticket for each in chosen.values() for ticket in each), reverse=True)
    of = {ticket[1]: stratum for stratum, each in chosen.items() for ticket in each}
    strata = {stratum: (sizes[stratum], len(each)) for stratum, each in sorted(chosen.items())}
    shown = _shown(connection, [number for _, number, _ in tickets])
    return Sample(
        rows=[_row(shown[number], name) for _, number, name in tickets],
        key=[_key(shown[number], name, of[number], strata) for _, number, name in tickets],
        strata=strata,
        archive=state(connection),
    )


def state(connection: Connection) -> dict[str, Any]:
    """Of what the archive was made at this moment, as far as it decides what a sample can be of."""
    captures, last = connection.execute(select(func.count(), func.max(CaptureRow.captured_at))).one()
    roster = connection.scalar(select(Stamp.digest).where(Stamp.name == ROSTER))
    when = last.isoformat().replace("+00:00", "Z") if last else None
    return {"captures": captures, "last_capture": when, "extractor": EXTRACTOR, "roster": roster}


def _population(connection: Connection, min_confidence: float, stratify: str | None) -> Iterator[tuple[str, str, int]]:
    """The id, stratum and row number of every appearance that can be drawn."""
    column = STRATA[stratify] if stratify else Appearance.kind
    wanted = (
        select(
            Appearance.id, Document.public_id, Version.first_captured, Appearance.char_start, Appearance.char_end,
            column.label("stratum"),
        )
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(
            and_(Version.is_latest, ~Appearance.held, Appearance.speaker_id.is_not(None)),
            Appearance.confidence >= min_confidence,
        )
    )  # fmt: skip
    with connection.execute(wanted, execution_options={"yield_per": BATCH}) as rows:
        for row in rows:
            name = appearance_id(row.public_id, row.first_captured, row.char_start, row.char_end)
            yield name, (row.stratum or "none") if stratify else "all", row.id


def _shared_out(drawn: Mapping[str, list[Any]], n: int) -> dict[str, list[Any]]:
    """`n` tickets, of every stratum as many as of any other; what a small one lacks the others give."""
    chosen: dict[str, list[Any]] = {}
    left = n
    for place, stratum in enumerate(sorted(drawn, key=lambda name: (len(drawn[name]), name))):
        chosen[stratum] = drawn[stratum][: left // (len(drawn) - place)]
        left -= len(chosen[stratum])
    return chosen


def _shown(connection: Connection, chosen: list[int]) -> dict[int, Any]:
    found: dict[int, Any] = {}
    for start in range(0, len(chosen), 400):
        rows = connection.execute(
            select(Appearance.__table__, Version.text, Document.url, Document.source_id)
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .where(Appearance.id.in_(chosen[start : start + 400]))
        )
        found |= {row.id: row for row in rows}
    return found


def _row(row: Any, name: str) -> SampleRow:
    text, start, end = row.text or "", row.char_start, row.char_end
    return SampleRow(
        appearance=name,
        source=row.source_id,
        url=row.url,
        day=row.day,
        passage=f"{text[max(0, start - AROUND) : start]}[[[{text[start:end]}]]]{text[end : end + AROUND]}",
        words=row.words,
        speaker=row.speaker_name,
        office=row.office,
        jurisdiction=row.jurisdiction_name,
    )


def _key(row: Any, name: str, stratum: str, strata: Mapping[str, tuple[int, int]]) -> KeyRow:
    size, drawn = strata[stratum]
    return KeyRow(
        appearance=name, kind=row.kind, confidence=row.confidence, stratum=stratum, probability=round(drawn / size, 8)
    )


COLUMNS = tuple(each.name for each in fields(SampleRow))
