"""What derivation sees of a capture, and how it is read: found, absent, elsewhere, or saying nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from archive.records import Outcome
from archive.text import estimated_jaccard

__all__ = ["Observation", "Reading", "Timeline", "read"]

ABSENT_STATUSES = frozenset({404, 410})
REDIRECT_STATUSES = frozenset({301, 302, 303, 307, 308})
PERMANENT_STATUSES = frozenset({301, 308})
SAME_TEXT = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One document capture of one address, with what its extraction came to.

    `attachment` is the address of the file that the page has for a body; `is_attachment` that it was asked for as
    one, `is_file` that its answer was a file and no page. `body_elsewhere` marks a page whose file has the text.
    `text_key` is set exactly where the outcome is `text`. A 304 or a repeated payload carries the extraction of the
    capture it refers to.
    """

    capture_id: int
    record_id: str
    address: str
    url: str
    captured_at: datetime
    status: int
    obtained: str
    redirect: str | None = None
    outcome: str | None = None
    text_key: str | None = None
    words: int = 0
    signature: bytes | None = None
    extraction_id: int | None = None
    attachment: str | None = None
    is_attachment: bool = False
    is_file: bool = False
    body_elsewhere: bool = False

    @property
    def order(self) -> tuple[datetime, str]:
        """The order of time; the record id decides between captures of one second."""
        return (self.captured_at, self.record_id)


class Reading(Enum):
    """What an observation says about its document."""

    FOUND = "found"
    ABSENT = "absent"
    ELSEWHERE = "elsewhere"  # a redirect; what it means depends on its target
    PRESENT = "present"  # the page is there, its text stands in a file
    NOTHING = "nothing"  # a block page, a server error, an unreadable answer


def read(observation: Observation) -> Reading:
    """The reading of one observation on its own; blocks and 5xx never count as absences."""
    if observation.redirect == observation.address:
        return Reading.NOTHING
    if observation.status in REDIRECT_STATUSES and observation.redirect:
        return Reading.ELSEWHERE
    if observation.status in ABSENT_STATUSES or observation.outcome == Outcome.ABSENT:
        return Reading.ABSENT
    if observation.body_elsewhere:
        return Reading.PRESENT
    return Reading.FOUND if observation.text_key else Reading.NOTHING


@dataclass(frozen=True, slots=True)
class Timeline:
    """The observations of one address in the order of time."""

    address: str
    observations: tuple[Observation, ...]

    @property
    def found(self) -> list[Observation]:
        """Those that gave a text."""
        return [each for each in self.observations if read(each) is Reading.FOUND]

    @property
    def last_word(self) -> Observation | None:
        """The latest observation that says anything."""
        return next((each for each in reversed(self.observations) if read(each) is not Reading.NOTHING), None)

    def matches(self, other: Timeline) -> bool:
        """Whether the other address carried this one's last text, or one at least 0.8 alike."""
        last = self.found[-1]
        return any(
            each.text_key == last.text_key
            or (each.signature and last.signature and estimated_jaccard(each.signature, last.signature) >= SAME_TEXT)
            for each in other.found
        )
