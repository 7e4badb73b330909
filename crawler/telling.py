"""How a run came out, in one sentence or one JSON object."""

from __future__ import annotations

import orjson

from archive.store import RunSummary

__all__ = ["as_json", "sentence"]

SHOWN = (
    "captures",
    "listings",
    "documents",
    "new_documents",
    "new_versions",
    "known_records",
    "not_modified",
    "put_off",
    "trap",
    "not_found_in_replay",
)


def sentence(summary: RunSummary) -> str:
    """Source, outcome and the counts that say what came of it."""
    told = [f"{summary.counts[name]} {name.replace('_', ' ')}" for name in SHOWN if summary.counts.get(name)]
    why = "" if summary.reason == "finished" else f" ({summary.reason})"
    return f"{summary.source}: {summary.outcome}{why}: {', '.join(told) or 'nothing new'}"


def as_json(summary: RunSummary) -> str:
    """The summary as one line of JSON."""
    fields = {name: getattr(summary, name) for name in ("source", "outcome", "reason", "counts", "exit_status")}
    return orjson.dumps(fields).decode()
