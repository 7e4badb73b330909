"""The web page behind real HTTP: uvicorn in a thread of the test, on a port of its own."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import uvicorn

from archive.web import application

__all__ = ["reader", "served_by_command", "serving"]

ROOT = Path(__file__).parents[2]


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


@contextmanager
def served_by_command(log: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """`archive serve` in a process of its own, all that it says in a file; gives the address of the page."""
    command = [sys.executable, "-m", "archive.cli", "serve", "--port", "0"]
    whole = os.environ | environment
    with log.open("w") as file, subprocess.Popen(command, cwd=ROOT, env=whole, stdout=file, stderr=file) as process:
        try:
            while not (found := re.search(r"http://[^\s;]+(?=/)", log.read_text())):
                assert process.poll() is None, log.read_text()
                time.sleep(0.05)
            yield found[0]
        finally:
            process.terminate()
