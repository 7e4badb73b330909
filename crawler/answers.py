"""From Scrapy's response to the archive's capture."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

from scrapy.http import Headers, Response
from w3lib.encoding import http_content_type_encoding
from w3lib.url import safe_url_string

from archive import clock
from archive.records import Capture, Listing, Obtained, RequestRole
from crawler.reservations import reservation

__all__ = ["Answer", "capture_of", "content_type", "is_decoded", "redirect_target", "time_said"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
# What servers write there although the body is as it is.
NO_ENCODING = frozenset({"", "identity", "none", "utf-8", "binary", "8bit"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The item that the pipeline takes: a capture, and what it listed if it is a listing that could be read.

    `further` are the listings that are asked for because of this one.
    """

    capture: Capture
    listing: Listing | None = None
    further: tuple[str, ...] = ()


def capture_of(response: Response, *, role: RequestRole, obtained: Obtained) -> Capture:
    """An answer as the archive keeps it; a replayed one carries its record's time and id, a drawn one its origin's."""
    request = response.request
    assert request is not None, "Scrapy sets it before any callback"
    captured_at, record_id = request.meta.get("replayed") or (clock.now(), None)
    headers, drawn_from = _pairs(response.headers), request.meta.get("drawn_from")
    reserved = reservation(headers, response.body) if role is RequestRole.DOCUMENT and not record_id else None
    return Capture(
        url=response.url,
        captured_at=captured_at,
        status=response.status,
        headers=headers,
        payload=b"" if reserved else response.body,
        role=role,
        obtained=obtained,
        request_headers=() if record_id or drawn_from else _pairs(request.headers),
        record_id=record_id,
        truncated="disconnect" if "dataloss" in response.flags else None,
        reserved=reserved,
        drawn_from=drawn_from,
    )


def _pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name, values in headers.items() for value in values
    )


def content_type(response: Response) -> tuple[str | None, str | None]:
    """Media type and charset as the header says them, None for what it does not say."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1")
    return header.partition(";")[0].strip().lower() or None, http_content_type_encoding(header)


def is_decoded(response: Response) -> bool:
    """Whether the body is what was sent: Scrapy leaves the header of a compression that it cannot undo."""
    return (response.headers.get("Content-Encoding") or b"").decode("latin-1").strip().lower() in NO_ENCODING


def redirect_target(response: Response) -> str | None:
    """Where an answer sends us, absolute; None where it is no redirect, empty where that is no address."""
    location = response.headers.get("Location")
    if response.status not in REDIRECTS or not location:
        return None
    try:
        return safe_url_string(urljoin(response.url, location.decode("utf-8", errors="replace").strip()))
    except ValueError:
        return ""


def time_said(response: Response) -> datetime | None:
    """The site's clock as its answer tells it, in UTC; None where it tells none, or a cache answered."""
    if response.headers.get("Age"):
        return None
    try:
        return parsedate_to_datetime((response.headers.get("Date") or b"").decode("latin-1")).astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
