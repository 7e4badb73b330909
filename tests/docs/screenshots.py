"""`python -m tests.docs.screenshots`: take the pictures of docs/images from the demo's archive, in a real browser.

They are pictures of the page that `archive serve` shows and of the report that `archive report` writes.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from archive import Archive, query
from tests.world.then import EVENINGS

__all__ = ["IMAGES", "SHOTS", "Shot", "serving", "shots_of", "take"]

IMAGES = Path(__file__).parents[2] / "docs" / "images"
CHROMIUM = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
REPORT = "report"
CARRIED = '"other direction"'  # words of the statement that is shown; its id depends on the ports of the world
WAIT = 60  # seconds until the page answers


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what is looked at (`report`, or a path of the page), how wide and high, by which light."""

    name: str
    path: str
    width: int = 1100
    height: int = 760
    scheme: str = "light"


SHOTS = (
    Shot("report", REPORT, height=900),
    Shot("search", "/search?q=wall"),
    Shot("statement", "/statement/{statement}", height=780),
    Shot("sources", "/sources", scheme="dark"),
    Shot("phone", "/statement/{statement}", width=390, height=780),
)


@contextmanager
def serving(database: str, catalog: str) -> Iterator[str]:
    """`archive serve` on this archive, at the demo's time; its address."""
    environment = os.environ | {"ARCHIVE_CATALOG": catalog, "ARCHIVE_DATABASE": database, "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "tests.world.then", EVENINGS[2].isoformat(), "archive", "serve", "--port", "0"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield _address(process)
        finally:
            process.terminate()


def _address(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        for word in line.split():
            if word.startswith("http://127.0.0.1:"):
                address = word.rstrip(".,;/")
                _await(address)
                return address
    raise RuntimeError("`archive serve` ended without saying where it listens")


def _await(address: str) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            urllib.request.urlopen(address, timeout=WAIT).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return


def shots_of(database: str) -> list[Shot]:
    """The pictures with the ids that this archive has."""
    with Archive.open(database, create=False) as archive, archive.read() as connection:
        (said,) = query.search_statements(connection, CARRIED)
    return [replace(shot, path=shot.path.format(statement=said.statement)) for shot in SHOTS]


def take(shots: Sequence[Shot], *, page: str, report: Path, folder: Path) -> list[Path]:
    """Take the pictures into a folder; the files."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=list(CHROMIUM))
        taken = [_taken(browser, shot, page, report, folder) for shot in shots]
        browser.close()
    return taken


def _taken(browser: Browser, shot: Shot, page: str, report: Path, folder: Path) -> Path:
    size = {"width": shot.width, "height": shot.height}
    tab = browser.new_context(viewport=size, color_scheme=shot.scheme).new_page()  # type: ignore[arg-type]
    answer = tab.goto(report.absolute().as_uri() if shot.path == REPORT else page + shot.path)
    assert answer is not None
    assert answer.ok or shot.path == REPORT, f"{shot.path} answers {answer.status}"
    file = folder / f"{shot.name}.png"
    tab.screenshot(path=file)
    tab.close()
    return file


def main(demo: Path) -> None:
    """Take them of a folder in which `make demo` was run."""
    database = f"sqlite:///{demo / 'data' / 'demo' / 'archive.db'}"
    with serving(database, str(demo / "data" / "demo" / "world.toml")) as page:
        take(shots_of(database), page=page, report=demo / "data" / "demo" / "report" / "index.html", folder=IMAGES)


if __name__ == "__main__":
    main(Path.cwd())
