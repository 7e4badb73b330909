"""Bar charts as numbers of an SVG: the geometry is ours, colours and type are the style sheet's. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Bar", "Chart", "Drawn", "chart"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its value, what a reader is told of it, where it leads; not `known` where nobody watched."""

    value: int
    label: str
    href: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A bar in its place; `x` and `width` take up its whole step, `y` and `height` the bar itself."""

    bar: Bar
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of `width` by `height`; `first` and `last` are what stands under its ends, `most` its highest value."""

    title: str
    width: int
    height: int
    bars: tuple[Drawn, ...]
    first: str
    last: str
    most: int

    @property
    def total(self) -> int:
        """All values together."""
        return sum(drawn.bar.value for drawn in self.bars)


def chart(
    title: str, bars: Sequence[Bar], *, first: str, last: str, width: int = 720, height: int = 96, gap: float = 0.18
) -> Chart:
    """The bars side by side; a value above 0 is at least two units high, so that it is seen."""
    most = max((bar.value for bar in bars), default=0)
    step = width / max(len(bars), 1)
    drawn = []
    for place, bar in enumerate(bars):
        tall = max(2.0, bar.value / most * height) if bar.value else 0.0
        drawn.append(
            Drawn(
                bar=bar, x=round(place * step + step * gap / 2, 2), y=round(height - tall, 2),
                width=round(step * (1 - gap), 2), height=round(tall, 2),
            )
        )  # fmt: skip
    return Chart(title=title, width=width, height=height, bars=tuple(drawn), first=first, last=last, most=most)
