"""Searches: statements and documents, in pages."""

from __future__ import annotations

from dataclasses import dataclass

from archive import query
from archive.web.api.operations import Call, Operation
from archive.web.api.parameters import search
from archive.web.api.records import (
    DocumentHitRecord,
    StatementRecord,
    with_rights,
    with_statement_rights,
)
from archive.web.discretion import rights_of_sources

__all__ = ["operations"]


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
        limit=call.most,
    )  # fmt: skip
    shown, further = call.cut(hits, "/statements")
    return StatementList(items=with_statement_rights(call.connection, shown), next=further)


def documents(call: Call) -> DocumentList:
    """The documents that answer, best first; newest first where no words are asked for."""
    hits = query.search(call.connection, call.asking.words, filters=call.asking.filters, limit=call.most)
    shown, further = call.cut(hits, "/documents")
    rights = rights_of_sources(call.connection)
    return DocumentList(items=[with_rights(DocumentHitRecord, hit, rights) for hit in shown], next=further)


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
