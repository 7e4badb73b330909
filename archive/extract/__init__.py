"""Bytes to `Extraction`: pure, without network, disk, clock or database.

`extract` reads a page's text, `read_page` its quotations too, with the title and day that were handed in; neither ever
raises. `EXTRACTOR` is part of the key under which an extraction is stored.
"""

from typing import TYPE_CHECKING, Any

from archive.extract.hints import HINTS, check_hints
from archive.extract.revision import EXTRACTOR

if TYPE_CHECKING:
    from archive.extract.dispatch import extract
    from archive.extract.reading import read_page

__all__ = ["EXTRACTOR", "HINTS", "check_hints", "extract", "read_page"]


def __getattr__(name: str) -> Any:
    # The extractors' libraries take 50 MB: only the workers, which extract, load them.
    if name == "extract":
        from archive.extract.dispatch import extract

        return extract
    if name == "read_page":
        from archive.extract.reading import read_page

        return read_page
    raise AttributeError(f"module 'archive.extract' has no attribute {name!r}")
