"""Passages around changes: a few words on each side, never a whole text."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.query import Edit
from archive.report.passages import AROUND, ARTICLE, MOST, RUN, passages

LONG = " ".join(f"word{number}" for number in range(200))
EDIT = Edit(
    document="d", source="s", document_kind="article", url="https://s.example/1", old_version="d@1", new_version="d@2",
    changed_after=None, first_captured=datetime(2026, 3, 1, tzinfo=UTC), obtained="live", old_title="T", new_title="T",
    old_text="", new_text="", notice=None,
)  # fmt: skip


def _told(old: str, new: str, **others: str) -> list[str]:
    found, _ = passages(replace(EDIT, old_text=old, new_text=new, **others))
    marks = {"equal": "{}", "insert": "+{}+", "delete": "-{}-"}
    return ["".join(marks[each.operation].format(each.text) for each in passage.changes) for passage in found]


def test_a_change_is_shown_with_the_words_around_it() -> None:
    """Not the text before and after."""
    (told,) = _told(f"{LONG} seven {LONG}", f"{LONG} nine {LONG}")
    assert told.startswith("… ")
    assert told.endswith(" …")
    assert "-seven-+nine+" in told
    assert len(told.split()) <= 2 * AROUND + 4


def test_a_passage_stays_in_its_paragraph() -> None:
    """Neighbouring paragraphs say nothing of the change."""
    told = _told("Before.\n\nIt costs 3 dollars today.\n\nAfter.", "Before.\n\nIt costs 4 dollars today.\n\nAfter.")
    assert told == ["It costs -3-+4+ dollars today. …"]


def test_changes_close_together_are_one_passage() -> None:
    """And far apart two."""
    assert len(_told("a 1 b 2 c", "a 3 b 4 c")) == 1
    assert len(_told(f"1 {LONG} 2", f"3 {LONG} 4")) == 2


@pytest.mark.parametrize("kind", ["article", "press_release"])
def test_long_runs_are_cut(kind: str) -> None:
    """A publisher's sooner than an office's."""
    (told,) = _told("Short.", f"Short. {LONG}", document_kind=kind)
    assert told.endswith(" …+")
    assert len(told.split()) <= RUN[kind] + 3


@pytest.mark.parametrize("between", [" ", "\n"])
def test_an_article_that_was_rewritten_is_not_told_whole(between: str) -> None:
    """Small changes side by side are one passage, and would be all of the text otherwise."""
    old = between.join(f"now {number} the words of somebody stay there" for number in range(400))
    told = _told(old, old.replace("now", "then"))
    assert told
    assert sum(len(each.split()) for each in told) <= ARTICLE + MOST


def test_the_headline_counts_too() -> None:
    """It comes first."""
    assert _told("a 1", "a 2", old_title="Budget up", new_title="Budget down")[0] == "Budget -up-+down+"


def test_a_notice_is_no_passage() -> None:
    """It is shown as what it is."""
    notice = "Correction: it is nine."
    told = _told("It is seven.\n\nThe end.", f"It is nine.\n\nThe end.\n\n{notice}", notice=notice)
    assert told == ["It is -seven-+nine+. …"]


def test_many_passages_are_counted() -> None:
    """The first ones are shown."""
    old = "\n".join(f"line {number} one {LONG}" for number in range(MOST + 3))
    found, more = passages(replace(EDIT, old_text=old, new_text=old.replace("one", "two")))
    assert (len(found), more) == (MOST, 3)
