"""How far a listing is read, and which addresses are traps."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Entry
from crawler.spiders.walk import IDLE_PAGES, Walk, is_trap


def page(*names: str, day: date | None = None) -> list[Entry]:
    return [Entry(url=f"https://a.example/{name}", published=day) for name in names]


def known(*names: str) -> dict[str, bool]:
    return {f"https://a.example/{name}": True for name in names}


def test_five_known_in_a_row_end_the_walk_also_across_pages() -> None:
    """Pinned entries before a new one do not."""
    walk = Walk()
    assert walk.goes_on(page(*"abcdef"), known(*"abcde"))
    assert walk.goes_on(page(*"ghij"), known(*"ghij"))
    assert not walk.goes_on(page("k"), known("k"))


def test_an_entry_older_than_the_overlap_ends_it() -> None:
    """Seven days before the newest known document nothing is missing."""
    newest = date(2026, 3, 20)
    assert Walk(newest=newest).goes_on(page("a", day=date(2026, 3, 13)), {})
    assert not Walk(newest=newest).goes_on(page("a", day=date(2026, 3, 12)), {})
    assert Walk(newest=newest, to_the_end=True).goes_on(page("a", day=date(2020, 1, 1)), known("a"))


def test_a_listing_in_circles_ends_even_in_a_backfill() -> None:
    """Pages that show nothing this walk has not seen."""
    walk = Walk(to_the_end=True)
    went_on = [walk.goes_on(page("a", "b"), {}) for _ in range(IDLE_PAGES + 1)]
    assert went_on == [True] * IDLE_PAGES + [False]


@pytest.mark.parametrize(
    ("url", "trap"),
    [
        ("https://a.example/news/news/news/item", True),
        ("https://a.example/a/b/a/b/a/b/", True),
        ("https://a.example/a/b/a/b/c", False),
        ("https://a.example/2026/03/03/03-notes", False),
        ("https://a.example/1/1/1/x", True),
        ("https://a.example/", False),
    ],
)
def test_a_path_that_repeats_itself_is_a_trap(url: str, trap: bool) -> None:
    """Three times the same part; a date may say the same number twice."""
    assert is_trap(url) is trap
