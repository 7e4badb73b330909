"""`/places`: the states as tiles; `/place/DIVISION`: one place, who spoke for it and what was said last."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.query import Filters, PlaceCount
from archive.web import series
from archive.web.asking import Asking, days_asked
from archive.web.reading import connected, remembered
from archive.web.rendering import MARKS, page
from archive.web.standing import citation
from archive.web.tiles import elsewhere, tiles

__all__ = ["counts", "routes"]


def counts(request: Request) -> list[PlaceCount]:
    """How much was said for each place, at most a minute old."""
    return remembered(request, "places", query.place_counts)


def _places(request: Request) -> Response:
    found = counts(request)
    return page(
        request, "places.html", title="Places", tiles=tiles(found), places=found, elsewhere=elsewhere(found),
        citation=citation(request, "Statements by place", "/places"),
    )  # fmt: skip


def _place(request: Request) -> Response:
    division = request.path_params["division"]
    given = days_asked(request.query_params, "jurisdiction")
    with connected(request) as connection:
        found = query.place(connection, division, counts(request))
        about = Asking(filters=Filters(jurisdiction=division, since=given.since, until=given.until))
        said = query.search_statements(connection, "", filters=about.filters, limit=20, marks=MARKS)
        whole = Asking(filters=Filters(jurisdiction=division))
        timeline = series.over_time(connection, whole, f"/place/{division}")
    return page(
        request, "place.html", title=found.name, found=found, said=said, asking=about, chart=timeline,
        citation=citation(request, f"Statements for {found.name}", f"/place/{division}"),
    )  # fmt: skip


routes = [Route("/places", _places), Route("/place/{division:path}", _place)]
