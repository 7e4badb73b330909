"""`archive extract`: try the extraction on pages and texts, without an archive."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from archive.cli.options import DAY
from archive.cli.output import counted, note, print_json, progress
from archive.records import DateClaim, Extraction, Outcome, Page

if TYPE_CHECKING:
    from archive.cli.quoting import Read

__all__ = ["extract"]

IN_FLIGHT = 4  # per worker, so that a long list of files is never all in memory


@dataclass(frozen=True, slots=True, kw_only=True)
class _Input:
    """One page or text to extract; `page` is None where it could not be read, for `reason`."""

    path: str
    page: Page | None = None
    reason: str | None = None
    record: str | None = None
    title: str | None = None
    published: date | None = None
    saved: date | None = None


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--url", help="Address of the page; without it that of a manifest.jsonl, else what the page declares.")
@click.option("--date", "day", type=DAY, help="Day a plain text was published, or a page was saved.")
@click.option("--plain-text", is_flag=True, help="Take the files as plain texts, kept as they are.")
@click.option("--jsonl", is_flag=True, help="Each line of the files is a record: id, text, and url, title, date.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Worker processes.")
@click.option("--seconds", type=click.FloatRange(0.1), default=9.0, show_default=True, help="Time limit of one page.")
@click.pass_context
def extract(
    context: click.Context, files: tuple[str, ...], *, url: str | None, day: date | None, plain_text: bool,
    jsonl: bool, workers: int, seconds: float,
) -> None:  # fmt: skip
    """Print what is read from pages (.html, .pdf, also .gz) and texts: one JSON object per input, in order.

    Each has the text, title and date, and the quotations with their offsets in that text, speaker, office and place.

    FILE `-` is standard input. An input that cannot be read is an object with outcome and reason too; the exit
    status is then 2.
    """
    if url and (len(files) > 1 or jsonl):
        raise click.UsageError("--url is the address of one page; name one file, or give a folder's manifest.jsonl")
    from archive.extract.pool import ExtractionPool

    inputs = _inputs(files, url=url, day=day, plain_text=plain_text, jsonl=jsonl)
    unreadable, processes = 0, workers if jsonl else min(workers, len(files))
    with progress("extracting") as show, _stopped(ExtractionPool(processes, seconds)) as pool:
        for result in counted(_in_order(pool, inputs, workers * IN_FLIGHT, seconds), show, len(files), "extracting"):
            print_json(result)
            unreadable += result["outcome"] == Outcome.UNREADABLE
    if unreadable:
        note(f"{unreadable} could not be read; their objects have outcome `unreadable` and the reason")
        context.exit(2)


@contextmanager
def _stopped(pool: Executor) -> Iterator[Executor]:
    # Whoever interrupts, or closes the pipe, does not wait for the pages in hand.
    try:
        yield pool
    except BaseException:
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _inputs(
    files: tuple[str, ...], *, url: str | None, day: date | None, plain_text: bool, jsonl: bool
) -> Iterator[_Input]:
    from archive.ingest.files import media_type, read_bytes
    from archive.ingest.manifest import known_of

    for path in files:
        if jsonl:
            yield from _records(path)
            continue
        try:
            data = read_bytes(path)
        except (OSError, ValueError) as error:
            yield _Input(path=path, reason=getattr(error, "strerror", None) or str(error))
            continue
        kind = "text/plain" if plain_text else media_type(path, data)
        known = None if path == "-" else known_of(path)
        saved = day or (known.day if known else None)
        captured = saved or datetime.now(UTC).date()
        address = url or (known.url if known else None)
        page = _page(data, address, kind, captured)
        yield _Input(path=path, page=page, published=day if kind == "text/plain" else None, saved=saved)


def _records(path: str) -> Iterator[_Input]:
    from archive.ingest.files import lines_of
    from archive.ingest.lines import BadLine, read_lines

    try:
        for line in read_lines(lines_of(path)):
            if isinstance(line, BadLine):
                yield _Input(path=path, record=str(line.number), reason=line.reason)
                continue
            page = _page(line.text.encode(), line.url, "text/plain", line.published or datetime.now(UTC).date())
            yield _Input(path=path, page=page, record=line.id, title=line.title, published=line.published)
    except (OSError, ValueError) as error:
        yield _Input(path=path, reason=getattr(error, "strerror", None) or str(error))


def _page(data: bytes, url: str | None, kind: str, captured: date) -> Page:
    if kind == "text/plain":
        from archive.ingest.files import decode

        return Page(payload=decode(data).encode(), url=url, media_type=kind, charset="utf-8", captured=captured)
    return Page(payload=data, url=url, media_type=kind, captured=captured)


def _in_order(pool: Executor, inputs: Iterator[_Input], bound: int, seconds: float) -> Iterator[dict[str, Any]]:
    from archive.cli.quoting import read_with_speakers

    waiting: deque[tuple[_Input, Future[Read] | None]] = deque()
    for given in inputs:
        page = given.page
        task = pool.submit(read_with_speakers, page, given.title, given.published, given.saved) if page else None
        waiting.append((given, task))
        if len(waiting) > bound:
            yield _result(*waiting.popleft(), seconds)
    while waiting:
        yield _result(*waiting.popleft(), seconds)


def _result(given: _Input, future: Future[Read] | None, seconds: float) -> dict[str, Any]:
    if future is None:
        return _object(given, _unreadable(given.reason))
    try:
        return _object(given, future.result())
    except TimeoutError:
        return _object(given, _unreadable(f"stopped after {seconds:g} s"))
    except Exception as error:  # whatever one page does to its worker, the next page is read
        return _object(given, _unreadable(f"the extractor failed: {type(error).__name__}"))


def _unreadable(reason: str | None) -> Read:
    return Extraction(outcome=Outcome.UNREADABLE, reason=reason), []


def _object(given: _Input, read: Read) -> dict[str, Any]:
    found, quotations = read
    handed = DateClaim(day=given.published, at=None, precision="day", basis="handed in") if given.published else None
    published = handed or found.published
    return {
        "id": given.record,
        "input": given.path,
        "url": (given.page.url if given.page else None) or found.canonical_url,
        "title": given.title or found.title,
        "date": published.day if published else None,
        "language": found.language,
        "text": found.text,
        "outcome": found.outcome,
        "reason": found.reason,
        "byline": found.byline,
        "published": published,
        "modified": found.modified,
        "site_name": found.site_name,
        "truncated": found.truncated,
        "quotation_status": found.quotation_status,
        "quotations": quotations,
    }
