"""`archive evidence`: one record packed as a WACZ file."""

from __future__ import annotations

from pathlib import Path

import click

from archive.cli.options import as_rows, database, opened
from archive.cli.output import counted_as, note, print_json

__all__ = ["evidence"]


@click.command()
@click.argument("id_", metavar="ID")
@click.argument("file", metavar="FILE.wacz", type=click.Path(dir_okay=False, path_type=Path))
@as_rows
@database
def evidence(id_: str, file: Path, *, as_json: bool, database: str | None) -> None:
    """Pack a document, a version (ID@TIME), a statement, an appearance or a capture for an editor or a lawyer.

    The file holds the original WARC records with their index, the passage, digests and a README on how to check them,
    and opens in ReplayWeb.page.
    """
    from archive.evidence import pack

    with opened(database) as archive:
        packed = pack(archive, id_, file)
    if as_json:
        print_json(packed)
        return
    counts = (counted_as(packed.captures, "capture"), counted_as(packed.passages, "passage"))
    click.echo(f"{packed.sha256}  {packed.file}")
    note(f"{packed.kind} {packed.id}: {', '.join(counts)}, {packed.bytes:,} bytes; evidence/README.md in it says more")
