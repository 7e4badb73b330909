"""`archive sample`: draw a blind audit sheet for people to fill in, and score the filled one."""

from __future__ import annotations

import csv
import getpass
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from archive.cli.options import as_rows, database, opened
from archive.cli.output import fields, note, print_json
from archive.errors import UsageError
from archive.query.filters import CONFIDENT

if TYPE_CHECKING:
    from archive.query.sampling import Sample, SampleRow

__all__ = ["sample"]

HOW = """\
How to judge this sample ({sheet})

Each row is one quotation as the archive has it. Read the passage, in which the quoted words stand in [[[ ]]]; open the
address where that is not enough. Then write 1 (right) or 0 (wrong) into each of these columns, or nothing where it
cannot be told:

  words_right         somebody is quoted here, and the words in [[[ ]]] are what was said, no more and no less
  speaker_right       `speaker` is who said them
  office_right        `office` is the speaker's on that day; an empty office is right where there was none
  jurisdiction_right  `jurisdiction` is the place of that office; an empty one is right where there is none

`comment` is yours. Leave the other columns, and the first line, as they are. Judge without looking into
{key}: it says how sure the archive was of each row. Two people who judge the same sheet
work on a copy each, and do not talk about it before both are done. Then:

  archive sample --score {sheet}

Drawn with --n {n} --seed {seed} --min-confidence {min_confidence:g}{stratified}.
"""
Drawing = dict[str, "int | float | str | None"]


@click.command()
@click.option("--n", type=click.IntRange(1), default=200, show_default=True, help="How many appearances to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same sample.")
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=CONFIDENT,
    show_default=True,
    help="Attributions this sure.",
)
@click.option(
    "--stratify",
    type=click.Choice(["kind", "source", "document_kind", "speaker_class", "office", "language"]),
    help="Draw as many of each kind, source, ... as of any other.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The sheet to write; else standard output."
)
@click.option(
    "--score", "filled", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A filled sheet to score."
)
@click.argument("second", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--key", type=click.Path(path_type=Path), help="The sheet's key; else the file beside it.")
@click.option("--keep", is_flag=True, help="Keep the score in the archive, for the cards of its datasets.")
@click.option("--by", default=getpass.getuser, show_default="your user name", help="Who keeps it.")
@as_rows
@database
def sample(
    *, n: int, seed: int, min_confidence: float, stratify: str | None, out: Path | None, filled: Path | None,
    second: Path | None, key: Path | None, keep: bool, by: str, as_json: bool, database: str | None,
) -> None:  # fmt: skip
    """Draw an audit sample of quotations as a blind CSV sheet, or score filled ones.

    Whoever judges reads the passage, whose words stand in [[[ ]]], and writes 1 (right) or 0 (wrong) into words_right,
    speaker_right, office_right and jurisdiction_right, or nothing where it cannot be told. What would lead them stands
    in a key beside the sheet. With --score, SECOND is the same sheet as another person judged it.
    """
    if filled is not None:
        from archive.cli.judging import judged

        judged([filled, second] if second else [filled], key, by if keep else None, database, as_json=as_json)
        return
    if second or key or keep:
        raise click.UsageError("a second sheet, --key and --keep belong to --score SHEET")
    if as_json and out is not None:
        raise click.UsageError("--json prints the rows and --out writes a sheet; leave one of them out")
    how = {"n": n, "seed": seed, "min_confidence": min_confidence, "stratify": stratify}
    _draw(how, out, database, as_json=as_json)


def _draw(how: Drawing, out: Path | None, database: str | None, *, as_json: bool) -> None:
    from archive.cli.judging import key_of
    from archive.query.sampling import draw

    paths = (out, key_of(out), out.with_name(f"{out.name}.README.txt")) if out else ()
    for path in paths:
        if path.exists():
            raise UsageError(f"{path}: is there already, perhaps filled in; name another sheet")
    with opened(database) as archive, archive.read() as connection:
        drawn = draw(connection, **how)  # type: ignore[arg-type]
    if as_json:
        for row, key in zip(drawn.rows, drawn.key, strict=True):
            print_json(fields(row) | fields(key))
    elif out is None:
        write_sheet(sys.stdout, drawn.rows)
        note("no key was written; to score this sheet, draw it again with --out")
    else:
        _write(out, drawn, how)
    if len(drawn.rows) < int(how["n"] or 0):
        note(f"the archive has only {len(drawn.rows)} appearances of that confidence")


def _write(out: Path, drawn: Sample, how: Drawing) -> None:
    from archive.cli.judging import key_of, write_key

    stratified = f" --stratify {how['stratify']}" if how["stratify"] else ""
    key, words = key_of(out), out.with_name(f"{out.name}.README.txt")
    with out.open("x", encoding="utf-8", newline="") as file:
        write_sheet(file, drawn.rows)
    write_key(key, drawn, how)
    words.write_text(HOW.format(sheet=out.name, key=key.name, **how | {"stratified": stratified}), encoding="utf-8")
    note(f"{out}: {len(drawn.rows)} rows to judge; {words.name} says how; then `archive sample --score {out}`")
    note(f"{key}: keep it from whoever judges")


def write_sheet(file: IO[str], rows: Sequence[SampleRow]) -> None:
    """Write a sheet as CSV."""
    from archive.export.csv_format import guarded
    from archive.query.sampling import COLUMNS

    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in fields(row).values()])
