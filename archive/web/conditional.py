"""Answers that a reader who has them already need not get again: an ETag of the very bytes, 304 where it fits."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

__all__ = ["CACHE", "answer", "etag_of", "is_known"]

# Kept, but asked about each time: the archive may have grown since.
CACHE = {"Cache-Control": "no-cache"}


def etag_of(digest: Any) -> str:
    """The strong ETag of the bytes that a sha256 was made of."""
    return f'"{digest.hexdigest()[:32]}"'


def is_known(request: Request, etag: str) -> bool:
    """Whether the reader has what the ETag names."""
    given = request.headers.get("if-none-match", "")
    return given.strip() == "*" or etag in (each.strip().removeprefix("W/") for each in given.split(","))


def answer(
    request: Request, body: bytes, media_type: str, *, headers: Mapping[str, str] | None = None,
    modified: datetime | None = None,
) -> Response:  # fmt: skip
    """The body, or 304 without one."""
    etag = etag_of(hashlib.sha256(body))
    shown = {**CACHE, "ETag": etag, **(headers or {})}
    if modified:
        shown["Last-Modified"] = format_datetime(modified.astimezone(UTC).replace(microsecond=0), usegmt=True)
    if is_known(request, etag):
        return Response(status_code=304, headers=shown)
    return Response(body, 200, shown, media_type)
