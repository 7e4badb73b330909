"""The central property: adding captures one at a time gives the rows that rebuilding gives."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from archive import Archive
from archive.records import Capture, Entry, Listing, RequestRole
from tests.pdfs import pdf
from tests.store.archives import InThisProcess, add, answer, derived_rows, page, prose, redirect, running

PATHS = ["/news/a", "/news/b", "/news/c", "/news/d"]
LONG = prose(1)
# Alike (one word changed), unlike, short, and long enough for stories and moves.
TEXTS = [LONG, LONG.replace(LONG.split()[7], "budget", 1), prose(2), prose(3), "Two short lines.\nNo more."]
WALL = (
    b"<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1>"
    b"<p>Enable JavaScript and cookies to continue</p><p>Ray ID: 8f2ab33c</p></body></html>"
)

paths = st.sampled_from(PATHS)
days = st.integers(min_value=0, max_value=60)
texts = st.sampled_from(TEXTS)
files = st.sampled_from(["/files/one.pdf", "/files/two.pdf"])
PDFS = [pdf("Mayor opens the bridge", text) for text in TEXTS[:3]]


@st.composite
def answers(draw: st.DrawFn) -> Capture:
    """Any answer of a press room's page, on any day."""
    path, day = draw(paths), draw(days) + draw(st.integers(0, 5)) / 10
    kind = draw(
        st.sampled_from(
            ["text"] * 6 + ["leads"] * 2 + ["gone", "moved", "moved for now", "home", "same", "error", "wall", "cut"]
        )
    )
    if kind == "text":
        return answer(path, draw(texts), day=day)
    if kind == "leads":
        return answer(path, day=day, payload=leading(draw(files)))
    if kind in ("moved", "moved for now"):
        return redirect(path, draw(paths), day=day, status=301 if kind == "moved" else 302)
    if kind == "home":
        return redirect(path, "/", day=day)
    if kind == "wall":
        return answer(path, day=day, payload=WALL)
    if kind == "cut":
        return answer(path, draw(texts), day=day, truncated="disconnect")
    return answer(path, day=day, status={"gone": draw(st.sampled_from([404, 410])), "same": 304, "error": 503}[kind])


@st.composite
def file_answers(draw: st.DrawFn) -> Capture:
    """Any answer of a file that a page may have for a body, asked for as that or, now and then, as a document."""
    path, day = draw(files), draw(days) + draw(st.integers(0, 9)) / 10
    role = draw(st.sampled_from([RequestRole.ATTACHMENT] * 4 + [RequestRole.DOCUMENT]))
    kind = draw(st.sampled_from(["text"] * 4 + ["gone", "moved", "page"]))
    if kind == "text":
        payload = PDFS[draw(st.integers(0, len(PDFS) - 1))]
        return answer(path, day=day, payload=payload, role=role, headers=(("Content-Type", "application/pdf"),))
    if kind == "moved":
        return replace(redirect(path, draw(files), day=day, status=draw(st.sampled_from([301, 302]))), role=role)
    return answer(
        path, draw(texts) if kind == "page" else None, day=day, role=role, status=200 if kind == "page" else 404
    )


def leading(file: str) -> bytes:
    """A page that holds little more than a link to a file."""
    return page("Read it.").replace(b"<p>", f'<p><a href="{file}">The whole release</a> '.encode(), 1)


@st.composite
def listings(draw: st.DrawFn) -> tuple[Capture, Listing]:
    """A listing that shows some of the pages, in their order."""
    shown = [path for path in PATHS if draw(st.booleans())]
    day = draw(days)
    published = [draw(st.one_of(st.none(), st.dates(*map(_date, (0, 60))))) for _ in shown]
    entries = tuple(
        Entry(url=f"https://alder.example{path}", title=path, published=when)
        for path, when in zip(shown, published, strict=True)
    )
    capture = answer("/news", "A listing.", day=day, role=RequestRole.LISTING)
    return capture, Listing(entries=entries)


def _date(day: int):
    return (answer("/", day=day).captured_at + timedelta(0)).date()


observed = st.one_of(answers(), answers(), file_answers()).map(lambda each: (each, None))
steps = st.lists(st.one_of(observed, observed, listings()), min_size=1, max_size=14)


