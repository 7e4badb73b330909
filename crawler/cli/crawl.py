"""`archive crawl`: sources of the catalog crawled in one process, those that are due or those that are named."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import click

from archive import clock
from archive.cli.options import as_rows, database, opened
from archive.cli.output import counted_as, note, print_json, print_table, progress
from archive.errors import ArchiveError, SourceError, SourceSilent, UsageError
from archive.locks import DUE, Lock
from archive.places import warc_folder
from archive.settings import load_settings

if TYPE_CHECKING:
    from archive import Archive
    from archive.catalog import Catalog, SourceEntry
    from archive.query import DueSource
    from archive.store import RunSummary

__all__ = ["crawl", "project_settings"]


@click.command()
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option("--due", is_flag=True, help="Those whose rhythm or whose documents ask for a visit now.")
@click.option("--kind", type=click.Choice(["press_release", "article", "transcript"]), help="Of this kind only.")
@click.option("--state", metavar="XX", help="Only of this US state, such as il.")
@click.option("--limit", type=click.IntRange(1), help="How many sources at most; those that wait longest come first.")
@click.option("--at-once", type=click.IntRange(1, 64), default=8, show_default=True, help="How many side by side.")
@click.option("--seconds", type=click.IntRange(1), default=1800, show_default=True, help="For one source at most.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A setting, as of `scrapy crawl -s`.")
@click.option("--dry-run", is_flag=True, help="Say what would be crawled and why, and crawl nothing.")
@as_rows
@database
@click.pass_context
def crawl(
    context: click.Context, sources: tuple[str, ...], *, due: bool, kind: str | None, state: str | None,
    limit: int | None, at_once: int, seconds: int, settings: tuple[str, ...], dry_run: bool, as_json: bool,
    database: str | None,
) -> None:  # fmt: skip
    """Crawl sources in one process: one connection per host, different hosts side by side.

    Every source has its own lock and its own run. The exit status is 4 when one fell silent, else 2 when one had
    errors; 75 when another `archive crawl --due` is under way.
    """
    if due == bool(sources):
        raise click.UsageError("name sources, or say --due; `scrapy list` prints their names")
    if dry_run:
        _rehearse(database, sources, kind, state, limit, as_json=as_json)
        return
    whole = Lock(warc_folder(database), DUE) if due else nullcontext()
    from archive.catalog import load_catalog
    from crawler.announcing import announce, prepare_watches

    with whole, opened(database, create=True) as archive:
        entries = [entry for entry, _ in _chosen(archive, sources, kind, state, limit)]
        if not entries:
            note("nothing is due")
            return
        told = load_settings()
        prepare_watches(archive, told)
        status = _crawl(archive, entries, _timed(settings, seconds), at_once, as_json=as_json)
        announce(archive, load_catalog(), told, note)
    context.exit(status)


def _chosen(
    archive: Archive, sources: tuple[str, ...], kind: str | None, state: str | None, limit: int | None
) -> list[tuple[SourceEntry, DueSource | None]]:
    from archive import query
    from archive.catalog import load_catalog

    catalog: Catalog = load_catalog()
    found: list[tuple[SourceEntry, DueSource | None]]
    if sources:
        found = [(catalog.source(name), None) for name in dict.fromkeys(sources)]
    else:
        with archive.read() as connection:
            found = [(catalog[each.source], each) for each in query.due(connection, catalog, clock.now())]
    return [(entry, why) for entry, why in found if _fits(entry, kind, state)][:limit]


def _fits(entry: SourceEntry, kind: str | None, state: str | None) -> bool:
    of_state = state is None or f":{state.lower()}/" in f"{entry.jurisdiction or ''}/"
    return of_state and kind in (None, str(entry.kind))


def _rehearse(
    database: str | None, sources: tuple[str, ...], kind: str | None, state: str | None, limit: int | None, *,
    as_json: bool,
) -> None:  # fmt: skip
    with opened(database, create=True) as archive:
        rows = [why for _, why in _chosen(archive, sources, kind, state, limit) if why]
    if as_json:
        for row in rows:
            print_json(row)
        return
    print_table(rows, ("source", "reason", "last_run"), empty="nothing is due")


def project_settings(given: tuple[str, ...]) -> Any:
    """The project's settings with those of the command line. Raises UsageError for what is no NAME=VALUE."""
    from scrapy.utils.conf import arglist_to_dict
    from scrapy.utils.project import get_project_settings

    settings = get_project_settings()
    settings.setmodule("crawler.settings", priority="project")
    try:
        settings.setdict(arglist_to_dict(list(given)), priority="cmdline")
    except ValueError:
        raise UsageError(f"--set {' '.join(given)}: write it as NAME=VALUE, such as --set DOWNLOAD_DELAY=1") from None
    return settings


def _timed(given: tuple[str, ...], seconds: int) -> Any:
    settings = project_settings(given)
    settings.set("CLOSESPIDER_TIMEOUT", seconds, priority="project")
    return settings


def _crawl(archive: Archive, entries: list[SourceEntry], settings: Any, at_once: int, *, as_json: bool) -> int:
    from crawler.due import crawl_all
    from crawler.memory import share_heaps
    from crawler.running import Crawling, prepare
    from crawler.spiders.wish import Wish
    from crawler.telling import as_json as summary_as_json
    from crawler.telling import sentence

    share_heaps()
    prepare(settings)
    began, statuses = clock.now(), []
    with progress("crawling") as show:

        def done(entry: SourceEntry, came: RunSummary | ArchiveError) -> None:
            statuses.append(came.exit_status)
            if isinstance(came, ArchiveError):
                note(str(came))
            else:
                click.echo(summary_as_json(came)) if as_json else note(sentence(came))
            show(len(statuses), len(entries), entry.id)

        crawl_all(Crawling(settings, archive), entries, Wish(), at_once=at_once, done=done)
    took = timedelta(seconds=round((clock.now() - began).total_seconds()))
    note(f"{counted_as(len(statuses), 'source')} of {len(entries)} crawled in {took}")
    return _worst(statuses)


def _worst(statuses: list[int]) -> int:
    """The status for a scheduler: silence is worse than errors; what others are crawling is nobody's fault."""
    return next((status for status in (SourceSilent.exit_status, SourceError.exit_status) if status in statuses), 0)
