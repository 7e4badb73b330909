"""`/statement/ID`: one statement with its primary source, everywhere it was carried, and how the words changed."""

from __future__ import annotations

from dataclasses import replace

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from archive import query
from archive.errors import UnknownRecord
from archive.query import AppearanceFacts
from archive.web import citing
from archive.web.addressing import own_id
from archive.web.discretion import PUBLISHER, shown_changes
from archive.web.elsewhere import Elsewhere
from archive.web.reading import connected
from archive.web.rendering import page, shown_name
from archive.web.standing import absolute
from archive.web.words import one_line

__all__ = ["routes"]


def _statement(request: Request) -> Response:
    written = own_id(request.path_params["statement"], "statement")
    with connected(request) as connection:
        ids = query.find_statements(connection, written)
        if not ids:
            raise UnknownRecord(f"no statement has the id {written}; search for its words")
        if len(ids) > 1:
            several = query.statements(connection, ids)
            return page(request, "several.html", status=300, title="Several statements", found=several, written=written)
        if ids[0] != written:
            raise Elsewhere(f"/statement/{ids[0]}", for_good=query.is_retired(connection, written))
        traced = query.trace(connection, written)
        titles = query.sources(connection, {each.source for each in traced.appearances})
    primary = traced.primary.id if traced.primary else None
    hit = traced.statement
    whole = hit.kind == "whole" and any(titles[each.source].rights == PUBLISHER for each in traced.appearances)
    others = [_shown(each, cut=whole) for each in traced.appearances if each.id != primary]
    return page(
        request, "statement.html", title=f"{shown_name(hit)}: “{one_line(hit.words, 70)}”", traced=traced, hit=hit,
        sources=titles, others=others, cut=whole,
        citation=citing.of_statement(traced, titles, absolute(request)),
    )  # fmt: skip


def _shown(appearance: AppearanceFacts, *, cut: bool) -> AppearanceFacts:
    """An appearance as a page may show it: where the words are cut, of a change only what stands next to it."""
    if not cut or appearance.difference is None:
        return appearance
    return replace(appearance, difference=shown_changes(appearance.difference, rights=PUBLISHER))


routes = [Route("/statement/{statement}", _statement)]
