"""What the readers give beside captures."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, uuid5

__all__ = ["Counted", "Fault", "record_id_of"]


def record_id_of(*said: object) -> str:
    """A record id that follows from what a thing is, so that bringing it in twice is one capture."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, repr(said))}"


@dataclass(frozen=True, slots=True)
class Counted:
    """Something to count under a name; `where` says of what. Unless the name tells another thing, it was left out."""

    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is lost because an input is damaged: its name, and one sentence for the person."""

    reason: str
    sentence: str
