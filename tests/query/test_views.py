"""The views for people who write SQL: the same rows on both databases, by public ids, as the queries tell them."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, text, update

from archive import query
from archive.models import Version
from archive.query import Filters
from archive.views import VIEWS
from tests.docs_blocks import DOCS, sections
from tests.query.rows import BUDGET, GONE, REPRINT, SNOW, day


def rows(connection: Connection, sql: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in connection.execute(text(sql))]


@pytest.mark.parametrize("view", VIEWS)
def test_every_column_is_documented(connection: Connection, view: str) -> None:
    """The page of the docs has a table for each view, of its columns in their order."""
    columns = list(connection.execute(text(f"SELECT * FROM {view} LIMIT 0")).keys())
    if view == "statement_appearance":
        table = sections(DOCS / "model.md")["What was said"].partition("The view `statement_appearance`")[2]
    else:
        table = sections(DOCS / "query.md")[f"`{view}`"]
    documented = [line.split("`")[1] for line in table.splitlines() if line.startswith("| `")]
    assert documented == columns


def test_documents(connection: Connection) -> None:
    """One row for each, with its text in force and the id by which that is cited."""
    found = rows(connection, "SELECT document_id, version_id, office, words FROM document_latest ORDER BY document_id")
    assert [row[0] for row in found] == [SNOW, BUDGET, REPRINT, GONE]
    assert found[0] == (SNOW, f"{SNOW}@2026-03-06T09:00:00Z", "mayor", 16)
    texts = {each.document: each.text for each in query.every_text(connection)}
    assert dict(rows(connection, "SELECT document_id, text FROM document_latest")) == texts


def test_versions(connection: Connection) -> None:
    """Each has the id that `archive show` takes, to the microsecond where there is one."""
    exact = day(5).replace(microsecond=120_300)
    connection.execute(update(Version).where(Version.id == 12).values(first_captured=exact))
    found = query.find_document(connection, SNOW)
    ids = [each.id for each in query.versions(connection, found)]
    assert ids[1].endswith("T09:00:00.120300Z")
    asked = "SELECT version_id FROM document_version WHERE document_id = :of ORDER BY version"
    assert list(connection.scalars(text(asked).bindparams(bindparam("of", SNOW)))) == ids


def test_removals(connection: Connection) -> None:
    """The view of that name has the document's public id."""
    found = rows(connection, "SELECT document_id, source, state, absences, basis FROM removal")
    assert found == [(GONE, "elm", "confirmed", 3, "404")]


def test_sources(connection: Connection) -> None:
    """What each published and when it was looked at last; failed runs count from the last good one."""
    found = rows(
        connection,
        "SELECT source, documents, runs, last_outcome, failed_runs, watched_days FROM source_health ORDER BY source",
    )
    assert found == [("ash", 2, 1, "ok", 0, 2), ("elm", 1, 2, None, 0, 2), ("news", 1, 1, "failed", 1, 0)]


def test_a_view_and_a_search_agree(connection: Connection) -> None:
    """The same filter in SQL and in words."""
    asked = "SELECT document_id FROM document_latest WHERE office = 'mayor'"
    hits = query.search(connection, "", filters=Filters(office="mayor"))
    assert {row[0] for row in rows(connection, asked)} == {hit.document for hit in hits}
