"""The files that pages refer to: a fixed table, read once; no path of a request ever reaches a disk."""

from __future__ import annotations

import hashlib
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

__all__ = ["FILES", "address", "routes"]

FOLDER = Path(__file__).parent / "static"
TYPES = {
    "page.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "htmx-2.0.11.min.js": "text/javascript; charset=utf-8",
    "htmx-LICENSE.txt": "text/plain; charset=utf-8",
    "mark.svg": "image/svg+xml",
}
FILES = {name: (FOLDER / name).read_bytes() for name in TYPES}


def address(name: str) -> str:
    """Where a file is found; another content has another address, so that browsers may keep it for a year."""
    return f"/static/{name}?{hashlib.sha256(FILES[name]).hexdigest()[:12]}"


def _file(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    keep = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(FILES[name], media_type=TYPES[name], headers=keep)


routes = [Route("/static/{name}", _file)]
