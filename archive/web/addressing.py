"""Permanent addresses: ids as they stand in a path, and where an id that is not the record's own leads."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from archive.errors import UnknownRecord
from archive.query import SHORTEST

__all__ = ["MOVED", "SEE", "own_id", "redirected"]

MOVED, SEE = 308, 307  # for good; for now
_ID = re.compile(rf"[0-9a-f]{{{SHORTEST},20}}")


def own_id(written: str, what: str) -> str:
    """An id of a path, checked; UnknownRecord for anything that is written as none is, such as a name."""
    if not _ID.fullmatch(written.lower()):
        raise UnknownRecord(f"{written[:60]!r} is no id of a {what}: ids have 20 signs from 0 to 9 and a to f")
    return written.lower()


def redirected(request: Request, path: str, *, retired: bool) -> Response:
    """To the record's own address, with the same question: for good where the id was retired, else for now."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(path + query, MOVED if retired else SEE)
