"""Filters, versions, limits and snippets of a search."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection

from archive.fulltext import parse
from archive.query import Filters, search
from archive.query.wording import snippet
from tests.query.rows import BUDGET, GONE, OCD, REPRINT, SNOW


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"source": "ash"}, {SNOW, BUDGET}),
        ({"source": "nobody"}, set()),
        ({"jurisdiction": OCD}, {SNOW, BUDGET}),
        ({"jurisdiction": f"{OCD}/place:ashby"}, {SNOW, BUDGET}),
        ({"office": "governor"}, {GONE}),
        ({"document_kind": "article"}, {REPRINT}),
        ({"since": date(2026, 3, 2)}, {BUDGET, REPRINT, GONE}),
        ({"until": date(2026, 3, 2)}, {SNOW, BUDGET}),
        ({"since": date(2026, 3, 3), "until": date(2026, 3, 3)}, {GONE}),
    ],
)
def test_a_filter_lets_through_what_it_names(connection: Connection, filters: dict[str, Any], found: set[str]) -> None:
    """Days are inclusive, a document without a date counts by when it was first seen, a division holds those within."""
    assert {hit.document for hit in search(connection, "", filters=Filters(**filters))} == found


def test_old_versions_are_found_when_asked_for(connection: Connection) -> None:
    """By default only the version in force answers."""
    assert search(connection, "3.5 million") == []
    (hit,) = search(connection, "3.5 million", all_versions=True)
    assert (hit.document, hit.version, hit.is_latest) == (SNOW, f"{SNOW}@2026-03-01T09:00:00Z", False)


def test_no_more_than_the_limit(connection: Connection) -> None:
    """The limit counts hits."""
    assert len(search(connection, "", limit=2)) == 2


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("snow", "The [snow] plan of Peña Blanca costs ten million dollars"),
        ("pena", "The snow plan of [Peña] Blanca costs ten million dollars"),
        ('"snow plan"', "The [snow] [plan] of Peña Blanca costs ten million dollars"),
        ("mil*", "The snow plan of Peña Blanca costs ten [million] dollars"),
        ("plan OR costs", "The snow [plan] of Peña Blanca [costs] ten million dollars"),
        ("other", "The snow plan of Peña Blanca costs ten million dollars"),
    ],
)
def test_a_snippet_marks_the_hits(asked: str, shown: str) -> None:
    """Each word that answers stands between the marks, as the text spells it."""
    assert snippet("The snow plan of Peña Blanca costs ten million dollars.", parse(asked)).rstrip(".") == shown


def test_a_snippet_is_where_most_hits_are() -> None:
    """Of a long text the part is shown that answers best."""
    text = "budget " + "word " * 200 + "the budget of snow and snow " + "word " * 200
    shown = snippet(text, parse("budget snow"))
    assert "[budget] of [snow] and [snow]" in shown
    assert shown.startswith("... ")
    assert shown.endswith(" ...")
