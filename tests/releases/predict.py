"""What the project makes of the gold texts, as flat values: by extraction and roster alone, or through an archive.

Through an archive every text is handed in as a capture, source by source in the order of the days, and the derived
appearances are read back from the database that a fresh reader would find.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import groupby
from pathlib import Path

from sqlalchemy import select

from archive import Archive
from archive.catalog import load_catalog
from archive.extract.quotations import read_quotations
from archive.models import Appearance, Document, Speaker, Statement, Version
from archive.records import Capture, Obtained, Quotation
from archive.roster import Printed, Resolution, Setting, load_roster
from tests.releases.gold import HERE, GoldText
from tests.store.archives import InThisProcess

__all__ = ["Prediction", "appearances", "archived", "extracted", "filled", "invented_roster"]

PLAIN = (("Content-Type", "text/plain; charset=utf-8"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """One quotation as the project found it; `text` is the id of the gold text. No name: it is unattributed."""

    text: str
    start: int
    end: int
    kind: str
    group: int
    turn: bool
    held: bool
    confidence: float
    name: str | None
    printed_start: int | None
    printed_end: int | None
    office: str | None = None
    jurisdiction: str | None = None
    jurisdiction_name: str | None = None
    person: str | None = None
    statement: str | None = None
    role: str | None = None  # of the appearance: primary, report
    variation: str | None = None


@contextmanager
def invented_roster() -> Iterator[None]:
    """The invented people beside the real ones, for this process and those it starts."""
    before = os.environ.get("ARCHIVE_ROSTER")
    os.environ["ARCHIVE_ROSTER"] = str(HERE / "roster")
    try:
        yield
    finally:
        if before is None:
            del os.environ["ARCHIVE_ROSTER"]
        else:
            os.environ["ARCHIVE_ROSTER"] = before


def extracted(texts: Iterable[GoldText]) -> list[Prediction]:
    """Quotations by extraction, offices by roster, no statements."""
    catalog, found = load_catalog([HERE / "sources.toml"]), []
    with invented_roster():
        roster = load_roster()
    for text in texts:
        source = catalog.source(text.source)
        setting = Setting(on=text.day, jurisdiction=source.jurisdiction, office=source.office)
        for quotation in read_quotations(text.text, title=text.title, language=text.language)[1]:
            printed = Printed(
                name=quotation.speaker, role=quotation.role, place=quotation.place, form=quotation.form
            )  # fmt: skip
            found.append(_prediction(text, quotation, roster.resolve(printed, setting)))
    return found


def _prediction(text: GoldText, quotation: Quotation, resolved: Resolution) -> Prediction:
    return Prediction(
        text=text.id, start=quotation.start, end=quotation.end, kind=quotation.kind, group=quotation.group,
        turn=quotation.turn, held=False, confidence=quotation.confidence,
        name=resolved.name or quotation.speaker_as_printed, printed_start=quotation.speaker_start,
        printed_end=quotation.speaker_end, office=resolved.office, jurisdiction=resolved.jurisdiction,
        jurisdiction_name=resolved.jurisdiction_name, person=resolved.person,
    )  # fmt: skip


def filled(texts: Iterable[GoldText], folder: Path, *, backwards: bool = False) -> Archive:
    """A fresh SQLite archive in this folder with all texts, the caller's to close; `backwards` adds the latest first.

    To be called with the invented roster.
    """
    archive = Archive.open(f"sqlite:///{folder / 'archive.db'}")
    ordered = sorted(texts, key=lambda text: (text.source, text.captured, text.id), reverse=backwards)
    for source, group in groupby(ordered, key=lambda text: text.source):
        _hand_in(archive, source, group)
    return archive


def archived(texts: Iterable[GoldText], folder: Path, *, backwards: bool = False) -> list[Prediction]:
    """The appearances that such an archive derives."""
    texts = list(texts)
    with invented_roster(), filled(texts, folder, backwards=backwards) as archive:
        return list(appearances(archive, texts))


def _hand_in(archive: Archive, source: str, texts: Iterable[GoldText]) -> None:
    entry = load_catalog([HERE / "sources.toml"]).source(source)
    run = archive.start_run(entry, obtained=Obtained.HANDED_IN, operator="tests", executor=InThisProcess())  # type: ignore[arg-type]
    for _ in run.add_all(map(_capture, texts)):
        pass
    run.finish("finished")


def _capture(text: GoldText) -> Capture:
    return Capture(
        url=text.url, captured_at=datetime.combine(text.captured, time(12), UTC), status=200, headers=PLAIN,
        payload=text.text.encode(), obtained=Obtained.HANDED_IN, title=text.title, published=text.day,
    )  # fmt: skip


def appearances(archive: Archive, texts: Iterable[GoldText]) -> Iterator[Prediction]:
    """What the archive says was said, by text and place."""
    known = {(text.url, text.version): text for text in texts}
    columns = [column for column in Appearance.__table__.c if column.name not in ("id", "words")]
    query = (
        select(Document.url, Version.number, Version.text, Statement.public_id, Speaker.name, Speaker.person, *columns)
        .select_from(Appearance)
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .outerjoin(Statement, Statement.id == Appearance.statement_id)
        .outerjoin(Speaker, Speaker.id == Appearance.speaker_id)
        .order_by(Document.url, Version.number, Appearance.char_start, Appearance.char_end)
    )
    with archive.read() as connection:
        for row in connection.execute(query):
            text = known[row.url, row.number]
            if row.text != text.text:
                raise AssertionError(f"{text.id}: the archive keeps another text than was handed in")
            yield Prediction(
                text=text.id, start=row.char_start, end=row.char_end, kind=row.kind, group=row.utterance,
                turn=row.turn, held=row.held, confidence=row.confidence,
                name=(row.name or row.speaker_name) if row.public_id else None, printed_start=row.speaker_start,
                printed_end=row.speaker_end, office=row.office, jurisdiction=row.jurisdiction,
                jurisdiction_name=row.jurisdiction_name, person=row.person, statement=row.public_id,
                role=row.appearance_role, variation=row.variation,
            )  # fmt: skip
