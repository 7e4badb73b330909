"""`/removals`: what disappeared; `/runs`: every crawl and ingest, with how it ended."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.errors import UsageError
from archive.web.asking import written
from archive.web.reading import connected
from archive.web.rendering import page
from archive.web.standing import citation

__all__ = ["routes"]

SHOWN = 200
STATES = ("confirmed", "suspected", "restored")


def _one_of(request: Request, name: str, allowed: tuple[str, ...]) -> str | None:
    """The one parameter of these pages; UsageError for another value or name."""
    value = written(request.query_params, (name,)).get(name)
    if value is not None and value not in allowed:
        raise UsageError(f"`{name}` is one of {', '.join(allowed)}, not {value[:40]!r}")
    return value


def _removals(request: Request) -> Response:
    state = _one_of(request, "state", STATES)
    with connected(request) as connection:
        found = query.removals(connection, state=state, limit=SHOWN)
        sources = query.sources(connection, {each.source for each in found})
    return page(
        request, "removals.html", title="Removals", removals=found, sources=sources, state=state, states=STATES,
        shown=SHOWN, citation=citation(request, "Removals", "/removals"),
    )  # fmt: skip


def _runs(request: Request) -> Response:
    only = _one_of(request, "only", ("failing",))
    with connected(request) as connection:
        found = query.runs(connection, failing=only is not None, limit=SHOWN)
        sources = query.sources(connection, {each.source for each in found})
    return page(
        request, "runs.html", title="Runs", runs=found, sources=sources, failing=only is not None, shown=SHOWN,
        citation=citation(request, "Run log", "/runs"),
    )  # fmt: skip


routes = [Route("/removals", _removals), Route("/runs", _runs)]
