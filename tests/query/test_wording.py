"""Word diffs: exact, in whole words, bounded in time."""

from __future__ import annotations

from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.query import word_diff


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("a cat sat", "a cat sat", [("equal", "a cat sat")]),
        ("a cat sat", "a dog sat", [("equal", "a "), ("delete", "cat"), ("insert", "dog"), ("equal", " sat")]),
        ("costs 3.5", "costs 4.5", [("equal", "costs "), ("delete", "3.5"), ("insert", "4.5")]),
        ("don't", "do", [("delete", "don't"), ("insert", "do")]),
        ("", "new", [("insert", "new")]),
        ("old", "", [("delete", "old")]),
        ("", "", []),
    ],
)
def test_changes_are_whole_words(old: str, new: str, changes: list[tuple[str, str]]) -> None:
    """A word that differs in one letter is another word."""
    assert [(change.operation, change.text) for change in word_diff(old, new)] == changes


@given(old=st.text(alphabet="ab \n.é\U0001f600"), new=st.text(alphabet="ab \n.é\U0001f600"))
def test_a_diff_holds_both_texts(old: str, new: str) -> None:
    """What stayed and went is the old text, what stayed and came the new one, to the character."""
    changes = word_diff(old, new)
    assert "".join(change.text for change in changes if change.operation != "insert") == old
    assert "".join(change.text for change in changes if change.operation != "delete") == new


def test_a_diff_ends_within_its_limit() -> None:
    """Texts that share nothing in thousands of places cost the limit, not minutes."""
    old = " ".join(f"x{i % 997}" for i in range(60_000))
    new = " ".join(f"x{i * 31 % 991}" for i in range(60_000))
    began = monotonic()
    changes = word_diff(old, new, limit_seconds=0.5)
    assert monotonic() - began < 5
    assert "".join(change.text for change in changes if change.operation != "delete") == new
