"""PDF files, read by pypdfium2."""

from __future__ import annotations

import pypdfium2

from archive.extract.limits import bounded
from archive.records import Extraction, Outcome, Page
from archive.text import clean

__all__ = ["extract_pdf"]


def extract_pdf(page: Page) -> Extraction:
    """Text of a PDF."""
    document = pypdfium2.PdfDocument(page.payload)
    text, truncated = bounded(clean("\n\n".join(sheet.get_textpage().get_text_range() for sheet in document)))
    return Extraction(outcome=Outcome.TEXT, text=text, truncated=truncated)
