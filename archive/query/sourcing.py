"""Sources as the archive has them: what their catalog entries said when they were last crawled or ingested."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from archive.errors import UnknownRecord
from archive.models import Source

__all__ = ["SourceFacts", "source", "sources"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """A source; `rights` say what may be shown of its texts: those of `publisher` only as quotations and snippets."""

    id: str
    title: str
    jurisdiction: str | None
    office: str | None
    document_kind: str
    timezone: str
    language: str | None
    rights: str


def source(connection: Connection, written: str) -> SourceFacts:
    """The source of this id; UnknownRecord where nothing was ever kept of one."""
    row = connection.execute(_SELECT.where(Source.id == written)).first()
    if row is None:
        raise UnknownRecord(f"nothing is kept of a source called {written!r}; `archive sources` lists them")
    return SourceFacts(**row._mapping)


def sources(connection: Connection, ids: Iterable[str] | None = None) -> dict[str, SourceFacts]:
    """Sources by id, in the order of the ids; all of them without `ids`."""
    wanted = _SELECT if ids is None else _SELECT.where(Source.id.in_(set(ids)))
    return {row.id: SourceFacts(**row._mapping) for row in connection.execute(wanted)}


_SELECT: Select[str, str, str | None, str | None, str, str, str | None, str] = select(
    Source.id, Source.title, Source.jurisdiction, Source.office, Source.document_kind, Source.timezone,
    Source.language, Source.rights,
).order_by(Source.id)  # fmt: skip
