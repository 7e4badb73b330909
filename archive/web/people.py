"""`/speaker/ID`: one speaker, the offices held and printed, what was said over time and about what."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.web import series
from archive.web.addressing import own_id
from archive.web.asking import Asking, days_asked
from archive.web.elsewhere import Elsewhere
from archive.web.reading import connected
from archive.web.rendering import MARKS, page
from archive.web.standing import citation

__all__ = ["routes"]

SHOWN = 20


def _speaker(request: Request) -> Response:
    written = own_id(request.path_params["speaker"], "speaker")
    given = days_asked(request.query_params, "speaker")
    with connected(request) as connection:
        heir = query.heir_of(connection, written, "speaker")
        found = query.person(connection, heir, since=given.since, until=given.until, limit=1)
        own = found.speaker_id or ""
        if own != written:
            raise Elsewhere(f"/speaker/{own}", for_good=heir != written)
        about = Asking(speaker=own, filters=query.Filters(since=given.since, until=given.until))
        said = query.search_statements(connection, "", filters=about.filters, speaker=own, limit=SHOWN, marks=MARKS)
        topics = query.topics(connection, own)
        chart = series.over_time(connection, Asking(speaker=own), f"/speaker/{own}")
    return page(
        request, "speaker.html", title=found.name, found=found, said=said, asking=about, topics=topics, chart=chart,
        shown=SHOWN, citation=citation(request, f"What {found.name} said", f"/speaker/{own}"),
    )  # fmt: skip


routes = [Route("/speaker/{speaker}", _speaker)]
