"""The archive of an invented city hall and newspaper: edits, reports, a withdrawn page, a neighbor who is quoted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import insert, select

from archive import Archive
from archive.models import Document, RetiredId, Statement
from archive.store.engine import writing
from tests.conftest import a_postgres_database
from tests.store.archives import BEGINNING, answer
from tests.store.speaking import GATE, HALL, PAPER, ROSTER, SOCKS, add_pages, page
from tests.web.serving import reader, serving

NEIGHBOR = "Dana Quill"
COMPLAINT = "Nobody told us a thing about the gate before Tuesday at noon, and my cellar was a pond."
EDITED = SOCKS.replace("dry socks, strong backs", "dry socks, new pumps, strong backs")
REPORTED_THEN = GATE.replace("told us", "told [the city]")
SHEET = "=1+1 is what this gate costs the people of Alder on every day of this long winter."
RETIRED, RETIRED_STATEMENT, RETIRED_FOR_NOTHING = "dddd111122223333dddd", "eeee111122223333eeee", "ffff111122223333ffff"
BULLETIN = "The library of Alder opens at ten on Sunday, and the river walk is closed until the gate is mended again."


def release(*words: str) -> str:
    """A release of the mayor's that quotes her."""
    said = "\n\n".join(f"“{each}” said Mayor Ruth Okafor of Alder, N.D." for each in words)
    return f"The River Gate in Alder broke on Sunday, and 340 homes lost heat.\n\n{said}"


def article(words: str) -> str:
    """A report that quotes the mayor and somebody who lives there."""
    return (
        f"Alder is dry again after a long week.\n\n“{words}” said Mayor Ruth Okafor of Alder, N.D.\n\n"
        f"“{COMPLAINT}” said {NEIGHBOR}, a neighbor of the gate."
    )


def fill(url: str) -> None:
    """Make the archive."""
    pages = [
        page(HALL, "/gate", release(GATE, SOCKS), 0),
        page(HALL, "/sheet", release(SHEET), 0.5),
        page(PAPER, "/gate", article(GATE), 1),
        page(HALL, "/library", BULLETIN, 1),
        page(HALL, "/gate", release(GATE, EDITED), 3),
        page(PAPER, "/gate", article(REPORTED_THEN), 4),
        *((HALL, answer(f"/{HALL.id}/library", day=day, status=404)) for day in (5, 12, 20)),
    ]
    with Archive.open(url) as archive:
        add_pages(archive, pages)
        with archive.read() as connection:
            document = connection.scalars(select(Document.public_id).order_by(Document.id)).first()
            statement = connection.scalars(select(Statement.public_id).order_by(Statement.id)).first()
        at, common = BEGINNING + timedelta(days=30), {"reason": "re-homed"}
        with writing(archive.engine) as connection:
            connection.execute(
                insert(RetiredId),
                [
                    {"old": RETIRED, "new": document, "kind": "document", "retired_at": at, **common},
                    {"old": RETIRED_STATEMENT, "new": statement, "kind": "statement", "retired_at": at, **common},
                    {"old": RETIRED_FOR_NOTHING, "new": None, "kind": "document", "retired_at": at, **common},
                ],
            )


@contextmanager
def filled(url: str) -> Iterator[str]:
    """The URL of the archive, filled with the invented roster in force, which stays in force."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_ROSTER", str(ROSTER))
        patch.setattr("archive.store.run.LINGER_SECONDS", 0.0)
        fill(url)
        yield url


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def alder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The archive's URL, once for all tests of a module on a database."""
    folder: Path = tmp_path_factory.mktemp("alder")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ARCHIVE_WARC", str(folder / "warc"))
        if request.param == "sqlite":
            with filled(f"sqlite:///{folder / 'archive.db'}") as url:
                yield url
            return
        with a_postgres_database() as empty, filled(empty) as url:
            yield url


@pytest.fixture(scope="module")
def served(alder: str) -> Iterator[str]:
    """The address of the web page over it."""
    with serving(alder) as address:
        yield address


@pytest.fixture(scope="module")
def client(served: str) -> Iterator[httpx.Client]:
    """A client of that page that follows no redirects."""
    with reader(served) as client:
        yield client
