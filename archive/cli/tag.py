"""`archive tag`: keyword dictionaries put in force, tried, listed and taken out."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.cli.options import as_rows, database, opened
from archive.cli.output import counted_as, note, print_json, print_table, progress
from archive.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from archive.tagging import Dictionary

__all__ = ["tag"]

SHOWN = 70  # characters of an example's words


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    dictionary: str
    version: str
    tag: str
    statements: int


@click.command()
@click.argument("file", required=False, metavar="[DICTIONARY.toml]", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say how many statements each tag would be given to, with examples.")
@click.option("--list", "listed", is_flag=True, help="List the dictionaries in force and their tags.")
@click.option("--remove", metavar="NAME", help="Take a dictionary out of force, with its tags.")
@click.option("--by", default=getpass.getuser, show_default="your user name", help="Who puts it in force.")
@as_rows
@database
def tag(
    file: Path | None, *, dry_run: bool, listed: bool, remove: str | None, by: str, as_json: bool,
    database: str | None,
) -> None:  # fmt: skip
    """Give statements tags by a keyword dictionary, those that are there and those that come.

    A dictionary stays in force, through every rebuild, until another version of its name takes its place or it is
    removed; `archive search --tag TAG` finds by it.
    """
    if (file is not None) + listed + (remove is not None) != 1:
        raise click.UsageError("give a dictionary's file, or --list, or --remove NAME")
    if dry_run and file is None:
        raise click.UsageError("--dry-run tries a dictionary's file")
    given = _read(file) if file else None
    with opened(database) as archive:
        if given and not dry_run:
            with progress("tagging") as show:
                former = archive.add_dictionary(given, by=by, progress=show)
            note(_said(given, former))
        elif remove:
            archive.remove_dictionary(remove)
            note(f"{remove} is out of force, and its tags are gone")
            return
        with archive.read() as connection:
            if given and dry_run:
                _try(connection, given, as_json=as_json)
            else:
                _list(connection, given.name if given else None, as_json=as_json)


def _read(file: Path) -> Dictionary:
    from archive.tagging import read_dictionary

    try:
        return read_dictionary(file.read_text(encoding="utf-8"), str(file))
    except FileNotFoundError:
        raise UsageError(f"{file}: no such file; name a dictionary in TOML") from None
    except UnicodeDecodeError:
        raise UsageError(f"{file}: is no UTF-8; save it so") from None


def _said(given: Dictionary, former: str | None) -> str:
    if former == given.version:
        return f"{given.name} {given.version} is in force already"
    instead = f", in the place of {former}" if former else ""
    return f"{given.name} {given.version} is in force{instead}"


def _try(connection: Connection, given: Dictionary, *, as_json: bool) -> None:
    from archive import query

    for trial in query.try_dictionary(connection, given):
        if as_json:
            print_json(trial)
            continue
        click.echo(f"{trial.tag}: {counted_as(trial.statements, 'statement')}")
        for public, words in trial.examples:
            plain = " ".join(words.split())
            click.echo(f"  {public}  {plain if len(plain) <= SHOWN else f'{plain[:SHOWN]}...'}")


def _list(connection: Connection, name: str | None, *, as_json: bool) -> None:
    from archive import query

    found = [each for each in query.dictionaries(connection) if name in (None, each.dictionary)]
    if as_json:
        for each in found:
            print_json(each)
        return
    rows = [
        _Row(dictionary=each.dictionary, version=each.version, tag=tag, statements=number)
        for each in found
        for tag, number in each.tags.items()
    ]
    empty = "no statement has a tag of it" if found else "no dictionary is in force"
    print_table(rows, ("dictionary", "version", "tag", "statements"), empty=empty)
