"""What a dataset says of itself beside its rows: the query, the versions that made it, counts by period, known gaps.

All of it is told from the archive alone, never from the clock or the machine: the archive's last sign of life stands
for now. Facts are plain JSON values, kept in `datapackage.json`, so that a delta can describe the whole it leads to.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import orjson
from sqlalchemy import Connection, Text, cast, func, select

from archive.derive.health import judge
from archive.export.choice import Asked
from archive.export.tables import SCHEMA
from archive.extract import EXTRACTOR
from archive.models import (
    CaptureRow,
    Coverage,
    Decision,
    Document,
    ExtractionRow,
    Redaction,
    RetiredId,
    RunRow,
    Source,
    Stamp,
    Statement,
    TagDictionary,
    Version,
)
from archive.query.filters import published_day
from archive.query.scores import scores
from archive.roster import load_roster
from archive.store.watching import watched
from archive.text import digest

__all__ = ["Facts", "facts_of", "state_of"]

Facts = dict[str, Any]
_DICTIONARIES = select(TagDictionary.name, TagDictionary.version, TagDictionary.digest, TagDictionary.licence).order_by(
    TagDictionary.name
)
_QUIET = ("ok", "closed")


def state_of(connection: Connection) -> str:
    """A digest of how far the archive is: equal digests, with equal code, are equal rows.

    Derived rows are told by what they are derived from; how many there are is counted in, lest a derivation that was
    only half done be taken for a whole one.
    """
    counted = (CaptureRow, ExtractionRow, Decision, RunRow, Document, Version, Statement)
    said: dict[str, Any] = {
        model.__tablename__: connection.scalar(select(func.count()).select_from(model)) for model in counted
    }
    said["captured"] = connection.scalar(select(func.max(CaptureRow.captured_at)))
    lives = select(func.max(RunRow.heartbeat_at), func.count()).where(RunRow.held | RunRow.ended_at.is_(None))
    said["running"] = list(connection.execute(lives).one())
    said["life"] = connection.scalar(select(func.max(RunRow.heartbeat_at)))
    said["retired"] = list(connection.execute(select(func.count(), func.max(RetiredId.retired_at))).one())
    said["redacted"] = connection.scalar(select(func.count()).select_from(Redaction))
    said["stamps"] = [list(row) for row in connection.execute(select(Stamp.name, Stamp.digest).order_by(Stamp.name))]
    said["catalog"] = _catalog(connection)
    said["tags"] = [list(row) for row in connection.execute(_DICTIONARIES)]
    said["scores"] = [each.digest for each in scores(connection)]
    return digest(orjson.dumps(said, option=orjson.OPT_SORT_KEYS).decode())


def _catalog(connection: Connection) -> str:
    """A digest of the sources' catalog entries as they were last crawled or ingested."""
    rows = sorted(tuple(row) for row in connection.execute(select(Source.id, Source.entry_digest)))
    return digest("\n".join(f"{name} {entry}" for name, entry in rows))


def facts_of(asked: Asked) -> Facts:
    """Everything that the descriptions of an export say of the archive and of what was asked for."""
    connection = asked.connection
    last = connection.scalar(select(func.max(RunRow.heartbeat_at)))
    bounds = connection.execute(select(func.min(CaptureRow.captured_at), func.max(CaptureRow.captured_at))).one()
    return {
        "query": asked.choice.query(),
        "made_by": {**_code(), "roster": load_roster().digest, "roster_of_speakers": _stamp(connection, "roster"),
                    "catalog": _catalog(connection)},
        "first_capture": _time(bounds[0]),
        "last_capture": _time(bounds[1]),
        "documents_by_source": _by_source(asked),
        "gaps": _gaps(connection, last) if last else [],
        "state": state_of(connection),
        "dictionaries": [dict(row._mapping) for row in connection.execute(_DICTIONARIES)],
        "scores": [{"digest": each.digest, "words": each.sentence} for each in scores(connection)],
    }  # fmt: skip


def _code() -> dict[str, str]:
    try:
        own = version("on-the-record")
    except PackageNotFoundError:
        own = "unreleased"
    return {"code": own, "extractor": EXTRACTOR, "definitions": SCHEMA}


def _stamp(connection: Connection, name: str) -> str | None:
    return connection.scalar(select(Stamp.digest).where(Stamp.name == name))


def _time(at: datetime | None) -> str | None:
    return f"{at:%Y-%m-%dT%H:%M:%S}Z" if at else None


def _by_source(asked: Asked) -> list[dict[str, Any]]:
    """The chosen documents of each source by year of publication, or of first sight where they have no date."""
    year = func.substr(cast(published_day(asked.dialect), Text), 1, 4)
    rows = asked.connection.execute(
        select(Document.source_id, year.label("year"), func.count())
        .join(Source, Source.id == Document.source_id)
        .where(*asked.documents)
        .group_by(Document.source_id, "year")
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for source, each, count in rows:
        found[source][each] = count
    return [{"source": name, "documents": dict(sorted(found[name].items()))} for name in sorted(found)]


def _gaps(connection: Connection, now: datetime) -> list[dict[str, Any]]:
    """Of each source what is known to be missing at the archive's last sign of life."""
    seen = watched(connection, {}, now)
    days, wrong = _days(connection), _refusals(connection)
    gaps = []
    for name in sorted(connection.scalars(select(Source.id))):
        state, reason = judge(seen[name], now) if name in seen else ("never_run", "nobody has crawled it")
        mine = {
            "source": name, "state": str(state), "reason": reason, "days_watched": days[name]["ok"],
            **{f"days_{word}": days[name][word] for word in ("short", "quarantined", "failed")}, **wrong[name],
        }  # fmt: skip
        if str(state) not in _QUIET or any(value for key, value in mine.items() if key in _COUNTED):
            gaps.append(mine)
    return gaps


_REFUSED = {"robots": ("robots_refused", "robots_unreachable"), "walls": ("blocked",), "refused": ("refused",)}
_COUNTED = {"days_short", "days_quarantined", "days_failed", *_REFUSED}


def _days(connection: Connection) -> defaultdict[str, Counter[str]]:
    """Per source the number of days that came out so."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    counted = select(Coverage.source_id, Coverage.outcome, func.count()).group_by(Coverage.source_id, Coverage.outcome)
    for source, outcome, count in connection.execute(counted):
        found[source][outcome or "running"] = count
    return found


def _refusals(connection: Connection) -> defaultdict[str, dict[str, int]]:
    """Per source the requests that robots.txt, a bot wall or the host refused, in all runs."""
    found: defaultdict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(_REFUSED, 0))
    for run in connection.execute(select(RunRow.source_id, RunRow.counts), execution_options={"yield_per": 1_000}):
        for word, names in _REFUSED.items():
            found[run.source_id][word] += sum(run.counts.get(name, 0) for name in names)
    return found
