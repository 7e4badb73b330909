"""`archive status`, `runs`, `removals` and `sources`: what is there and how it fares."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime

import click

from archive import clock
from archive.cli.options import DAY, as_rows, database, opened
from archive.cli.output import note, plain, print_json, print_table, timestamp

__all__ = ["removals", "runs", "sources", "status"]


@click.command()
@as_rows
@database
def status(*, as_json: bool, database: str | None) -> None:
    """Count what is in the archive, and say what only a rebuild would apply."""
    from archive import query

    with opened(database) as archive:
        with archive.read() as connection:
            found = query.status(connection)
        outdated = archive.outdated()
    if as_json:
        print_json(found)
    else:
        for each in fields(found):
            click.echo(f"{each.name.replace('_', ' '):<21}{plain(_shown(getattr(found, each.name)))}")
    for sentence in outdated:
        note(sentence)


def _shown(value: datetime | dict[str, int] | int | None) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in value.items()) or "-"
    if isinstance(value, int):
        return f"{value:,}"
    return timestamp(value) or "-"


@click.command()
@click.option("--failing", is_flag=True, help="Only those that did not end `ok`, the unfinished ones too.")
@click.option("--source", help="Of this source only.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@as_rows
@database
def runs(*, failing: bool, source: str | None, limit: int, as_json: bool, database: str | None) -> None:
    """List crawls and ingests, newest first, with what they counted; an outcome `-` runs still, or was killed."""
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = query.runs(connection, source=source, failing=failing, limit=limit)
    if as_json:
        for run in found:
            print_json(run)
        return
    print_table(found, ("started_at", "source", "outcome", "obtained", "counts", "reason"), empty="no such run")


@click.command()
@click.option("--source", help="Of this source only.")
@click.option("--state", type=click.Choice(["suspected", "confirmed", "restored"]), help="In this state only.")
@click.option("--since", type=DAY, help="First found absent on this day (UTC) or later.")
@click.option("--limit", type=click.IntRange(1), help="How many at most.")
@as_rows
@database
def removals(
    *, source: str | None, state: str | None, since: date | None, limit: int | None, as_json: bool, database: str | None
) -> None:
    """List documents that are no longer found at their addresses, the latest first."""
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = query.removals(connection, source=source, state=state, since=since, limit=limit)
    if as_json:
        for removal in found:
            print_json(removal)
        return
    columns = ("document", "state", "suspected_at", "confirmed_at", "as_of", "source", "title")
    print_table(found, columns, empty="no removal is known")


@click.command()
@click.option("--state", help="Only sources in this state, such as ok, silent, failing, quarantined, unwatched.")
@as_rows
@database
def sources(*, state: str | None, as_json: bool, database: str | None) -> None:
    """List the sources of the catalog and of the archive, each with its state and the reason in words."""
    from archive import query
    from archive.catalog import load_catalog

    catalog = load_catalog()
    with opened(database) as archive, archive.read() as connection:
        found = [each for each in query.health(connection, catalog, clock.now()) if state in (None, each.state)]
    if as_json:
        for source in found:
            print_json(source)
        return
    columns = ("source", "state", "last_run", "documents", "last_new", "per_week", "reason")
    print_table(found, columns, empty="no such source; add an entry to the catalog or set ARCHIVE_CATALOG")
