"""What the archive knows of a source's rhythm while nothing new comes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert

from archive import Archive
from archive.derive.health import SourceState, judge
from archive.models import Coverage, Document, RunRow, Source
from archive.store.watching import watched

LAST = date(2026, 3, 2)


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("quiet", [30, 200, 400])
def test_a_silent_source_forgets_nothing(database_url: str, quiet: int, dated: bool) -> None:
    """Its rhythm is that of the year before its last document, so that no alarm ends because it lasts."""
    now = datetime(2026, 3, 2, 12, tzinfo=UTC) + timedelta(days=quiet)
    days = [LAST - timedelta(days=3 * n) for n in range(60)]
    with Archive.open(database_url) as archive, archive.engine.begin() as connection:
        connection.execute(insert(Source), [{
            "id": "ash", "title": "Ash", "jurisdiction": None, "office": None, "document_kind": "press_release",
            "timezone": "America/Chicago", "language": "en", "rights": "public record", "hints": [],
            "entry_digest": "-", "moves": [],
        }])  # fmt: skip
        connection.execute(insert(RunRow), [{
            "source_id": "ash", "obtained": "live", "started_at": now, "heartbeat_at": now, "ended_at": now,
            "outcome": "ok", "reason": None, "software": "t", "counts": {}, "held": False,
        }])  # fmt: skip
        connection.execute(insert(Coverage), [{
            "source_id": "ash", "day": day, "runs": 1, "outcome": "ok", "listed": 1, "fetched": 1, "refused": 0,
            "new_documents": 0,
        } for day in (days[-1], now.date())])  # fmt: skip
        connection.execute(insert(Document), [_document(n, day, dated) for n, day in enumerate(days)])
        found = watched(connection, {"ash": None}, now)["ash"]
    assert found.last_new == LAST
    assert found.rhythm is not None
    assert (found.rhythm.basis, found.rhythm.quiet_days) == ("history", 4)
    assert judge(found, now)[0] is SourceState.SILENT


def _document(n: int, day: date, dated: bool) -> dict[str, object]:
    at = datetime(day.year, day.month, day.day, 20, tzinfo=UTC)
    return {
        "public_id": f"p{n}", "source_id": "ash", "document_kind": "press_release", "url": f"https://ash.example/{n}",
        "address": f"https://ash.example/{n}", "published_date": day if dated else None, "first_seen": at,
        "last_seen": at, "versions": 1, "obtained": "live",
    }  # fmt: skip
