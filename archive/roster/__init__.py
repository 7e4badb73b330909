"""Who held which office, where and when; and whom a printed name means on a day."""

from __future__ import annotations

from archive.roster.quoted import resolve_quotation
from archive.roster.roster import Roster, load_roster
from archive.roster.values import (
    Jurisdiction,
    Office,
    OfficeBasis,
    Override,
    Person,
    Printed,
    Problem,
    Resolution,
    Setting,
    SpeakerClass,
    Term,
)

__all__ = [
    "Jurisdiction",
    "Office",
    "OfficeBasis",
    "Override",
    "Person",
    "Printed",
    "Problem",
    "Resolution",
    "Roster",
    "Setting",
    "SpeakerClass",
    "Term",
    "load_roster",
    "resolve_quotation",
]
