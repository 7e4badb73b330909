"""Estimates from stratified samples: Horvitz-Thompson totals, their ratio, and an interval for it. Pure.

Rows nobody judged count as not drawn: a stratum's judged rows stand for all of it. The variance is that of stratified
sampling without replacement (of a part of the rows by linearisation), and the interval Wilson's, for as many
independent rows as would have that variance: unlike the plain normal one it keeps within 0 and 1, and where all rows
are right it still has a width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Estimate", "Judged", "Stratum", "estimate"]

Z = 1.959964  # of the normal distribution: 95 % lie within


@dataclass(frozen=True, slots=True)
class Judged:
    """A judged row; `within` says whether it belongs to the part that is asked about."""

    right: bool
    within: bool = True


@dataclass(frozen=True, slots=True)
class Stratum:
    """How many rows there are in a stratum, and those of them that were judged."""

    size: int
    rows: Sequence[Judged]

    @property
    def weight(self) -> float:
        """How many rows each judged one stands for: the inverse of its chance."""
        return self.size / len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """`share` of `total` rows are right, between `low` and `high` in 95 of 100 samples."""

    judged: int
    right: int
    share: float
    low: float
    high: float
    total_right: float
    total: float


def estimate(strata: Sequence[Stratum]) -> Estimate:
    """The share of right rows among those within. Raises ZeroDivisionError where no judged row is within."""
    within = [(each.weight, row.right) for each in strata for row in each.rows if row.within]
    total = sum(weight for weight, _ in within)
    right = sum(weight for weight, is_right in within if is_right)
    share = right / total
    low, high = _interval(share, _independent(strata, share, total, [weight for weight, _ in within]))
    judged_right = sum(is_right for _, is_right in within)
    return Estimate(
        judged=len(within), right=judged_right, share=share, low=low, high=high, total_right=right, total=total
    )


def _independent(strata: Sequence[Stratum], share: float, total: float, weights: Sequence[float]) -> float:
    """As many independent rows as tell as much; infinity where every row there is was judged."""
    if all(each.size == len(each.rows) for each in strata):
        return math.inf
    variance = sum(_variance(each, share) for each in strata) / total**2
    # Where all are right or all wrong nothing varies: then as many as the weights leave (Kish).
    kish = total**2 / sum(weight * weight for weight in weights)
    return share * (1 - share) / variance if variance > 0 else kish


def _variance(stratum: Stratum, share: float) -> float:
    """The variance of the stratum's total of deviations from the share."""
    n, size = len(stratum.rows), stratum.size
    deviations = [(row.right - share) if row.within else 0.0 for row in stratum.rows]
    if n > 1:
        mean = sum(deviations) / n
        spread = sum((each - mean) ** 2 for each in deviations) / (n - 1)
    else:
        spread = share * (1 - share)
    return size * size * (1 - n / size) * spread / n


def _interval(share: float, n: float) -> tuple[float, float]:
    if math.isinf(n):
        return share, share
    middle = (share + Z * Z / (2 * n)) / (1 + Z * Z / n)
    half = Z * math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / (1 + Z * Z / n)
    return max(0.0, middle - half), min(1.0, middle + half)
