"""What the readers give beside captures."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Counted", "Fault"]


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
