"""What every test of a strategy does: read one answer and look at what was found."""

from __future__ import annotations

import json
from typing import Any

from archive.records import Listing
from crawler.discovery import discover

__all__ = ["HOST", "paths", "read"]

HOST = "brackwater.example"


def read(strategy: str, body: object, path: str = "/news.html", **options: Any) -> Listing:
    """The listing of an answer at that path; what is no text is sent as JSON."""
    payload = body if isinstance(body, str) else json.dumps(body)
    media_type = options.pop("media_type", None)
    url = path if path.startswith("http") else f"https://www.{HOST}{path}"
    return discover(strategy, payload.encode(), url=url, media_type=media_type, options=options, hosts=[HOST])


def paths(listing: Listing) -> list[str]:
    """The addresses of the documents, without scheme and host where it is the town's."""
    return [entry.url.removeprefix(f"https://www.{HOST}") for entry in listing.entries]
