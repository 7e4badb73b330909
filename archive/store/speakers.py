"""Speakers and wordings in the database: entered when first heard, named by their earliest appearance, forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, exists, func, insert, select, tuple_, update

from archive.derive.wordings import content_words
from archive.models import Appearance, Document, Speaker, Statement, Version, Wording, table_of
from archive.store.neighbourhoods import chunks
from archive.store.spoken import Voice
from archive.text import digest

__all__ = ["forget_unheard", "make_speakers", "make_wordings", "refresh_speakers", "speaker_id"]


def make_speakers(connection: Connection, voices: Iterable[Voice]) -> dict[str, int]:
    """The row numbers of these speakers by their keys; who is not there yet is entered."""
    first: dict[str, Voice] = {}
    for voice in voices:
        first.setdefault(voice.key, voice)
    found = _numbers(connection, Speaker.key, Speaker.id, first)
    _tell_anew(connection, first)
    missing = [voice for key, voice in first.items() if key not in found]
    if missing:
        connection.execute(insert(table_of(Speaker)), [_speaker_values(voice) for voice in missing])
        found |= _numbers(connection, Speaker.key, Speaker.id, [voice.key for voice in missing])
    return found


def _tell_anew(connection: Connection, voices: Mapping[str, Voice]) -> None:
    """Bring the rows of speakers up to date whom one document alone knows, or did: it is written as a whole.

    A decision may make them known in all documents, an edit of the document may name them otherwise.
    """
    for part in chunks(voices):
        for row in connection.execute(select(Speaker.__table__).where(Speaker.key.in_(part))).all():
            voice = voices[row.key]
            if row.document_id == voice.document is None:
                continue
            values = _speaker_values(voice)
            if any(getattr(row, name) != value for name, value in values.items()):
                connection.execute(update(Speaker).where(Speaker.id == row.id).values(values))


def speaker_id(key: str) -> str:
    """A speaker's public id, 20 hexadecimal digits: the digest of the key."""
    return digest(key)[:20]


def _speaker_values(voice: Voice) -> dict[str, Any]:
    return {
        "public_id": speaker_id(voice.key),
        "key": voice.key,
        "name": voice.name,
        "speaker_class": voice.speaker_class,
        "person": voice.person,
        "jurisdiction": voice.jurisdiction,
        "document_id": voice.document,
    }


def make_wordings(connection: Connection, wanted: Mapping[str, tuple[int, str]]) -> dict[str, int]:
    """The row numbers of wordings by public id, each given with its speaker and normal form; new ones are entered."""
    found = _numbers(connection, Wording.public_id, Wording.id, wanted)
    missing = {public: given for public, given in wanted.items() if public not in found}
    if missing:
        rows = [
            {"public_id": public, "speaker_id": speaker, "normal": normal, "content_words": content_words(normal)}
            for public, (speaker, normal) in missing.items()
        ]
        connection.execute(insert(table_of(Wording)), rows)
        found |= _numbers(connection, Wording.public_id, Wording.id, missing)
    return found


def _numbers(connection: Connection, name: Any, number: Any, wanted: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for part in chunks(wanted):
        found.update(connection.execute(select(name, number).where(name.in_(part))).all())
    return found


def refresh_speakers(connection: Connection, speakers: Collection[int]) -> None:
    """Name these speakers (row numbers) as their earliest appearance does, whatever was written first.

    Who is known in one document only was named by that document when its appearances were written.
    """
    updates = []
    for part in chunks(speakers):
        rows = {row.id: row for row in connection.execute(_KNOWN_WIDELY.where(Speaker.id.in_(part)))}
        earliest = {(row.id, row.day) for row in rows.values() if row.day is not None}
        for speaker, values in _first_heard(connection, earliest).items():
            if any(getattr(rows[speaker], name) != value for name, value in values.items()):
                updates.append({"b_id": speaker, **values})
    if updates:
        columns: dict[str, Any] = {name: bindparam(name) for name in updates[0] if name != "b_id"}
        table = table_of(Speaker)
        connection.execute(update(table).where(table.c.id == bindparam("b_id")).values(columns), updates)


_DAY = select(func.min(Appearance.day)).where(Appearance.speaker_id == Speaker.id).scalar_subquery()
_KNOWN_WIDELY = select(Speaker.id, Speaker.name, Speaker.speaker_class, Speaker.jurisdiction, _DAY.label("day")).where(
    Speaker.document_id.is_(None)
)


def _first_heard(connection: Connection, days: Collection[tuple[int, Any]]) -> dict[int, dict[str, Any]]:
    """What the earliest appearance of each speaker, on a day given with it, says of the speaker."""
    first: dict[int, Any] = {}
    for part in chunks(days):
        for row in connection.execute(
            select(
                Appearance.speaker_id, Appearance.speaker_name, Appearance.speaker_class, Appearance.jurisdiction,
                Appearance.char_start, Appearance.char_end, Document.first_seen, Document.public_id, Version.number,
            )
            .join(Version, Version.id == Appearance.version_id)
            .join(Document, Document.id == Version.document_id)
            .where(tuple_(Appearance.speaker_id, Appearance.day).in_(part), ~Appearance.held)
        ):  # fmt: skip
            if row.speaker_id not in first or _order(row) < _order(first[row.speaker_id]):
                first[row.speaker_id] = row
    return {
        speaker: {"name": row.speaker_name, "speaker_class": row.speaker_class, "jurisdiction": row.jurisdiction}
        for speaker, row in first.items()
    }


def _order(row: Any) -> tuple[Any, ...]:
    return (row.first_seen, row.public_id, row.number, row.char_start, row.char_end)


def forget_unheard(connection: Connection, *, wordings: Collection[int], speakers: Collection[int]) -> None:
    """Delete those of these wordings and speakers (row numbers) that no appearance names any more."""
    for part in chunks(wordings):
        named = exists().where(Appearance.wording_id == Wording.id)
        connection.execute(delete(Wording).where(Wording.id.in_(part), ~named))
    for part in chunks(speakers):
        named = exists().where(Appearance.speaker_id == Speaker.id)
        kept = exists().where(Statement.speaker_id == Speaker.id)
        connection.execute(delete(Speaker).where(Speaker.id.in_(part), ~named, ~kept))
