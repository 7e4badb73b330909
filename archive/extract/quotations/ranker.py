"""A linear ranking model: the candidate whose features weigh most, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

__all__ = ["scores", "softmax"]


def scores(weights: Mapping[str, float], candidates: Sequence[tuple[int, Sequence[str]]]) -> list[float]:
    """The weight of each candidate: the sum of its features' weights; unknown features weigh nothing."""
    get = weights.get
    return [sum([get(name, 0.0) for name in features]) for _, features in candidates]


def softmax(values: Sequence[float]) -> list[float]:
    """The values as probabilities that sum to 1."""
    highest = max(values)
    powers = [math.exp(value - highest) for value in values]
    total = sum(powers)
    return [power / total for power in powers]