@cache
def _empty_archive() -> Path:
    """An archive with tables and no rows, to be copied: making one anew for every example takes too long."""
    folder = Path(tempfile.mkdtemp(prefix="otr-template-"))
    Archive.open(f"sqlite:///{folder / 'archive.db'}").close()
    return folder / "archive.db"


@pytest.fixture(scope="module", autouse=True)
def _clean_template() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        # One capture at a time never fills a batch; waiting for more would only take time.
        patch.setattr("archive.store.run.LINGER_SECONDS", 0.0)
        yield
    shutil.rmtree(_empty_archive().parent)


def check(history: list[tuple[Capture, Listing | None]], runs: int, redacted: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        shutil.copy(_empty_archive(), Path(folder) / "archive.db")
        with Archive.open(f"sqlite:///{folder}/archive.db") as archive:
            for start in range(runs):
                with running(archive, executor=InThisProcess()) as run:
                    for capture, listing in history[start::runs]:
                        run.add(capture, listing).result()
            if redacted:
                _redact_first(archive)
            added = derived_rows(archive)
            archive.rebuild(executor=InThisProcess())
            assert derived_rows(archive) == added
            event(f"{len(added['document'])} documents, {len(added['story'])} stories")
            assert list(archive.verify()) == []


def _redact_first(archive: Archive) -> None:
    documents = derived_rows(archive)["document"]
    if documents:
        archive.redact(documents[0][0], reason="a takedown request", by="tests")


@given(history=steps, runs=st.integers(1, 3), redacted=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_incremental_equals_rebuild(history: list[tuple[Capture, Listing | None]], runs: int, redacted: bool) -> None:
    """Edits, A-B-A, moves, 304, 404, walls, listings, redactions, in any order: rebuilding changes no row."""
    check(history, runs, redacted)


@pytest.mark.slow
@given(history=steps, runs=st.integers(1, 3), redacted=st.booleans())
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_incremental_equals_rebuild_at_length(
    history: list[tuple[Capture, Listing | None]], runs: int, redacted: bool
) -> None:
    """The same property over many more histories."""
    check(history, runs, redacted)


def test_batches_do_not_matter(database_url: str, tmp_path: Path) -> None:
    """Captures written in one batch, the same address several times in it, give the rows of one at a time."""
    captures = [
        answer(path, text, day=day, record_id=f"urn:uuid:{path}-{day}")
        for day, text in enumerate(TEXTS[:3] + TEXTS[:1])
        for path in PATHS
    ]
    together = Archive.open(database_url, warc_dir=tmp_path / "together")
    add(together, captures, executor=InThisProcess())
    alone = Archive.open(f"sqlite:///{tmp_path / 'alone.db'}")
    for capture in captures:
        add(alone, [capture], executor=InThisProcess())
    rows, others = derived_rows(together), derived_rows(alone)
    assert {name: rows[name] for name in rows if name != "coverage"} == {
        name: others[name] for name in others if name != "coverage"
    }
    together.rebuild(executor=InThisProcess())
    assert derived_rows(together) == rows
    together.close()
    alone.close()


def test_new_extractor_is_no_edit(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the extractor reads more of a page than before, the next visit makes no version out of that."""
    archive = Archive.open(database_url, warc_dir=tmp_path / "warc")
    add(archive, [answer("/news/a", TEXTS[0])], executor=InThisProcess())
    better = f"{TEXTS[0]}\nContact: the press office."
    monkeypatch.setattr("archive.store.prepare.EXTRACTOR", "2")
    monkeypatch.setattr("archive.store.intake.EXTRACTOR", "2")
    monkeypatch.setattr("archive.store.write.EXTRACTOR", "2")
    monkeypatch.setattr("archive.extract.reading.extract", _reads_more(better))
    token = page(TEXTS[0]).replace(b"<main>", b"<main><!-- token 1 -->")
    add(archive, [answer("/news/a", day=1, payload=token)], executor=InThisProcess())
    (version,) = derived_rows(archive)["version"]
    assert better in version
    archive.close()


def _reads_more(text: str):
    from archive.extract import extract

    return lambda page: replace(extract(page), text=text)
