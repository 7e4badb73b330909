"""A source's own rhythm: how much it publishes in a week, and how long it may be quiet before that is news."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

__all__ = ["HISTORY", "Rhythm", "learn", "visit_interval"]

HISTORY = timedelta(days=365)
# From so many pauses on the longest one says more than a formula.
ENOUGH_PAUSES = 20
MIN_DOCUMENTS = 5
MIN_SPAN = 14
# A pause longer than this many times the next longest was itself a silence, an outage say, and teaches nothing.
OUTLIER = 2.0
MARGIN = 1.25
MIN_QUIET = 2.0
WEEK = timedelta(days=7)
SHORTEST, LONGEST = timedelta(hours=2), timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """`per_week` documents are expected, and no more than `quiet_days` without any; `basis` is `history` or `catalog`.

    `quiet_days` is the source's expected interval: a longer one is to come less than once a year while it is well.
    """

    per_week: float
    quiet_days: float
    basis: str


def learn(days: Sequence[date], prior: float | None) -> Rhythm | None:
    """The rhythm of a source that published on these days (one entry per document, of the last HISTORY).

    What came after the last of them teaches nothing: a source that fell silent would teach its own silence. Without
    five documents over two weeks the catalog's `prior` (documents in a week) counts; None where there is none either.
    """
    distinct = sorted(set(days))
    span = (distinct[-1] - distinct[0]).days if distinct else 0
    if len(days) < MIN_DOCUMENTS or span < MIN_SPAN:
        if not prior:
            return None
        return Rhythm(per_week=prior, quiet_days=_by_chance(min(prior / 7, 1.0)), basis="catalog")
    pauses = sorted((later - earlier).days for earlier, later in pairwise(distinct))
    return Rhythm(per_week=(len(days) - 1) * 7 / span, quiet_days=_quiet(pauses, span), basis="history")


def _quiet(pauses: Sequence[int], span: int) -> float:
    """The longest pause that is still usual, in days, with a margin; `pauses` are sorted."""
    if len(pauses) < ENOUGH_PAUSES:
        return max(_by_chance(len(pauses) / span), MARGIN * pauses[-1])
    longest = pauses[-1] if pauses[-1] <= OUTLIER * pauses[-2] else pauses[-2]
    return max(MARGIN * longest, longest + 1, MIN_QUIET)


def _by_chance(per_day: float) -> float:
    """How long a pause chance makes every second year, when publication days come independently at that rate.

    Of 365 * rate pauses in a year a share exp(-rate * t) is longer than t: half a pause is left where t is this.
    """
    return max(math.log(max(730 * per_day, math.e)) / per_day, MIN_QUIET)


def visit_interval(per_week: float | None) -> timedelta:
    """How often to look: twice for each document that is expected, but within 2 to 24 hours."""
    if not per_week:
        return LONGEST
    return min(max(WEEK / per_week / 2, SHORTEST), LONGEST)
