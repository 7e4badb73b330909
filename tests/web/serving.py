"""The web page behind real HTTP: uvicorn in a thread of the test, on a port of its own."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn

from archive.web import application

__all__ = ["reader", "serving"]


@contextmanager
def serving(url: str, **options: str) -> Iterator[str]:
    """Serve the archive at a database URL; gives the address of the page."""
    config = uvicorn.Config(application(url, **options), log_level="critical", access_log=False, lifespan="on")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not server.started:
            assert thread.is_alive(), "the page could not be served"
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(30)


@contextmanager
def reader(address: str) -> Iterator[httpx.Client]:
    """A client of the page that follows no redirects."""
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        yield client
