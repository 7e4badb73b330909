"""When a document is looked at again: often while it is young, rarely for ever, and soon where it was not found."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

__all__ = ["AFTER_ABSENCE", "AFTER_FAILURE", "FOR_EVER", "after_absence", "after_failure", "after_text"]

FOR_EVER = timedelta(days=182)  # between visits once a document has outlived the ages of its source
# A removal is confirmed by three absences over 14 days; then it is looked for rarely, because documents come back.
AFTER_ABSENCE = (timedelta(days=1), timedelta(days=6), timedelta(days=8), timedelta(days=30), timedelta(days=90))
AFTER_FAILURE = (timedelta(hours=1), timedelta(hours=4), timedelta(days=1), timedelta(days=4), timedelta(days=16))


def after_text(first_seen: datetime, at: datetime, ages: Sequence[timedelta]) -> datetime:
    """The next visit of a document found at `at`: when it comes to the next of the ages, else in half a year."""
    age = at - first_seen
    return next((first_seen + each for each in ages if each > age), at + FOR_EVER)


def after_absence(at: datetime, absences: int) -> datetime:
    """The next visit after so many absences in a row, the one at `at` included."""
    return at + _step(AFTER_ABSENCE, absences)


def after_failure(at: datetime, tries: int) -> datetime:
    """The next try after so many in a row that told nothing, the one at `at` included."""
    return at + _step(AFTER_FAILURE, tries)


def _step(steps: Sequence[timedelta], count: int) -> timedelta:
    return steps[min(count, len(steps)) - 1]
