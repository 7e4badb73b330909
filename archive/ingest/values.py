"""What the readers give beside captures."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Fault", "Skipped"]


@dataclass(frozen=True, slots=True)
class Skipped:
    """One thing that is no capture, left out under a named reason; `where` says which."""

    reason: str
    where: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is lost because an input is damaged: one sentence for the person."""

    sentence: str
