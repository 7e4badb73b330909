"""Bytes to `Extraction`: pure, without network, disk, clock or database.

`extract` never raises; `EXTRACTOR` is part of the key under which an extraction is stored.
"""

from archive.extract.dispatch import EXTRACTOR, extract
from archive.extract.hints import HINTS, check_hints

__all__ = ["EXTRACTOR", "HINTS", "check_hints", "extract"]
