"""One query language, the same answers on SQLite and PostgreSQL, and no input that raises."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, func, select, text, update

from archive import fulltext
from archive.models import Document, Version
from archive.query import search
from tests.query.rows import BUDGET, GONE, REPRINT, SNOW

EVERYTHING = [REPRINT, GONE, BUDGET, SNOW]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("snow", [REPRINT, SNOW]),
        ("SNOW plan", [REPRINT, SNOW]),
        ('"plan snow"', []),
        ('"snow plan', [REPRINT, SNOW]),
        ("snow library", []),
        ("snow OR library", [REPRINT, GONE, SNOW]),
        ("library OR budget council's", [BUDGET]),
        ("plan -million", []),
        ("-snow", [GONE, BUDGET]),
        ('-"library closes" -snow', [BUDGET]),
        ("lib*", [GONE]),
        ('"library clo*"', [GONE]),
        ("lib", []),
        ("pena", [BUDGET]),
        ("PEÑA", [BUDGET]),
        ("council's", [BUDGET]),
        ("council’s", [BUDGET]),
        ("well-known", [BUDGET]),
        ("C++", [BUDGET]),
        ("U.S.", [BUDGET]),
        ("4.5", [REPRINT, SNOW]),
        ("3.5", []),
        ("title:snow", []),
        ("", EVERYTHING),
        ("***", EVERYTHING),
        ('"', EVERYTHING),
        ("OR", []),
        ("snow OR", [REPRINT, SNOW]),
        ("snow OR -plan", []),
        ("NEAR(snow plan)", []),
        ("'; DROP TABLE version; --", []),
        ("snow\x00plan", [REPRINT, SNOW]),
        ("\ud800", EVERYTHING),
        ("a" * 5_000, []),
        ("snow " * 5_000, [REPRINT, SNOW]),
    ],
)
def test_a_question_has_one_answer_on_both_databases(connection: Connection, asked: str, found: list[str]) -> None:
    """Words, phrases, OR, - and prefix* mean the same everywhere, and marks that others read as syntax mean nothing."""
    assert sorted(hit.document for hit in search(connection, asked)) == sorted(found)


@given(asked=st.text(max_size=60) | st.text(alphabet="\"*-()OR ab:\\&|!<>'", max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_typed_is_answered(connection: Connection, asked: str) -> None:
    """No string raises, on either database."""
    assert len(search(connection, asked)) <= 4


def test_the_database_keeps_the_index_by_itself(connection: Connection) -> None:
    """Inserted, changed and deleted versions are found, found changed, and found no more."""
    connection.execute(update(Version).where(Version.title == "Library hours").values(text="Closed for floods."))
    assert [hit.document for hit in search(connection, "floods")] == [GONE]
    assert search(connection, '"closes at nine"') == []
    connection.execute(update(Version).where(Version.title == "Library hours").values(text=None, redacted=True))
    assert search(connection, "floods") == []
    connection.execute(delete(Version).where(Version.title == "Snow plan"))
    assert search(connection, "snow") == []


def test_the_index_can_be_dropped_and_made_again(connection: Connection) -> None:
    """After drop and create over a filled table the answers are the same."""
    before = search(connection, "snow")
    fulltext.drop(connection)
    fulltext.create(connection)
    assert search(connection, "snow") == before != []


def test_every_word_of_a_text_is_its_own_answer(connection: Connection) -> None:
    """A text is found by each of its words, in any case, accent or script."""
    words = "Ærø naïve KИЇB Αθήνα 東京 zürich 12th 10,000 x2 Ørsted e-mail don't"
    connection.execute(update(Version).where(Version.title == "Library hours").values(text=words))
    for word in words.split():
        assert [hit.document for hit in search(connection, word.upper())] == [GONE], word


@pytest.mark.parametrize(
    "hostile",
    [
        "".join(chr(0x20000 + i % 42_000) + " " for i in range(200_000)),
        " ".join(chr(0x20000 + i % 40_000) + "-" + chr(0x20001 + i) for i in range(60_000)),
        " ".join(f"w{i}-{i}.example.org/p{i}/q?a={i}&b=<{i}>" for i in range(20_000)),
        "x" * 300_000,
    ],
    ids=["letters", "compounds", "addresses", "one word"],
)
def test_no_text_is_too_strange_to_be_stored(connection: Connection, hostile: str) -> None:
    """A text of any words and length is stored beside its index; PostgreSQL's own limits are never met."""
    connection.execute(update(Version).where(Version.title == "Library hours").values(text=hostile))
    stored = select(func.length(Version.text)).where(Version.title == "Library hours")
    assert connection.scalar(stored) == len(hostile)


def test_common_words_are_answered_newest_first(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where more versions hold the words than relevance can tell apart, the newest come first."""
    monkeypatch.setattr("archive.query.ranking.COMMON", 1)
    connection.execute(
        update(Version).where(Version.id.in_(select(Version.id).join(Document).where(Document.public_id == SNOW)))
        .values(title="Snow snow snow")
    )  # fmt: skip
    assert [hit.document for hit in search(connection, "snow")] == [REPRINT, SNOW]
    monkeypatch.setattr("archive.query.ranking.COMMON", 1_000)
    assert [hit.document for hit in search(connection, "snow")] == [SNOW, REPRINT]


def test_sqlite_answers_from_the_index_it_says(connection: Connection) -> None:
    """The index agrees with the table, by the database's own check."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO version_search(version_search, rank) VALUES ('integrity-check', 1)"))
    else:
        stale = text("SELECT count(*) FROM version WHERE search IS NULL")
        assert connection.scalar(stale) == 0
