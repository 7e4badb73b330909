"""The benchmark measures what it says: unique pages, counted captures, all the rows side by side."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from archive.extract import extract
from archive.records import Page
from archive.text import text_key, words
from archive.urls import address_of
from tests.bench.export import export_report
from tests.bench.listings import LABELS, Case, score
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


def test_documents_found_are_held_against_those_shown() -> None:
    """What was missed and what was wrongly taken is named; www and fragments make no other address."""
    case = Case(
        name="x",
        url="https://www.ashby.example/news",
        payload=b'<a href="/news/a#top">A</a><a href="/news/c">C</a>',
        strategy="listing",
        options={"documents": "/news/"},
        hosts=frozenset({"ashby.example"}),
        links=frozenset({"https://ashby.example/news/a", "https://ashby.example/news/b"}),
    )
    found = score(case)
    assert (found.recall, found.precision) == (0.5, 0.5)
    assert found.missed == ("https://ashby.example/news/b",)
    assert found.wrong == ("https://ashby.example/news/c",)


def test_every_labelled_listing_says_all_that_is_measured() -> None:
    """Each has its page's digest and links, no link twice."""
    for name, said in tomllib.loads(LABELS.read_text(encoding="utf-8")).items():
        assert len(said["sha256"]) == 64, name
        assert len(set(map(address_of, said["links"]))) == len(said["links"]) > 0, name
        assert ("strategy" in said) == ("options" in said), name


def test_the_export_benchmark_writes_every_document(tmp_path: Path) -> None:
    """By the plain writer and by ours; the whole export has a version and a capture for each."""
    figures = export_report(tmp_path, 300, ["sqlite"])
    assert figures["writers"]["yield_per csv"]["rows"] == figures["writers"]["documents parquet"]["rows"] == 300
    assert figures["writers"]["sqlite"]["rows"] > 900
    assert figures["documents_parquet_to_yield_per_csv"] > 0


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
