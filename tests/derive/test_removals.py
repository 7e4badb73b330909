"""The removal ledger, as a table of histories."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.derive.removals import Sign, removals

BEGINNING = datetime(2026, 3, 2, tzinfo=UTC)


def signs(history: str) -> list[Sign]:
    """`f0 a3 d5`: found on day 0, absent on day 3, delisted on day 5."""
    kinds = {"f": "found", "a": "absent", "d": "delisted"}
    return [Sign(BEGINNING + timedelta(days=float(part[1:])), kinds[part[0]]) for part in history.split()]


@pytest.mark.parametrize(
    ("history", "states"),
    [
        ("f0 f9", []),
        ("f0 a1", ["suspected"]),
        ("f0 a1 a5 a9", ["suspected"]),  # not 14 days
        ("f0 a1 a20", ["suspected"]),  # not three
        ("f0 a1 a8 a15", ["confirmed"]),
        ("f0 a1 a8 a15 f16", ["restored"]),
        ("f0 a1 f2 a3 a10", ["restored", "suspected"]),  # a success between begins anew
        ("f0 d1", ["suspected"]),
        ("f0 d1 d8 d20", ["suspected"]),  # a listing alone never confirms
        ("f0 d1 f2", ["restored"]),
        ("f0 d1 a2 a9 a16", ["confirmed"]),
    ],
)
def test_ledger(history: str, states: list[str]) -> None:
    """Suspected, confirmed, restored by absences, their number, their span and what lies between."""
    assert [entry.state for entry in removals(signs(history))] == states


@given(
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(["found", "absent", "delisted"])), max_size=12), st.randoms()
)
def test_order_of_arrival_does_not_matter(history: list[tuple[int, str]], random: st.DataObject) -> None:
    """The ledger depends on the set of signs alone."""
    given_signs = [Sign(BEGINNING + timedelta(days=day), kind) for day, kind in history]
    shuffled = list(given_signs)
    random.shuffle(shuffled)
    assert removals(shuffled) == removals(given_signs)
