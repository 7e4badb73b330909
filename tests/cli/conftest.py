"""Running commands in this process, and a small invented archive made by real captures."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from archive import Archive
from archive.catalog import Discover, SourceEntry
from archive.cli import main
from archive.records import Capture, DocumentKind

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
SNOW = "https://ashby.example/news/snow-plan"
HOURS = "https://ashby.example/news/library-hours"
WALL = "https://ashby.example/news/budget"


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON objects on standard output."""
        return [orjson.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Said]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `archive` with these arguments."""

    def called(*arguments: object) -> Said:
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Said(status, out, err)

    return called


def page(title: str, *paragraphs: str, published: str = "2026-02-27") -> bytes:
    """A page as an invented town hall prints it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<meta property="article:published_time" content="{published}"></head>'
        f"<body><nav><a href='/'>Home</a></nav><main><article><h1>{title}</h1>{body}</article></main></body></html>"
    ).encode()


PLAN = (
    "Mayor Ada Penn said the town will spend {} million dollars on clearing snow this winter, and that crews start "
    "at four in the morning on every school day.",
    "Residents are asked to move their cars from the main streets before nine in the evening whenever snow is "
    "announced, so that the plows can pass in one go.",
)
HOURS_TEXT = (
    "The Ashby library closes at nine from next Monday on, the town council decided on Tuesday evening after two "
    "hours of debate about the cost of heating the reading room.",
)
WALL_TEXT = (
    "The council adopted a budget of forty million dollars for the coming year, with more money for bridges, "
    "buses and the harbor wall, and less for consultants.",
)


def capture(url: str, payload: bytes, days: float, status: int = 200) -> Capture:
    """An answer so many days after the archive began."""
    headers = (("Content-Type", "text/html; charset=utf-8"),)
    return Capture(url=url, captured_at=START + timedelta(days=days), status=status, headers=headers, payload=payload)


ENTRY = SourceEntry(
    id="ashby", title="Town of Ashby", kind=DocumentKind.PRESS_RELEASE, start=("https://ashby.example/news",),
    discover=Discover(strategy="listing", options={"documents": "/news/."}), timezone="America/Chicago",
    rights="public record", jurisdiction="ocd-division/country:us/state:il/place:ashby", office="mayor",
)  # fmt: skip


def fill(url: str) -> None:
    """An edited release, one that was withdrawn, and one without further history."""
    snow = [page("Snow plan", PLAN[0].format(price), PLAN[1]) for price in ("3.5", "4.5")]
    captures = [
        capture(SNOW, snow[0], 0),
        capture(HOURS, page("Library hours", *HOURS_TEXT), 0),
        capture(WALL, page("A budget for Ashby", *WALL_TEXT), 0),
        capture(SNOW, snow[1], 3),
        *(capture(HOURS, b"gone", days, status=404) for days in (3, 10, 18, 20)),
    ]
    with Archive.open(url) as archive:
        started = archive.start_run(ENTRY, workers=1)
        list(started.add_all(captures))
        started.finish("finished")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a filled archive; tests work on copies."""
    folder = tmp_path_factory.mktemp("filled")
    fill(f"sqlite:///{folder / 'archive.db'}")
    return folder


@pytest.fixture
def world(filled: Path, archive_dir: Path) -> Path:
    """The folder of a filled archive of this test's own, which commands take by default."""
    shutil.copytree(filled, archive_dir, dirs_exist_ok=True)
    return archive_dir
