"""What a worker of `archive extract` does with one input: read it, and say whose its quotations are."""

from __future__ import annotations

from datetime import date
from typing import Any

from archive.extract import read_page
from archive.records import Extraction, Page, Quotation
from archive.roster import Roster, Setting, load_roster, resolve_quotation

__all__ = ["Read", "read_with_speakers"]

Read = tuple[Extraction, list[dict[str, Any]]]


def read_with_speakers(page: Page, title: str | None, published: date | None, saved: date | None) -> Read:
    """The extraction of a page, and its quotations as the command prints them, resolved on the page's own day.

    `title` and `published` are what was handed in, `saved` is the day of the capture where that is known. Without any
    day a name is looked up as of no day: what the office holder of today is called says nothing of an old text.
    """
    found = read_page(page, title=title, published=published)
    day = found.published.day if found.published else saved
    roster = load_roster()
    places = roster.places_in(f"{found.title or ''}\n{found.text}") if found.quotations else ()
    setting = Setting(on=day, places=places)
    return found, [_shown(roster, each, setting) for each in found.quotations]


def _shown(roster: Roster, each: Quotation, setting: Setting) -> dict[str, Any]:
    resolved = resolve_quotation(roster, each, setting)
    return {
        "content": each.content,
        "start": each.start,
        "end": each.end,
        "kind": each.kind,
        "cue": each.cue,
        "speaker_as_printed": each.speaker_as_printed,
        "speaker_start": each.speaker_start,
        "speaker_end": each.speaker_end,
        "speaker": resolved.name or each.speaker or each.described,
        "speaker_id": resolved.person,
        "speaker_class": resolved.speaker_class if resolved.name or each.speaker else None,
        "office": resolved.office,
        "office_basis": resolved.office_basis,
        "jurisdiction": resolved.jurisdiction,
        "jurisdiction_name": resolved.jurisdiction_name,
        "confidence": each.confidence,
        "role": each.role,
        "place": each.place,
        "on_behalf_of": each.on_behalf_of,
        "group": each.group,
        "turn": each.turn,
        "unresolved": resolved.reason,
    }
