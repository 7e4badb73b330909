"""In which order answers are shown: by how well they fit, recent days a little before others, or newest first."""

from __future__ import annotations

from typing import Literal

from archive.errors import UsageError
from archive.fulltext import Query
from archive.query.matching import Matching

__all__ = ["FARTHEST", "Sort", "ordered"]

Sort = Literal["best", "newest"]

# Of words that so many rows hold, relevance tells nothing and costs a look at every one of them.
COMMON = 1_000
# Nobody reads so far; what is beyond is found by more words or by days.
FARTHEST = 10_000
# After so many days the advantage of being recent is halved; at its height it doubles how well a row fits.
HALVED_DAYS = 365


def ordered(matching: Matching, query: Query, *, sort: Sort, limit: int, offset: int) -> list[int]:
    """The row numbers of one page. Raises UsageError for a page that lies too far, or below nought."""
    if offset < 0 or limit < 0 or offset > FARTHEST:
        raise UsageError(
            f"no more than the first {FARTHEST:,} answers are listed, not {limit:,} from {offset:,} on; "
            "ask for other words or days"
        )
    if sort == "best" and query.groups:
        some = matching.connection.execute(matching.newest(COMMON + 1)).all()
        if len(some) <= COMMON:
            return _best([(row.id, row.day) for row in some], matching)[offset : offset + limit]
        if offset + limit <= len(some):
            return [row.id for row in some[offset : offset + limit]]
    return list(matching.connection.scalars(matching.newest(limit, offset)))


def _best(some: list[tuple[int, int]], matching: Matching) -> list[int]:
    """Those that fit best first. How recent a day is counts from the newest that answers, never from the clock."""
    fits = matching.fits([number for number, _ in some])
    newest = max((day for _, day in some), default=0)

    def place(each: tuple[int, int]) -> tuple[float, int, int]:
        number, day = each
        recent = 1 + 0.5 ** ((newest - day) / HALVED_DAYS)
        return -fits.get(number, 0.0) * recent, -day, -number

    return [number for number, _ in sorted(some, key=place)]
