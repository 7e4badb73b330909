"""Searches: statements and documents, in pages."""

from __future__ import annotations

from dataclasses import dataclass

from archive import query
from archive.web.api.operations import BASE, Call, Operation
from archive.web.api.parameters import search
from archive.web.api.records import (
    DocumentHitRecord,
    StatementRecord,
    with_rights,
    with_statement_rights,
)
from archive.web.discretion import rights_of_sources

__all__ = ["operations"]

PER_PAGE = 50


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
    first, after = (asking.page - 1) * PER_PAGE, asking.page * PER_PAGE
    hits = query.search_statements(
        call.connection, asking.words, filters=asking.filters, speaker=asking.speaker, kind=asking.kind,
        limit=after + 1,
    )  # fmt: skip
    items = with_statement_rights(call.connection, hits[first:after])
    return StatementList(items=items, next=_next(call, "/statements", len(hits) > after))


def documents(call: Call) -> DocumentList:
    """The documents that answer, best first; newest first where no words are asked for."""
    asking = call.asking
    first, after = (asking.page - 1) * PER_PAGE, asking.page * PER_PAGE
    hits = query.search(call.connection, asking.words, filters=asking.filters, limit=after + 1)
    rights = rights_of_sources(call.connection)
    items = [with_rights(DocumentHitRecord, hit, rights) for hit in hits[first:after]]
    return DocumentList(items=items, next=_next(call, "/documents", len(hits) > after))


def _next(call: Call, path: str, more: bool) -> str | None:
    return call.asking.address(f"{BASE}{path}", page=call.asking.page + 1) if more else None


_DOCUMENT_FILTERS = ("office", "jurisdiction", "source", "document_kind", "since", "until", "page")
operations = (
    Operation(
        path="/statements",
        name="statements",
        title="Search statements",
        answers=StatementList,
        answer=statements,
        takes=search("q", "speaker", "kind", *_DOCUMENT_FILTERS),
    ),
    Operation(
        path="/documents",
        name="documents",
        title="Search documents in their latest versions",
        answers=DocumentList,
        answer=documents,
        takes=search("q", *_DOCUMENT_FILTERS),
    ),
)
