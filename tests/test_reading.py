"""`archive.Archive` answers everything that the commands show, in rows that pandas, polars and DuckDB take."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from archive import Archive
from archive.errors import UnknownRecord, UsageError
from tests.cli.conftest import HOURS, SNOW
from tests.cli.conftest import filled as filled


@pytest.fixture
def ashby(filled: Path, tmp_path: Path) -> Iterator[Archive]:
    """The archive of an invented town: an edited release, a withdrawn one, and one without further history."""
    shutil.copytree(filled, tmp_path, dirs_exist_ok=True)
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}", create=False) as archive:
        yield archive


def test_searching(ashby: Archive) -> None:
    """Words and filters find documents and statements, counted and over time."""
    (hit,) = ashby.search("snow", office="mayor")
    assert (hit.title, hit.document) == ("Snow plan", "3f410a824eee61257e21")
    assert ashby.search("snow", source="elm") == []
    assert ashby.search("3.5 million") == []
    assert len(ashby.search("3.5 million", all_versions=True)) == 1
    (said,) = ashby.search_statements("clearing", speaker="penn", kind="indirect")
    assert said.speaker == "Ada Penn"
    assert ashby.search_statements("clearing", kind="direct") == []
    assert ashby.total("").count == 3
    assert ashby.total("", of="statements", speaker="penn").count == 1
    assert [each.value for each in ashby.facets("", of="statements").office] == ["mayor"]
    with pytest.raises(UsageError, match="are of statements"):
        ashby.total("snow", speaker="penn")
    assert sum(each.count for each in ashby.timeline("snow", since=date(2026, 2, 1)).buckets) == 1


def test_streams(ashby: Archive) -> None:
    """Each gives all there is, newest first, and lets go of its connection when it is left early."""
    texts = list(ashby.documents())
    assert sorted(each.title or "" for each in texts) == ["A budget for Ashby", "Library hours", "Snow plan"]
    assert "4.5 million" in next(each.text for each in texts if each.title == "Snow plan" and each.text)
    assert len(list(ashby.documents(all_versions=True))) == 4
    assert [each.title for each in ashby.documents("budget", until=date(2026, 2, 26))] == []
    assert [each.words for each in ashby.statements("clearing")] == [each.words for each in ashby.statements()]


def test_one_record(ashby: Archive) -> None:
    """By id, by its beginning, by address; a version by number or by time."""
    shown = ashby.document(SNOW)
    assert shown == ashby.document("3f410a") == ashby.document("3f410a@2026-03-04T09:00:00Z")
    assert shown.version is not None
    assert [each.number for each in ashby.versions(SNOW)] == [1, 2]
    for at in (date(2026, 3, 2), "2026-03-02", datetime(2026, 3, 2, tzinfo=UTC)):
        assert ashby.version_at("3f410a", at).number == 1
    with pytest.raises(UnknownRecord, match="in force at 2020"):
        ashby.version_at("3f410a", date(2020, 1, 1))
    changed = ashby.diff("3f410a")
    assert [each.text for each in changed.text if each.operation == "insert"] == ["4.5"]
    assert ashby.capture(shown.version.capture).document == shown.document.id
    (said,) = ashby.statements()
    assert ashby.statement(said.statement) == said
    assert len(ashby.trace(said.statement).appearances) == 2
    assert ashby.person("Ada Penn").statements == 1


def test_the_archive_itself(ashby: Archive) -> None:
    """Counts, runs, removals, sources, what was watched, stories."""
    assert ashby.status().documents == 3
    assert ashby.recent(datetime(2026, 1, 1, tzinfo=UTC)).new_documents == 3
    assert [each.url for each in ashby.removals(state="confirmed")] == [HOURS]
    assert [each.outcome for each in ashby.runs()] == ["ok"]
    assert "ashby" in [each.source for each in ashby.sources()]
    assert all(each.source == "ashby" for each in ashby.coverage())
    assert list(ashby.stories()) == []
    assert [each.documents for each in ashby.stories(at_least=1)] == []


def test_a_stream_left_early_lets_go(ashby: Archive) -> None:
    """Closing it gives its connection back."""
    some = ashby.documents()
    next(some)
    some.close()  # type: ignore[attr-defined]
    assert ashby.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
