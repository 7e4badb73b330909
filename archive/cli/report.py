"""`archive report`: a period as one page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from archive.cli.options import DAY, database, opened
from archive.cli.output import note, plain

__all__ = ["report"]


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--since", type=DAY, help="First day of the period; default 30 days before its end.")
@click.option("--until", type=DAY, help="Last day of the period; default the day of the last capture.")
@click.option("--title", default="What officials said", show_default=True, help="The page's headline.")
@database
def report(*, folder: Path, since: date | None, until: date | None, title: str, database: str | None) -> None:
    """Write a period as one HTML page, DIR/index.html: what was said, changed and disappeared, and who fell silent.

    The page needs nothing beside it: no script, no network. The same archive and period give the same page.
    """
    from archive.catalog import load_catalog
    from archive.report import gather, write

    catalog = load_catalog()
    with opened(database) as archive, archive.read() as connection:
        found = gather(connection, catalog, since=since, until=until, title=title)
    page = write(found, folder)
    click.echo(plain(str(page)))
    note(f"{found.since} to {found.until}: open it in a browser, or send the file as it is")
