"""`make demo`: crawl the invented press rooms for real, let a day pass, crawl again, and look at what was kept.

Ends with status 1 and says what is missing where the archive does not hold what the world showed.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Connection

from archive import Archive, query
from tests.world import World
from tests.world.then import EVENINGS, Clock

ROOT = Path(__file__).parents[2]
FOLDER = Path("data/demo")
FIRST_PORT = 8801  # the same ports give the same ids at every demo
AT_ONCE = 2  # crawls; every source is a host of its own, and the archive takes several writers
# Manners for a server on this machine, which nobody else waits for.
SETTINGS = {
    "ALLOW_PRIVATE_ADDRESSES": 1,
    "DOWNLOAD_DELAY": 0.02,
    "AUTOTHROTTLE_START_DELAY": 0.02,
    "EXTRACT_WORKERS": 1,
    "REVISIT_ALL": 1,
    "CONTACT": "demo@example.org",
}
# Site and slug of the documents that something happens to.
EDITED = ("riverton", "millbrook-bridge-repairs")
CORRECTED = ("courier", "okafor-budget-no-tax-rise")
WITHDRAWN = ("ashby", "public-works-director")
MOVED = ("governor", "northern-clinics-agreement")
REPRINT = ("courier", "storm-shelters-port-calder")
REPRINTED = ("calder", "storm-shelter-plan")
QUOTED = '"first draft"'  # said to two newsrooms, of which one prints half of it


@dataclass(frozen=True, slots=True)
class Demo:
    """A world, and the environment in which the commands find its catalog and the demo's archive."""

    world: World
    environment: Mapping[str, str]
    now: Clock

    @property
    def database(self) -> str:
        """The URL of the demo's archive."""
        return self.environment["ARCHIVE_DATABASE"]

    def crawl_all(self) -> None:
        """`scrapy crawl` each source in a process of its own and tell what came."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for summary in pool.map(self._crawl, [site.source for site in self.world.sites.values()]):
                counts = summary["counts"]
                click.echo(
                    f"  {summary['source']:22} {summary['outcome']:4} "
                    f"{counts.get('captures', 0):3} answers kept, {counts.get('new_documents', 0):2} new documents, "
                    f"{counts.get('new_versions', 0)} changed, {counts.get('not_modified', 0)} not modified, "
                    f"{counts.get('absent', 0)} gone"
                )

    def _crawl(self, source: str) -> dict[str, Any]:
        settings = [part for name, value in SETTINGS.items() for part in ("-s", f"{name}={value}")]
        done = self._run("scrapy", "crawl", source, "--json", *settings)
        if done.returncode:
            raise click.ClickException(f"scrapy crawl {source} ended with status {done.returncode}:\n{done.stderr}")
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def show(self, *arguments: str) -> None:
        """Run an `archive` command and print it with what it says."""
        click.secho(f"\n$ archive {' '.join(arguments)}", bold=True)
        done = self._run("archive", *arguments)
        click.echo(done.stdout.rstrip())
        if done.returncode:
            raise click.ClickException(f"archive {arguments[0]} ended with status {done.returncode}:\n{done.stderr}")

    def _run(self, *program: str) -> subprocess.CompletedProcess[str]:
        environment = os.environ | dict(self.environment)
        command = [sys.executable, "-m", "tests.world.then", self.now().isoformat(), *program]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def missing(demo: Demo, connection: Connection) -> Iterator[str]:
    """What the world showed and the archive does not hold, one sentence each."""

    def shown(document: tuple[str, str]) -> query.Shown:
        return query.document(connection, query.find_document(connection, demo.world.address(*document)))

    held, expected = query.status(connection), sum(len(demo.world.listed(key)) for key in demo.world.sites)
    if held.documents != expected:
        yield f"{held.documents} documents, and the listings showed {expected}"
    if held.versions != expected + 2:
        yield f"{held.versions} versions of {expected} documents, two of which changed once"
    for what, document in (("silent edit", EDITED), ("correction", CORRECTED)):
        if shown(document).document.versions != 2:
            yield f"the {what} is no second version of {demo.world.address(*document)}"
    gone = [removal.document for removal in query.removals(connection)]
    if gone != [shown(WITHDRAWN).document.id]:
        yield f"withdrawn are {gone}, and the world withdrew {demo.world.address(*WITHDRAWN)}"
    if len({address.url for address in shown(MOVED).addresses}) != 2:
        yield f"the document that moved to {demo.world.address(*MOVED)} has not both addresses"
    if shown(REPRINTED).document.id not in [mate.id for mate in shown(REPRINT).story]:
        yield f"the reprint {demo.world.address(*REPRINT)} is no story with {demo.world.address(*REPRINTED)}"
    if [each.documents for each in query.search_statements(connection, QUOTED)] != [2]:
        yield f"{QUOTED} is not one statement in two documents"
    forbidden = [path for path, _ in demo.world.servers["ledger"].requests if path.startswith("/stories/partner/")]
    if forbidden:
        yield f"{forbidden[0]} was asked for, which robots.txt forbids"


def look(demo: Demo) -> None:
    """Print what is in the archive and what happened overnight."""
    with Archive.open(demo.database, create=False) as archive, archive.read() as connection:
        ids = {
            document: query.find_document(connection, demo.world.address(*document)).id
            for document in (EDITED, REPRINT, MOVED)
        }
        said, *_ = query.search_statements(connection, QUOTED)
    demo.show("status")
    demo.show("diff", ids[EDITED])
    demo.show("removals")
    demo.show("show", ids[REPRINT])
    demo.show("trace", said.statement)
    demo.show("report", str(FOLDER / "report"))
    click.secho("\nTry next (the world is closed, its archive stays):", bold=True)
    for name, value in demo.environment.items():
        click.echo(f"  export {name}={value}")
    for command in (
        "archive search flood wall --source xx-riverton-courier",
        f"archive history {ids[EDITED]}",
        f"archive show {ids[MOVED]}    # it moved: two addresses, one document",
        "archive sources    # unwatched: nobody has crawled this world since 5 March 2025",
        "archive export data/demo/export --format parquet,csv",
        "python -m tests.world --serve    # the press rooms themselves, to crawl by hand",
    ):
        click.echo(f"  .venv/bin/{command}")


def fail_on(found: Iterable[str]) -> None:
    """End with status 1 where something is missing."""
    sentences = list(found)
    for sentence in sentences:
        click.echo(f"missing: {sentence}", err=True)
    if sentences:
        raise SystemExit(1)


@click.command()
def main() -> None:
    """Crawl an invented world of press rooms on two days and look at the archive."""
    started = time.monotonic()
    shutil.rmtree(ROOT / FOLDER, ignore_errors=True)
    (ROOT / FOLDER).mkdir(parents=True)
    now = Clock(EVENINGS[1])
    with World(first_port=FIRST_PORT, now=now) as world:
        catalog = world.write_catalog(ROOT / FOLDER).relative_to(ROOT)
        database = f"sqlite:///{FOLDER / 'archive.db'}"
        demo = Demo(world, {"ARCHIVE_CATALOG": str(catalog), "ARCHIVE_DATABASE": database}, now)
        os.chdir(ROOT)
        click.secho("4 March 2025: six press rooms of the invented state of Wexmoor", bold=True)
        demo.crawl_all()
        click.secho("5 March 2025: an edit, a correction, a withdrawal, a move, a reprint, new releases", bold=True)
        world.day = 2
        now.set(EVENINGS[2])
        demo.crawl_all()
        look(demo)
        with Archive.open(database, create=False) as archive, archive.read() as connection:
            fail_on(missing(demo, connection))
    click.echo(f"\nall there, in {time.monotonic() - started:.0f} seconds")


if __name__ == "__main__":
    main()
