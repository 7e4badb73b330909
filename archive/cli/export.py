"""`archive export`: a folder of tables with a data dictionary and checksums."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from archive.cli.options import DAY, as_rows, database, opened
from archive.cli.output import counted_as, note, print_json, progress
from archive.errors import StorageError
from archive.query.filters import CONFIDENT

__all__ = ["export"]


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--format", "formats", default="csv", show_default=True, help="Formats, by commas: csv, jsonl, parquet.")
@click.option("--source", help="Documents of this source only.")
@click.option("--since", type=DAY, help="Documents published on this day or later.")
@click.option("--until", type=DAY, help="Documents published on this day or earlier.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=CONFIDENT,
    show_default=True,
    help="Quotations whose speaker is this sure; 0 takes all.",
)
@click.option("--private-names", is_flag=True, help="Name private people instead of giving them pseudonyms.")
@click.option("--no-text", is_flag=True, help="Leave the texts out; their digests stay.")
@click.option("--raw-csv", is_flag=True, help="Write CSV text cells as they are, even those a spreadsheet would run.")
@click.option("--check", is_flag=True, help="Write nothing; compare the files in DIR with their checksums.")
@as_rows
@database
def export(
    directory: Path, *, formats: str, source: str | None, since: date | None, until: date | None,
    min_confidence: float, private_names: bool, no_text: bool, raw_csv: bool, check: bool, as_json: bool,
    database: str | None,
) -> None:  # fmt: skip
    """Write documents, versions, captures and what was said into the folder DIR, with a dictionary and checksums.

    The same archive gives the same bytes. An earlier export in DIR is replaced as a whole.
    """
    if check:
        _check(directory)
        return
    from archive import export as exports
    from archive.query import Filters

    choice = exports.Choice(
        filters=Filters(source=source, since=since, until=until), min_confidence=min_confidence,
        include_text=not no_text, private_names=private_names,
    )  # fmt: skip
    names = [name.strip() for name in formats.split(",") if name.strip()]
    with opened(database) as archive, archive.read() as connection, progress("exporting") as show:
        done = exports.export(connection, directory, formats=names, choice=choice, raw_csv=raw_csv, progress=show)
    if as_json:
        print_json({"directory": str(directory), "rows": done.rows, "files": done.files})
        return
    for name, count in done.rows.items():
        click.echo(f"{name:<12}{count:>10,}")
    note(f"{len(done.files)} files in {directory}; `archive export {directory} --check` says whether they are whole")


def _check(directory: Path) -> None:
    from archive import export as exports

    found = exports.check(directory)
    for sentence in found:
        click.echo(sentence)
    if found:
        raise StorageError(f"{directory}: {counted_as(len(found), 'file')} not as written; export again")
    note(f"{directory}: every file is as it was written")
