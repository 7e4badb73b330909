"""Bytes to one tree: the character set a page is really in, and a parse that survives any input."""

from __future__ import annotations

import re

from lxml import html
from lxml.etree import ElementDefaultClassLookup, LxmlError
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

__all__ = ["MAX_BYTES", "decode", "parse"]

# A page of more bytes is read this far: no release is longer, and parsers grow faster than their input.
MAX_BYTES = 8_000_000
MAX_TAGS = 60_000

# No text has them, and libxml2 ends a page at NUL.
_CONTROLS = bytes(byte for byte in (*range(32), 127) if byte not in b"\t\n\r")
_STRAY_BYTES = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_PAGE_END = re.compile(rb"</(?:html|body|head)\s*>", re.IGNORECASE)
_TAG = re.compile("<")


def decode(payload: bytes, charset: str | None = None) -> str:
    """The text of a payload: by byte order mark, as UTF-8 if it is valid, as declared, else as Windows-1252.

    A payload that is UTF-8 but for stray bytes keeps both: the strays are read as Windows-1252. `charset` is what
    the answer's header declared, as a bare name or a whole Content-Type value.
    """
    payload = payload[:MAX_BYTES]
    marked, bom = read_bom(payload)
    if marked:
        return payload[len(bom or b"") :].decode(marked, "replace")
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and len(payload) == MAX_BYTES:
            return payload[: error.start].decode("utf-8")
    return _decode_declared(payload, charset)


def _decode_declared(payload: bytes, charset: str | None) -> str:
    header = http_content_type_encoding(charset) if charset and "=" in charset else charset
    escaped = payload.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= char <= "\udcff" for char in escaped)
    beyond_ascii = sum(char > "\x7f" for char in escaped)
    if strays * 2 < beyond_ascii:
        return escaped.translate(_STRAY_BYTES)
    for declared in (header and resolve_encoding(header), html_body_declared_encoding(payload)):
        if declared and declared != "utf-8":
            return payload.decode(declared, "replace")
    return payload.decode("cp1252", "replace")


def parse(text: str) -> html.HtmlElement | None:
    """The one tree of a page, without comments and processing instructions; None where there is nothing to parse."""
    data = _bounded(text).encode("utf-8", "ignore").translate(None, _CONTROLS)
    # Templates close the page in their middle and go on; browsers read on, libxml2 would stop.
    data = _PAGE_END.sub(b"", data)
    if not data.strip():
        return None
    parser = html.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    # lxml's own lookup asks Python for the class of every element; nothing here needs its form and input classes.
    parser.set_element_class_lookup(ElementDefaultClassLookup(element=html.HtmlElement))
    try:
        tree = html.document_fromstring(data, parser=parser)
    except (LxmlError, ValueError, AssertionError):
        return None
    return tree if isinstance(tree, html.HtmlElement) else None


def _bounded(text: str) -> str:
    """A text cut before its 60,001st tag: real pages have 10,000 at most."""
    if text.count("<") <= 2 * MAX_TAGS:
        return text
    for count, match in enumerate(_TAG.finditer(text)):
        if count == 2 * MAX_TAGS:
            return text[: match.start()]
    return text
