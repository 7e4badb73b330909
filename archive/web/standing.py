"""Where the archive stands: how much there is, and up to when a page that changes can be cited."""

from __future__ import annotations

from starlette.requests import Request

from archive import query
from archive.query import Front
from archive.web import citing
from archive.web.citing import Citation
from archive.web.reading import remembered

__all__ = ["absolute", "citation", "standing"]


def standing(request: Request) -> Front:
    """The counts of the front page, at most a minute old."""
    return remembered(request, "front", query.front)


def absolute(request: Request, path: str = "") -> str:
    """A path as an address that can be cited."""
    base: str = request.app.state.names.base(request)
    return base + path


def citation(request: Request, title: str, path: str) -> Citation:
    """How to cite a page that changes as the archive grows."""
    return citing.of_page(title, absolute(request, path), standing(request).last_capture)
