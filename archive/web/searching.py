"""`/search`: statements or documents by words and filters, what they could be narrowed to, and when they are from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.errors import UnknownRecord
from archive.query import Facets, What
from archive.roster import SpeakerClass
from archive.web import series
from archive.web.addressing import is_id
from archive.web.asking import LAST_PAGE, Asking, asked
from archive.web.reading import connected
from archive.web.rendering import MARKS, office_name, page
from archive.web.standing import citation

__all__ = ["PER_PAGE", "routes"]

PER_PAGE = 20
FACETED = 2_000  # the newest answers, by which values are counted
VALUES = 8  # of each facet
_LABELS = {
    "office": "Office", "jurisdiction": "Place", "source": "Source", "speaker": "Speaker", "kind": "Kind of quotation",
    "document_kind": "Kind of document", "year": "Year",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A value of a facet: what it is called, how many answers have it, where it leads; chosen ones lead away again."""

    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Facet:
    """A filter with its most frequent values."""

    label: str
    choices: list[Choice]


def _search(request: Request) -> Response:
    asking = asked(request.query_params)
    with connected(request) as connection:
        hits, total = _answers(connection, asking)
        facets = query.facets(
            connection, asking.words, of=cast(What, asking.where), filters=asking.filters, speaker=asking.speaker,
            kind=asking.kind, at_most=FACETED,
        )  # fmt: skip
        timeline = series.over_time(connection, asking)
        sources = query.sources(connection)
        called = list(_called(connection, asking))
    title = f"“{asking.words}”" if asking.words else ("Documents" if asking.where == "documents" else "Statements")
    return page(
        request, "search.html", title=f"{title} · Search", asking=asking, hits=hits, total=total, chart=timeline,
        facets=list(_facets(facets, asking)), counted=facets, sources=sources, chosen=called,
        speaker_is_id=is_id(asking.speaker or ""), pages=-(-total.count // PER_PAGE), last_page=LAST_PAGE,
        citation=citation(request, f"Search for {title}, {total.count:,} {asking.where}", asking.address()),
    )  # fmt: skip


def _answers(connection: Connection, asking: Asking) -> tuple[list[query.StatementHit] | list[query.Hit], query.Total]:
    offset = (asking.page - 1) * PER_PAGE
    if asking.where == "documents":
        return (
            query.search(
                connection, asking.words, filters=asking.filters, limit=PER_PAGE, offset=offset, marks=MARKS
            ),
            query.total_documents(connection, asking.words, filters=asking.filters),
        )  # fmt: skip
    of: dict[str, Any] = {"filters": asking.filters, "speaker": asking.speaker, "kind": asking.kind}
    return (
        query.search_statements(connection, asking.words, limit=PER_PAGE, offset=offset, marks=MARKS, **of),
        query.total_statements(connection, asking.words, **of),
    )


def _facets(found: Facets, asking: Asking) -> Iterator[Facet]:
    for name, label in _LABELS.items():
        values = getattr(found, name)[:VALUES]
        if name == "year":
            values = sorted(values, key=lambda each: each.value, reverse=True)
        choices = [_choice(name, each, asking) for each in values]
        if len(choices) > 1 or any(choice.chosen for choice in choices):
            yield Facet(label=label, choices=choices)


def _choice(name: str, each: query.FacetValue, asking: Asking) -> Choice:
    called = office_name(each.value) if name == "office" else each.name
    if name == "year":
        days = {"since": date(int(each.value), 1, 1), "until": date(int(each.value), 12, 31)}
        chosen = all(getattr(asking.filters, day) == value for day, value in days.items())
        changed = dict.fromkeys(days) if chosen else days
        return Choice(name=called, count=each.count, address=asking.address(**changed), chosen=chosen)
    chosen = asking.given.get(name) == each.value
    changed_to = None if chosen else each.value
    return Choice(name=called, count=each.count, address=asking.address(**{name: changed_to}), chosen=chosen)


def _called(connection: Connection, asking: Asking) -> Iterator[tuple[str, str]]:
    """Each filter in force in words, and the address without it."""
    titles = query.sources(connection, [asking.filters.source]) if asking.filters.source else {}
    for name, value in asking.given.items():
        if name in ("q", "in"):
            continue
        said = {
            "office": office_name(value),
            "jurisdiction": query.place_name(value),
            "source": titles[value].title if value in titles else value,
            "speaker": _speaker_name(connection, value) if name == "speaker" else value,
            "since": f"from {value}",
            "until": f"to {value}",
        }.get(name, value.replace("_", " "))
        yield said, asking.address(**{name: None})


def _speaker_name(connection: Connection, written: str) -> str:
    """The name that an id stands for; a private person's stays unsaid."""
    try:
        found = query.find_speaker(connection, written)
    except UnknownRecord:
        return written
    known = found is not None and found.speaker_class != SpeakerClass.PRIVATE
    return str(found.name) if known else written


routes = [Route("/search", _search)]
