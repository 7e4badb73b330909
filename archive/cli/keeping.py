"""`archive rebuild`, `verify`, `upgrade`, `backup` and `redact`: the keeper's commands."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import Any

import click

from archive.cli.options import as_rows, database, opened
from archive.cli.output import note, plain, print_json, progress
from archive.errors import WarcError

__all__ = ["backup", "rebuild", "redact", "upgrade", "verify"]


def _print_facts(facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print_json(facts)
        return
    for name, value in facts.items():
        click.echo(f"{name.replace('_', ' '):<20}{plain(str(value))}")


@click.command()
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
@as_rows
@database
def rebuild(*, workers: int, as_json: bool, database: str | None) -> None:
    """Derive documents, versions, removals and stories anew from the captures, and print their counts."""
    with opened(database) as archive, progress("rebuilding") as show:
        counts = archive.rebuild(workers=workers, progress=show)
    _print_facts(dict(counts), as_json=as_json)


@click.command()
@as_rows
@database
def verify(*, as_json: bool, database: str | None) -> None:
    """Check every digest, WARC record and row, and list what is damaged, gone or dangling, with what to do.

    The exit status is 3 when anything was found.
    """
    found = 0
    with opened(database) as archive, progress("verifying") as show:
        for finding in archive.verify(progress=show):
            found += 1
            if as_json:
                print_json(finding)
            else:
                click.echo(plain(f"{finding.kind}: {finding.where}: {finding.what}; {finding.next_step}"))
    if found:
        raise WarcError(f"{found} findings, as listed; a copy made by `archive backup` holds what is lost here")
    note("everything is as it was written")


@click.command()
@click.option("--dry-run", is_flag=True, help="Print what would be done, and do nothing.")
@database
def upgrade(*, dry_run: bool, database: str | None) -> None:
    """Bring the database to this program's schema, and print the revisions applied."""
    from archive import Archive

    revisions = Archive.upgrade(database, dry_run=dry_run)
    for revision in revisions:
        click.echo(revision)
    if not revisions:
        note("the schema is this program's already")


@click.command()
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@as_rows
@database
def backup(directory: Path, *, as_json: bool, database: str | None) -> None:
    """Copy the archive, database and WARC files, consistently into DIRECTORY; the copy opens as an archive."""
    with opened(database) as archive, progress("copying") as show:
        facts = archive.backup(directory, progress=show)
    _print_facts(facts, as_json=as_json)


@click.command()
@click.argument("id_", metavar="ID")
@click.option("--reason", required=True, help="Why: kept with the decision, for good.")
@click.option("--by", help="Who decides; default the name you are logged in by.")
@click.option("--dry-run", is_flag=True, help="Print what would be taken out, and take nothing out.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@as_rows
@database
def redact(
    id_: str, *, reason: str, by: str | None, dry_run: bool, yes: bool, as_json: bool, database: str | None
) -> None:
    """Take a document's bytes and text out of the archive for good (a takedown); digests and a tombstone stay."""
    from archive import query

    with opened(database) as archive:
        with archive.read() as connection:
            found = query.find_document(connection, id_)
        if found.note:
            note(found.note)
        if not dry_run and not yes:
            click.confirm(
                f"Take the text of {found.id} out for good? No backup of ours brings it back", abort=True, err=True
            )
        facts = archive.redact(found.id, reason=reason, by=by or getpass.getuser(), dry_run=dry_run)
    _print_facts(facts, as_json=as_json)
