"""Bytes to `Extraction`: pure, without network, disk, clock or database.

`extract` reads a page's text, `read_page` its quotations too, with the title and day that were handed in; neither ever
raises. `EXTRACTOR` is part of the key under which an extraction is stored.
"""

from archive.extract.dispatch import EXTRACTOR, extract
from archive.extract.hints import HINTS, check_hints
from archive.extract.reading import read_page

__all__ = ["EXTRACTOR", "HINTS", "check_hints", "extract", "read_page"]
