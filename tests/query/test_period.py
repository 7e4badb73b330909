"""What a period brought: statements by independent stories, who said them, and edits with or without a notice."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, update

from archive import query
from archive.models import Appearance, Document, Speaker, Statement, Version
from tests.query.rows import SNOW

DAY = date(2026, 3, 2)
PERIOD = {"since": date(2026, 3, 1), "until": date(2026, 3, 7)}


@pytest.fixture
def said(connection: Connection) -> Connection:
    """Three statements of a mayor, one of a witness, one of a doubtful speaker, and a whole release."""
    connection.execute(insert(Speaker), [
        {"id": 1, "public_id": "mayor", "key": "m", "name": "Ada Penn", "speaker_class": "official"},
        {"id": 2, "public_id": "witness", "key": "w", "name": "Zelda Quimby", "speaker_class": "private"},
        {"id": 3, "public_id": "doubt", "key": "d", "name": "Somebody Else", "speaker_class": "public_role"},
    ])  # fmt: skip
    _say(connection, "often", speaker=1, stories=3, documents=3)
    _say(connection, "reprinted", speaker=1, stories=1, documents=9)
    _say(connection, "late", speaker=1, stories=9, day=date(2026, 3, 8))
    _say(connection, "witness", speaker=2, stories=9)
    _say(connection, "doubtful", speaker=3, stories=9, confidence=0.4)
    _say(connection, "release", speaker=1, stories=9, kind="whole")
    return connection


def _say(
    connection: Connection, name: str, *, speaker: int, stories: int, documents: int = 1, day: date = DAY,
    kind: str = "direct", confidence: float = 0.9,
) -> None:  # fmt: skip
    row = connection.execute(
        insert(Statement).values(
            public_id=name, speaker_id=speaker, words=name, kind=kind, office="mayor" if speaker == 1 else None,
            first_date=day, last_date=day, documents=documents, stories=stories, checked=False,
        ).returning(Statement.id)
    ).scalar_one()  # fmt: skip
    connection.execute(insert(Appearance), [{
        "version_id": version, "statement_id": row, "speaker_id": speaker, "words": name, "char_start": 0,
        "char_end": 4, "kind": kind, "utterance": 1, "turn": False, "confidence": confidence, "day": day,
        "day_basis": "published", "held": False, "checked": False, "appearance_role": role, "variation": None,
    } for version, role in ((12, "primary"), (31, "report"))])  # fmt: skip


def test_independent_stories_come_first(said: Connection) -> None:
    """Nine reprints of one text are one story; nobody private, doubtful or whole is told."""
    assert [each.statement for each in query.said_most(said, **PERIOD)] == ["often", "reprinted"]
    assert query.said_by_day(said, **PERIOD) == {DAY: 2}


def test_what_a_person_checked_is_told(said: Connection) -> None:
    """Whatever its confidence."""
    said.execute(update(Statement).where(Statement.public_id == "doubtful").values(checked=True))
    assert query.said_most(said, **PERIOD, limit=1)[0].statement == "doubtful"


def test_voices_count_each_story_once(said: Connection) -> None:
    """Two documents that are one story carry both statements."""
    (voice,) = query.voices(said, **PERIOD)
    assert (voice.speaker, voice.office, voice.statements, voice.stories, voice.documents) == (
        "Ada Penn",
        "mayor",
        2,
        1,
        2,
    )


def test_carriers_name_the_primary_source_first(said: Connection) -> None:
    """Each document once."""
    found = query.carriers(said, ["often"])
    assert [(each.source, each.appearance_role) for each in found] == [("ash", "primary"), ("news", "report")]
    assert query.carriers(said, []) == []


def test_edits_say_between_which_captures(connection: Connection) -> None:
    """And whether they say so themselves."""
    (edit,) = query.edits(connection, **PERIOD)
    assert (edit.document, edit.source, edit.notice) == (SNOW, "ash", None)
    assert (edit.changed_after, edit.first_captured) == (
        datetime(2026, 3, 5, 9, tzinfo=UTC), datetime(2026, 3, 6, 9, tzinfo=UTC),
    )  # fmt: skip
    assert edit.new_version == f"{SNOW}@2026-03-06T09:00:00Z"
    assert list(query.edits(connection, since=PERIOD["since"], until=date(2026, 3, 5))) == []
    text = f"{edit.new_text}\n\nCorrection: it is 4.5 million dollars."
    connection.execute(update(Version).where(Version.id == 12).values(text=text))
    assert next(query.edits(connection, **PERIOD)).notice == "Correction: it is 4.5 million dollars."


def test_an_edit_of_a_document_not_seen_since_is_outside(connection: Connection) -> None:
    """`last_seen` bounds what is looked at."""
    later = datetime(2026, 3, 10, tzinfo=UTC) + timedelta(days=30)
    assert list(query.edits(connection, since=later.date(), until=later.date())) == []
    assert connection.scalar(Document.__table__.select().limit(1)) is not None
