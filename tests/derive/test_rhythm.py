"""A source's rhythm, and its state judged by it."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.derive.health import RunFact, SourceState, Watched, judge
from archive.derive.rhythm import Rhythm, learn, visit_interval

TODAY = date(2026, 9, 1)
NOW = datetime(2026, 9, 1, 18, tzinfo=UTC)


def every(days: int, n: int, last: date = TODAY) -> list[date]:
    return [last - timedelta(days=days * back) for back in range(n)]


def test_a_weekly_source_is_expected_weekly() -> None:
    """Regular pauses leave no doubt: two days beyond the usual one is already long."""
    rhythm = learn(every(7, 52), 1.0)
    assert rhythm is not None
    assert (rhythm.per_week, rhythm.basis) == (1.0, "history")
    assert 8 <= rhythm.quiet_days < 9


def test_an_old_silence_teaches_nothing() -> None:
    """A pause much longer than all others was an outage, not the source's rhythm."""
    days = every(3, 40) + every(3, 40, TODAY - timedelta(days=200))
    rhythm = learn(days, None)
    assert rhythm is not None
    assert rhythm.quiet_days < 6


def test_little_history_counts_for_nothing() -> None:
    """Four documents, or twenty on one day, say no rhythm: the catalog's word counts, if it has one."""
    assert learn([TODAY] * 20, None) is None
    assert learn(every(10, 4), None) is None
    rhythm = learn([TODAY] * 20, 3.5)
    assert rhythm is not None
    assert (rhythm.per_week, rhythm.basis) == (3.5, "catalog")


@given(per_day=st.floats(0.05, 3.0), seed=st.integers(0, 10_000))
def test_a_source_that_publishes_by_chance_is_seldom_called_silent(per_day: float, seed: int) -> None:
    """In the year after the one that was learnt, the longest pause is passed about once, not monthly."""
    dice = random.Random(seed)
    published = [TODAY + timedelta(days=n) for n in range(-365, 365) if dice.random() < per_day]
    rhythm = learn([day for day in published if day <= TODAY], 7 * per_day)
    if rhythm is None:
        return
    later = [day for day in published if day >= TODAY]
    pauses = [(b - a).days for a, b in pairwise(later)]
    assert sum(pause > rhythm.quiet_days for pause in pauses) <= 6


def test_visits_follow_the_rhythm_within_bounds() -> None:
    """Twice for each expected document, but never more often than every two hours nor less than daily."""
    assert visit_interval(None) == visit_interval(1.0) == timedelta(hours=24)
    assert visit_interval(7.0) == timedelta(hours=12)
    assert visit_interval(700.0) == timedelta(hours=2)


def _run(outcome: str | None = "ok", reason: str | None = "finished", hours: float = 1) -> RunFact:
    at = NOW - timedelta(hours=hours)
    return RunFact(started_at=at, heartbeat_at=at, outcome=outcome, reason=reason)


def _watched(
    run: RunFact | None, *, last_new: int = 1, last_day: int = 0, quiet: float = 5, failed: int = 0
) -> Watched:
    return Watched(
        run=run, rhythm=Rhythm(per_week=7, quiet_days=5, basis="history"), first_day=TODAY - timedelta(days=90),
        last_new=TODAY - timedelta(days=last_new), last_day=TODAY - timedelta(days=last_day), failed_runs=failed,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("watched", "state", "words"),
    [
        (_watched(None), "never run", "nobody"),
        (_watched(_run()), "ok", ""),
        (_watched(_run(reason="2 refused")), "ok", "2 refused"),
        (_watched(_run(), last_new=6), "silent", "nothing new since 2026-08-26, 6 days"),
        (_watched(_run(), last_new=5), "ok", ""),
        (_watched(_run("short", "its listings showed no document")), "silent", "showed no document"),
        (_watched(_run("failed", "no listing could be read", 1), failed=3), "failing", "3 runs in a row"),
        (_watched(_run("quarantined", "texts shrank")), "quarantined", "texts shrank"),
        (_watched(_run(None, None, 0.1)), "running", "since"),
        (_watched(_run(None, None, 20)), "unfinished", "killed"),
        (_watched(_run(hours=24 * 4), last_new=5, last_day=4), "unwatched", "look at the schedule"),
    ],
)
def test_each_state_has_its_reason_in_words(watched: Watched, state: str, words: str) -> None:
    """What a person reads says what was seen and, where something is to be done, what."""
    found, reason = judge(watched, NOW)
    assert found == SourceState(state)
    assert words in reason


def test_a_source_nobody_looked_at_is_not_silent() -> None:
    """Silence is counted over watched days only."""
    assert judge(_watched(_run(hours=24 * 30), last_new=31, last_day=30), NOW)[0] is SourceState.UNWATCHED
