"""Charts in the terminal: as wide as it, unwatched weeks drawn otherwise, colours only where they are wanted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive import clock
from archive.cli.plots import EXPLAINED, INCOMPLETE, chart_lines
from tests.cli.conftest import START, Run

MONDAY = date(2026, 1, 5)
WEEKS = [(MONDAY + timedelta(weeks=number), number * 7 % 13, number not in (4, 5)) for number in range(12)]


@pytest.fixture(autouse=True)
def _a_day_in_march(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("COLUMNS", "80")
    with clock.running_on(lambda: START + timedelta(days=24)):
        yield


def test_status_draws_items_per_week(run: Run, world: Path) -> None:
    """Below the screen: the weeks until now, of which one published three documents."""
    said = run("status", "--plot")
    assert said.status == 0
    lines = said.out.splitlines()
    drawn = lines[next(at for at, line in enumerate(lines) if line.startswith("items published per week")) :]
    assert drawn[0].endswith("to 2026-03-29")
    assert "3┤" in drawn[2]
    assert "░" in drawn[2], "the weeks before anybody watched"
    assert EXPLAINED in drawn
    assert "\x1b" not in said.out, "standard output is no terminal here"


def test_sources_draws_a_line_of_bars_for_each(run: Run, world: Path) -> None:
    """Only sources of the archive have one; the best week stands at its end."""
    said = run("sources", "--plot")
    (line,) = [each for each in said.out.splitlines() if each.startswith("ashby ")]
    bars = line.split(maxsplit=2)[2]
    assert bars.endswith("  3")
    assert "█" in bars
    assert bars.startswith("░░")
    assert max(map(len, said.out.splitlines())) <= 80
    assert (
        run("sources", "--plot", "--state", "never run").err
        == "none of these sources was ever crawled: nothing to draw\n"
    )


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_a_chart_fits_its_terminal(run: Run, world: Path, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    """As many weeks as there is room for, a year at most."""
    monkeypatch.setenv("COLUMNS", str(columns))
    said = run("status", "--plot").out
    frame = next(line for line in said.splitlines() if "┌" in line)
    assert columns - 9 <= len(frame) <= columns if columns < 160 else len(frame) == 52 * 3 + 2


def test_columns_of_a_week_are_alike() -> None:
    """Two columns for each, one between; what nobody watched is hatched, to the top where nothing was found."""
    _, _, *rows, _, days, explained = chart_lines(WEEKS)
    top, bottom = rows[0], rows[-1]
    assert (top[:3], bottom[:3]) == ("12┤", " 0┤")
    cells = [bottom[3 + 3 * week : 5 + 3 * week] for week in range(12)]
    assert cells == ["  ", *["██"] * 3, "▒▒", "▒▒", *["██"] * 6]
    assert explained == INCOMPLETE
    assert days.split() == ["05", "Jan", "16", "Feb"]


def test_an_unwatched_week_without_items_is_hatched_to_the_top() -> None:
    """That it is empty means nothing."""
    lines = list(chart_lines([(MONDAY, 5, True), (MONDAY + timedelta(weeks=1), 0, False)]))
    assert [line[2:7] for line in lines[2:-3]] == ["██ ░░"] * (len(lines) - 5)
    assert lines[-1] == EXPLAINED


def test_nothing_to_draw_is_said(run: Run, archive_dir: Path) -> None:
    """An archive that nothing was crawled into."""
    from archive import Archive

    Archive.open().close()
    assert run("status", "--plot").err == "no source was ever crawled: nothing to draw\n"


@pytest.mark.parametrize(("forbidden", "coloured"), [("", True), ("1", False)])
def test_colours_need_a_terminal_and_leave(world: Path, forbidden: str, coloured: bool) -> None:
    """NO_COLOR forbids them."""
    master, slave = pty.openpty()
    environment = {**os.environ, "NO_COLOR": forbidden, "COLUMNS": "80"}
    command = [sys.executable, "-m", "archive.cli", "sources", "--plot"]
    with subprocess.Popen(command, stdout=slave, env=environment) as process:
        os.close(slave)
        printed = b""
        while b"nobody watched" not in printed:
            printed += os.read(master, 65_536)
        process.wait(60)
    os.close(master)
    assert ("\x1b[2m░" in printed.decode()) is coloured
