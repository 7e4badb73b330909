"""How a page reads the archive: one read-only connection each, and a short memory for what is costly to count."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import Connection
from starlette.requests import Request

from archive.errors import TookTooLong

__all__ = ["LIMIT_SECONDS", "Memory", "connected", "remembered"]

SECONDS = 60
# So long a reader waits for an answer, the making of the page not counted.
LIMIT_SECONDS = 1.5
# A count of everything may go on so long, while readers see the last one.
COUNTING_SECONDS = 60
Value = TypeVar("Value")


@dataclass(slots=True)
class Memory:
    """Answers kept for SECONDS, so that a busy front page counts a large archive once a minute.

    Who asks later waits a little for a newer one, and is given the last where that takes longer.
    """

    kept: dict[str, tuple[float, Any]] = field(default_factory=dict)
    coming: dict[str, Future[Any]] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(2, "counting"))

    def of(self, name: str, make: Callable[[], Any]) -> Any:
        """The answer of this name. Raises TookTooLong where there is none yet within LIMIT_SECONDS."""
        at, kept = self.kept.get(name, (0.0, None))
        if at and time.monotonic() - at <= SECONDS:
            return kept
        try:
            return self._started(name, make).result(LIMIT_SECONDS if not at else LIMIT_SECONDS / 5)
        except TimeoutError:
            if at:
                return kept
            raise TookTooLong("the archive is still being counted; ask again in a moment") from None

    def _started(self, name: str, make: Callable[[], Any]) -> Future[Any]:
        with self.lock:
            if name not in self.coming or self.coming[name].done():
                self.coming[name] = self.pool.submit(self._made, name, make)
            return self.coming[name]

    def _made(self, name: str, make: Callable[[], Any]) -> Any:
        made = make()
        self.kept[name] = (time.monotonic(), made)
        return made

    def close(self) -> None:
        """Wait for what is being counted, and count no more."""
        self.pool.shutdown(cancel_futures=True)


def connected(request: Request, *, seconds: float = LIMIT_SECONDS) -> AbstractContextManager[Connection]:
    """A read-only connection for one page; what takes longer is stopped with TookTooLong."""
    reading: AbstractContextManager[Connection] = request.app.state.archive.read(seconds=seconds)
    return reading


def remembered(request: Request, name: str, read: Callable[[Connection], Value]) -> Value:
    """What `read` answers of the archive as it was within the last minute, or when somebody last asked."""

    def make() -> Value:
        with connected(request, seconds=COUNTING_SECONDS) as connection:
            return read(connection)

    memory: Memory = request.app.state.memory
    found: Value = memory.of(name, make)
    return found
