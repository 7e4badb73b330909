"""What tests of statements share: an invented city hall and newspaper, their texts, what the archive made."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from archive import Archive
from archive.catalog import SourceEntry
from archive.records import Capture, DocumentKind
from archive.views import STATEMENT_APPEARANCE
from tests.store.archives import InThisProcess, answer, running, source

ROSTER = Path(__file__).parents[1] / "releases" / "roster"
ALDER = "ocd-division/country:us/state:nd/place:alder"
HALL = source("xx-alder-mayor", office="mayor", jurisdiction=ALDER)
PAPER = source("xx-plains-paper", kind=DocumentKind.ARTICLE, rights="publisher")
PLAIN = (("Content-Type", "text/plain; charset=utf-8"),)
GATE = "The county knew the gate was stuck on Sunday, and told us on Tuesday."
SOCKS = "We are going to need dry socks, strong backs and a great deal of patience."
ENGLISH = (
    "The River Gate in Alder broke on Sunday 12, and 340 homes on Linden Street lost heat. The repair costs $2,150. "
    f"Council President Ida Ferris and Governor Noor Basra are expected. “{GATE}” said Mayor Ruth Okafor."
)
SPANISH = (
    "La compuerta River Gate en Alder se rompió el domingo 12, y 340 casas de Linden Street están sin calefacción. La "
    "reparación cuesta $2,150. Se espera a la presidenta Ida Ferris y a la gobernadora Noor Basra. “El condado sabía "
    "que la compuerta estaba atascada el domingo, y nos lo dijo el martes”, dijo la alcaldesa Ruth Okafor."
)


def quoting(words: str, who: str = "Mayor Ruth Okafor of Alder, N.D.") -> str:
    """A report of somebody's words."""
    return f"“{words}” said {who}."


def page(entry: SourceEntry, path: str, text: str, day: float = 0, **changes: Any) -> tuple[SourceEntry, Capture]:
    """A text on a page of a source, so many days after the beginning."""
    return entry, answer(f"/{entry.id}{path}", day=day, payload=text.encode(), headers=PLAIN, **changes)


def add_pages(archive: Archive, pages: Iterable[tuple[SourceEntry, Capture]]) -> list[str]:
    """Add captures one at a time; gives the public ids of their documents."""
    found = []
    for entry, capture in pages:
        with running(archive, entry, executor=InThisProcess()) as run:
            found.append(str(run.add(capture).result().document))
    return found


def appearances(archive: Archive) -> list[dict[str, Any]]:
    """The rows of the view `statement_appearance`, by document and place."""
    with archive.read() as connection:
        rows = [dict(row) for row in connection.execute(select(STATEMENT_APPEARANCE)).mappings()]
    return sorted(rows, key=lambda row: (row["document_url"], row["version"], row["char_start"], row["char_end"]))
