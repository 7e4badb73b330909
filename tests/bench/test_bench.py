"""The benchmark measures what it says: unique pages, counted captures, all the rows side by side."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from archive.extract import extract
from archive.records import Page
from archive.text import text_key, words
from tests.bench.measure import run_measured
from tests.bench.originals import originals
from tests.bench.site import CAPTURED, build_site, read_index
from tests.bench.vary import vary

PAGE = """<html><head><meta charset="latin-1"><link rel="canonical" href="https://example.org/"><title>On Otto</title>
</head><body>
<p>Here is Otto Brandt of Elkhorn. It rained on Monday. Nobody said why.</p><p>A second one, by Marge Tolland.</p>
<script>var Otto = "see Otto Brandt";</script></body></html>"""


@pytest.fixture
def invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BENCH_DATA", raising=False)


def test_a_varied_page_has_other_names_and_the_same_other_words() -> None:
    """Names change, sentences change places, days of the week and scripts stay as they were."""
    varied = vary(PAGE, 1).decode()
    assert varied == vary(PAGE, 1).decode() != vary(PAGE, 2).decode()
    assert "Elkhorn" not in varied
    assert "Monday" in varied
    assert 'var Otto = "see Otto Brandt";' in varied
    assert "canonical" not in varied
    assert '<meta charset="utf-8">' in varied
    assert len(words(varied)) == pytest.approx(len(words(PAGE)), abs=8)


@pytest.mark.usefixtures("invented")
def test_no_two_pages_of_a_site_have_one_text(tmp_path: Path) -> None:
    """More pages than there are originals, and each with a normalised text of its own."""
    count = len(list(originals())) + 40
    folder = build_site(tmp_path, count)
    packed = (folder / "pages.bin").read_bytes()
    pages = [packed[page.offset : page.offset + page.length] for page in read_index(folder)]
    *documents, listing = pages
    texts = [
        extract(Page(payload=body, url=None, media_type="text/html", captured=CAPTURED)).text for body in documents
    ]
    assert len({text_key(None, text) for text in texts}) == count
    assert listing.count(b"<a href=") == count


def test_a_measured_command_tells_its_time_memory_and_output() -> None:
    """What the command prints comes back, with the memory that it took."""
    used = run_measured(
        [sys.executable, "-c", "x = bytearray(80_000_000); import time; time.sleep(1); print('done')"], {}
    )
    assert used.output == "done\n"
    assert used.seconds > 1
    assert 80 < used.peak_mb < 160


def test_a_measured_command_that_fails_is_an_error() -> None:
    """A crawl that ended badly gives no figures."""
    with pytest.raises(subprocess.CalledProcessError):
        run_measured([sys.executable, "-c", "raise SystemExit(2)"], {})


@pytest.mark.slow
@pytest.mark.usefixtures("invented")
def test_the_crawl_benchmark_runs_all_its_variants(tmp_path: Path) -> None:
    """Every variant takes all pages, and the second crawl brings no version."""
    command = [sys.executable, "-m", "tests.bench", "--work", str(tmp_path), "crawl", "--pages", "80", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout)
    assert [row["pages"] for row in figures["rows"]] == [80, 80, 80, 80]
    assert [row["note"] for row in figures["rows"][2:]] == [
        "80 documents, 80 new versions",
        "80 documents, 0 new versions",
    ]
    assert set(figures["targets"]) <= set(figures["ratios"])
