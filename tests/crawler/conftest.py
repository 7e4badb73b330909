"""Real crawls: `scrapy crawl` as a person calls it, in a process of its own, against a local server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.traps import Traps, serving

ROOT = Path(__file__).parents[2]
# A local server needs no manners; the tests of manners set their own.
LOCAL = {
    "ALLOW_PRIVATE_ADDRESSES": "1",
    "AUTOTHROTTLE_ENABLED": "0",
    "DOWNLOAD_DELAY": "0",
    "CONCURRENT_REQUESTS": "16",
    "CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    "RETRY_ENABLED": "0",
    "DOWNLOAD_TIMEOUT": "3",
    "CONTACT": "clerk@brackwater.example",
    "EXTRACT_WORKERS": "1",
    "REVISIT_ALL": "1",
    "PROBE_DAYS": "0",
    "BACKOFF_FIRST": "0",
}


@dataclass(frozen=True, kw_only=True)
class Crawl:
    """How one crawl came out."""

    status: int
    said: str
    printed: str
    summary: dict[str, Any] = field(default_factory=dict)

    def count(self, name: str) -> int:
        """A named count of the run."""
        return int(self.summary["counts"].get(name, 0))


@dataclass(kw_only=True)
class Desk:
    """Where crawls are started from: a catalog of one source and an archive of its own."""

    folder: Path
    name: str = "brackwater-hall"

    @property
    def database(self) -> Path:
        """The archive's database file."""
        return self.folder / "archive.db"

    def declare(self, start: str | list[str], discover: str, more: str = "") -> None:
        """Write the catalog entry; `discover` is the inside of its inline table."""
        (self.folder / "catalog.toml").write_text(
            f'[{self.name}]\ntitle = "Brackwater City Hall"\nkind = "press_release"\nstart = {json.dumps(start)}\n'
            f'timezone = "America/Chicago"\nrights = "public record"\ndiscover = {{ {discover} }}\n{more}\n'
        )

    def command(self, *arguments: str, settings: dict[str, str] | None = None) -> list[str]:
        """The command line of one crawl."""
        given = [f"{key}={value}" for key, value in {**LOCAL, **(settings or {})}.items()]
        options = [part for setting in given for part in ("-s", setting)]
        return [sys.executable, "-m", "scrapy", "crawl", *(arguments or (self.name,)), "--json", *options]

    @property
    def environment(self) -> dict[str, str]:
        """Of a crawl's process."""
        database = f"sqlite:///{self.database}"
        return {**os.environ, "ARCHIVE_CATALOG": str(self.folder / "catalog.toml"), "ARCHIVE_DATABASE": database}

    def crawl(self, *arguments: str, settings: dict[str, str] | None = None) -> Crawl:
        """Run `scrapy crawl` to its end."""
        done = subprocess.run(
            self.command(*arguments, settings=settings),
            cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        summary = json.loads(done.stdout) if done.stdout.startswith("{") else {}
        return Crawl(status=done.returncode, said=done.stderr, printed=done.stdout, summary=summary)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A fresh catalog and archive."""
    return Desk(folder=tmp_path)


@pytest.fixture
def site() -> Iterator[Traps]:
    """A local server of one test."""
    with serving() as server:
        yield server


@pytest.fixture
def sites() -> Iterator[Callable[[], Traps]]:
    """As many local servers as a test asks for."""
    from contextlib import ExitStack

    with ExitStack() as stack:
        yield lambda: stack.enter_context(serving())
