"""What a search could be narrowed to: its answers per office, place, source, speaker, kind and year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection, FromClause, func, select

from archive.models import Appearance, Document, Source, Speaker, Statement, Version
from archive.query.filters import Filters
from archive.query.matching import COUNTED
from archive.query.naming import is_private
from archive.query.places import place_names
from archive.query.what import What, matching_of

__all__ = ["FacetValue", "Facets", "facets"]

SHOWN = 50  # values of one facet at most, those with the most answers


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValue:
    """A value to filter by, what it is called, and how many answers have it."""

    value: str
    name: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """Counts per value, the most frequent first.

    `counted` answers were looked at, the newest; where the counts are not `exact` there are more. Of statements
    `source` and `document_kind` are those of the documents that carry one, so that a statement counts for several;
    `office` and `jurisdiction` are the speaker's, of documents the source's. `speaker` and `kind` are of statements
    only; private people are no facet.
    """

    counted: int
    exact: bool
    office: list[FacetValue]
    jurisdiction: list[FacetValue]
    source: list[FacetValue]
    speaker: list[FacetValue]
    kind: list[FacetValue]
    document_kind: list[FacetValue]
    year: list[FacetValue]


def facets(
    connection: Connection, asked: str, *, of: What, filters: Filters | None = None, speaker: str | None = None,
    kind: str | None = None, all_versions: bool = False, at_most: int = COUNTED,
) -> Facets:  # fmt: skip
    """The facets of a search of `documents` or `statements`, over its `at_most` newest answers."""
    matching = matching_of(
        connection, asked, of=of, filters=filters, speaker=speaker, kind=kind, all_versions=all_versions
    )
    some = matching.newest(at_most + 1).subquery()
    years = Counter[str]()
    for row in connection.execute(select(some.c.day, func.count().label("rows")).group_by(some.c.day)):
        years[str(date.fromordinal(row.day).year)] += row.rows
    found, counted = matching.newest(at_most).subquery(), sum(years.values())
    if of == "documents":
        counts = _of_documents(connection, found, several=all_versions)
    else:
        counts = _of_statements(connection, found)
    return Facets(
        counted=min(counted, at_most),
        exact=counted <= at_most and matching.complete(),
        year=_values(years),
        **{name: _values(counts.get(name, Counter()), _names(connection, name)) for name in _NAMED},
    )


_NAMED = ("office", "jurisdiction", "source", "speaker", "kind", "document_kind")


def _of_documents(connection: Connection, found: FromClause, *, several: bool) -> dict[str, Counter[str]]:
    """Counts of documents, of which `several` versions may answer; where not, nothing need be told apart."""
    number = func.count(Document.id.distinct()) if several else func.count()
    counts = {name: Counter[str]() for name in ("office", "jurisdiction", "source", "document_kind")}
    rows = connection.execute(
        select(Document.source_id, Document.document_kind, number.label("rows"))
        .select_from(found)
        .join(Version, Version.id == found.c.id)
        .join(Document, Document.id == Version.document_id)
        .group_by(Document.source_id, Document.document_kind)
    ).all()
    sources = {row.id: row for row in connection.execute(select(Source.id, Source.office, Source.jurisdiction))}
    for row in rows:
        source = sources[row.source_id]
        _add(counts, row.rows, source=row.source_id, document_kind=row.document_kind, office=source.office,
             jurisdiction=source.jurisdiction)  # fmt: skip
    return counts


def _of_statements(connection: Connection, found: FromClause) -> dict[str, Counter[str]]:
    counts = {name: Counter[str]() for name in _NAMED}
    s = Statement
    own = (Speaker.public_id, s.kind, s.office, s.jurisdiction)
    rows = connection.execute(
        select(*own, is_private().label("private"), func.count().label("rows"))
        .select_from(found)
        .join(s, s.id == found.c.id)
        .join(Speaker, Speaker.id == s.speaker_id)
        .group_by(*own, Speaker.speaker_class)
    )
    for row in rows:
        _add(counts, row.rows, speaker=None if row.private else row.public_id, kind=row.kind, office=row.office,
             jurisdiction=row.jurisdiction)  # fmt: skip
    carriers = (
        select(Appearance.statement_id, Document.source_id, Document.document_kind)
        .select_from(found)
        .join(Appearance, Appearance.statement_id == found.c.id)
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
    )
    carried = connection.execute(carriers.distinct()).all()
    counts["source"].update(source for _, source in {(row.statement_id, row.source_id) for row in carried})
    counts["document_kind"].update(kind for _, kind in {(row.statement_id, row.document_kind) for row in carried})
    return counts


def _add(counts: Mapping[str, Counter[str]], rows: int, **values: str | None) -> None:
    for name, value in values.items():
        if value is not None:
            counts[name][value] += rows


def _values(counts: Counter[str], names: Any = None) -> list[FacetValue]:
    most = sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:SHOWN]
    known = names([value for value, _ in most]) if names else {}
    return [FacetValue(value=value, name=known.get(value) or _spaced(value), count=count) for value, count in most]


def _spaced(value: str) -> str:
    return value.replace("_", " ")


def _names(connection: Connection, facet: str) -> Any:
    """What gives the names of a facet's values."""

    def named(column: Any, name: Any) -> Any:
        def of(values: Iterable[str]) -> dict[str, str]:
            return dict(connection.execute(select(column, name).where(column.in_(list(values)))).all())

        return of

    if facet == "jurisdiction":
        return partial(place_names, connection)
    columns = {"source": (Source.id, Source.title), "speaker": (Speaker.public_id, Speaker.name)}
    return named(*columns[facet]) if facet in columns else None
