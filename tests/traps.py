"""A local server of faults: one handler per way in which a site can go wrong, and a counter of who asked for what.

Raw sockets, because most faults are what a well-behaved server library refuses to do.
"""

from __future__ import annotations

import gzip
import socket
import socketserver
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import brotli
from backports import zstd

GIGABYTE = 1_000_000_000
CHUNK = bytes(1_000_000)

Handler = Callable[["Connection"], None]
TRAPS: dict[str, Handler] = {}


def trap(path: str) -> Callable[[Handler], Handler]:
    """Register the handler of one path."""

    def register(handler: Handler) -> Handler:
        TRAPS[path] = handler
        return handler

    return register


class Connection(socketserver.StreamRequestHandler):
    """One connection, one request, one answer."""

    server: Traps
    path: str
    headers: dict[str, str]

    def handle(self) -> None:
        line = self.rfile.readline().decode("latin-1").split()
        if len(line) < 2:
            return
        self.path = line[1]
        self.headers = {}
        while (header := self.rfile.readline().strip()) and b":" in header:
            name, _, value = header.decode("latin-1").partition(":")
            self.headers[name.strip().lower()] = value.strip()
        self.server.note(self)
        handler = self.server.routes.get(self.path) or TRAPS.get(self.path.partition("?")[0]) or self.server.missing
        with suppress(BrokenPipeError, ConnectionResetError, TimeoutError):
            handler(self)

    def send(self, status: int, body: bytes = b"", *headers: str, length: int | None = None) -> None:
        """A whole answer; `length` is what Content-Length claims, if that is not the truth."""
        said = len(body) if length is None else length
        self.head(status, f"Content-Length: {said}", *headers)
        self.wfile.write(body)

    def head(self, status: int, *headers: str) -> None:
        """The head of an answer alone."""
        kind = (
            () if any(header.lower().startswith("content-type") for header in headers) else ("Content-Type: text/html",)
        )
        lines = [f"HTTP/1.1 {status} X", "Connection: close", *kind, *headers]
        self.wfile.write(("\r\n".join(lines) + "\r\n\r\n").encode("latin-1"))

    def cut(self) -> None:
        """Reset the connection."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")


class Traps(socketserver.ThreadingTCPServer):
    """The server. `routes` are pages of one test, beside the traps, `missing` answers all else.

    `hits` counts paths; `asked` says when, for what and with which headers.
    """

    allow_reuse_address = True
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Connection)
        self.routes: dict[str, Handler] = {}
        self.missing: Handler = not_found
        self.hits: Counter[str] = Counter()
        self.asked: list[tuple[float, str, dict[str, str]]] = []
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """The server's address, without a closing slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def note(self, connection: Connection) -> None:
        """Count a request."""
        with self.lock:
            self.hits[connection.path] += 1
            self.asked.append((time.monotonic(), connection.path, connection.headers))

    def page(self, path: str, body: str | bytes, *headers: str, status: int = 200) -> None:
        """Answer a path with a fixed page."""
        payload = body.encode() if isinstance(body, str) else body
        self.routes[path] = lambda connection: connection.send(status, payload, *headers)


