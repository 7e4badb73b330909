"""Keyword dictionaries: patterns compare as searches do, and what is wrong in a file is named."""

from __future__ import annotations

import pytest
from sqlalchemy import insert

from archive import Archive, query
from archive.errors import UsageError
from archive.phrases import answers, folded
from archive.tagging import read_dictionary

HEAD = 'name = "water"\nversion = "1"\n[tags]\n'


def tags(patterns: str, words: str) -> list[str]:
    return read_dictionary(f"{HEAD}{patterns}").tags_of(folded(words))


@pytest.mark.parametrize(
    ("patterns", "words", "fits"),
    [
        ('"pipe"', "A PIPE burst.", True),
        ('"pipe"', "Pipes burst.", False),
        ('"pipe*"', "Pipes burst.", True),
        ('"lead pipe*"', "The lead-pipes go.", True),
        ('"lead pipe*"', "Lead in the pipes.", False),
        ("'\"lead pipe\"'", "a lead pipe", True),
        ('"café"', "At the Cafe.", True),
        ('"water", "-water gun"', "Bring a water gun.", False),
        ('"water", "-water gun"', "Bring water, no gun.", True),
        ('"water", "-gun*"', "Water and guns.", False),
        ('"1,200"', "We spent 1,200 dollars", True),
    ],
)
def test_patterns(patterns: str, words: str, fits: bool) -> None:
    assert tags(f"pipes = [{patterns}]", words) == (["pipes"] if fits else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name = ", "not a dictionary in TOML"),
        ('version = "1"\n[tags]\na = ["b"]', "key name: missing"),
        ('name = "a"\n[tags]\na = ["b"]', "key version: missing"),
        ('name = "A b"\nversion = "1"\n[tags]\na = ["b"]', "'A b' is not of small letters"),
        ('name = "a"\nversion = 1\n[tags]\na = ["b"]', "key version: 1 is no text"),
        ('name = "a"\nversion = "1\\u0000"\n[tags]\na = ["b"]', "key version: .* is not on one line"),
        ("tags = " + "[" * 5_000, "not a dictionary in TOML"),
        ('name = "a"\nversion = "1"\nauthor = "x"', "key author: unknown"),
        ('name = "a"\nversion = "1"', "key tags: missing"),
        (HEAD + 'a = "b"', "tags.a: is no list"),
        (HEAD + 'a = ["-b"]', "no pattern gives the tag"),
        (HEAD + 'a = ["!"]', "'!' is no pattern"),
        (HEAD + 'a = ["b*c"]', "'b\\*c' is no pattern"),
        (HEAD + '"A/b" = ["c"]', "a tag is named by small letters"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=f"water.toml: .*{said}"):
        read_dictionary(text, "water.toml")


WORDS = [
    "The county knew the gate was stuck on Sunday.", "Snow-plows leave at four!", "A café, a budget of 3.5 million.",
    "Governor's plan", "naïve plans", "Straße und Gate",
]  # fmt: skip
ASKED = [
    "gate", "GATE sunday", '"gate was"', '"was gate"', "gat*", "snow plows",
    '"snow-plows leave"', "cafe", "3.5", '"3 5"',
    "governor's", "naive", "gate OR cafe", "gate -sunday", "-sunday", "straße", '"budget of" -cafe', "",
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED)
def test_without_an_index_a_question_has_the_same_answers(asked: str, database_url: str) -> None:
    """What watches and dictionaries ask of a text, the full-text index answers alike, on both databases."""
    from datetime import date

    from archive.fulltext import parse
    from archive.models import Speaker, Statement
    from archive.store.engine import writing

    day = date(2026, 1, 1)
    with Archive.open(database_url) as archive:
        with writing(archive.engine) as connection:
            speaker = {"public_id": "s", "key": "s", "name": "S", "speaker_class": "official"}
            number = connection.scalar(insert(Speaker).values(speaker).returning(Speaker.id))
            for place, words in enumerate(WORDS):
                connection.execute(
                    insert(Statement).values(
                        public_id=f"{place}", speaker_id=number, words=words, kind="direct", first_date=day,
                        last_date=day, documents=1, stories=1, checked=False,
                    )
                )  # fmt: skip
        with archive.read() as connection:
            found = {hit.statement for hit in query.search_statements(connection, asked)}
    assert found == {f"{place}" for place, words in enumerate(WORDS) if answers(parse(asked), folded(words))}
