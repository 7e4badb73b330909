"""The invented archives of the export tests: rows on both databases, and a town captured for real."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from archive import Archive
from tests.export.town import fill, more
from tests.query.conftest import connection, filled_engine

__all__ = ["connection", "filled_engine"]


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the town's archive; tests work on copies or only read."""
    folder = tmp_path_factory.mktemp("town")
    with Archive.open(f"sqlite:///{folder / 'archive.db'}") as archive:
        fill(archive)
        more(archive)
    return folder


@pytest.fixture
def town_url(town_folder: Path, tmp_path: Path) -> str:
    """The URL of a copy of the town's archive."""
    shutil.copytree(town_folder, tmp_path / "town")
    return f"sqlite:///{tmp_path / 'town' / 'archive.db'}"


@pytest.fixture
def town(town_url: str) -> Iterator[Connection]:
    """A read-only connection to it."""
    with Archive.open(town_url) as archive, archive.read() as connection:
        yield connection
