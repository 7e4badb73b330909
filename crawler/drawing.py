"""Which answers are drawn by a browser, and what is kept of them: the server's own, and beside it what was drawn."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

from scrapy.http import Response

from archive.records import Capture, Obtained, RequestRole
from crawler.answers import capture_of, content_type
from crawler.browser import Drawer

__all__ = ["draw"]

HTML = frozenset({"text/html", "application/xhtml+xml"})
# What a server says of the bytes that it sent is not true of those that were drawn.
OF_BYTES = ("Content-Type", "Content-Length", "Content-Md5", "Digest", "Etag", "Last-Modified")


async def draw(
    drawer: Drawer, response: Response, *, role: RequestRole, obtained: Obtained
) -> tuple[Capture | None, Response]:
    """The server's answer as evidence that nobody reads, and the answer as drawn.

    Only a whole page is drawn: anything else, and a page that reserves itself, is given back with None. The drawn page
    keeps what the headers say of the page: that it is a wall, or that it may not be kept, is true of it in either form.
    Raises NotDrawn.
    """
    answered = capture_of(response, role=role, obtained=obtained)
    if response.status != 200 or content_type(response)[0] not in HTML or answered.truncated or answered.reserved:
        return None, response
    undrawn = replace(answered, role=RequestRole.UNDRAWN, record_id=f"urn:uuid:{uuid4()}")
    body = await drawer.draw(response)
    headers = response.headers.copy()
    for name in OF_BYTES:
        headers.pop(name, None)
    headers["Content-Type"] = "text/html; charset=utf-8"
    assert response.request is not None, "Scrapy sets it before any callback"
    response.request.meta["drawn_from"] = undrawn.record_id
    return undrawn, response.replace(body=body, headers=headers)
