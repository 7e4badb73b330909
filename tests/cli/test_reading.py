"""`archive search`, `show`, `history` and `diff`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import HOURS, SNOW, Run


def _id(run: Run, words: str) -> str:
    (hit,) = run("search", words, "--in", "documents", "--json").rows
    return str(hit["document"])


def test_search_prints_a_line_and_a_snippet_for_each_hit(run: Run, world: Path) -> None:
    """Id, day, source and title; below them the words around the hits, which are marked."""
    said = run("search", "clearing", "snow", "--in", "documents")
    first, snippet = said.out.splitlines()
    assert first.split("  ")[1:] == ["2026-02-27", "ashby", "Snow plan"]
    assert "[clearing] [snow] this winter" in snippet
    assert said.status == 0


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (["million"], {"Snow plan", "A budget for Ashby"}),
        (["million", "-budget"], {"Snow plan"}),
        (["-hotel", "library"], {"Library hours"}),
        (["town council", "nine"], {"Library hours"}),
        (["council town", "nine"], set()),
        (['"town council" OR plows'], {"Snow plan", "Library hours"}),
        ([], {"Snow plan", "Library hours", "A budget for Ashby"}),
        (["3.5"], set()),
        (["3.5", "--all-versions"], {"Snow plan"}),
        (["--office", "governor"], set()),
        (["--office", "mayor", "--limit", "3"], {"Snow plan", "Library hours", "A budget for Ashby"}),
        (["--since", "2026-02-28"], set()),
        (["--until", "2026-02-27", "--source", "ashby", "plows"], {"Snow plan"}),
        (["--document-kind", "article"], set()),
        (["--jurisdiction", "ocd-division/country:us/state:il", "plows"], {"Snow plan"}),
    ],
)
def test_search_takes_words_and_filters(run: Run, world: Path, arguments: list[str], titles: set[str]) -> None:
    """A word with a minus is no option, and an argument with spaces among others is a phrase."""
    said = run("search", *arguments, "--in", "documents", "--json")
    assert said.status == 0
    assert {hit["title"] for hit in said.rows} == titles


def test_search_tells_when_there_is_nothing_or_more(run: Run, world: Path) -> None:
    """Words to the person go to standard error."""
    assert "nothing holds 'zebra'" in run("search", "zebra").err
    assert "--limit shows more" in run("search", "--limit", "1").err
    misspelt = run("search", "snow", "--sorce", "ashby")
    assert (misspelt.status, misspelt.out) == (1, "")
    assert "--sorce" in misspelt.err


def test_show_prints_what_is_known_of_a_document(run: Run, world: Path) -> None:
    """Title, addresses, dates with their basis, versions, and the text."""
    said = run("show", _id(run, "clearing"))
    assert said.out.startswith("Snow plan\n")
    for line in ("source      ashby (press release)", f"address     {SNOW}  2026-03-01 to 2026-03-04"):
        assert line in said.out
    assert "published   2026-02-27 (to the day, by meta)" in said.out
    assert "2 of 2: " in said.out
    assert "spend 4.5 million dollars" in said.out


def test_show_tells_of_a_removal(run: Run, world: Path) -> None:
    """A withdrawn document stays readable, and says that it was withdrawn."""
    said = run("show", HOURS)
    assert "removal     confirmed, first absent 2026-03-04T09:00:00Z" in said.out
    assert "closes at nine" in said.out


@pytest.mark.parametrize(
    ("suffix", "options", "price"),
    [
        ("", [], "4.5"),
        ("@2026-03-02", [], "3.5"),
        ("@2026-03-04T09:00:00Z", [], "4.5"),
        ("", ["--version", "1"], "3.5"),
    ],
)
def test_show_answers_with_the_version_in_force(
    run: Run, world: Path, suffix: str, options: list[str], price: str
) -> None:
    """ID@TIME is the version in force at that time."""
    name = _id(run, "clearing")[:8]
    (shown,) = run("show", name + suffix, *options, "--json").rows
    assert f"spend {price} million" in shown["version"]["text"]


def test_show_of_a_capture(run: Run, world: Path) -> None:
    """A record id shows what was answered, and its bytes when asked for them."""
    first = run("history", _id(run, "clearing"), "--json").rows[0]
    said = run("show", first["capture"])
    assert f"{SNOW}\n" in said.out
    assert "status      200" in said.out
    assert "Content-Type: text/html; charset=utf-8" in said.out
    assert run("show", first["capture"], "--json").rows[0]["document"] == _id(run, "clearing")
    assert "spend 3.5 million dollars" in run("show", first["capture"], "--payload").out
    assert "spend 4.5 million dollars" in run("show", _id(run, "clearing"), "--payload").out


def test_history_lists_versions_with_the_span_of_their_change(run: Run, world: Path) -> None:
    """Oldest first, each cited by document and time."""
    name = _id(run, "clearing")
    first, second = run("history", name, "--json").rows
    assert first["id"] == f"{name}@2026-03-01T09:00:00Z"
    assert (second["changed_after"], second["first_captured"]) == ("2026-03-01T09:00:00Z", "2026-03-04T09:00:00Z")
    assert len(run("history", name).out.splitlines()) == 3


@pytest.mark.parametrize(
    "versions", [[], ["1"], ["1", "2"], ["2026-03-01", "2026-03-04"], ["2026-03-01T10:00:00Z", "2"]]
)
def test_diff_shows_changed_words(run: Run, world: Path, versions: list[str]) -> None:
    """By default of the last two versions; unchanged paragraphs are left out."""
    said = run("diff", _id(run, "clearing"), *versions)
    assert "will spend [-3.5-]{+4.5+} million dollars" in said.out
    assert "Residents are asked" not in said.out
    assert "Residents are asked" in run("diff", _id(run, "clearing"), *versions, "--full").out
    assert "changed after 2026-03-01 09:00 UTC" in said.err


def test_diff_as_json_holds_both_texts(run: Run, world: Path) -> None:
    """The parts that stayed and came are the new text."""
    name = _id(run, "clearing")
    (found,) = run("diff", name, "--json").rows
    new = "".join(part["text"] for part in found["text"] if part["operation"] != "delete")
    assert new == run("show", name, "--json").rows[0]["version"]["text"]
    assert found["title"] == [{"operation": "equal", "text": "Snow plan"}]


def test_diff_of_a_document_that_never_changed(run: Run, world: Path) -> None:
    """One version is an answer, not a mistake; a version that is not there is a mistake."""
    name = _id(run, "budget")
    said = run("diff", name)
    assert (said.status, said.out) == (0, "")
    assert "nothing changed" in said.err
    missing = run("diff", name, "1", "7")
    assert missing.status == 1
    assert "numbers are 1 to 1" in missing.err


@pytest.mark.parametrize("command", ["show", "history", "diff", "redact"])
@pytest.mark.parametrize("written", ["ffffffffffff", "snow plan", "https://ashby.example/none", "ab"])
def test_an_unknown_id_is_one_sentence(run: Run, world: Path, command: str, written: str) -> None:
    """Exit status 1, nothing on standard output, one line on standard error."""
    options = ["--reason", "asked", "--yes"] if command == "redact" else []
    said = run(command, written, *options)
    assert (said.status, said.out) == (1, "")
    assert said.err.startswith("archive: ")
    assert len(said.err.splitlines()) == 1
