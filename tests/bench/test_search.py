"""The benchmark of searches asks what it says, and its questions have answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive import Archive, query
from tests.bench.library import Vocabulary, fill
from tests.bench.search import figures, questions, search_report

WORDS = [f"{first}{last}" for first in ("snow", "budget", "harbor", "ferry") for last in ("", "s", "ed", "ing", "er")]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """A folder with a small vocabulary, so that no page need be read."""
    (tmp_path / "vocabulary.txt").write_text("\n".join([*WORDS, *(f"word{number}" for number in range(4_000))]))
    return tmp_path


def test_every_call_is_measured(work: Path) -> None:
    """Each call has its figures, each kind of question too, and a second time asks the same archive."""
    told: list[str] = []
    report = search_report(work, 400, 30, told.append)
    assert set(report["milliseconds"]) == set(report["of_processor"]) == {
        "search", "total of documents", "facets of documents", "timeline of documents", "search_statements",
        "facets of statements", "timeline of statements",
    }  # fmt: skip
    assert len(report["processor_by_kind"]) == 10
    assert told
    assert search_report(work, 400, 10, told.append)["loaded"] == report["loaded"]


def test_the_archive_is_as_large_as_it_says(work: Path) -> None:
    """So many documents, half as many statements, over ten years, and common words are common."""
    words = Vocabulary((work / "vocabulary.txt").read_text().splitlines())
    with Archive.open(f"sqlite:///{work / 'archive.db'}") as archive:
        fill(archive, words, 400)
        assert archive.total("").count == 400
        assert archive.total("", of="statements").count == 200
        assert archive.total("snow").count > archive.total("word3000").count
        assert archive.timeline("").period == "year"
        with archive.read() as connection:
            found = sum(bool(query.search(connection, asked.words)) for asked in questions(words, 100))
    assert found > 50


def test_figures_are_of_sorted_times() -> None:
    """Median, 95th percentile, maximum."""
    assert figures([float(number) for number in range(100, 0, -1)]) == {"p50": 51.0, "p95": 96.0, "max": 100.0}
