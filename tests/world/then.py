"""`python -m tests.world.then TIME archive|scrapy ...`: run a command as if the clock stood at that time.

The invented press rooms published in the winter of 2025; so does their archive come to be.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from archive import clock
from archive.cli import main as archive_main

__all__ = ["EVENINGS", "Clock", "run"]

# When the demo crawls: in the evening of each of the world's days.
EVENINGS = {1: datetime(2025, 3, 4, 22, tzinfo=UTC), 2: datetime(2025, 3, 5, 22, tzinfo=UTC)}


class Clock:
    """A time that is set, and runs on from there as fast as the real one."""

    def __init__(self, start: datetime) -> None:
        self.set(start)

    def set(self, at: datetime) -> None:
        """Jump."""
        self.at, self.real = at, time.monotonic()

    def __call__(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.real)


def run(at: datetime, program: str, arguments: Sequence[str]) -> int:
    """Run `archive` or `scrapy` with these arguments at that time; the exit status."""
    with clock.running_on(Clock(at)):
        if program == "archive":
            return archive_main(list(arguments))
        from scrapy.cmdline import execute

        try:
            execute(["scrapy", *arguments])
        except SystemExit as end:
            return int(end.code or 0)
        return 0


if __name__ == "__main__":
    sys.exit(run(datetime.fromisoformat(sys.argv[1]), sys.argv[2], sys.argv[3:]))
