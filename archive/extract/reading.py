"""One page as the archive reads it: its text, what a person handed in beside it, and the quotations in that text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from archive import text
from archive.extract.dispatch import extract
from archive.extract.quotations import read_quotations
from archive.records import DateClaim, Extraction, Outcome, Page, QuotationStatus

__all__ = ["read_page"]


def read_page(page: Page, *, title: str | None = None, published: date | None = None) -> Extraction:
    """Extract a page and read its quotations; a title and a day that were handed in stand before the page's own.

    Never raises. Quotations come last, since the title may name the speaker of a statement.
    """
    found = extract(page)
    if title:
        found = replace(found, title=title)
    if published:
        claim = DateClaim(day=published, at=None, precision="day", basis="handed in")
        found = replace(found, published=claim)
    if found.outcome is not Outcome.TEXT:
        return found
    return _with_quotations(replace(found, text=text.storable(found.text)))


def _with_quotations(found: Extraction) -> Extraction:
    try:
        status, quotations = read_quotations(found.text, title=found.title, language=found.language)
    except Exception:  # whatever the reader of quotations fails on, the text is not lost
        return replace(found, quotation_status=QuotationStatus.UNREADABLE)
    if found.truncated and status is QuotationStatus.DONE:
        status = QuotationStatus.TRUNCATED
    return replace(found, quotation_status=status, quotations=quotations)
