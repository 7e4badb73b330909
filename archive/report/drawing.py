"""Charts as numbers of an SVG; colours and type are the style sheet's. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

__all__ = ["Bars", "Column", "bars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One step of a chart in its place: its whole width from `x` on, and its bar, `height` high from the bottom.

    Where it is not `watched` its ground is hatched, and `value` is what was found later, if anything.
    """

    begins: date
    value: int
    watched: bool
    x: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar chart, `width` by `height` units, and its highest value."""

    columns: tuple[Column, ...]
    width: int
    height: int
    most: int

    @property
    def unwatched(self) -> int:
        """How many of its steps nobody watched."""
        return sum(not column.watched for column in self.columns)


def bars(steps: Sequence[tuple[date, int, bool]], *, width: int, height: int, gap: float = 0.2) -> Bars:
    """Day, value and whether somebody watched, side by side; a value above 0 is seen, however small it is."""
    most = max((value for _, value, _ in steps), default=0)
    step = width / max(len(steps), 1)
    columns = tuple(
        Column(
            begins=begins,
            value=value,
            watched=watched,
            x=round(number * step, 2),
            width=round(step * (1 - gap), 2),
            height=round(max(1.5, value / most * height), 2) if value else 0.0,
        )
        for number, (begins, value, watched) in enumerate(steps)
    )
    return Bars(columns=columns, width=width, height=height, most=most)
