"""`/about`: what this is, how to read it, how to cite it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive.web.rendering import page

__all__ = ["routes"]


def _about(request: Request) -> Response:
    return page(request, "about.html", title="About")


routes = [Route("/about", _about)]
