"""`archive watch`, and the settings of watches."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.errors import UsageError
from archive.settings import EVENTS, load_settings
from tests.cli.conftest import Run

SNOW = '[watch.snow]\nwords = "clearing snow"\nfile = "snow.jsonl"\n'


@pytest.fixture
def settings(world: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The settings file of the filled archive's folder, which commands read."""
    monkeypatch.chdir(world)
    file = world / "on-the-record.toml"
    file.write_text(SNOW)
    return file


def test_watches_are_listed_with_what_answers_now(run: Run, settings: Path) -> None:
    """One row each; what was never sent off has no beginning; nothing is entered by looking."""
    (row,) = run("watch", "--json").rows
    assert (row["watch"], row["search"], row["told"], row["answers"]) == ("snow", "words=clearing snow", "file", 1)
    assert (row["since"], row["noticed"]) == (None, 0)
    assert run("watch", "--send").err == "0 messages sent\n"
    assert run("watch", "--json").rows[0]["since"] is not None
    assert "nothing was noticed yet" in run("watch", "snow").err


def test_since_shows_what_would_have_been_told(run: Run, settings: Path) -> None:
    """The first run's release was published two days before; the edit is told with both wordings."""
    new, edited = run("watch", "snow", "--since", "2026-03-01", "--json").rows
    assert (new["kind"], new["published"], new["seen"]) == ("new", "2026-02-27", "2026-03-01T09:00:00Z")
    (change,) = edited["statements"]
    assert ("3.5 million" in change["before"], "4.5 million" in change["words"]) == (True, True)
    assert "edited" in run("watch", "--since", "2026-03-02").out
    assert not (settings.parent / "snow.jsonl").exists()


def test_a_trial_reaches_the_file_and_is_not_remembered(run: Run, settings: Path) -> None:
    assert run("watch", "snow", "--test").status == 0
    (line,) = (settings.parent / "snow.jsonl").read_text().splitlines()
    assert "trial message" in json.loads(line)["title"]
    assert run("watch", "--json").rows[0]["noticed"] == 0


def test_wrong_use_is_a_sentence(run: Run, settings: Path) -> None:
    assert "there are snow" in run("watch", "slush").err
    assert run("watch", "--send", "--test").status == 1
    settings.write_text("")
    assert "nothing is watched; add a table [watch.NAME]" in run("watch").err


def test_settings_of_watches_are_checked(settings: Path) -> None:
    """File and key are named; without receivers of its own a watch tells those of the alerts."""
    settings.write_text('[alerts]\nfile = "alerts.jsonl"\n[watch.all]\noffice = "mayor"\nevents = ["removed", "new"]\n')
    (watch,) = load_settings().watches
    assert (watch.to.file, watch.events, watch.search) == (
        Path("alerts.jsonl"),
        ("new", "removed"),
        {"office": "mayor"},
    )
    settings.write_text(SNOW)
    assert load_settings().watches[0].events == EVENTS
    for wrong, said in (
        ("", r"watch\.snow: nobody is told"),
        ('file = "a"\nwords = 1', r"watch\.snow\.words: 1 is no text"),
        ('file = "a"\nword = "x"', r"watch\.snow\.word: unknown; did you mean words\?"),
        ('file = "a"\nwords = "x"\nkind = "spoken"', r"watch\.snow\.kind: 'spoken' is none of direct"),
        ('file = "a"\nwords = "x"\nevents = ["gone"]', r"watch\.snow\.events: \['gone'\] is no list of some of new"),
        ('file = "a"', r"watch\.snow: what is watched\?"),
        ('words = "x"\nwebhook = "desk"', r"watch\.snow\.webhook"),
        ('words = "x"\nemail = { to = "a@b.example" }', r"watch\.snow\.email\.from: missing"),
    ):
        settings.write_text(f"[watch.snow]\n{wrong}\n" if wrong else '[watch.snow]\nwords = "x"\n')
        with pytest.raises(UsageError, match=said):
            load_settings()
    settings.write_text('[watch."a b"]\nwords = "x"\nfile = "f"\n')
    with pytest.raises(UsageError, match="named by letters"):
        load_settings()
