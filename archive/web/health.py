"""`/sources`: each source with its state and a chart of its weeks; `/source/ID`: one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import clock, query
from archive.catalog import load_catalog
from archive.query import Activity, Health, SourceFacts
from archive.web import citing
from archive.web.charts import Bar, Chart, chart
from archive.web.reading import connected, remembered
from archive.web.rendering import page

__all__ = ["routes"]

WEEKS, LONG_WEEKS = 26, 104
# What wants to be looked at comes first.
URGENT = ("quarantined", "failing", "silent", "unfinished", "unwatched")


def _health(request: Request) -> list[Health]:
    with connected(request) as connection:
        return query.health(connection, load_catalog(), clock.now())


def _weeks(request: Request, number: int, source: str | None = None) -> list[Activity]:
    today = clock.now().date()
    with connected(request) as connection:
        return query.activity(connection, since=today - timedelta(weeks=number), until=today, source=source)


def _sources(request: Request) -> Response:
    every = remembered(request, "health", partial(_health, request))
    kept = [each for each in every if each.last_run or each.documents]
    weeks = {each.source: each for each in remembered(request, "weeks", partial(_weeks, request, WEEKS))}
    with connected(request) as connection:
        facts = query.sources(connection)
    charts = {name: _chart(each, width=208, height=36) for name, each in weeks.items()}
    base = request.app.state.names.base(request)
    return page(
        request, "sources.html", title="Sources", sources=sorted(kept, key=_urgency), facts=facts, charts=charts,
        weeks=WEEKS, waiting=len(every) - len(kept), citation=citing.of_page("Sources", f"{base}/sources", None),
    )  # fmt: skip


def _urgency(each: Health) -> tuple[int, str]:
    return (URGENT.index(each.state) if each.state in URGENT else len(URGENT), each.title or each.source)


def _chart(source: Activity, *, width: int, height: int) -> Chart:
    bars = [
        Bar(
            value=each.published, known=each.watched > 0,
            label=f"week of {each.begins}: {each.published} documents" + ("" if each.watched else ", not watched"),
        )
        for each in source.periods
    ]  # fmt: skip
    first, last = (str(source.periods[place].begins) for place in (0, -1))
    title = f"Documents of {source.title}, week by week"
    return chart(title, bars, first=first, last=last, width=width, height=height)


def _source(request: Request) -> Response:
    name = request.path_params["source"]
    with connected(request) as connection:
        facts = query.source(connection, name)
        runs = query.runs(connection, source=name, limit=10)
        gone = query.removals(connection, source=name, limit=10)
        edited = query.edits(connection, source=name, limit=10)
        latest = query.search(connection, "", filters=query.Filters(source=name), limit=15)
    health = next(
        (each for each in remembered(request, "health", partial(_health, request)) if each.source == name), None
    )
    return page(
        request, "source.html", title=facts.title, source=facts, entry=load_catalog().get(name), health=health,
        chart=_long_chart(_weeks(request, LONG_WEEKS, name), facts), runs=runs, removals=gone, edits=edited,
        latest=latest, base_title=facts.title,
        citation=citing.of_page(facts.title, f"{request.app.state.names.base(request)}/source/{name}", None),
    )  # fmt: skip


def _long_chart(weeks: Sequence[Activity], facts: SourceFacts) -> Chart | None:
    return _chart(weeks[0], width=720, height=96) if weeks else None


routes = [Route("/sources", _sources), Route("/source/{source}", _source)]
