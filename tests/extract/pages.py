"""Pages for the tests of this room, and extractions as plain values that a saved file can hold."""

from __future__ import annotations

from datetime import date
from typing import Any

from archive.extract import extract
from archive.records import DateClaim, Extraction, Page

CAPTURED = date(2025, 12, 1)


def page(payload: bytes | str, *, captured: date = CAPTURED, **known: Any) -> Page:
    """A page as the archive hands it to the extractor; HTML unless `media_type` says otherwise."""
    data = payload.encode() if isinstance(payload, str) else payload
    return Page(payload=data, url=known.pop("url", None), captured=captured, **{"media_type": "text/html", **known})


def read(payload: bytes | str, **known: Any) -> Extraction:
    """What the extractor reads from a page."""
    return extract(page(payload, **known))


def as_saved(found: Extraction) -> dict[str, Any]:
    """An extraction as JSON keeps it: the text as a list of paragraphs, dates with their basis."""
    return {
        "outcome": str(found.outcome),
        "reason": found.reason,
        "title": found.title,
        "published": _claim(found.published),
        "modified": _claim(found.modified),
        "language": found.language,
        "byline": found.byline,
        "site_name": found.site_name,
        "canonical_url": found.canonical_url,
        "text": found.text.split("\n\n") if found.text else [],
    }


def _claim(claim: DateClaim | None) -> str | None:
    if claim is None:
        return None
    return f"{claim.at.isoformat() if claim.at else claim.day.isoformat()} ({claim.precision}, {claim.basis})"
