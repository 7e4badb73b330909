"""What is there and how it fares: sources, removals, runs, counts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from archive import clock, query
from archive.catalog import SourceEntry, load_catalog
from archive.web.api.operations import Call, Operation
from archive.web.api.parameters import PAGE, choice, flag, search
from archive.web.api.records import RemovalRecord, with_rights
from archive.web.discretion import rights_of_sources

__all__ = ["operations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecord(query.Health):
    """A source with its state, and why; what it publishes for whom, and what its `rights` let others carry.

    `per_week` documents are expected by `basis`, no pause longer than `quiet_days`; of its recent documents the shares
    that are `dated` and `titled`, and the median of their `words`.
    """

    jurisdiction: str | None
    office: str | None
    document_kind: str
    timezone: str
    language: str | None
    rights: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceList:
    """Every source of the catalog and of the archive, by id."""

    items: list[SourceRecord]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalList:
    """A page of removals, the latest first; `next` is the address of the page that follows, null on the last."""

    items: list[RemovalRecord]
    next: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunList:
    """A page of runs, the latest first; `next` is the address of the page that follows, null on the last."""

    items: list[query.RunFacts]
    next: str | None


def sources(call: Call) -> SourceList:
    """Sources and how they fare, at most a minute old."""
    catalog, kept = load_catalog(), query.sources(call.connection)
    found = call.remember("health", partial(query.health, catalog=catalog, now=clock.now()))
    return SourceList(items=[_source(each, kept.get(each.source) or _listed(catalog[each.source])) for each in found])


def _listed(entry: SourceEntry) -> query.SourceFacts:
    return query.SourceFacts(
        id=entry.id, title=entry.title, jurisdiction=entry.jurisdiction, office=entry.office,
        document_kind=str(entry.kind), timezone=entry.timezone, language=entry.language, rights=entry.rights,
    )  # fmt: skip


def _source(health: query.Health, facts: query.SourceFacts) -> SourceRecord:
    values: dict[str, Any] = {field.name: getattr(health, field.name) for field in fields(health)}
    return SourceRecord(
        **values, jurisdiction=facts.jurisdiction, office=facts.office, document_kind=facts.document_kind,
        timezone=facts.timezone, language=facts.language, rights=facts.rights,
    )  # fmt: skip


def removals(call: Call) -> RemovalList:
    """Documents gone from their addresses."""
    found = query.removals(
        call.connection,
        source=call.asking.filters.source,
        state=call.values.get("state"),
        limit=call.most,
    )
    shown, further = call.cut(found[call.offset :], "/removals")
    rights = rights_of_sources(call.connection)
    return RemovalList(items=[with_rights(RemovalRecord, each, rights) for each in shown], next=further)


def runs(call: Call) -> RunList:
    """Executions of sources' spiders."""
    found = query.runs(
        call.connection,
        source=call.asking.filters.source,
        failing=call.values.get("failing", False),
        limit=call.most,
    )
    shown, further = call.cut(found[call.offset :], "/runs")
    return RunList(items=list(shown), next=further)


def status(call: Call) -> query.Status:
    """Counts of everything, at most a minute old."""
    counts: query.Status = call.remember("status", query.status)
    return counts


operations = (
    Operation(
        path="/sources",
        name="sources",
        title="Sources, their state and why",
        answers=SourceList,
        answer=sources,
    ),
    Operation(
        path="/removals",
        name="removals",
        title="Documents no longer found at their addresses",
        answers=RemovalList,
        answer=removals,
        takes=(
            choice("state", "the state of the removal", ("suspected", "confirmed", "restored")),
            *search("source"),
            PAGE,
        ),
    ),
    Operation(
        path="/runs",
        name="runs",
        title="The run log",
        answers=RunList,
        answer=runs,
        takes=(flag("failing", "whether only runs that did not end `ok` are listed"), *search("source"), PAGE),
    ),
    Operation(
        path="/status",
        name="status",
        title="How much there is",
        answers=query.Status,
        answer=status,
    ),
)
