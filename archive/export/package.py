"""The folder of an export: made beside its place, taken over whole, and gone on with where it was interrupted."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from archive.errors import AlreadyRunning, UsageError

__all__ = ["SUMS", "Finished", "Work", "check_folder", "sha256_of", "sums_of", "whole", "write_sums"]

SUMS = "SHA256SUMS"
STATE = ".state.json"
PART = ".part"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """A table that is written: its rows, and sha256 and bytes of its files by name."""

    rows: int
    files: Mapping[str, tuple[str, int]]


@dataclass(slots=True)
class Work:
    """An export being made in `folder`. What is `finished` is kept when the process is killed, and found again."""

    folder: Path
    stamp: str
    finished: dict[str, Finished] = field(default_factory=dict)

    def keep(self, table: str, finished: Finished) -> None:
        """Enter a table as finished; its files have their names by now."""
        self.finished[table] = finished
        tables = {name: {"rows": each.rows, "files": each.files} for name, each in self.finished.items()}
        write_whole(self.folder / STATE, orjson.dumps({"stamp": self.stamp, "tables": tables}))

    def find_again(self) -> None:
        """Read what an interrupted export of the same stamp finished, and take everything else out of the folder."""
        said = _state(self.folder / STATE)
        if said.get("stamp") == self.stamp:
            for table, each in said["tables"].items():
                files = {name: (digest, size) for name, (digest, size) in each["files"].items()}
                if all(self._is(name, digest) for name, (digest, _) in files.items()):
                    self.finished[table] = Finished(rows=each["rows"], files=files)
        else:
            for path in self.folder.glob(".*"):
                path.unlink()
        known = {name for each in self.finished.values() for name in each.files}
        for path in self.folder.iterdir():
            if path.name not in known and not path.name.startswith("."):
                path.unlink()

    def _is(self, name: str, digest: str) -> bool:
        path = self.folder / name
        return path.is_file() and sha256_of(path)[0] == digest

    def tidy(self) -> None:
        """Take out what only the making needed."""
        for path in self.folder.glob(".*"):
            path.unlink()


def _state(path: Path) -> dict[str, Any]:
    try:
        said: dict[str, Any] = orjson.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return said


def check_folder(directory: Path) -> None:
    """Raise UsageError where a folder holds anything but an earlier export."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise UsageError(f"{directory}: is a file; name a folder for the export")
    ours = {SUMS, *sums_of(directory)}
    strange = sorted(path.name for path in directory.iterdir() if path.name not in ours)
    if strange:
        raise UsageError(f"{directory}: holds {strange[0]}, which is no part of an export; name another folder")


@contextmanager
def whole(directory: Path, stamp: str) -> Iterator[Work]:
    """Work that takes the name `directory` when all went well.

    When it is interrupted the folder `.NAME.partial` stays, for the next export of the same stamp to go on with; only
    where the disk refused it is taken away, since the disk may be full.
    """
    # What is meant by a link is where it leads to: the link stays, and the data are on the disk that it was made for.
    target = directory.resolve()
    partial, former = (target.with_name(f".{target.name}.{word}") for word in ("partial", "former"))
    partial.mkdir(parents=True, exist_ok=True)
    with _alone(partial, directory):
        if former.exists() and not target.exists():
            former.rename(target)
        remove(former)
        work = Work(partial, stamp)
        work.find_again()
        try:
            yield work
        except OSError:
            remove(partial)
            raise
        work.tidy()
        if target.exists():
            target.rename(former)
        partial.rename(target)
        remove(former)


@contextmanager
def _alone(partial: Path, directory: Path) -> Iterator[None]:
    """Nobody else makes an export in this folder meanwhile; a lock of the folder itself, which goes with its process.

    Raises AlreadyRunning where somebody does.
    """
    held = os.open(partial, os.O_RDONLY)
    try:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who held it until now may have given the folder its name, or have taken it away.
            if not os.path.samestat(os.fstat(held), partial.stat()):
                raise FileNotFoundError
        except (BlockingIOError, FileNotFoundError):
            raise AlreadyRunning(f"{directory}: another export is being written there; nothing was done") from None
        yield
    finally:
        os.close(held)


def remove(folder: Path) -> None:
    """Delete a folder with all that is in it, where there is one."""
    shutil.rmtree(folder, ignore_errors=True)


def write_whole(path: Path, payload: bytes) -> None:
    """Write a file so that under its name there is the whole of it or what was there before."""
    part = path.with_name(f".{path.name}{PART}")
    part.write_bytes(payload)
    part.replace(path)


def sha256_of(path: Path) -> tuple[str, int]:
    """The digest and the size in bytes of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def write_sums(folder: Path, files: Iterable[tuple[str, str]]) -> None:
    """Write the checksums of files, given as names and digests, as `sha256sum` reads them."""
    lines = (f"{digest}  {name}\n" for name, digest in sorted(files))
    write_whole(folder / SUMS, "".join(lines).encode())


def sums_of(directory: Path) -> dict[str, str]:
    """The digests by name that a folder's checksums say; none where it has no such file."""
    path = directory / SUMS
    if not path.is_file():
        return {}
    pairs = (line.split("  ", 1) for line in path.read_text(encoding="utf-8", errors="replace").splitlines())
    return {pair[1]: pair[0] for pair in pairs if len(pair) == 2}
