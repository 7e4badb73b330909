"""How a page reads the archive: one read-only connection each, and a short memory for what is costly to count."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection
from starlette.requests import Request

__all__ = ["LIMIT_SECONDS", "Memory", "connected", "remembered"]

SECONDS = 60
# So long a reader waits for an answer, the making of the page not counted.
LIMIT_SECONDS = 1.5
Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """Answers kept for SECONDS, so that a busy front page counts a large archive once a minute."""

    kept: dict[str, tuple[float, Any]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)

    def of(self, name: str, make: Callable[[], Value]) -> Value:
        """The answer of this name, made anew where it is older."""
        with self.lock:
            at, kept = self.kept.get(name, (0.0, None))
        now = time.monotonic()
        if at and now - at <= SECONDS:
            value: Value = kept
            return value
        made = make()
        with self.lock:
            self.kept[name] = (now, made)
        return made


def connected(request: Request) -> AbstractContextManager[Connection]:
    """A read-only connection for one page; what takes longer than LIMIT_SECONDS is stopped with TookTooLong."""
    reading: AbstractContextManager[Connection] = request.app.state.archive.read(seconds=LIMIT_SECONDS)
    return reading


def remembered(request: Request, name: str, make: Callable[[], Value]) -> Value:
    """What `make` answers, at most a minute old."""
    memory: Memory = request.app.state.memory
    return memory.of(name, make)
