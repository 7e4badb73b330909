"""`archive extract`: one JSON object per input, in order, whatever the input."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PLAN, Run, page

KEYS = [
    "id", "input", "url", "title", "date", "language", "text", "outcome", "reason", "byline", "published",
    "modified", "site_name", "truncated", "quotation_status", "quotations",
]  # fmt: skip
SNOW = page("Snow plan", PLAN[0].format("3.5"), PLAN[1])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_pages_and_texts_give_one_object_each_in_order(run: Run, folder: Path) -> None:
    """The keys are always the same, and `input` is the path as it was given."""
    Path("a.html").write_bytes(SNOW)
    Path("b.html.gz").write_bytes(gzip.compress(SNOW))
    Path("c.txt").write_text("Peña says no.\nTwice.", encoding="utf-8")
    said = run("extract", "a.html", "./b.html.gz", "c.txt")
    assert said.status == 0
    first, second, third = said.rows
    assert list(first) == KEYS
    assert [row["input"] for row in said.rows] == ["a.html", "./b.html.gz", "c.txt"]
    assert (first["title"], first["date"], first["language"], first["outcome"]) == (
        "Snow plan",
        "2026-02-27",
        "en",
        "text",
    )
    assert "spend 3.5 million dollars" in first["text"]
    assert {**second, "input": "a.html"} == first
    assert (third["text"], third["date"]) == ("Peña says no.\nTwice.", None)


def test_a_text_is_kept_as_it_is_and_dated_by_hand(run: Run, folder: Path) -> None:
    """With --plain-text nothing is read as markup; --date is the day of its publication."""
    Path("a.html").write_text("<b>Not</b> markup")
    (row,) = run("extract", "--plain-text", "--date", "2026-01-02", "--url", "https://a.example/x", "a.html").rows
    assert (row["text"], row["date"], row["url"]) == ("<b>Not</b> markup", "2026-01-02", "https://a.example/x")
    assert row["published"]["basis"] == "handed in"


def test_standard_input_is_an_input(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`-` is told apart by its content."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(SNOW)))
    (row,) = run("extract", "-").rows
    assert (row["input"], row["title"]) == ("-", "Snow plan")


def test_a_manifest_knows_address_and_day(run: Run, folder: Path) -> None:
    """What the manifest of a folder above says of a page counts, unless --url says otherwise."""
    Path("press").mkdir()
    Path("press/a.html").write_bytes(SNOW)
    known = {"file": "press/a.html", "url": "https://ashby.example/a", "captured": "2026-03-01"}
    Path("manifest.jsonl").write_text(json.dumps(known))
    assert run("extract", "press/a.html").rows[0]["url"] == "https://ashby.example/a"
    assert run("extract", "press/a.html", "--url", "https://b.example/").rows[0]["url"] == "https://b.example/"


def test_lines_of_records_are_inputs(run: Run, folder: Path) -> None:
    """With --jsonl each line is an object of its own, and a bad line is one too."""
    lines = [
        {"id": "a", "text": "A text.", "title": "T", "date": "2026-03-04", "url": "https://a.example/"},
        {"id": "b", "text": "Another."},
        {"id": "c"},
    ]
    Path("r.jsonl").write_text("\n".join(map(json.dumps, lines)) + "\n\nno json\n")
    said = run("extract", "--jsonl", "r.jsonl")
    assert said.status == 2
    rows = [(row["id"], row["title"], row["date"], row["text"], row["outcome"]) for row in said.rows]
    assert rows == [
        ("a", "T", "2026-03-04", "A text.", "text"),
        ("b", "Another.", None, "Another.", "text"),
        ("3", None, None, "", "unreadable"),
        ("5", None, None, "", "unreadable"),
    ]
    assert [row["reason"] for row in said.rows[2:]] == ["line 3: key `text` is missing or empty", "line 5 is no JSON"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("gone.html", None, "No such file or directory"),
        ("cut.html.gz", gzip.compress(SNOW)[:200], "gzip data cut in the middle"),
        ("bad.html.gz", b"\x1f\x8b" + b"x" * 50, "damaged gzip data"),
        ("bomb.html.gz", gzip.compress(bytes(70 * 1024 * 1024)), "larger than 64 MiB"),
        (".", None, "Is a directory"),
    ],
)
def test_what_cannot_be_read_is_an_object_too(
    run: Run, folder: Path, name: str, content: bytes | None, reason: str
) -> None:
    """Its outcome is unreadable, the reason says why, the others are read, and the exit status is 2."""
    if content is not None:
        Path(name).write_bytes(content)
    Path("a.html").write_bytes(SNOW)
    said = run("extract", name, "a.html")
    assert said.status == 2
    assert [(row["input"], row["outcome"]) for row in said.rows] == [(name, "unreadable"), ("a.html", "text")]
    assert list(said.rows[0]) == KEYS
    assert said.rows[0]["reason"] == reason
    assert "1 could not be read" in said.err


def test_a_page_that_gets_stuck_is_stopped(run: Run, folder: Path) -> None:
    """After --seconds its worker is killed; the pages around it are read."""
    Path("slow.html").write_text("<body>" + "<p>So many words to read here, and then some more.</p>" * 60_000)
    Path("a.txt").write_text("A text.")
    said = run("extract", "a.txt", "slow.html", "a.txt", "--seconds", "1.5")
    assert [row["outcome"] for row in said.rows] == ["text", "unreadable", "text"]
    assert said.rows[1]["reason"] == "stopped after 1.5 s"
    assert said.status == 2


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.html", "b.html", "--url", "https://a.example/"],
        [],
        ["a.html", "--date", "3 March"],
        ["a.html", "--workers", "0"],
        ["a.html", "--no-such-option"],
    ],
)
def test_wrong_use_is_one_sentence(run: Run, folder: Path, arguments: list[str]) -> None:
    """Exit status 1, nothing on standard output."""
    said = run("extract", *arguments)
    assert (said.status, said.out, len(said.err.splitlines())) == (1, "", 1)
    assert said.err.startswith("archive: ")
