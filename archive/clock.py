"""The time of day, in one place, so that a year can be lived through in minutes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

__all__ = ["now", "running_on"]


def _wall() -> datetime:
    return datetime.now(UTC)


_clock: Callable[[], datetime] = _wall


def now() -> datetime:
    """The time, aware, in UTC."""
    return _clock()


@contextmanager
def running_on(clock: Callable[[], datetime]) -> Iterator[None]:
    """Take the time from `clock`, in this process, until the end of the block."""
    global _clock
    before, _clock = _clock, clock
    try:
        yield
    finally:
        _clock = before
