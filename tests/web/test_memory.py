"""What is costly to count is counted beside the pages: the last count is shown while a newer one takes its time."""

from __future__ import annotations

import threading
import time

import pytest

from archive.errors import TookTooLong
from archive.web import reading
from archive.web.reading import Memory


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch):
    """A memory that is old at once, and patient for moments."""
    monkeypatch.setattr(reading, "SECONDS", 0)
    monkeypatch.setattr(reading, "FIRST_SECONDS", 0.2)
    monkeypatch.setattr(reading, "NEWER_SECONDS", 0.05)
    made = Memory()
    yield made
    made.close()


def test_a_quick_count_is_always_new(memory: Memory) -> None:
    """As long as counting is quick, nobody sees an old count."""
    assert [memory.of("n", lambda number=number: number) for number in range(3)] == [0, 1, 2]


def test_a_slow_count_shows_the_last(memory: Memory) -> None:
    """And it is counted once, however many ask meanwhile."""
    go, counted = threading.Event(), []

    def slow() -> int:
        counted.append(1)
        go.wait(10)
        return 2

    assert memory.of("n", lambda: 1) == 1
    assert [memory.of("n", slow) for _ in range(4)] == [1] * 4
    go.set()
    while memory.kept["n"][1] == 1:
        time.sleep(0.01)
    assert (memory.kept["n"][1], len(counted)) == (2, 1)


def test_without_a_last_count_it_says_so(memory: Memory) -> None:
    """The first to ask is told to ask again, who then asks finds it; a fault is told to whom it met."""
    go = threading.Event()
    with pytest.raises(TookTooLong, match="still being counted"):
        memory.of("n", lambda: go.wait(10))
    go.set()
    assert memory.of("n", lambda: True) is True
    with pytest.raises(ZeroDivisionError):
        memory.of("m", lambda: 1 // 0)
