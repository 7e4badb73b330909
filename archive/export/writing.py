"""What the formats share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from archive.export.tables import Column

__all__ = ["Format", "Write", "utc"]

Write = Callable[[Sequence[Sequence[Any]]], None]


class Format(Protocol):
    """Opens a file that takes batches of rows until it is closed; equal rows give equal bytes."""

    def __call__(self, path: Path, columns: Sequence[Column]) -> AbstractContextManager[Write]:
        """The file at `path`, for rows of these columns."""
        ...


def utc(at: datetime) -> str:
    """`2026-03-04T15:00:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
