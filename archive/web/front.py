"""`/`: what is here, what was said last, what was changed and what disappeared; `/about`: how to read it."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.web import citing
from archive.web.atlas import counts
from archive.web.reading import connected, remembered
from archive.web.rendering import MARKS, page
from archive.web.tiles import elsewhere, tiles

__all__ = ["routes"]


def _read(request: Request) -> dict[str, Any]:
    with connected(request) as connection:
        edits = query.edits(connection, limit=5)
        removals = query.removals(connection, limit=5)
        return {
            "front": query.front(connection),
            "said": query.search_statements(connection, "", limit=8, marks=MARKS),
            "edits": edits,
            "removals": removals,
            "sources": query.sources(
                connection, {*(each.source for each in edits), *(each.source for each in removals)}
            ),
        }


def _home(request: Request) -> Response:
    found = remembered(request, "front", partial(_read, request))
    places = counts(request)
    base = request.app.state.names.base(request)
    citation = citing.of_page(
        "On the Record, an archive of what officials say", f"{base}/", found["front"].last_capture
    )
    return page(
        request, "home.html", title="What officials said", tiles=tiles(places), elsewhere=elsewhere(places),
        citation=citation, **found,
    )  # fmt: skip


def _about(request: Request) -> Response:
    base = request.app.state.names.base(request)
    return page(request, "about.html", title="About", citation=citing.of_page("About", f"{base}/about", None))


routes = [Route("/", _home), Route("/about", _about)]
