"""`archive status`, `runs`, `removals` and `sources`: what is there and how it fares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import click

from archive import clock
from archive.cli import Extended
from archive.cli.options import DAY, as_rows, database, opened
from archive.cli.output import counted_as, fields, note, plain, print_json, print_table, timestamp
from archive.cli.plots import NAME, STATE, chart_lines, spark_lines, summed, weeks_that_fit
from archive.derive.health import BAD

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from archive.query import Activity, Health, Recent, Status

__all__ = ["removals", "runs", "sources", "status"]

WORST = 8  # of the sources that want a look: a screen has few lines


def _plot(command: click.decorators.FC) -> click.decorators.FC:
    return click.option("--plot", is_flag=True, help="Draw items per week in the terminal.")(command)


@click.command()
@_plot
@as_rows
@database
def status(*, plot: bool, as_json: bool, database: str | None) -> None:
    """Say on one screen how the sources fare, what is in the archive, and what wants a look."""
    from archive import query
    from archive.catalog import load_catalog

    catalog, now = load_catalog(), clock.now()
    with opened(database) as archive:
        with archive.read() as connection:
            held = query.status(connection)
            health = query.health(connection, catalog, now)
            week = query.recent(connection, now - timedelta(days=7))
            series = _series(connection, now, weeks_that_fit(taken=8, wide=3)) if plot else []
        outdated = archive.outdated()
    if as_json:
        print_json({**fields(held), "states": _states(health), "week": week})
        return
    for name, line in _screen(held, health, week, now):
        click.echo(click.style(f"{name:<10}", bold=True) + plain(line))
    if plot:
        _print_lines(chart_lines(summed(series)), empty="no source was ever crawled: nothing to draw")
    for sentence in outdated:
        note(sentence)


def _print_lines(lines: Iterable[str], *, empty: str) -> None:
    found = list(lines)
    for line in found:
        click.echo(line)
    if not found:
        note(empty)


def _series(connection: Connection, now: datetime, weeks: int) -> list[Activity]:
    """The last so many weeks of every source, the current one until today."""
    from archive import query

    until = now.date()
    return query.activity(connection, since=until - timedelta(days=until.weekday() + 7 * (weeks - 1)), until=until)


def _states(health: list[Health]) -> dict[str, int]:
    return dict(Counter(each.state for each in health).most_common())


def _screen(held: Status, health: list[Health], week: Recent, now: datetime) -> Iterator[tuple[str, str]]:
    counts = ", ".join(f"{count:,} {state}" for state, count in _states(health).items())
    yield "sources", f"{len(health):,}: {counts}" if health else "none; add one to the catalog"
    yield "", f"{held.runs:,} runs, the last {_ago(max((h.last_run for h in health if h.last_run), default=None), now)}"
    kept = f"{held.documents:,} documents, {held.versions:,} versions, of {held.captures:,} captures"
    yield "archive", f"{kept} ({_size(held.payload_bytes)})"
    yield "", f"first capture {timestamp(held.first_capture) or '-'}, last {timestamp(held.last_capture) or '-'}"
    yield "", f"{held.stories:,} stories of several documents; {held.removed:,} documents removed"
    carried = f"{held.independent_stories:,} stories, {held.quoting_documents:,} documents"
    yield "said", f"{held.statements:,} statements in {carried}"
    read = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in held.quotations_read.items()) or "none"
    yield "", f"{held.checked:,} checked, {held.unattributed:,} quotations of nobody named; versions read: {read}"
    yield (
        "7 days",
        (
            f"{week.new_documents:,} new documents, {week.new_versions:,} edits, {week.removals:,} confirmed removals, "
            f"{week.failed_runs:,} runs not ok"
        ),
    )
    wanting = [each for each in health if each.state in BAD]
    for number, each in enumerate(wanting[:WORST]):
        yield "" if number else "look at", f"{each.state:<12}{each.source}: {each.reason}"
    if len(wanting) > WORST:
        yield "", f"and {len(wanting) - WORST} more: archive sources"
    if not wanting and health:
        yield "look at", "nothing: no source is silent, failing, quarantined or unwatched"


def _ago(at: datetime | None, now: datetime) -> str:
    if at is None:
        return "never"
    minutes = int((now - at).total_seconds() // 60)
    for size, noun in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"{counted_as(minutes // size, noun)} ago"
    return "just now"


def _size(count: float) -> str:
    for unit in ("bytes", "kB", "MB"):
        if count < 1_000:
            return f"{count:,.0f} {unit}" if unit == "bytes" else f"{count:.1f} {unit}"
        count /= 1_000
    return f"{count:,.1f} GB"


@click.command()
@click.option("--failing", is_flag=True, help="Only those that did not end `ok`, the unfinished ones too.")
@click.option("--source", help="Of this source only.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="How many at most.")
@as_rows
@database
def runs(*, failing: bool, source: str | None, limit: int, as_json: bool, database: str | None) -> None:
    """List crawls and ingests, newest first, with what they counted; an outcome `-` runs still, or was killed."""
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = query.runs(connection, source=source, failing=failing, limit=limit)
    if as_json:
        for run in found:
            print_json(run)
        return
    print_table(found, ("started_at", "source", "outcome", "obtained", "counts", "reason"), empty="no such run")


@click.command()
@click.option("--source", help="Of this source only.")
@click.option("--state", type=click.Choice(["suspected", "confirmed", "restored"]), help="In this state only.")
@click.option("--since", type=DAY, help="First found absent on this day (UTC) or later.")
@click.option("--limit", type=click.IntRange(1), help="How many at most.")
@as_rows
@database
def removals(
    *, source: str | None, state: str | None, since: date | None, limit: int | None, as_json: bool, database: str | None
) -> None:
    """List documents that are no longer found at their addresses, the latest first."""
    from archive import query

    with opened(database) as archive, archive.read() as connection:
        found = query.removals(connection, source=source, state=state, since=since, limit=limit)
    if as_json:
        for removal in found:
            print_json(removal)
        return
    columns = ("document", "state", "suspected_at", "confirmed_at", "as_of", "source", "title")
    print_table(found, columns, empty="no removal is known")


@click.group(cls=Extended, invoke_without_command=True)
@click.option("--state", help="Only sources in this state, such as ok, silent, failing, quarantined, unwatched.")
@_plot
@as_rows
@database
@click.pass_context
def sources(context: click.Context, *, state: str | None, plot: bool, as_json: bool, database: str | None) -> None:
    """List the sources of the catalog and of the archive, each with its state and the reason in words."""
    if context.invoked_subcommand is not None:
        return
    from archive import query
    from archive.catalog import load_catalog

    catalog, now = load_catalog(), clock.now()
    with opened(database) as archive, archive.read() as connection:
        found = [each for each in query.health(connection, catalog, now) if state in (None, each.state)]
        series = _series(connection, now, weeks_that_fit(taken=NAME + STATE + 10, wide=1)) if plot else []
    if as_json:
        for source in found:
            print_json(source)
        return
    if plot:
        _print_lines(spark_lines(series, found), empty="none of these sources was ever crawled: nothing to draw")
        return
    columns = ("source", "state", "last_run", "documents", "last_new", "per_week", "reason")
    print_table(found, columns, empty="no such source; add an entry to the catalog or set ARCHIVE_CATALOG")
