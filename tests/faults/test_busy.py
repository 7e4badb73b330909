"""A crawl, the web page and an export at once: everything is answered, and searches soon."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.busy import SLOWEST_MS, busy_report

SECONDS = 20  # `python -m tests.bench busy --minutes 10` is the same for longer


@pytest.mark.slow
def test_crawl_web_and_export_at_once(database_url: str, tmp_path: Path) -> None:
    """FAULTS 6: no error of any of the three, and 95 of 100 searches within 300 ms."""
    report = busy_report(tmp_path / "busy", SECONDS, database_url)
    assert report["errors"] == {}
    assert set(report["crawls_by_status"]) == set(report["exports_by_status"]) == {0}
    assert report["searches"] > SECONDS
    assert report["p95_ms"] < SLOWEST_MS, report
