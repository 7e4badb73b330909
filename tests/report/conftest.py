"""An archive of an invented town on both databases: an edit, a withdrawal, hostile titles, a private witness."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from archive import Archive
from tests.cli.conftest import ENTRY, capture, fill, page
from tests.cli.conftest import filled as filled
from tests.cli.conftest import run as run
from tests.cli.conftest import world as world
from tests.conftest import a_postgres_database

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
WITNESS = "Zelda Quimby"
FAIR = "https://ashby.example/news/fair"


def _fair(price: str) -> bytes:
    return page(
        f"Fair {HOSTILE}".replace("<", "&lt;"),
        f"Tickets for the Ashby fair cost {price} dollars this year, and children under twelve go in free on all "
        "three days, the town announced on Friday.",
        f'"I stood in that line for two hours and nobody told us anything," said {WITNESS}, who lives on Elm Street '
        "with her two dogs and came for the pony rides.",
        '"The fair has been ours since 1911 and it will be ours in the rain," said Mayor Ada Penn.',
        published="2026-03-02",
    )


def _fill(url: str) -> str:
    fill(url)
    with Archive.open(url) as archive:
        run = archive.start_run(ENTRY, workers=1)
        list(run.add_all([capture(FAIR, _fair("5"), 21), capture(FAIR, _fair("9"), 22)]))
        run.finish("finished")
    return url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def reported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the filled archive, which tests only read."""
    if request.param == "sqlite":
        yield _fill(f"sqlite:///{tmp_path_factory.mktemp('reported') / 'archive.db'}")
        return
    with a_postgres_database() as url:
        with pytest.MonkeyPatch.context() as patch:  # no longer than it takes: the fixture lives as long as the session
            patch.setenv("ARCHIVE_WARC", str(tmp_path_factory.mktemp("reported-warc")))
            _fill(url)
        yield url
