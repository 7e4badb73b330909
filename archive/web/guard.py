"""What stands before every page: known hosts and reading methods only, and headers that let a browser run nothing."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from typing import Self
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from archive.errors import UsageError
from archive.web.problems import problem

__all__ = ["Guard", "Names"]

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
METHODS = ("GET", "HEAD")
_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)(?::(?P<port>\d{1,5}))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The hosts that are answered: the one of `public_url`, IP addresses and `localhost`.

    Any other would be a page of somebody else's that a browser was led to show as its own (DNS rebinding).
    """

    public_url: str | None = None

    @classmethod
    def of(cls, public_url: str | None) -> Self:
        """Checked; raises UsageError where it is no http or https address, or goes on after the host."""
        if public_url is None:
            return cls()
        parts = _parts(public_url.strip())
        if parts is None or parts.scheme not in ("http", "https") or not _HOST.fullmatch(parts.netloc):
            raise UsageError(f"{public_url!r} is no address of a site; write it as https://archive.example.org")
        if parts.path.strip("/") or parts.query or parts.fragment:
            raise UsageError(f"{public_url!r} goes on after the host; the page wants a host of its own")
        return cls(f"{parts.scheme}://{parts.netloc.lower()}")

    def knows(self, host: str) -> bool:
        """Whether a Host header names this page."""
        written = _HOST.fullmatch(host)
        if written is None:
            return False
        name = written["name"].lower().strip("[]")
        return name == "localhost" or _is_address(name) or name == urlsplit(self.public_url or "").hostname

    def scheme(self, host: str) -> str | None:
        """The scheme of `public_url` where a Host header names it: a proxy that speaks https asks in http."""
        known = urlsplit(self.public_url or "")
        return known.scheme if host.lower() == known.netloc else None

    def base(self, request: HTTPConnection) -> str:
        """What stands before a path in an absolute address, without a slash at its end."""
        return self.public_url or f"{request.url.scheme}://{request.headers['host'].lower()}"


def _parts(url: str) -> SplitResult | None:
    """The parts of an address; None where its brackets or its port are none."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError:
        return None
    return parts


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


class Guard:
    """ASGI middleware: refuses what is no question, and adds the headers to every answer."""

    def __init__(self, app: ASGIApp, names: Names) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        refusal = self._refusal(scope)
        if refusal is None and (scheme := self.names.scheme(Headers(scope=scope)["host"])):
            scope = {**scope, "scheme": scheme}
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> ASGIApp | None:
        if scope["method"] not in METHODS:
            allow = {"Allow": ", ".join(METHODS)}
            return _refused(scope, 405, "This page is read-only: only GET and HEAD are answered.", allow)
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) == 1 and self.names.knows(hosts[0]):
            return None
        return _refused(
            scope, 400, "This page is not known by the host that was asked for; `archive serve --public-url` names one."
        )


def _refused(scope: Scope, status: int, sentence: str, headers: dict[str, str] | None = None) -> ASGIApp:
    if scope["path"].startswith("/api/"):
        return problem(status, sentence, headers=headers)
    return PlainTextResponse(f"{sentence}\n", status, headers)
