"""Requests that brought no answer, each under one of the run's named counts."""

from __future__ import annotations

import gzip
import zlib

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    NotSupported,
    UnsupportedURLSchemeError,
)

__all__ = ["Refused", "reason_of"]


class Refused(IgnoreRequest):
    """A request that we did not send. `reason` is the name of the count, the text says why in words."""

    def __init__(self, reason: str, why: str) -> None:
        super().__init__(why)
        self.reason = reason


REASONS: tuple[tuple[type[BaseException], str, str], ...] = (
    (DownloadTimeoutError, "timeouts", "no whole answer in time"),
    (DownloadCancelledError, "too_large", "larger than DOWNLOAD_MAXSIZE"),
    (CannotResolveHostError, "unreachable", "its name has no address"),
    (UnsupportedURLSchemeError, "refused_address", "neither http nor https"),
    (NotSupported, "refused_address", "neither http nor https"),
    (zlib.error, "bad_content", "its compression is broken"),
    (gzip.BadGzipFile, "bad_content", "its compression is broken"),
    (EOFError, "bad_content", "its compression is broken"),
)

COMPRESSORS = frozenset({"brotli", "_brotli", "backports.zstd", "compression.zstd", "_zstd"})


def reason_of(error: BaseException) -> tuple[str, str]:
    """The named count for a failed request and the words for a person."""
    if isinstance(error, Refused):
        return error.reason, str(error)
    # Scrapy stops a decompression at the limit by a bare IgnoreRequest.
    if isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):
        return "too_large", "larger than DOWNLOAD_MAXSIZE when decompressed"
    for kind, reason, words in REASONS:
        if isinstance(error, kind):
            return reason, words
    if type(error).__module__ in COMPRESSORS:
        return "bad_content", "its compression is broken"
    return "unreachable", f"no connection or no readable answer ({type(error).__name__})"
