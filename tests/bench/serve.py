"""`python -m tests.bench.serve FOLDER`: serve a packed site with as little CPU as Python allows.

Prints its port. Every second page has an ETag and is answered with 304, as in the world; the others never are.
"""

from __future__ import annotations

import asyncio
import mmap
import sys
from pathlib import Path

from tests.bench.site import Packed, read_index

__all__ = ["main"]

NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


class _Answering(asyncio.Protocol):
    """One keep-alive connection of GET requests without bodies."""

    def __init__(self, pages: dict[bytes, Packed], data: mmap.mmap) -> None:
        self.pages = pages
        self.data = data
        self.received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.received += data
        while (end := self.received.find(b"\r\n\r\n")) >= 0:
            head, self.received = self.received[:end], self.received[end + 4 :]
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        page = self.pages.get(head.split(b" ", 2)[1])
        if page is None:
            self.transport.write(NOT_FOUND)
            return
        tag = f"ETag: {page.etag}\r\n".encode() if page.etag else b""
        if page.etag and page.etag.encode() in head:
            self.transport.write(b"HTTP/1.1 304 Not Modified\r\n" + tag + b"\r\n")
            return
        self.transport.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n%b\r\n%b"
            % (page.length, tag, self.data[page.offset : page.offset + page.length])
        )


async def _serve(folder: Path) -> None:
    pages = {page.path.encode(): page for page in read_index(folder)}
    with (folder / "pages.bin").open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Answering(pages, data), "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()


def main() -> None:
    """Serve until killed."""
    asyncio.run(_serve(Path(sys.argv[1])))


if __name__ == "__main__":
    main()
