"""`/`: what is here, what was said last, what was changed and what disappeared; `/about`: how to read it."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.web.atlas import counts
from archive.web.reading import remembered
from archive.web.rendering import MARKS, page
from archive.web.standing import citation, standing
from archive.web.tiles import elsewhere, tiles

__all__ = ["routes"]


def _read(connection: Connection) -> dict[str, Any]:
    edits = query.latest_edits(connection, limit=5)
    removals = query.removals(connection, limit=5)
    named = {*(each.source for each in edits), *(each.source for each in removals)}
    return {
        "said": query.search_statements(connection, "", kind="direct", limit=8, marks=MARKS),
        "edits": edits,
        "removals": removals,
        "sources": query.sources(connection, named),
    }


def _home(request: Request) -> Response:
    found = remembered(request, "home", _read)
    places = counts(request)
    return page(
        request, "home.html", title="What officials said", tiles=tiles(places), elsewhere=elsewhere(places),
        front=standing(request), citation=citation(request, "On the Record, an archive of what officials say", "/"),
        **found,
    )  # fmt: skip


def _about(request: Request) -> Response:
    return page(request, "about.html", title="About", citation=citation(request, "About", "/about"))


routes = [Route("/", _home), Route("/about", _about)]