@contextmanager
def serving() -> Iterator[Traps]:
    """A running trap server."""
    with Traps() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def release(title: str, *, words: int = 60) -> str:
    """A page of invented news, long enough to be one."""
    text = " ".join(f"The council of Brackwater heard report number {n} about {title}." for n in range(words // 10))
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def links(*paths: str) -> str:
    """A listing page."""
    items = "".join(f'<li><a href="{path}">Release at {path}</a></li>' for path in paths)
    return f"<html><body><ul>{items}</ul></body></html>"


def not_found(connection: Connection) -> None:
    """What no route and no trap answers."""
    connection.send(404, b"<html><title>Not found</title><body>Not found</body></html>")


for _status in (400, 401, 403, 405, 408, 410, 418, 429, 451, 500, 501, 502, 503, 504, 520, 599):

    def _answer(connection: Connection, status: int = _status) -> None:
        connection.send(status, f"<html><title>{status}</title><body>Error {status}</body></html>".encode())

    TRAPS[f"/trap/status/{_status}"] = _answer


@trap("/trap/silent")
def silent(connection: Connection) -> None:
    """Take the request and never answer."""
    time.sleep(20)


@trap("/trap/reset")
def reset(connection: Connection) -> None:
    """Reset before a byte was sent."""
    connection.cut()


@trap("/trap/reset-in-body")
def reset_in_body(connection: Connection) -> None:
    """Reset in the middle of the body."""
    connection.head(200, "Content-Length: 5000")
    connection.wfile.write(b"<html>" + b"x" * 1000)
    connection.wfile.flush()
    connection.cut()


@trap("/trap/close")
def close(connection: Connection) -> None:
    """Close without a byte."""


@trap("/trap/short")
def short(connection: Connection) -> None:
    """A body shorter than it claims."""
    connection.send(200, release("a cut page").encode(), length=100_000)


@trap("/trap/short-chunk")
def short_chunk(connection: Connection) -> None:
    """A chunked body that ends within a chunk."""
    connection.head(200, "Transfer-Encoding: chunked")
    connection.wfile.write(b"ffff\r\n" + release("a cut chunk").encode())


@trap("/trap/bad-chunk")
def bad_chunk(connection: Connection) -> None:
    """A chunk whose size is no number."""
    connection.head(200, "Transfer-Encoding: chunked")
    connection.wfile.write(b"zz\r\nhello\r\n0\r\n\r\n")


@trap("/trap/drip")
def drip(connection: Connection) -> None:
    """One byte at a time, for ever."""
    connection.head(200, "Content-Length: 100000")
    while True:
        connection.wfile.write(b"x")
        connection.wfile.flush()
        time.sleep(0.2)


@trap("/trap/drip-head")
def drip_head(connection: Connection) -> None:
    """A head that never ends, slowly."""
    connection.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.wfile.write(b"X-More: yes\r\n")
        connection.wfile.flush()
        time.sleep(0.2)


@trap("/trap/endless")
def endless(connection: Connection) -> None:
    """A body without end, as fast as it goes."""
    connection.head(200)
    while True:
        connection.wfile.write(CHUNK)


@trap("/trap/endless-chunked")
def endless_chunked(connection: Connection) -> None:
    """The same in chunks."""
    connection.head(200, "Transfer-Encoding: chunked")
    while True:
        connection.wfile.write(b"%x\r\n" % len(CHUNK) + CHUNK + b"\r\n")


@trap("/trap/huge-claim")
def huge_claim(connection: Connection) -> None:
    """A Content-Length of ten gigabytes."""
    connection.send(200, b"<html>small</html>", length=10 * GIGABYTE)


@trap("/trap/many-headers")
def many_headers(connection: Connection) -> None:
    """A hundred thousand header lines."""
    connection.send(200, release("many headers").encode(), *(f"X-Header-{n}: {n}" for n in range(100_000)))


@trap("/trap/long-header")
def long_header(connection: Connection) -> None:
    """One header line of two megabytes."""
    connection.send(200, release("a long header").encode(), "X-Long: " + "y" * 2_000_000)


@trap("/trap/no-status")
def no_status(connection: Connection) -> None:
    """Something that is not HTTP."""
    connection.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")


@trap("/trap/odd-status")
def odd_status(connection: Connection) -> None:
    """A status line of words."""
    connection.wfile.write(b"HTTP/1.1 abc Fine\r\nContent-Length: 2\r\n\r\nok")


@trap("/trap/two-lengths")
def two_lengths(connection: Connection) -> None:
    """Two Content-Length headers that disagree."""
    connection.send(200, b"<html>two</html>", "Content-Length: 4")


@trap("/trap/negative-length")
def negative_length(connection: Connection) -> None:
    """A Content-Length below zero."""
    connection.send(200, b"<html>negative</html>", length=-1)


def _encoded(path: str, encoding: str, body: bytes) -> None:
    TRAPS[path] = lambda connection: connection.send(200, body, f"Content-Encoding: {encoding}")


_encoded("/trap/bad-gzip", "gzip", b"this is no gzip at all" * 20)
_encoded("/trap/cut-gzip", "gzip", gzip.compress(release("a cut gzip").encode())[:60])
_encoded("/trap/bad-brotli", "br", b"\xff\xfe this is no brotli" * 20)
_encoded("/trap/bad-zstd", "zstd", b"this is no zstd at all" * 20)
_encoded("/trap/bad-deflate", "deflate", b"\xff\xffthis is no deflate" * 20)
_encoded("/trap/unknown-encoding", "rot13", b"<html>uryyb</html>")


def redirect(path: str, location: str, status: int = 302) -> None:
    """Register a redirect."""
    TRAPS[path] = lambda connection: connection.send(status, b"", f"Location: {location}")


redirect("/trap/self", "/trap/self")
redirect("/trap/self-permanent", "/trap/self-permanent", 301)
redirect("/trap/ping", "/trap/pong")
redirect("/trap/pong", "/trap/ping")
redirect("/trap/to-file", "file:///etc/hostname")
redirect("/trap/to-data", "data:text/html,hello")
redirect("/trap/to-nowhere", "http://127.0.0.1:1/nobody")
redirect("/trap/bad-location", "http://[bad/")
redirect("/trap/no-location", "")


@trap("/trap/chain")
def chain(connection: Connection) -> None:
    """Redirects that never repeat and never end."""
    number = int(connection.path.partition("?")[2] or 0)
    connection.send(302, b"", f"Location: /trap/chain?{number + 1}")


@trap("/trap/image")
def image(connection: Connection) -> None:
    """Not a text at all."""
    connection.send(200, b"\x89PNG\r\n\x1a\n" + bytes(2000), "Content-Type: image/png")


@trap("/trap/empty")
def empty(connection: Connection) -> None:
    """Status 200 and nothing."""
    connection.send(200)


def bomb(kind: str, size: int = GIGABYTE) -> tuple[str, bytes]:
    """Content-Encoding and body of `size` zero bytes packed; `kind` is gz, gz-gz, deflate, br or zstd."""
    packed: dict[str, tuple[str, Callable[[], bytes]]] = {
        "gz": ("gzip", lambda: _pack(zlib.compressobj(9, wbits=31), size)),
        "gz-gz": ("gzip, gzip", lambda: gzip.compress(_pack(zlib.compressobj(9, wbits=31), size), 9)),
        "deflate": ("deflate", lambda: _pack(zlib.compressobj(9), size)),
        "br": ("br", lambda: _brotli(size)),
        "zstd": ("zstd", lambda: _pack(zstd.ZstdCompressor(), size)),
    }
    encoding, make = packed[kind]
    return encoding, make()


def _pack(compressor: Any, size: int) -> bytes:
    parts = [compressor.compress(CHUNK) for _ in range(size // len(CHUNK))]
    return b"".join([*parts, compressor.flush()])


def _brotli(size: int) -> bytes:
    compressor = brotli.Compressor(quality=1)
    parts = [compressor.process(CHUNK) for _ in range(size // len(CHUNK))]
    return b"".join([*parts, compressor.finish()])
