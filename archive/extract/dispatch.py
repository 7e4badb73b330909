"""Which extractor reads a page, and what becomes of one that it fails on."""

from __future__ import annotations

from collections.abc import Callable

from archive.extract.html import extract_html
from archive.extract.pdf import extract_pdf
from archive.extract.plain import extract_plain
from archive.records import Extraction, Outcome, Page

__all__ = ["EXTRACTORS", "extract"]

EXTRACTORS: dict[str, Callable[[Page], Extraction]] = {
    "text/html": extract_html,
    "application/xhtml+xml": extract_html,
    "application/pdf": extract_pdf,
    "text/plain": extract_plain,
}
SNIFFED = 1024


def extract(page: Page) -> Extraction:
    """Read one page by the extractor of its media type. Never raises: a failure is an `unreadable` with its reason."""
    media_type = _media_type(page)
    extractor = EXTRACTORS.get(media_type or "")
    if extractor is None:
        return Extraction(outcome=Outcome.UNSUPPORTED, reason=f"no extractor reads {media_type or 'this kind of file'}")
    if extractor is extract_html and _is_binary(page.payload[:SNIFFED]):
        return Extraction(outcome=Outcome.UNSUPPORTED, reason=f"a binary file was sent as {media_type}")
    try:
        return extractor(page)
    except RecursionError:
        return Extraction(outcome=Outcome.UNREADABLE, reason="the page is nested too deeply")
    except MemoryError:
        return Extraction(outcome=Outcome.UNREADABLE, reason="the page needs too much memory")
    except Exception as error:  # an extractor must not cost the run; the kind of failure is kept
        return Extraction(outcome=Outcome.UNREADABLE, reason=f"the extractor failed: {type(error).__name__}")


def _media_type(page: Page) -> str | None:
    declared = (page.media_type or "").partition(";")[0].strip().lower()
    sniffed = _sniffed(page.payload[:SNIFFED].lstrip())
    # Servers send PDF files as octet-stream or as HTML, and pages as plain text.
    if sniffed == "application/pdf" or declared not in EXTRACTORS:
        return sniffed or declared or None
    return declared


def _sniffed(start: bytes) -> str | None:
    if start.startswith(b"%PDF"):
        return "application/pdf"
    lowered = start.lower()
    if lowered.startswith((b"<!doctype html", b"<html", b"\xef\xbb\xbf<!doctype html")) or b"<html" in lowered:
        return "text/html"
    return None


def _is_binary(start: bytes) -> bool:
    """Whether bytes that no text holds make a twelfth of the start of a file; UTF-16 is told by its mark."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    return len(start) - len(start.translate(None, _CONTROLS)) > len(start) / 12


_CONTROLS = bytes(byte for byte in range(32) if byte not in b"\t\n\r\f")
