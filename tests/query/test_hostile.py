"""A thousand random questions, each answered, on both databases: what people, programs and attackers type."""

from __future__ import annotations

import random
from collections.abc import Iterator

from sqlalchemy import Connection

from archive import query
from archive.query import Filters

QUESTIONS = 1_000
PARTS = (
    "snow", "plan", "mayor's", "well-known", "C++", "U.S.", "3.5", "Peña", "ÆRØ", "東京", "🌨", "\u202e", "\u0301",
    "\ufeff",
    '"', '""', '"snow plan"', '"snow', "*", "**", "sn*", "*sn", '"snow pl*"', "-", "--", "-snow", '-"a b"', "OR", "AND",
    "NOT", "NEAR", "NEAR(a b, 3)", "title:snow", "{title text} : snow", "^snow", "marks:", "\ue000a", "(", ")", "((",
    "'", "';", "\\", "%", "_", "\x00", "\x1f", "\ud800", "\n", "&", "|", "!", "<->", ":*", "'a':*", "${x}", "{{x}}",
    "<script>", "../../etc/passwd", "a" * 300, "rowid", "SELECT", "DROP TABLE version", "?", ":1", "@", "#", "=1",
    "0x1F",
)  # fmt: skip


def questions(seed: int = 31) -> Iterator[str]:
    """Parts and random signs in random order, long ones among them."""
    chance = random.Random(seed)
    for number in range(QUESTIONS):
        size = chance.choice([1, 2, 3, 5, 9]) if number % 50 else 400
        parts = [
            chance.choice(PARTS) if chance.random() < 0.8 else chr(chance.randrange(0x110000))
            for _ in range(size)
        ]  # fmt: skip
        yield chance.choice([" ", "", "  "]).join(parts)


def test_a_thousand_questions_are_answered(connection: Connection) -> None:
    """None raises, and what is listed is what is counted."""
    for number, asked in enumerate(questions()):
        hits = query.search(connection, asked)
        assert query.total_documents(connection, asked) == query.Total(count=len(hits), exact=True), repr(asked)
        assert query.search_statements(connection, asked) == []
        if number % 10 == 0:
            assert query.facets(connection, asked, of="documents").counted == len(hits)
            counted = query.timeline(connection, asked, of="documents").counted
            assert counted == len(hits), repr(asked)


def test_filters_take_any_words(connection: Connection) -> None:
    """A filter that no document meets finds none, whatever is written in it."""
    for asked in PARTS:
        for name in ("source", "jurisdiction", "office", "document_kind"):
            assert query.search(connection, "", filters=Filters(**{name: asked})) == []  # type: ignore[arg-type]
        assert query.search_statements(connection, "", speaker=asked, kind=asked) == []
