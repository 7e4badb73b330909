"""The application: the route tables of this room joined, behind one guard, with errors told in words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware

from archive.store import Archive
from archive.web import (
    api,
    atlas,
    documents,
    faults,
    feeds,
    front,
    health,
    log,
    openapi,
    people,
    searching,
    statements,
    static,
    tables,
)  # fmt: skip
from archive.web.guard import Guard, Names
from archive.web.reading import Memory

__all__ = ["application"]

# Each module's own table; none of their addresses overlap.
# Feeds and tables come first: a page's `{id}` would take their endings for a part of the id.
ROUTES = (
    *feeds.routes, *tables.routes, *api.routes, *openapi.routes, *front.routes, *searching.routes, *statements.routes,
    *documents.routes, *people.routes, *atlas.routes, *health.routes, *log.routes, *static.routes,
)  # fmt: skip
# A page holds one connection while it is made: no more threads than the pool has connections.
THREADS = 10


def application(url: str | None = None, *, public_url: str | None = None) -> Starlette:
    """The web page of the archive at a database URL; `public_url` is the address people know it by.

    Without one only IP addresses and `localhost` are answered as hosts. Raises UsageError for a `public_url` that is
    none, and what `Archive.open` raises.
    """
    names = Names.of(public_url)
    archive = Archive.open(url, create=False)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        yield
        app.state.memory.close()
        archive.close()

    app = Starlette(
        routes=list(ROUTES),
        middleware=[Middleware(Guard, names=names)],
        exception_handlers=faults.HANDLERS,
        lifespan=lifespan,
    )
    app.state.archive = archive
    app.state.names = names
    app.state.memory = Memory()
    return app
