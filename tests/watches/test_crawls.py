"""Watches over real crawls of the invented world: each event once, to all, with both times, and no others."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.receivers import hook as hook
from tests.receivers import letters as letters
from tests.world import World

ROOT = Path(__file__).parents[2]
SOURCES = ("xx-ashby-falls-mayor", "xx-riverton-mayor", "xx-riverton-courier", "xx-wexmoor-ledger")
MANNERS = (
    "ALLOW_PRIVATE_ADDRESSES=1", "AUTOTHROTTLE_ENABLED=0", "DOWNLOAD_DELAY=0", "EXTRACT_WORKERS=1", "REVISIT_ALL=1",
    "CONTACT=desk@example.org", "PROBE_DAYS=0",
)  # fmt: skip


@dataclass(frozen=True)
class Desk:
    """A folder with a catalog, an archive and settings, in which commands run at times of our choosing."""

    folder: Path
    world: World

    @property
    def told(self) -> list[dict[str, Any]]:
        """The lines of the file that the watches write."""
        file = self.folder / "told.jsonl"
        return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []

    def settings(self, text: str) -> None:
        (self.folder / "on-the-record.toml").write_text(text)

    def run(self, at: str, *arguments: str, **environment: str) -> str:
        """Run an `archive` command at a time; what it said."""
        given = {
            "ARCHIVE_CATALOG": str(self.folder / "world.toml"),
            "ARCHIVE_DATABASE": f"sqlite:///{self.folder / 'archive.db'}",
            "ARCHIVE_SETTINGS": str(self.folder / "on-the-record.toml"),
        }
        done = subprocess.run(
            [sys.executable, "-m", "tests.watches.crawl_at", at, *arguments],
            cwd=ROOT, env=os.environ | given | environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 2, -9), done.stderr
        return done.stderr + done.stdout

    def crawl(self, at: str, *sources: str, **environment: str) -> str:
        manners = [part for each in MANNERS for part in ("--set", each)]
        return self.run(at, "crawl", *(sources or SOURCES), *manners, **environment)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with World() as world:
        world.write_catalog(tmp_path)
        yield Desk(tmp_path, world)


WEXMOOR = "ocd-division/country:xx/state:wm"
WATCHES = f"""
[watch.wexmoor]
jurisdiction = "{WEXMOOR}"
file = "told.jsonl"
webhook = "HOOK"
email = {{ to = ["desk@example.org"], from = "archive@example.org", smtp = "SMTP" }}

[watch.bridge]
words = "bridge -harbor"
events = ["edited"]
file = "bridge.jsonl"
"""


def test_each_event_of_real_crawls_is_told_once(
    desk: Desk, letters: tuple[str, list[str]], hook: tuple[str, list[dict[str, Any]]]
) -> None:
    """New, carried, edited and removed, from four sources over three weeks; other work tells nothing."""
    desk.settings(WATCHES.replace("HOOK", hook[0]).replace("SMTP", letters[0]))
    desk.crawl("2025-03-06T12:00:00+00:00")
    past = desk.told
    assert all(each["published"] >= "2025-03-04" for each in past), "the first run's past is not news"

    desk.world.day = 2
    said = desk.crawl("2025-03-07T12:00:00+00:00")
    assert "messages of watches" in said
    told = desk.told[len(past) :]
    kinds = {each["kind"] for each in told}
    assert kinds == {"new", "carried", "edited"}
    for each in told:
        assert each["seen"].startswith("2025-03-07T12:")
        assert each["published"] < each["seen"]
        assert each["watch"] == "wexmoor"
    (edited,) = [each for each in told if each["kind"] == "edited" and each["source"] == "xx-riverton-mayor"]
    assert "Millbrook Bridge" in edited["title"]
    assert "Dana Okafor" in {each["speaker"] for each in edited["statements"]}
    carried = [each for each in told if each["kind"] == "carried"]
    assert {each["document_kind"] for each in carried} == {"article"}

    assert [each["id"] for each in hook[1][-1]["events"]] == [each["id"] for each in told]
    assert hook[1][-1]["key"] == hook[1][-1]["id"]
    assert f"Message-ID: <{hook[1][-1]['id']}@example.org>" in letters[1][-1]
    bridge = [json.loads(line) for line in (desk.folder / "bridge.jsonl").read_text().splitlines()]
    assert [(each["kind"], each["document"]) for each in bridge] == [("edited", edited["document"])]

    before = len(desk.told)
    desk.crawl("2025-03-07T18:00:00+00:00")
    desk.run("2025-03-07T19:00:00+00:00", "rebuild", "--workers", "1")
    desk.run("2025-03-07T19:00:00+00:00", "watch", "--send")
    assert len(desk.told) == before, "a crawl without news, a rebuild"

    for day in ("08", "16", "24"):
        desk.crawl(f"2025-03-{day}T12:00:00+00:00", "xx-ashby-falls-mayor")
    (removed,) = desk.told[before:]
    assert (removed["kind"], removed["seen"][:10]) == ("removed", "2025-03-24")
    assert "Varga" in removed["title"]
    assert {each["speaker"] for each in removed["statements"]} >= {"Luis Bergstrom"}

    ids = [each["id"] for each in desk.told]
    assert len(ids) == len(set(ids))
    assert [event["id"] for each in hook[1] for event in each["events"]] == ids
    assert len(letters[1]) == len(hook[1])


def test_a_killed_sender_is_followed_by_another(desk: Desk, hook: tuple[str, list[dict[str, Any]]]) -> None:
    """Killed after noticing: told next time. Killed between sending and remembering: again, with the same ids."""
    desk.settings(f'[watch.wexmoor]\njurisdiction = "{WEXMOOR}"\nwebhook = "{hook[0]}"\n')
    desk.crawl("2025-03-06T12:00:00+00:00", "xx-riverton-mayor")
    assert not [each for each in hook[1] if "2025-03-07" in json.dumps(each)]
    hook[1].clear()
    desk.world.day = 2
    desk.crawl("2025-03-07T12:00:00+00:00", "xx-riverton-mayor", ARCHIVE_FAILPOINT="watch-noticed")
    assert hook[1] == []
    desk.run("2025-03-07T13:00:00+00:00", "watch", "--send", ARCHIVE_FAILPOINT="watch-sent")
    (first,) = hook[1]
    desk.run("2025-03-07T13:05:00+00:00", "watch", "--send")
    assert len(hook[1]) == 1, "who may still be sending is not overtaken"
    desk.run("2025-03-07T14:00:00+00:00", "watch", "--send")
    assert [each["id"] for each in hook[1]] == [first["id"]] * 2
    desk.run("2025-03-07T15:00:00+00:00", "watch", "--send")
    assert len(hook[1]) == 2


def test_scrapy_crawl_tells_too(desk: Desk) -> None:
    """What a second crawl by Scrapy's own command brings is told."""
    desk.settings(f'[watch.wexmoor]\njurisdiction = "{WEXMOOR}"\nfile = "told.jsonl"\n')
    environment = {
        "ARCHIVE_CATALOG": str(desk.folder / "world.toml"),
        "ARCHIVE_DATABASE": f"sqlite:///{desk.folder / 'archive.db'}",
        "ARCHIVE_SETTINGS": str(desk.folder / "on-the-record.toml"),
    }
    manners = [part for each in MANNERS for part in ("-s", each)]
    for desk.world.day in (1, 2):
        done = subprocess.run(
            [sys.executable, "-m", "scrapy", "crawl", "xx-riverton-mayor", *manners],
            cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert "told: 1 message of watches" in done.stderr
    assert {each["kind"] for each in desk.told} == {"new", "edited"}
