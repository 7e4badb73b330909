"""How a page reads the archive: one read-only connection each, and a short memory for what is costly to count."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection
from starlette.requests import Request

__all__ = ["COUNTING_SECONDS", "LIMIT_SECONDS", "Memory", "connected", "remembered"]

SECONDS = 60
# So long a reader waits for an answer, the making of the page not counted.
LIMIT_SECONDS = 1.5
# So long one reader in a minute waits for what is then remembered for all.
COUNTING_SECONDS = 15.0
Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """Answers kept for SECONDS, so that a busy front page counts a large archive once a minute."""

    kept: dict[str, tuple[float, Any]] = field(default_factory=dict)
    locks: defaultdict[str, Lock] = field(default_factory=lambda: defaultdict(Lock))

    def of(self, name: str, make: Callable[[], Value]) -> Value:
        """The answer of this name, made anew where it is older; who asks meanwhile waits for the same."""
        with self.locks[name]:
            at, kept = self.kept.get(name, (0.0, None))
            now = time.monotonic()
            if at and now - at <= SECONDS:
                value: Value = kept
                return value
            made = make()
            self.kept[name] = (now, made)
            return made


def connected(request: Request, *, seconds: float = LIMIT_SECONDS) -> AbstractContextManager[Connection]:
    """A read-only connection for one page; what takes longer than `seconds` is stopped with TookTooLong."""
    reading: AbstractContextManager[Connection] = request.app.state.archive.read(seconds=seconds)
    return reading


def remembered(request: Request, name: str, make: Callable[[], Value]) -> Value:
    """What `make` answers, at most a minute old."""
    memory: Memory = request.app.state.memory
    return memory.of(name, make)
