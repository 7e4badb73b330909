"""`archive sample`: draw an audit sheet for a person to fill in, and score the filled one."""

from __future__ import annotations

import csv
import dataclasses
import io
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from archive.cli.options import as_rows, database, opened
from archive.cli.output import note, print_json, print_table
from archive.errors import UsageError
from archive.query.filters import CONFIDENT

if TYPE_CHECKING:
    from archive.query.sampling import SampleRow

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

`comment` is yours. Leave the other columns, and the first line, as they are. Then:

  archive sample --score {sheet}

Drawn with --n {n} --seed {seed} --min-confidence {min_confidence:g}{stratified}.
"""


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
@as_rows
@database
def sample(
    *, n: int, seed: int, min_confidence: float, stratify: str | None, out: Path | None, filled: Path | None,
    as_json: bool, database: str | None,
) -> None:  # fmt: skip
    """Draw an audit sample of quotations as a CSV sheet, or score a filled one.

    Whoever judges reads the passage, whose words stand in [[[ ]]], and writes 1 (right) or 0 (wrong) into words_right,
    speaker_right, office_right and jurisdiction_right, or nothing where it cannot be told. Beside the sheet that --out
    names a README says so.
    """
    if filled is not None:
        _score(filled, as_json)
        return
    if as_json and out is not None:
        raise click.UsageError("--json prints the rows and --out writes a sheet; leave one of them out")
    how = out and out.with_name(f"{out.name}.README.txt")
    for path in (out, how):
        if path and path.exists():
            raise UsageError(f"{path}: is there already, perhaps filled in; name another sheet")
    from archive.query.sampling import draw

    with opened(database) as archive, archive.read() as connection:
        rows = draw(connection, n=n, seed=seed, min_confidence=min_confidence, stratify=stratify)
    if as_json:
        for row in rows:
            print_json(row)
    elif out is None or how is None:
        _write(sys.stdout, rows)
    else:
        stratified = f" --stratify {stratify}" if stratify else ""
        with out.open("x", encoding="utf-8", newline="") as file:
            _write(file, rows)
        said = HOW.format(sheet=out.name, n=n, seed=seed, min_confidence=min_confidence, stratified=stratified)
        how.write_text(said, encoding="utf-8")
        note(f"{out}: {len(rows)} rows to judge; {how.name} says how; then `archive sample --score {out}`")
    if len(rows) < n:
        note(f"the archive has only {len(rows)} appearances of that confidence")


def _write(file: IO[str], rows: Sequence[SampleRow]) -> None:
    from archive.export.csv_format import guarded
    from archive.query.sampling import COLUMNS

    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows:
        values = dataclasses.astuple(row)
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in values])


def _score(filled: Path, as_json: bool) -> None:
    from archive.query.scoring import score

    try:
        scored = score(_read(filled))
    except ValueError as error:
        raise UsageError(f"{filled}: {error}") from None
    if as_json:
        for row in scored.figures:
            print_json(row)
    else:
        shares = [
            dataclasses.replace(row, precision=100 * row.precision, low=100 * row.low, high=100 * row.high)
            for row in scored.figures
        ]
        columns = ["column", "kind", "judged", "right", "precision", "low", "high"]
        print_table(shares, columns, empty="nothing was judged")
        note("precision in per cent, with the interval that holds the true share in 95 of 100 samples (Wilson)")
    if scored.unfilled:
        note(f"{scored.unfilled} of {scored.rows} rows are not judged")


def _read(filled: Path) -> list[dict[str, Any]]:
    """The rows of a sheet, however a spreadsheet has saved it: commas, semicolons or tabs, with a mark at its start."""
    try:
        text = filled.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("is no UTF-8; save the sheet as CSV UTF-8") from None
    first = text.partition("\n")[0]
    parted = max(",;\t", key=first.count)
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=parted))
