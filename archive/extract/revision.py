"""What is part of the key of a stored extraction: the revisions of our code, and the libraries it stands on.

Apart from the extractors, so that a crawl, which only sends pages to its workers, need not load their libraries.
"""

from __future__ import annotations

from importlib.metadata import version

__all__ = ["EXTRACTOR"]

PAGES = "4"
QUOTATIONS = "1"
EXTRACTOR = f"{PAGES}+quotations{QUOTATIONS}+trafilatura{version('trafilatura')}+pdfium{version('pypdfium2')}"
