"""Places, topic words, quoted passages, sources, and what changed last, on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, insert

from archive import query
from archive.errors import UnknownRecord
from archive.models import Appearance, Speaker, Statement
from archive.query.topics import distinctive
from tests.query.rows import BUDGET, OCD, SNOW, SNOW_2, day

TOWN, STATE = f"{OCD}/place:ashby", OCD


def say(connection: Connection, number: int, words: str, **changes: Any) -> str:
    """A statement by a speaker of that number."""
    speaker = changes.pop("speaker", 1)
    if connection.scalar(Speaker.__table__.select().where(Speaker.id == speaker)) is None:
        connection.execute(insert(Speaker), [{
            "id": speaker, "public_id": f"{speaker:020}", "key": f"k{speaker}", "name": f"Speaker {speaker}",
            "speaker_class": changes.pop("speaker_class", "official"), "person": None, "jurisdiction": None,
            "document_id": None,
        }])  # fmt: skip
    values = {
        "id": number, "public_id": f"f{number:019}", "speaker_id": speaker, "words": words, "kind": "direct",
        "office": "mayor", "office_basis": "printed", "jurisdiction": TOWN, "jurisdiction_name": "Ashby",
        "first_date": day(number).date(), "last_date": day(number).date(), "documents": 1, "stories": 1,
        "primary_id": None, "repeat_of": None, "checked": False, **changes,
    }  # fmt: skip
    connection.execute(insert(Statement), [values])
    return str(values["public_id"])


def test_places_count_what_was_said_for_them(connection: Connection) -> None:
    """A place by itself and with those in it; who spoke for it, private people aside; its sources."""
    say(connection, 1, "The snow plan holds.")
    say(connection, 2, "The snow plan costs more.")
    say(connection, 3, "Every town has a plan.", speaker=2, jurisdiction=STATE, jurisdiction_name=None)
    say(connection, 4, "My street is white.", speaker=3, speaker_class="private")
    say(connection, 5, "Nobody knows of where.", jurisdiction=None, jurisdiction_name=None)
    counts = [(each.jurisdiction, each.name, each.statements) for each in query.place_counts(connection)]
    assert counts == [(TOWN, "Ashby", 3), (STATE, "XX", 1)]
    town, state = query.place(connection, TOWN), query.place(connection, STATE)
    assert (town.own, town.statements, state.own, state.statements) == (3, 3, 1, 4)
    assert [each.jurisdiction for each in state.within] == [TOWN]
    assert [(each.speaker, each.statements) for each in town.speakers] == [("Speaker 1", 2)]
    assert [each.id for each in town.sources] == ["ash"]
    assert [name for _, name in town.around] == ["United States", "XX"]


def test_an_unknown_place_is_told(connection: Connection) -> None:
    """One of the roster has a page before anybody spoke for it; one that nobody knows has none."""
    assert query.place(connection, "ocd-division/country:us/state:mn").name == "Minnesota"
    with pytest.raises(UnknownRecord, match="no place has the id"):
        query.place(connection, "ocd-division/country:us/state:zz")


def test_topics_are_a_speaker_s_own(connection: Connection) -> None:
    """Words that others use as often are no topic; words of one statement only are none either."""
    for number, words in enumerate(("The snow plan holds", "The snow plan costs", "The mayor's snow, once"), 10):
        say(connection, number, words)
    for number, words in enumerate(("The plan of the budget", "The budget plan", "A plan and a budget", "Budget"), 20):
        say(connection, number, words, speaker=2)
    assert [each.word for each in query.topics(connection, f"{1:020}")] == ["snow"]
    assert [each.word for each in query.topics(connection, f"{2:020}")] == ["budget"]
    assert query.topics(connection, f"{9:020}") == []


@given(st.lists(st.text(alphabet="abcd ", max_size=20), max_size=12), st.lists(st.text(alphabet="abcd "), max_size=12))
def test_topics_are_words_of_the_speaker(mine: list[str], others: list[str]) -> None:
    """Of several statements, surest first."""
    found = distinctive(mine, others)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)
    for each in found:
        assert each.statements == sum(each.word in text.split() for text in mine) >= 2


def test_passages_are_those_of_one_version(connection: Connection) -> None:
    """In the order of the text, with whose words they are and of which statement."""
    public = say(connection, 30, "the snow plan costs")
    start = SNOW_2.index("the snow plan")
    common = {
        "version_id": 12, "wording_id": None, "cue": "said", "sentence": None, "turn": False, "speaker_start": None,
        "speaker_as_printed": "Mayor Ada Penn", "speaker_end": None, "namesakes": None, "role": "Mayor", "place": None,
        "on_behalf_of": None, "office": "mayor", "office_basis": "printed", "jurisdiction": TOWN,
        "jurisdiction_name": "Ashby", "unresolved": None, "confidence": 0.9, "day": day(5).date(),
        "day_basis": "published", "appearance_role": None, "variation": None, "held": False, "checked": False,
        "utterance": 1,
    }  # fmt: skip
    connection.execute(insert(Appearance), [
        {**common, "id": 1, "statement_id": 30, "speaker_id": 1, "words": "the snow plan costs", "char_start": start,
         "char_end": start + 19, "kind": "indirect", "speaker_name": "Ada Penn", "speaker_class": "official"},
        {**common, "id": 2, "statement_id": None, "speaker_id": None, "words": SNOW_2, "char_start": 0,
         "char_end": len(SNOW_2), "kind": "whole", "speaker_name": None, "speaker_class": None},
    ])  # fmt: skip
    whole, quoted = query.passages(connection, SNOW, 2)
    assert (whole.statement, whole.speaker, whole.end) == (None, None, len(SNOW_2))
    assert (quoted.statement, quoted.speaker, SNOW_2[quoted.start : quoted.end]) == (public, "Speaker 1", quoted.words)
    assert query.passages(connection, SNOW, 1) == []


def test_what_changed_last(connection: Connection) -> None:
    """Each edit with the version before it, so that both can be compared."""
    (edit,) = query.latest_edits(connection)
    assert (edit.document, edit.number, edit.source) == (SNOW, 2, "ash")
    assert edit.before < edit.version
    assert query.latest_edits(connection, source="elm") == []
    counts = query.front(connection)
    assert (counts.sources, counts.documents, counts.edited, counts.removed) == (3, 4, 1, 1)
    assert counts.first_capture == day(0)


def test_sources_have_their_rights(connection: Connection) -> None:
    """By id; unknown ones are told."""
    assert query.source(connection, "news").rights == "publisher"
    assert list(query.sources(connection, ["news", "ash", "nowhere"])) == ["ash", "news"]
    with pytest.raises(UnknownRecord, match="nothing is kept of a source called 'nowhere'"):
        query.source(connection, "nowhere")
    assert BUDGET not in {each.document for each in query.latest_edits(connection)}
