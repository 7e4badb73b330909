"""One local HTTP server per invented site, as a source is a host."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from w3lib.url import url_query_cleaner

from tests.world.furniture import Furniture
from tests.world.render import render
from tests.world.sites import Site, View
from tests.world.texts import Document

__all__ = ["Answer", "SiteServer", "answer"]

HOST = "127.0.0.1"
TRACKING = ("utm_source", "utm_medium")  # what feeds add to their links, and servers ignore
NOT_FOUND = View(template="not_found.html")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one request is told."""

    status: int
    headers: dict[str, str]
    body: bytes = b""


def answer(site: Site, view: View | None, asked: dict[str, str], base: str) -> Answer:
    """The answer to a request with the given lower-case header names for what stands at its address, if anything."""
    if view is None:
        return Answer(status=404, headers={"Content-Type": NOT_FOUND.media_type}, body=_body(site, NOT_FOUND, base))
    if view.moved_to:
        return Answer(status=301, headers={"Location": base + view.moved_to})
    headers = _validators(site, view)
    if headers and any(
        asked.get(condition) == headers.get(name)
        for condition, name in (("if-none-match", "ETag"), ("if-modified-since", "Last-Modified"))
        if condition in asked
    ):
        return Answer(status=304, headers=headers)
    return Answer(status=200, headers=headers | {"Content-Type": view.media_type}, body=_body(site, view, base))


def _body(site: Site, view: View, base: str) -> bytes:
    return render(site, view, Furniture(), base)


def _validators(site: Site, view: View) -> dict[str, str]:
    document: Document | None = view.values.get("document")
    if site.validator == "etag":
        # A listing's tag never changes, as those of some feeds in the world: whoever trusts it misses the news.
        told = f"{document.title}\n{document.body}" if document else view.template
        return {"ETag": f'W/"{hashlib.sha256(told.encode()).hexdigest()[:16]}"'}
    if site.validator == "last-modified" and document:
        return {
            "Last-Modified": format_datetime((document.modified or document.published).astimezone(UTC), usegmt=True)
        }
    return {}


class SiteServer(ThreadingHTTPServer):
    """Serves one site from `views()`, asked anew for each request, on a port of its own."""

    daemon_threads = True
    block_on_close = False

    def __init__(
        self, site: Site, views: Callable[[], Mapping[str, View]], *, port: int = 0, now: Callable[[], datetime]
    ) -> None:
        super().__init__((HOST, port), _Handler)
        self.site = site
        self.now = now
        self.views = views
        self.requests: list[tuple[str, int]] = []  # address and status, in order
        self.thread = Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    @property
    def base(self) -> str:
        """The site's address without a closing slash."""
        return f"http://{HOST}:{self.server_port}"

    def start(self) -> None:
        """Begin to answer."""
        self.thread.start()

    def stop(self) -> None:
        """Answer no more and free the port."""
        self.shutdown()
        self.thread.join()
        self.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: SiteServer
    timeout = 30

    def do_GET(self) -> None:
        asked = {name.lower(): value for name, value in self.headers.items()}
        standing = self.server.views()
        view = standing.get(self.path, standing.get(url_query_cleaner(self.path, TRACKING, remove=True)))
        given = answer(self.server.site, view, asked, self.server.base)
        self.server.requests.append((self.path, given.status))
        self.send_response(given.status)
        for name, value in given.headers.items():
            self.send_header(name, value)
        if given.status != 304:
            self.send_header("Content-Length", str(len(given.body)))
        self.end_headers()
        self.wfile.write(given.body)

    def date_time_string(self, timestamp: float | None = None) -> str:
        """The world's time, for `Date` in the header."""
        return format_datetime(self.server.now(), usegmt=True)

    def log_message(self, *args: object) -> None:
        """Nothing: the requests are kept in `SiteServer.requests`."""
