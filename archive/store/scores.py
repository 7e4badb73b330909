"""Keeping what a judged audit sample said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine

from archive import clock
from archive.models import SampleScore
from archive.store.engine import writing
from archive.store.rows import upsert
from archive.text import digest

__all__ = ["keep_score"]


def keep_score(engine: Engine, *, by: str, sheets: Sequence[dict[str, str]], **said: Any) -> str | None:
    """Keep a score, signed and dated now; gives its digest, None where this score of these sheets is kept already.

    `said` are the columns `drawn`, `rows`, `unfilled`, `figures` and `agreement`.
    """
    name = digest("\n".join(sorted(each["sha256"] for each in sheets)))[:20]
    values = {"digest": name, "scored_at": clock.now(), "scored_by": by, "sheets": list(sheets), **said}
    with writing(engine) as connection:
        entered = upsert(connection, SampleScore).values(values).on_conflict_do_nothing(index_elements=["digest"])
        kept: str | None = connection.scalar(entered.returning(SampleScore.digest))
        return kept
