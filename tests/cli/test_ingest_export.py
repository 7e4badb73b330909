"""`archive ingest` and `archive export` from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, SNOW, Run, page


@pytest.fixture
def folder(archive_dir: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of pages to stand in; the archive is made beside it."""
    pages = archive_dir / "pages"
    pages.mkdir()
    monkeypatch.chdir(pages)
    rows = [
        {"file": "a.html", "url": SNOW, "captured": "2026-03-01"},
        {"file": "b.html", "url": SNOW, "captured": "2026-03-04"},
        {"file": "list.html", "url": "https://ashby.example/news", "captured": "2026-03-01", "kind": "listing"},
    ]
    Path("manifest.jsonl").write_text("\n".join(map(json.dumps, rows)))
    for name, price in (("a.html", "3.5"), ("b.html", "4.5"), ("list.html", "0")):
        Path(name).write_bytes(page("Snow plan", PLAN[0].format(price), PLAN[1]))
    return pages


def test_a_folder_becomes_versions_and_then_an_export(
    run: Run, folder: Path, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On either database; and what is known already adds nothing."""
    monkeypatch.setenv("ARCHIVE_DATABASE", database_url)
    monkeypatch.setenv("ARCHIVE_WARC", str(folder.parent / "warc"))
    (counts,) = run("ingest", ".", "--json").rows
    assert (counts["captures"], counts["new_documents"], counts["new_versions"], counts["a_listing"]) == (2, 1, 1, 1)
    assert len(run("history", SNOW, "--json").rows) == 2
    (again,) = run("ingest", ".", "--json").rows
    assert again == {"a_listing": 1, "known_records": 2}
    (done,) = run("export", "../out", "--format", "csv, jsonl,parquet", "--json").rows
    assert (done["rows"]["documents"], done["rows"]["versions"]) == (1, 2)
    assert run("export", "../out", "--check").status == 0


def test_a_dry_run_stores_nothing(run: Run, folder: Path) -> None:
    """It reads everything and counts."""
    said = run("ingest", ".", "--dry-run", "--json")
    assert said.rows == [{"a_listing": 1, "captures": 2}]
    assert not (folder.parent / "archive.db").exists()


def test_texts_and_records_are_documents(run: Run, folder: Path) -> None:
    """A text with what is said of it; records by id; the bad ones told, with exit status 2."""
    Path("t.txt").write_text("Mayor Ada Penn opened the bridge.\n\n  As given.")
    said = run("ingest", "t.txt", "--plain-text", "--title", "Bridge", "--date", "2026-03-02", "--url", f"{SNOW}/t")
    assert said.status == 0
    (shown,) = run("show", f"{SNOW}/t", "--json").rows
    assert shown["version"]["text"] == "Mayor Ada Penn opened the bridge.\n\n  As given."
    assert (shown["document"]["title"], shown["document"]["published_date"]) == ("Bridge", "2026-03-02")
    assert (shown["document"]["source"], shown["document"]["obtained"]) == ("handed-in", "handed_in")
    Path("r.jsonl").write_text('{"id": "x", "text": "The harbor is open."}\n{"id": "y"}\n')
    said = run("ingest", "r.jsonl", "--json")
    assert (said.status, said.rows[0]["bad_record"], said.rows[0]["new_documents"]) == (2, 1, 1)
    assert "line 2: key `text` is missing or empty" in said.err
    assert run("show", "urn:record:handed-in:x").status == 0
    assert run("ingest", "r.jsonl", "--json").rows == [{"bad_record": 1, "known_records": 1}]


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["nothing.warc.gz"], 2, "nothing.warc.gz: No such file or directory"),
        (["a.html"], 1, "neither a WARC or WACZ file"),
        (["."], 1, "did you mean us-mn-attorney-general"),
        (["a.html", "b.html", "--plain-text", "--title", "T"], 1, "belong to one plain text"),
        ([], 1, "Missing argument"),
    ],
)
def test_wrong_inputs_are_told(run: Run, folder: Path, arguments: list[str], status: int, said: str) -> None:
    """In one sentence, with the exit status that belongs to it."""
    source = ["--source", "us-mn-attorny-general"] if arguments == ["."] else []
    done = run("ingest", *arguments, *source)
    assert done.status == status
    assert said in done.err
    assert "Traceback" not in done.err


def test_many_faults_are_counted_and_some_told(run: Run, folder: Path) -> None:
    """The first twenty have their sentence, the rest their number."""
    Path("r.jsonl").write_text("no json\n" * 50)
    done = run("ingest", "r.jsonl", "--json")
    assert done.rows == [{"bad_record": 50}]
    assert len(done.err.splitlines()) == 21
    assert "... and 30 more like these" in done.err


def test_an_export_is_checked(run: Run, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A changed file is listed, and the exit status is 2; no archive is needed for it."""
    out = world / "out"
    (done,) = run("export", out, "--format", "jsonl", "--no-text", "--source", "ashby", "--json").rows
    told = {
        "sources": 1,
        "documents": 3,
        "versions": 4,
        "captures": 8,
        "statements": 1,
        "appearances": 2,
        "speakers": 1,
    }
    assert {name: done["rows"][name] for name in told} == told
    monkeypatch.setenv("ARCHIVE_DATABASE", "sqlite:////nowhere/at/all.db")
    assert run("export", out, "--check").err.endswith("the package is whole and holds what it says\n")
    (out / "README.md").write_text("another")
    changed = run("export", out, "--check")
    assert (changed.status, changed.out) == (2, "README.md is changed: its sha256 is not the one in SHA256SUMS\n")
    assert "1 finding; do not use it" in changed.err
    (row,) = run("export", out, "--check", "--json").rows
    assert row["finding"].startswith("README.md is changed")


def test_a_delta_is_applied(run: Run, world: Path) -> None:
    """From the command line, without the archive; what is missing is told."""
    monday, delta, tuesday = (world / name for name in ("monday", "delta", "tuesday"))
    (before,) = run("export", monday, "--panel", "source,week", "--json").rows
    (changes,) = run("export", delta, "--panel", "source,week", "--since-export", monday, "--json").rows
    assert set(changes["rows"].values()) == {0}
    (after,) = run("export", tuesday, "--apply", delta, "--since-export", monday, "--json").rows
    assert after["files"] == before["files"]
    alone = run("export", tuesday, "--apply", delta)
    assert (alone.status, "--apply needs --since-export" in alone.err) == (1, True)


def test_a_dry_run_of_an_export_writes_nothing(run: Run, world: Path) -> None:
    """It counts, and tells sizes."""
    said = run("export", world / "out", "--dry-run", "--format", "parquet,csv")
    assert "documents              3  parquet " in said.out
    rows = {row["table"]: row["rows"] for row in run("export", world / "out", "--dry-run", "--json").rows}
    assert (rows["documents"], rows["captures"]) == (3, 8)
    assert not (world / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "xlsx"], "no export format is called 'xlsx'; there are parquet, csv, jsonl, sqlite"),
        (["--panel", "party,month"], "'party,month' is no panel"),
        (["--since-export", "nowhere"], "nowhere: is no export that can be read"),
        (["--text", "some"], "'some' is not one of"),
    ],
)
def test_wrong_options_of_an_export_are_told(run: Run, world: Path, options: list[str], said: str) -> None:
    """In one sentence."""
    done = run("export", world / "out", *options)
    assert (done.status, said in done.err) == (1, True), done.err


