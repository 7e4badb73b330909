"""Bytes of one file as they are handed to an extractor: unpacked within bounds, told apart, decoded."""

from __future__ import annotations

import codecs
import gzip
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

__all__ = ["MAX_BYTES", "decode", "lines_of", "media_type", "read_bytes"]

MAX_BYTES = 64 * 1024 * 1024
_GZIP = b"\x1f\x8b"
_PLAIN = frozenset({".txt", ".text", ".md"})
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_bytes(path: str | Path) -> bytes:
    """The bytes of a file, or of standard input for `-`, gunzipped where they are gzip.

    Raises OSError where it cannot be read, ValueError where gzip data is damaged or above 64 MiB is unpacked.
    """
    if str(path) == "-":
        data = sys.stdin.buffer.read(MAX_BYTES + 1)
    else:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    if data.startswith(_GZIP):
        data = _gunzip(data)
    if len(data) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES // 1024 // 1024} MiB")
    return data


def lines_of(path: str | Path) -> Iterator[bytes]:
    """The lines of a file of any size, or of standard input for `-`, gunzipped where they are gzip; one at a time.

    A line above 64 MiB comes in pieces. Raises OSError where the file cannot be read, ValueError where gzip data is
    damaged.
    """
    with ExitStack() as stack:
        file: Any = sys.stdin.buffer if str(path) == "-" else stack.enter_context(Path(path).open("rb"))
        if file.peek(2).startswith(_GZIP):
            file = stack.enter_context(gzip.open(file))
        try:
            while line := file.readline(MAX_BYTES):
                yield line
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise ValueError("damaged gzip data") from None


def _gunzip(data: bytes) -> bytes:
    unpacked = b""
    while data.startswith(_GZIP) and len(unpacked) <= MAX_BYTES:
        member = zlib.decompressobj(wbits=31)
        try:
            unpacked += member.decompress(data, MAX_BYTES + 1 - len(unpacked))
        except zlib.error:
            raise ValueError("damaged gzip data") from None
        if not member.eof and len(unpacked) <= MAX_BYTES:
            raise ValueError("gzip data cut in the middle")
        data = member.unused_data
    return unpacked


def media_type(path: str | Path, data: bytes) -> str:
    """The media type of a file's bytes by what they begin with, else by the file's name."""
    start = data[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if Path(path).suffix.lower() in _PLAIN:
        return "text/plain"
    # A text with neither suffix nor markup, from standard input for example, has nothing for a page reader to read.
    return "text/html" if b"<" in data[:200_000] else "text/plain"


def decode(data: bytes) -> str:
    """A plain text's characters: by its byte order mark, else UTF-8, else Windows-1252, which reads anything."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
