"""Options that several commands share, each spelt and explained in one place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from archive import Archive

__all__ = ["DAY", "as_rows", "database", "filters", "opened"]

Command = TypeVar("Command", bound=Callable[..., Any])


class _Day(click.ParamType[date]):
    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is no day; write it as 2026-03-04", param, ctx)


DAY = _Day()


def database(command: Command) -> Command:
    """`--database URL`, handed on as `database`: None means ARCHIVE_DATABASE or the default."""
    return click.option(
        "--database",
        metavar="URL",
        help="The archive's database; default ARCHIVE_DATABASE, else sqlite:///data/archive.db.",
    )(command)


def as_rows(command: Command) -> Command:
    """`--json`, handed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object per line.")(command)


def filters(command: Command) -> Command:
    """The filters on documents, handed on by their names in `archive.query.Filters`."""
    kinds = click.Choice(["press_release", "article", "transcript"])
    for option in reversed(
        (
            click.option("--source", help="Of this source only."),
            click.option(
                "--jurisdiction",
                help="Of this division id, or of those within it: the source's, of statements the speaker's.",
            ),
            click.option(
                "--office", help="Of this office (mayor, governor, ...): the source's, of statements the speaker's."
            ),
            click.option("--document-kind", type=kinds, help="Of this kind only."),
            click.option("--since", type=DAY, help="Published on this day or later."),
            click.option("--until", type=DAY, help="Published on this day or earlier."),
            click.option("--tag", help="Statements with this tag (TAG or DICTIONARY/TAG), documents that carry one."),
        )
    ):
        command = option(command)
    return command


def opened(database: str | None, *, create: bool = False) -> Archive:
    """The archive a command works on; only commands that add to it make a new one."""
    from archive import Archive

    return Archive.open(database, create=create)
