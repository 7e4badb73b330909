"""`archive watch`: what is watched, what was told of it, and what would be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import click

from archive.cli.options import DAY, as_rows, database, opened
from archive.cli.output import counted_as, note, print_json, print_table
from archive.errors import UsageError

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from archive.query import WatchFacts
    from archive.settings import WatchSettings

__all__ = ["watch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A watch as it is listed; without times where it has not been entered yet.

    `answers` are the statements that answer its search now: none shows a misspelt one.
    """

    watch: str
    search: str
    events: str
    told: str
    answers: int
    since: datetime | None
    looked_at: datetime | None
    noticed: int
    waiting: int


@click.command()
@click.argument("name", required=False)
@click.option("--send", is_flag=True, help="Look and tell now, as after a crawl.")
@click.option("--test", is_flag=True, help="Send those who are told a trial message, and remember nothing.")
@click.option("--since", type=DAY, help="Show what would be told of all that was captured since this day.")
@as_rows
@database
def watch(name: str | None, *, send: bool, test: bool, since: date | None, as_json: bool, database: str | None) -> None:
    """List the watches of the settings file, or what the watch NAME has noticed and told.

    A watch is a saved search under [watch.NAME] in on-the-record.toml (or ARCHIVE_SETTINGS); it tells what live crawls
    bring from the moment it is first seen on.
    """
    from archive import watches as telling

    if send + test + (since is not None) > 1:
        raise click.UsageError("--send, --test and --since exclude one another")
    watches = _watches(name)
    chosen = [each for each in watches if name in (None, each.name)]
    if test:
        for each in chosen:
            telling.trial(each)
        note("sent")
        return
    with opened(database, create=send) as archive:
        if send:
            note(f"{counted_as(telling.tell(archive, watches, only=name), 'message')} sent")
            return
        with archive.read() as connection:
            if since is not None:
                _rehearse(connection, chosen, datetime.combine(since, time(), UTC), as_json=as_json)
            elif name:
                _history(connection, name, as_json=as_json)
            else:
                _list(connection, chosen, as_json=as_json)


def _watches(name: str | None) -> tuple[WatchSettings, ...]:
    """The watches of the settings file, among which the named one is. Raises UsageError."""
    from archive.settings import load_settings

    settings = load_settings()
    if not settings.watches:
        raise UsageError(f"{settings.file or 'on-the-record.toml'}: nothing is watched; add a table [watch.NAME]")
    names = [each.name for each in settings.watches]
    if name is not None and name not in names:
        raise UsageError(f"{settings.file}: no watch is called {name}; there are {', '.join(names)}")
    return settings.watches


def _list(connection: Connection, chosen: Sequence[WatchSettings], *, as_json: bool) -> None:
    from archive import query

    entered = {each.watch: each for each in query.watches(connection)}
    rows = [
        _row(each, entered.get(each.name), query.count_answers(connection, query.SavedSearch(**each.search)))
        for each in chosen
    ]
    if as_json:
        for row in rows:
            print_json(row)
        return
    columns = ("watch", "search", "events", "told", "answers", "since", "looked_at", "noticed", "waiting")
    print_table(rows, columns, empty="nothing is watched")


def _row(each: WatchSettings, facts: WatchFacts | None, answers: int) -> _Row:
    return _Row(
        watch=each.name,
        search=" ".join(f"{key}={given}" for key, given in each.search.items()),
        events=", ".join(each.events),
        told=", ".join(each.to.named),
        answers=answers,
        since=facts.began_at if facts else None,
        looked_at=facts.looked_at if facts else None,
        noticed=facts.events if facts else 0,
        waiting=facts.waiting if facts else 0,
    )


def _history(connection: Connection, name: str, *, as_json: bool) -> None:
    from archive import query

    rows = query.watch_events(connection, name)
    if as_json:
        for row in rows:
            print_json(row)
        return
    columns = ("kind", "document", "seen", "noticed_at", "waiting", "event")
    print_table(rows, columns, empty="nothing was noticed yet")


def _rehearse(connection: Connection, chosen: Sequence[WatchSettings], since: datetime, *, as_json: bool) -> None:
    from archive import watches as telling

    found = [event for each in chosen for event in telling.rehearse(connection, each, since)]
    if as_json:
        for event in found:
            print_json(event)
        return
    columns = ("watch", "kind", "published", "seen", "source", "document", "title")
    print_table(found, columns, empty="nothing would have been told")
