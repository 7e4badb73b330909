"""`archive sources probe`: ask sources once whether they are where the catalog says, and keep nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

import click

from archive.cli.options import as_rows
from archive.cli.output import note, print_json, print_table
from archive.errors import SourceError, UsageError

if TYPE_CHECKING:
    from archive.catalog import SourceEntry
    from crawler.looking import Looked

__all__ = ["probe"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Probed:
    """What one start address of a source answered: `verdict` is `works` or the reason why not."""

    source: str
    verdict: str
    status: int | None
    system: str | None
    documents: int
    newest: date | None
    url: str
    why: str


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--candidates", is_flag=True, help="All entries that nobody has seen work yet.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting, as of `scrapy crawl -s`.")
@as_rows
@click.pass_context
def probe(
    context: click.Context, sources: tuple[str, ...], *, candidates: bool, settings: tuple[str, ...], as_json: bool
) -> None:
    """Ask the start addresses of SOURCES once, politely, and say what is there; nothing is kept.

    The exit status is 2 when one does not work.
    """
    if candidates == bool(sources):
        raise click.UsageError("name sources, or say --candidates; `scrapy list` prints their names")
    from archive.catalog import load_catalog
    from crawler.cli.crawl import project_settings
    from crawler.looking import fetch_all

    catalog = load_catalog()
    entries = [each for each in catalog.values() if each.candidate] if candidates else [*map(catalog.source, sources)]
    if not entries:
        raise UsageError("the catalog has no candidates")
    asked = [(entry, url) for entry in entries for url in entry.start]
    looked = {each.asked: each for each in fetch_all(project_settings(settings), [url for _, url in asked])}
    found = [_probed(entry, looked[url]) for entry, url in asked]
    for row in found if as_json else ():
        print_json(row)
    if not as_json:
        print_table(
            found, ("source", "verdict", "status", "system", "documents", "newest", "url"), empty="nothing asked"
        )
        for row in found:
            if row.why:
                note(f"{row.source}: {row.why}")
    context.exit(0 if all(row.verdict == "works" for row in found) else SourceError.exit_status)


def _probed(entry: SourceEntry, looked: Looked) -> Probed:
    from crawler.recognition import recognise

    system = recognise(looked.url, looked.headers, looked.payload).system if looked.payload else None
    documents, newest, verdict, why = 0, None, "works", ""
    if looked.status is None:
        verdict, why = (looked.reason or "unreachable").replace("_", " "), looked.words
    elif looked.status != 200:
        gone = looked.status in (404, 410)
        verdict, why = (
            ("gone" if gone else "refused" if looked.status < 500 else "fails"),
            f"it answered {looked.status}",
        )
    else:
        documents, newest, verdict, why = _documents(entry, looked)
    return Probed(
        source=entry.id, verdict=verdict, status=looked.status, system=system, documents=documents, newest=newest,
        url=looked.url, why=why,
    )  # fmt: skip


def _documents(entry: SourceEntry, looked: Looked) -> tuple[int, date | None, str, str]:
    from crawler.discovery import discover

    hosts = {*(host for url in entry.start for host in _host(url)), *entry.hosts, *_host(looked.url)}
    try:
        listing = discover(
            entry.discover.strategy, looked.payload, url=looked.url,
            media_type=(looked.header("content-type") or "").partition(";")[0].strip().lower() or None,
            options=dict(entry.discover.options), hosts=hosts,
        )  # fmt: skip
    except SourceError as error:
        return 0, None, "unreadable", str(error)
    days = [each.published for each in listing.entries if each.published]
    newest = max((day.date() if isinstance(day, datetime) else day for day in days), default=None)
    left = ", ".join(f"{count} {reason.replace('_', ' ')}" for reason, count in listing.skipped)
    if not listing.entries and not listing.next_urls:
        return 0, None, "shows nothing", f"no document among its links ({left or 'it has none'})"
    return len(listing.entries), newest, "works", ""


def _host(url: str) -> Iterator[str]:
    from urllib.parse import urlsplit

    yield (urlsplit(url).hostname or "").removeprefix("www.")
