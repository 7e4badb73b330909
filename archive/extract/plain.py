"""Plain texts: kept exactly as they are, so that offsets into them hold."""

from __future__ import annotations

from archive.extract.language import language_of
from archive.extract.limits import bounded
from archive.extract.markup import decode
from archive.records import Extraction, Outcome, Page
from archive.text import storable

__all__ = ["extract_plain"]

TITLE_LENGTH = 300


def extract_plain(page: Page) -> Extraction:
    """The text as given, character for character; the title is its first line that is not blank."""
    text, truncated = bounded(storable(decode(page.payload, page.charset)))
    if not text.strip():
        return Extraction(outcome=Outcome.EMPTY, reason="the text is empty")
    title = next(line.strip() for line in text.splitlines() if line.strip())
    return Extraction(
        outcome=Outcome.TEXT,
        title=title[:TITLE_LENGTH],
        text=text,
        language=language_of(text, declared=None),
        truncated=truncated,
    )
