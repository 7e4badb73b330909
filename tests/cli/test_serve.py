"""`archive serve` in a process of its own: it says where it is, answers, and stops when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.cli.conftest import Run


@contextmanager
def started(*options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and the address that it says."""
    command = [sys.executable, "-m", "archive.cli", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=os.environ) as process:
        try:
            assert process.stderr is not None
            said = process.stderr.readline()
            found = re.search(r"the archive is at (\S+); Ctrl-C stops", said)
            assert found, said + process.stderr.read()
            yield process, found[1]
        finally:
            process.kill()


def test_it_serves_until_it_is_stopped(world: Path) -> None:
    """Pages come from the archive of the environment; Ctrl-C ends it within seconds, without a traceback."""
    with started() as (process, address):
        found = httpx.get(address, trust_env=False, timeout=30)
        assert found.status_code == 200
        assert "On the Record" in found.text
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130, -signal.SIGINT)
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_it_is_known_by_its_public_address(world: Path) -> None:
    """Behind a proxy that passes the public host on, addresses that can be cited are the public ones."""
    with started("--public-url", "https://archive.example.org") as (_, address):
        assert address == "https://archive.example.org"


@pytest.mark.parametrize(
    ("options", "status", "words"),
    [
        (("--public-url", "archive.example.org"), 1, "is no address of a site"),
        (("--database", "sqlite:///nowhere/archive.db"), 1, "no archive there"),
        (("--host", "256.0.0.1"), 1, "cannot listen on 256.0.0.1"),
        (("--host", "a..b"), 1, "that is no name of a host"),
        (("--public-url", "http://[::1"), 1, "is no address of a site"),
        (("--port", "99999"), 1, "99999"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    run: Run, world: Path, options: tuple[str, ...], status: int, words: str
) -> None:
    """Before anything is served."""
    said = run("serve", *options)
    assert (said.status, said.out) == (status, "")
    assert words in said.err
    assert said.err.count("\n") == 1


def test_a_taken_port_is_one_sentence(run: Run, world: Path) -> None:
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        said = run("serve", "--port", other.getsockname()[1])
    assert said.status == 1
    assert "cannot listen on 127.0.0.1" in said.err
    assert "--port" in said.err
