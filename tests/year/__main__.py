"""`python -m tests.year --presses 40 --days 365`: live through a year and say what the archive made of it."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

import click

from tests.year.living import live
from tests.year.truth import year
from tests.year.verdict import judge


@click.command()
@click.option("--presses", default=40, show_default=True, help="Press rooms.")
@click.option("--days", default=365, show_default=True, help="How long the year is.")
@click.option("--hours", default=12, show_default=True, help="Between two looks at what is due.")
@click.option("--seed", default=1, show_default=True, help="Another seed is another year.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the archive in this folder.")
def main(presses: int, days: int, hours: int, seed: int, keep: Path | None) -> None:
    """Live through a simulated year and print, as one JSON object, what was found and what went wrong."""
    started = time.monotonic()
    truth = year(seed, presses, days)

    def progress(day: int) -> None:
        if sys.stderr.isatty() or day % 30 == 0:
            sys.stderr.write(f"\rday {day} of {days}, {time.monotonic() - started:.0f} s")

    with tempfile.TemporaryDirectory() as temporary:
        folder = keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        lived = live(truth, days, folder, step=timedelta(hours=hours), progress=progress)
        verdict = judge(truth, lived, days, folder)
    sys.stderr.write("\n")
    counts = dict(sorted(verdict.counts.items()))
    took = round(time.monotonic() - started)
    print(json.dumps({"seconds": took, "runs": lived.runs, "requests": lived.requests, "counts": counts}, indent=1))
    for sentence in verdict.wrong:
        print(sentence)


if __name__ == "__main__":
    main()
