"""`archive roster check` and `find`."""

from __future__ import annotations

import orjson
import pytest

from archive.cli import main
from tests.roster.conftest import ASHBY, Written, jurisdiction, person, term


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit status, output and words of one command."""
    status = main(["roster", *arguments])
    return (status, *capsys.readouterr())


def test_check_has_notes_only(capsys: pytest.CaptureFixture[str]) -> None:
    """The built-in data want no mending: status 0."""
    status, out, err = said(capsys, "check", "--date", "2026-11-01")
    assert status == 0
    assert err.startswith("0 to mend, ")
    assert out.splitlines()[0].split() == ["level", "kind", "about", "words", "at"]
    assert "stale" not in out


def test_check_finds_errors(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 2, errors first, with file and line."""
    folder = written(jurisdictions=[jurisdiction(ASHBY, "Ashby")], terms=[term("us-vt-nobody")])
    monkeypatch.setenv("ARCHIVE_ROSTER", str(folder))
    status, out, err = said(capsys, "check", "--json", "--stale")
    rows = [orjson.loads(line) for line in out.splitlines()]
    assert status == 2
    assert err.startswith("1 to mend, ")
    assert rows[0] == {
        "level": "error",
        "kind": "unknown",
        "about": f"us-vt-nobody mayor {ASHBY}",
        "words": "people.csv has no us-vt-nobody",
        "at": "town/terms.csv, line 2",
    }
    assert {row["kind"] for row in rows} >= {"gap", "stale"}


def test_a_bad_file_stops_every_command(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Status 1 and one sentence."""
    folder = written(people=[person("", "Ada Nairn")])
    monkeypatch.setenv("ARCHIVE_ROSTER", str(folder))
    status, out, err = said(capsys, "find", "Ada Nairn")
    assert (status, out) == (1, "")
    assert "town/people.csv, line 2: id is empty; fill it in" in err


def test_find(capsys: pytest.CaptureFixture[str]) -> None:
    """The resolution, then the terms of everybody of the name."""
    status, out, _ = said(capsys, "find", "Bowser", "--role", "Mayor", "--date", "2019-07-14")
    assert status == 0
    assert "us-dc-washington-muriel-bowser  official       mayor   confirmed     Washington, D.C." in out
    assert "2015-01-02" in out


def test_find_says_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error; `--place` and the publisher's own place make it certain."""
    assert "mayors are called Johnson" in said(capsys, "find", "Johnson", "--role", "Mayor", "--date", "2020-07-14")[2]
    asked = ("find", "Johnson", "--role", "Mayor", "--date", "2020-07-14", "--json")
    own = ("--source-jurisdiction", "ocd-division/country:us/state:ga/place:savannah")
    found = [orjson.loads(said(capsys, *asked, *more)[1])["name"] for more in (("--place", "Dallas"), own)]
    assert found == ["Eric Johnson", "Van Johnson"]


def test_find_nobody(capsys: pytest.CaptureFixture[str]) -> None:
    """Says so."""
    status, _, err = said(capsys, "find", "Nobody Atall")
    assert status == 0
    assert "the roster knows no Nobody Atall" in err
