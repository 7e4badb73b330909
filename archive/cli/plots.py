"""Charts in the terminal: items per week, with the weeks that nobody watched drawn otherwise."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from archive.cli.output import plain

if TYPE_CHECKING:
    from archive.query import Activity, Counted, Health

__all__ = ["Week", "chart_lines", "spark_lines", "summed", "weeks_that_fit"]

BARS, UNWATCHED, PARTIAL = "▁▂▃▄▅▆▇█", "░", "▒"
MOST_WEEKS, COLUMNS_OF_A_WEEK, ROWS = 52, 3, 10
NAME, STATE = 28, 11  # columns of a line of bars
EXPLAINED = f"{UNWATCHED} nobody watched in that week: that nothing is there means nothing"
INCOMPLETE = f"{PARTIAL} found later, in a week that nobody watched: there may have been more"
Week = tuple[date, int, bool]  # its Monday, items published, whether somebody watched


def summed(series: Sequence[Activity]) -> list[Week]:
    """The weeks of all sources together; one was watched when any of them was."""
    together = zip(*(each.periods for each in series), strict=True)
    return [
        (week[0].begins, sum(each.published for each in week), any(each.watched for each in week)) for week in together
    ]


def weeks_that_fit(*, taken: int, wide: int) -> int:
    """How many weeks of `wide` columns fit into the terminal beside `taken` columns, 4 at least."""
    return max(4, min(MOST_WEEKS, (shutil.get_terminal_size().columns - taken) // wide))


def chart_lines(weeks: Sequence[Week]) -> Iterator[str]:
    """A bar chart of one series; empty where nothing was published and nobody watched."""
    top = max((items for _, items, _ in weeks), default=0)
    if not any(watched or items for _, items, watched in weeks):
        return
    yield f"items published per week, {weeks[0][0]} to {weeks[-1][0] + timedelta(days=6)}"
    yield from map(_coloured, _drawn(weeks, max(top, 1)))
    if any(not watched and not items for _, items, watched in weeks):
        yield EXPLAINED
    if any(not watched and items for _, items, watched in weeks):
        yield INCOMPLETE


def _drawn(weeks: Sequence[Week], top: int) -> list[str]:
    import plotext

    figure = plotext.figure
    figure.clear()
    plotext.terminal.limit(False, False)
    columns = COLUMNS_OF_A_WEEK * len(weeks) - 1
    figure.plot_size(columns + len(str(top)) + 2, ROWS)
    heights = {
        "█": {at: items for at, (_, items, watched) in enumerate(weeks) if items and watched},
        PARTIAL: {at: items for at, (_, items, watched) in enumerate(weeks) if items and not watched},
        UNWATCHED: {at: top for at, (_, items, watched) in enumerate(weeks) if not watched and not items},
    }
    for marker, bars in heights.items():
        if bars:
            # Two thin bars to a week fill its columns alike; one wide bar is rounded to one or three of them.
            at = [week * COLUMNS_OF_A_WEEK + column for week in bars for column in (0, 1)]
            height = [high for high in bars.values() for _ in (0, 1)]
            figure.draw(figure.bar(at, height, width=0.1, marker=marker))
    marked = range(0, len(weeks), 6)
    labels = [f"{weeks[at][0]:%d %b}" for at in marked]
    figure.ruler("x").lim(0, columns - 1)
    figure.ruler("x").ticks([at * COLUMNS_OF_A_WEEK for at in marked], labels)
    figure.ruler("y").lim(0, top)
    figure.ruler("y").ticks([0, top], ["0", str(top)])
    return [line.rstrip() for line in plotext.uncolorize(str(figure.build())).splitlines()]


def spark_lines(series: Sequence[Activity], health: Sequence[Health]) -> Iterator[str]:
    """One line of bars for each source, each scaled to its own best week, with what that week brought."""
    states = {each.source: each.state for each in health}
    shown = [each for each in series if each.source in states]
    if not shown:
        return
    first, last = shown[0].periods[0].begins, shown[0].periods[-1].begins + timedelta(days=6)
    yield f"items published per week, {first} to {last}"
    for each in shown:
        best = max(week.published for week in each.periods)
        bars = _coloured("".join(_bar(week, best) for week in each.periods))
        yield f"{_cut(each.source, NAME)}  {states[each.source]:<{STATE}}  {bars}  {best}"
    yield "the number is that of the source's best week, to which its bars are drawn"
    if any(not week.watched and not week.published for each in shown for week in each.periods):
        yield EXPLAINED


def _bar(week: Counted, best: int) -> str:
    if week.published:
        return BARS[(week.published * len(BARS) - 1) // best]
    return " " if week.watched else UNWATCHED


def _cut(name: str, width: int) -> str:
    text = plain(name)
    return f"{text[: width - 1]}…" if len(text) > width else text.ljust(width)


def _coloured(line: str) -> str:
    """The line with its bars coloured, where a terminal is there to show it and NO_COLOR does not forbid it."""
    if os.environ.get("NO_COLOR") or not sys.stdout.isatty():
        return line
    bars = re.sub(f"[{BARS}]+", lambda found: click.style(found[0], fg="cyan"), line)
    return re.sub(f"[{UNWATCHED}{PARTIAL}]+", lambda found: click.style(found[0], dim=True), bars)
