"""A reading connection with a time limit stops a question that takes too long, and the next one is answered."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from archive import Archive
from archive.errors import TookTooLong

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def test_a_question_without_end_is_stopped(database_url: str) -> None:
    """Within its limit and little more; the connection is as good as new afterwards."""
    with Archive.open(database_url) as archive:
        endless = text(ENDLESS[archive.engine.dialect.name])
        started = time.monotonic()
        with pytest.raises(TookTooLong, match=r"within 0\.2 seconds"), archive.read(seconds=0.2) as connection:
            connection.execute(endless)
        assert time.monotonic() - started < 5
        with archive.read() as connection:
            assert connection.scalar(text("SELECT 1")) == 1


def test_without_a_limit_nothing_is_stopped(database_url: str) -> None:
    """A limit ends with the connection it was given to."""
    slow = {
        "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 400000) SELECT count(*) FROM n",
        "postgresql": "SELECT 400000 FROM pg_sleep(0.2)",
    }
    with Archive.open(database_url) as archive:
        with archive.read(seconds=0.01):
            pass
        with archive.read() as connection:
            assert connection.scalar(text(slow[archive.engine.dialect.name])) == 400_000
