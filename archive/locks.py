"""Locks between processes: a lock goes with its process, however that ends, so that none is ever stale."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self
from urllib.parse import quote

from archive.errors import AlreadyRunning, StorageError

__all__ = ["DUE", "Lock"]

DUE = "due"  # the lock of `archive crawl --due` as a whole: no source is called so, for want of a hyphen
FOLDER = ".locks"
_held: set[Path] = set()


class Lock:
    """One name's lock in the folder of an archive's WARC files; a context manager.

    A record lock (fcntl): worker processes that outlive a killed crawl do not inherit it, as they would flock's.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.path = (folder / FOLDER / f"{quote(name, safe='')}.lock").absolute()
        self._file: int | None = None

    def take(self) -> Self:
        """Take the lock at once. Raises AlreadyRunning, saying who has it, or StorageError."""
        if self.path in _held:
            raise AlreadyRunning(f"{self.name}: this process is crawling it already; nothing was done")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StorageError(f"{self.path}: cannot be locked ({error.strerror}); look at ARCHIVE_WARC") from None
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            holder = os.read(file, 200).decode("utf-8", errors="replace").strip() or "another process"
            os.close(file)
            raise AlreadyRunning(f"{self.name}: already running ({holder}); nothing was done") from None
        os.truncate(file, 0)
        os.write(file, f"process {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M} UTC\n".encode())
        self._file = file
        _held.add(self.path)
        return self

    def release(self) -> None:
        """Let go of it; the file stays, because to delete it would be a race."""
        if self._file is not None:
            _held.discard(self.path)
            with suppress(OSError):
                os.truncate(self._file, 0)
            os.close(self._file)
            self._file = None

    def __enter__(self) -> Self:
        return self.take() if self._file is None else self

    def __exit__(self, *_: object) -> None:
        self.release()