def test_a_disk_that_cannot_be_written_is_a_storage_failure(run: Run, world: Path) -> None:
    """Exit status 3 and one sentence."""
    (world / "file").write_text("")
    done = run("export", world / "file" / "out")
    assert done.status == 3
    assert len(done.err.splitlines()) == 1


def test_json_lines_as_spreadsheets_and_strangers_save_them(run: Run, tmp_path: Path) -> None:
    """A byte order mark is no part of the first record; an id with two texts, and what is no UTF-8, are told."""
    file = tmp_path / "records.jsonl"
    lines = ['{"id": "a", "text": "One text."}', '{"id": "a", "text": "Another text."}', '{"id": "b", "text": "Two."}']
    file.write_bytes(b"\xef\xbb\xbf" + "\n".join(lines).encode() + '\n{"id": "c", "text": "Peña"}'.encode("cp1252"))
    said = run("ingest", str(file))
    assert said.status == 2
    assert "id 'a' comes again with another text" in said.err
    assert "line 4 is no UTF-8" in said.err
    assert len(run("search", "--json", "--in", "documents").rows) == 2


def test_a_bad_address_is_counted_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    file.write_text('{"id": "a", "text": "One text.", "url": "no address"}')
    (counts,) = run("ingest", str(file), "--json").rows
    assert counts["bad_address"] == 1
