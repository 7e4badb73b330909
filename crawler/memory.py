"""How much memory threads take for themselves."""

from __future__ import annotations

import ctypes
from contextlib import suppress

__all__ = ["share_heaps"]

M_ARENA_MAX = -8  # of malloc.h
ARENAS = 2


def share_heaps() -> None:
    """Have all threads of this process share two heaps; to be called before there are any threads.

    glibc gives each thread a heap of its own, up to eight per core, and what was once in use there seldom goes back:
    the dozens of threads that crawls of many sources start and end kept 100 MB so. Other C libraries have no such call.
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, ARENAS)
