"""`archive serve`: the read-only web page."""

from __future__ import annotations

import socket

import click

from archive.cli.options import database
from archive.errors import UsageError

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="0 takes any free port.")
@click.option("--public-url", metavar="URL", help="The address people know the page by, behind a reverse proxy.")
@database
def serve(*, host: str, port: int, public_url: str | None, database: str | None) -> None:
    """Show the archive as web pages, and answer as JSON, CSV and Atom; it only ever reads.

    Stop it with Ctrl-C.
    """
    import uvicorn

    from archive.web import application

    app = application(database, public_url=public_url)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, proxy_headers=False, ws="none",
        timeout_graceful_shutdown=5,
    )  # fmt: skip
    listener = _listening(host, port)
    where, taken = listener.getsockname()[:2]
    shown = f"[{where}]" if ":" in where else where
    click.echo(f"the archive is at {public_url or f'http://{shown}:{taken}/'}; Ctrl-C stops", err=True)
    uvicorn.Server(config).run(sockets=[listener])


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there; by us, so that a taken port is one sentence."""
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        return socket.create_server(place[:2], family=family, backlog=128)
    except (OSError, UnicodeError) as error:
        why = (error.strerror or error) if isinstance(error, OSError) else "that is no name of a host"
        raise UsageError(f"cannot listen on {host} port {port}: {why}; name others with --host and --port") from None
