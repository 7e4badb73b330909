"""Searches: statements and documents, in pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from archive import query
from archive.query.what import What
from archive.web.api.operations import Call, Operation
from archive.web.api.parameters import PAGE, PER_PAGE, choice, search
from archive.web.api.records import (
    DocumentHitRecord,
    StatementRecord,
    with_rights,
    with_statement_rights,
)
from archive.web.discretion import rights_of_sources

__all__ = ["operations"]

# What `in` says -> what the query layer calls it.
WHAT: Mapping[str, What] = {"statements": "statements", "documents": "documents"}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementList:
    """A page of statements; `next` is the address of the page that follows, null on the last."""

    items: list[StatementRecord]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentList:
    """A page of documents, each by the version that answers; `next` is the address of the page that follows."""

    items: list[DocumentHitRecord]
    next: str | None


def statements(call: Call) -> StatementList:
    """The statements that answer, best first; newest first where no words are asked for."""
    asking = call.asking
    hits = query.search_statements(
        call.connection, asking.words, filters=asking.filters, speaker=asking.speaker, kind=asking.kind,
        limit=PER_PAGE + 1,
        offset=call.offset,
    )  # fmt: skip
    shown, further = call.cut(hits, "/statements")
    return StatementList(items=with_statement_rights(call.connection, shown), next=further)


def documents(call: Call) -> DocumentList:
    """The documents that answer, best first; newest first where no words are asked for."""
    hits = query.search(
        call.connection, call.asking.words, filters=call.asking.filters, limit=PER_PAGE + 1, offset=call.offset
    )
    shown, further = call.cut(hits, "/documents")
    rights = rights_of_sources(call.connection)
    return DocumentList(items=[with_rights(DocumentHitRecord, hit, rights) for hit in shown], next=further)


def facets(call: Call) -> query.Facets:
    """How many answers of a search have each office, place, source, speaker, kind and year."""
    asking = call.asking
    return query.facets(
        call.connection, asking.words, of=WHAT[asking.where], filters=asking.filters, speaker=asking.speaker,
        kind=asking.kind,
    )  # fmt: skip


def timeline(call: Call) -> query.Timeline:
    """How many answers of a search there are per day, week, month or year; the span decides where none is named."""
    asking = call.asking
    return query.timeline(
        call.connection, asking.words, of=WHAT[asking.where], filters=asking.filters, speaker=asking.speaker,
        kind=asking.kind, period=call.values.get("period"),
    )  # fmt: skip


_DOCUMENT_FILTERS = ("office", "jurisdiction", "source", "document_kind", "since", "until")
_EVERYTHING = search("q", "in", "speaker", "kind", *_DOCUMENT_FILTERS)
operations = (
    Operation(
        path="/statements",
        name="statements",
        title="Search statements",
        answers=StatementList,
        answer=statements,
        takes=(*search("q", "speaker", "kind", *_DOCUMENT_FILTERS), PAGE),
    ),
    Operation(
        path="/documents",
        name="documents",
        title="Search documents in their latest versions",
        answers=DocumentList,
        answer=documents,
        takes=(*search("q", *_DOCUMENT_FILTERS), PAGE),
    ),
    Operation(
        path="/facets",
        name="facets",
        title="What a search could be narrowed to",
        answers=query.Facets,
        answer=facets,
        takes=_EVERYTHING,
    ),
    Operation(
        path="/timeline",
        name="timeline",
        title="A search over time",
        answers=query.Timeline,
        answer=timeline,
        takes=(*_EVERYTHING, choice("period", "how long each bucket is", ("day", "week", "month", "year"))),
    ),
)
