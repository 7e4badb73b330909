"""`/sources`: each source with its state and a chart of its weeks; `/source/ID`: one of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import clock, query
from archive.catalog import load_catalog
from archive.query import Activity, Health
from archive.web.charts import Bar, Chart, chart
from archive.web.reading import connected, remembered
from archive.web.rendering import page
from archive.web.standing import citation

__all__ = ["routes"]

WEEKS, LONG_WEEKS = 26, 104
# What wants to be looked at comes first.
URGENT = ("quarantined", "failing", "silent", "unfinished", "unwatched")


def _health(connection: Connection) -> list[Health]:
    return query.health(connection, load_catalog(), clock.now())


def _weeks(connection: Connection, number: int = WEEKS, source: str | None = None) -> list[Activity]:
    today = clock.now().date()
    return query.activity(connection, since=today - timedelta(weeks=number), until=today, source=source)


def _sources(request: Request) -> Response:
    every = remembered(request, "health", _health)
    kept = [each for each in every if each.last_run or each.documents]
    weeks = {each.source: each for each in remembered(request, "weeks", _weeks)}
    with connected(request) as connection:
        facts = query.sources(connection)
    charts = {name: _small(each) for name, each in weeks.items()}
    return page(
        request, "sources.html", title="Sources", sources=sorted(kept, key=_urgency), facts=facts, charts=charts,
        weeks=WEEKS, waiting=len(every) - len(kept), citation=citation(request, "Sources", "/sources"),
    )  # fmt: skip


def _urgency(each: Health) -> tuple[int, str]:
    return (URGENT.index(each.state) if each.state in URGENT else len(URGENT), each.title or each.source)


def _small(source: Activity) -> Chart:
    """What came in, week by week."""
    title = f"New documents of {source.title}, week by week"
    return _chart(source, title, [each.new_documents for each in source.periods], width=208, height=36)


def _large(source: Activity) -> Chart:
    """What was published, week by week: a backfill stands in the weeks that it tells of."""
    title = f"Documents published by {source.title}, week by week"
    return _chart(source, title, [each.published for each in source.periods], width=720, height=96)


def _chart(source: Activity, title: str, values: Sequence[int], *, width: int, height: int) -> Chart:
    bars = [
        Bar(
            value=value, known=each.watched > 0,
            label=f"week of {each.begins}: {value} documents" + ("" if each.watched else ", not watched"),
        )
        for each, value in zip(source.periods, values, strict=True)
    ]  # fmt: skip
    first, last = (str(source.periods[place].begins) for place in (0, -1))
    return chart(title, bars, first=first, last=last, width=width, height=height)


def _source(request: Request) -> Response:
    name = request.path_params["source"]
    with connected(request) as connection:
        facts = query.source(connection, name)
        runs = query.runs(connection, source=name, limit=10)
        gone = query.removals(connection, source=name, limit=10)
        edited = query.latest_edits(connection, source=name, limit=10)
        weeks = _weeks(connection, LONG_WEEKS, name)
        latest = query.search(connection, "", filters=query.Filters(source=name), limit=15)
    health = next((each for each in remembered(request, "health", _health) if each.source == name), None)
    return page(
        request, "source.html", title=facts.title, source=facts, entry=load_catalog().get(name), health=health,
        charts=[_large(each) for each in weeks], runs=runs, removals=gone, edits=edited,
        latest=latest, citation=citation(request, facts.title, f"/source/{name}"),
    )  # fmt: skip


routes = [Route("/sources", _sources), Route("/source/{source}", _source)]
