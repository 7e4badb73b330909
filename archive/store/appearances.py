"""Appearances in the database: what each version's quotations say, with the speakers and wordings they belong to."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from archive.models import Appearance, Document, ExtractionRow, Source, Version, table_of
from archive.roster import load_roster
from archive.store.neighbourhoods import chunks
from archive.store.rulings import Rulings
from archive.store.speakers import make_speakers, make_wordings
from archive.store.spoken import Published, Said, SpokenVersion, said_in

__all__ = ["write_appearances"]

# Texts are read so many documents at a time.
DOCUMENTS = 100


def write_appearances(connection: Connection, documents: Collection[int], rulings: Rulings) -> set[int]:
    """Write what the versions of these documents (row numbers) quote; gives the row numbers of all who speak there."""
    heard: set[int] = set()
    for part in chunks(documents, DOCUMENTS):
        versions = _versions(connection, part)
        published = _published(connection, versions)
        said = [
            each
            for document in sorted(versions, key=lambda row: published[row].public_id)
            for each in said_in(
                published[document],
                versions[document],
                load_roster(),
                corrections=rulings.corrections(published[document].public_id),
                rules=rulings.keys,
            )
        ]
        heard |= _write(connection, said)
    return heard


def _versions(connection: Connection, documents: Collection[int]) -> dict[int, list[SpokenVersion]]:
    found: dict[int, list[SpokenVersion]] = {}
    for row in connection.execute(
        select(Version.id, Version.document_id, Version.title, Version.text, ExtractionRow.quotations)
        .join(ExtractionRow, ExtractionRow.id == Version.extraction_id)
        .where(Version.document_id.in_(documents), ExtractionRow.quotations.is_not(None), ~Version.redacted)
        .order_by(Version.document_id, Version.number)
    ):
        version = SpokenVersion(id=row.id, title=row.title or "", text=row.text or "", quotations=row.quotations)
        found.setdefault(row.document_id, []).append(version)
    return found


def _published(connection: Connection, documents: Collection[int]) -> dict[int, Published]:
    found: dict[int, Published] = {}
    for part in chunks(documents):
        for row in connection.execute(
            select(
                Document.id, Document.public_id, Document.published_date, Document.first_seen, Source.jurisdiction,
                Source.office, Source.timezone,
            )
            .join(Source, Source.id == Document.source_id)
            .where(Document.id.in_(part))
        ):  # fmt: skip
            found[row.id] = Published(
                id=row.id,
                public_id=row.public_id,
                day=row.published_date or row.first_seen.astimezone(ZoneInfo(row.timezone)).date(),
                day_basis="published" if row.published_date else "first_seen",
                jurisdiction=row.jurisdiction,
                office=row.office,
            )
    return found


def _write(connection: Connection, said: list[Said]) -> set[int]:
    speakers = make_speakers(connection, (each.voice for each in said if each.voice))
    wordings = make_wordings(
        connection,
        {
            each.wording: (speakers[each.voice.key], each.normal)
            for each in said
            if each.voice is not None and each.wording is not None
        },
    )
    rows = [
        {
            **each.values,
            "speaker_id": speakers[each.voice.key] if each.voice else None,
            "wording_id": wordings[each.wording] if each.wording else None,
        }
        for each in said
    ]
    if rows:
        connection.execute(insert(table_of(Appearance)), rows)
    return set(speakers.values())
