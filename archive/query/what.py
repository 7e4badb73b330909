"""A search of documents or of statements by the same words and filters."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from archive import fulltext
from archive.errors import UsageError
from archive.query.filters import Filters
from archive.query.matching import Matching
from archive.query.searching import documents_matching
from archive.query.statements import statements_matching

__all__ = ["What", "matching_of"]

What = Literal["documents", "statements"]


def matching_of(
    connection: Connection, asked: str, *, of: What, filters: Filters | None, speaker: str | None, kind: str | None,
    all_versions: bool,
) -> Matching:  # fmt: skip
    """What answers. Raises UsageError where `speaker` or `kind` is asked of documents."""
    query = fulltext.parse(asked)
    if of == "statements":
        return statements_matching(connection, query, filters, speaker=speaker, kind=kind)
    if speaker or kind:
        raise UsageError("a speaker and a kind are of statements; ask for statements, or leave them out")
    return documents_matching(connection, query, filters, all_versions=all_versions)
