"""`archive ingest`: bring files in as captures."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click

from archive.cli.options import DAY, as_rows, database, opened
from archive.cli.output import note, print_json, progress
from archive.errors import SourceError, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from archive import Archive
    from archive.catalog import SourceEntry
    from archive.ingest import Counted, Fault, Reader
    from archive.records import Capture, Receipt
    from archive.store import Run

__all__ = ["ingest"]

IN_FLIGHT = 64
SHOWN_FAULTS = 20


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--source", help="Catalog entry that the files are of; without it they go to the source `handed-in`.")
@click.option("--plain-text", is_flag=True, help="Take each file as one plain text, kept exactly as it is.")
@click.option("--date", "day", type=DAY, help="Day on which a plain text was published.")
@click.option("--title", help="Title of a plain text; without it its first line.")
@click.option("--url", help="Address of a plain text; without it it is known by its own digest.")
@click.option("--dry-run", is_flag=True, help="Read everything and count, but store nothing.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
@as_rows
@database
@click.pass_context
def ingest(
    context: click.Context, files: tuple[str, ...], *, source: str | None, plain_text: bool, day: date | None,
    title: str | None, url: str | None, dry_run: bool, workers: int, as_json: bool, database: str | None,
) -> None:  # fmt: skip
    """Bring in WARC and WACZ files, folders of pages, JSON lines of texts and plain texts, and print what came of it.

    A folder's manifest.jsonl gives file, url and captured for each page; a JSON line id and text, and url, title,
    date. FILE `-` is a plain text on standard input. The exit status is 2 when something was damaged or left out
    for its own fault.
    """
    if (url or title) and (len(files) > 1 or not plain_text):
        raise click.UsageError("--url and --title belong to one plain text; name one file and --plain-text")
    from archive.catalog import load_catalog
    from archive.ingest import HANDED_IN, Reader

    entry = load_catalog().source(source) if source else HANDED_IN
    reader = Reader(
        entry=entry, now=datetime.now(UTC), plain_text=plain_text, url=url, title=title, published=day
    )  # fmt: skip
    tally = _Tally()
    if dry_run:
        for _ in _captures(reader, files, tally):
            tally.counts["captures"] += 1
    else:
        with opened(database, create=True) as archive:
            _store(archive, entry, _captures(reader, files, tally), tally, workers)
    tally.print(as_json)
    context.exit(SourceError.exit_status if tally.faults else 0)


class _Tally:
    """What came of an ingest: named counts, and how often something was lost."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.faults = 0

    def fault(self, reason: str, sentence: str) -> None:
        self.counts[reason] += 1
        self.lost(sentence)

    def lost(self, sentence: str) -> None:
        """Say what was lost, which somebody else has counted."""
        self.faults += 1
        if self.faults <= SHOWN_FAULTS:
            note(sentence)

    def print(self, as_json: bool) -> None:
        if self.faults > SHOWN_FAULTS:
            note(f"... and {self.faults - SHOWN_FAULTS} more like these")
        shown = {name: self.counts[name] for name in sorted(self.counts) if self.counts[name]}
        if as_json:
            print_json(shown)
            return
        for name, count in shown.items():
            click.echo(f"{name.replace('_', ' '):<36}{count:>9,}")


def _captures(reader: Reader, files: tuple[str, ...], tally: _Tally) -> Iterator[Capture]:
    from archive.ingest import Fault
    from archive.records import Capture

    with progress("reading") as show:
        for path in files:
            for done, found in enumerate(_read(reader, path), 1):
                show(done, 0, path)
                if isinstance(found, Capture):
                    yield found
                elif isinstance(found, Fault):
                    tally.fault(found.reason, found.sentence)
                else:
                    tally.counts[found.reason] += 1


def _read(reader: Reader, path: str) -> Iterator[Capture | Counted | Fault]:
    from archive.ingest import Fault

    try:
        yield from reader.read(path)
    except OSError as error:
        yield Fault("unreadable_file", f"{path}: {error.strerror or error}; it was left out")


def _store(archive: Archive, entry: SourceEntry, captures: Iterator[Capture], tally: _Tally, workers: int) -> None:
    runs: dict[str, Run] = {}
    waiting: deque[Future[Receipt]] = deque()
    reason = "failed"
    try:
        for capture in captures:
            if capture.obtained not in runs:
                runs[capture.obtained] = archive.start_run(
                    entry, obtained=capture.obtained, operator="archive ingest", robots="not asked", workers=workers
                )
            waiting.append(runs[capture.obtained].add(capture))
            if len(waiting) > IN_FLIGHT:
                _settle(waiting.popleft(), tally)
        while waiting:
            _settle(waiting.popleft(), tally)
        reason = "finished"
    finally:
        for run in runs.values():
            tally.counts.update(run.finish(reason).counts)


def _settle(future: Future[Receipt], tally: _Tally) -> None:
    try:
        future.result()
    except UsageError as error:
        tally.lost(str(error))
