"""`archive export`: a folder of tables that can be cited and checked."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.cli import output
from archive.cli.options import as_rows, database, filters, opened
from archive.cli.output import counted_as, note, print_json, progress
from archive.errors import PackageError, UsageError
from archive.query.filters import CONFIDENT

if TYPE_CHECKING:
    from archive.export import Choice, Exported

__all__ = ["export"]

TEXTS = click.Choice(["all", "own", "none"])
FOLDER = click.Path(path_type=Path)


@click.command()
@click.argument("directory", metavar="DIR", type=FOLDER)
@click.option(
    "--format", "formats", default="parquet", show_default=True, help="Formats, by commas: parquet, csv, jsonl, sqlite."
)
@filters
@click.option("--speaker", help="Statements of this speaker, and what carries them: a part of the name, or an id.")
@click.option(
    "--kind", type=click.Choice(["direct", "fragment", "indirect", "whole"]), help="Statements of this kind only."
)
@click.option("--words", help="Documents and statements that hold these words, written as for `archive search`.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=CONFIDENT,
    show_default=True,
    help="Quotations whose speaker is this sure; 0 takes all.",
)
@click.option("--text", type=TEXTS, default="own", show_default=True, help="Texts of all, of official sources, none.")
@click.option("--no-text", is_flag=True, help="The same as --text none.")
@click.option("--private-names", is_flag=True, help="Name private people instead of giving them pseudonyms.")
@click.option("--panel", help="Add a table of counts, such as jurisdiction,month; null where nobody watched.")
@click.option("--raw-csv", is_flag=True, help="Write CSV text cells as they are, even those a spreadsheet would run.")
@click.option("--since-export", type=FOLDER, help="Write only what changed since the export in this folder.")
@click.option("--apply", "delta", type=FOLDER, help="Write what the export --since-export becomes by this delta.")
@click.option("--dry-run", is_flag=True, help="Write nothing; say how many rows and about how many bytes it would be.")
@click.option("--check", is_flag=True, help="Write nothing; check the package in DIR, which needs no archive.")
@as_rows
@database
def export(
    directory: Path, *, check: bool, delta: Path | None, as_json: bool, database: str | None, **given: Any
) -> None:
    """Write documents, versions, what was said and what was watched into the folder DIR, as a dataset.

    The same archive gives the same bytes. An earlier export in DIR is replaced as a whole; an interrupted one goes on
    with the tables that it had finished. Office, jurisdiction and words are asked of documents and of statements, as in
    a search; a document that carries a chosen statement comes with it.
    """
    if check:
        _check(directory, as_json=as_json)
    elif delta is not None:
        _apply(directory, delta, given["since_export"], as_json=as_json)
    else:
        _export(directory, _Wanted(given), as_json=as_json, database=database)


class _Wanted:
    """The options, as the room of exports takes them."""

    def __init__(self, given: dict[str, Any]) -> None:
        from archive.export import read_panel

        self.given = given
        self.formats = [name.strip() for name in given["formats"].split(",") if name.strip()]
        self.panel = read_panel(given["panel"]) if given["panel"] else None
        self.dry: bool = given["dry_run"]

    @property
    def choice(self) -> Choice:
        """What of the archive is wanted."""
        from archive.export import Choice
        from archive.query import Filters

        given = self.given
        return Choice(
            filters=Filters(**{each.name: given[each.name] for each in fields(Filters)}),
            **{name: given[name] for name in ("speaker", "kind", "words", "min_confidence", "private_names")},
            text="none" if given["no_text"] else given["text"],
        )


def _export(directory: Path, wanted: _Wanted, *, as_json: bool, database: str | None) -> None:
    from archive import export as exports

    with opened(database) as archive, archive.read() as connection, progress("exporting") as show:
        if wanted.dry:
            found = exports.estimate(connection, formats=wanted.formats, choice=wanted.choice, panel=wanted.panel)
            _tell_estimates(found, as_json=as_json)
            return
        done = exports.export(
            connection, directory, formats=wanted.formats, choice=wanted.choice, panel=wanted.panel,
            raw_csv=wanted.given["raw_csv"], since_export=wanted.given["since_export"], progress=show,
        )  # fmt: skip
    _tell(directory, done, as_json=as_json)


def _tell_estimates(found: list[Any], *, as_json: bool) -> None:
    for each in found:
        if as_json:
            print_json(output.fields(each))
        else:
            sizes = "  ".join(f"{name} {_megabytes(size)}" for name, size in each.bytes.items())
            click.echo(f"{each.table:<14}{each.rows:>10,}  {sizes}")
    note("nothing was written; sizes are told from the first rows of each table")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB" if size >= 100_000 else f"{size / 1e3:,.1f} kB"


def _tell(directory: Path, done: Exported, *, as_json: bool) -> None:
    if as_json:
        print_json({"directory": str(directory), "rows": done.rows, "files": done.files})
        return
    for name, count in done.rows.items():
        click.echo(f"{name:<14}{count:>10,}")
    files = counted_as(len(done.files) + 1, "file")
    note(f"{files} in {directory}; `archive export {directory} --check` says whether they are whole")


def _apply(directory: Path, delta: Path, previous: Path | None, *, as_json: bool) -> None:
    from archive.export import apply_delta

    if previous is None:
        raise UsageError("--apply needs --since-export, the folder of the export that the delta was made from")
    _tell(directory, apply_delta(previous, delta, directory), as_json=as_json)


def _check(directory: Path, *, as_json: bool) -> None:
    from archive.export import check

    count = 0
    for count, sentence in enumerate(check(directory), 1):  # noqa: B007 - the last number is how many there were
        if as_json:
            print_json({"finding": sentence})
        else:
            click.echo(sentence)
    if count:
        raise PackageError(f"{directory}: {counted_as(count, 'finding')}; do not use it, get or make the export again")
    note(f"{directory}: the package is whole and holds what it says")
