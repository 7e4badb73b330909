"""Worker processes that can be killed: a page that gets stuck costs its own worker and nothing else."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from pebble import ProcessPool

__all__ = ["LIMIT_SECONDS", "ExtractionPool"]

LIMIT_SECONDS = 9.0
# A worker is replaced after so many pages, because some parsers never give memory back.
PAGES_PER_WORKER = 2_000


class ExtractionPool(Executor):
    """A `concurrent.futures` executor over processes, each call of which is stopped after `limit_seconds`.

    The future of a stopped call raises TimeoutError, that of one whose worker died pebble.ProcessExpired.
    """

    def __init__(self, workers: int = 2, limit_seconds: float = LIMIT_SECONDS) -> None:
        context = multiprocessing.get_context("forkserver")
        # The server imports the libraries once; a worker that replaces a killed one is then there at once.
        context.set_forkserver_preload(["archive.extract.reading", "archive.text"])
        self.limit_seconds = limit_seconds
        self._pool: Any = ProcessPool(max_workers=workers, max_tasks=PAGES_PER_WORKER, context=context)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run a picklable function in a worker."""
        future: Future[Any] = self._pool.schedule(fn, args=args, kwargs=kwargs, timeout=self.limit_seconds)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers, after what is under way unless `cancel_futures`."""
        if cancel_futures:
            self._pool.stop()
        else:
            self._pool.close()
        if wait:
            self._pool.join()
