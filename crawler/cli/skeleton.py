"""`archive sources skeleton`: a page with every word replaced, to be kept as a test."""

from __future__ import annotations

import gzip
from pathlib import Path

import click

from archive.errors import UsageError

__all__ = ["read_page", "skeleton"]


@click.command()
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--url", help="The page's address; links to its own host stay links to one host.")
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Write it into this file.")
def skeleton(page: Path, *, url: str | None, output: Path | None) -> None:
    """Keep the markup, links and dates of PAGE (HTML, also gzipped) and replace every word by an invented one."""
    from crawler.skeleton import skeleton as made_of

    try:
        made = made_of(read_page(page), url)
    except ValueError as error:
        raise UsageError(f"{page}: {error}") from None
    if output is None:
        click.echo(made.decode())
        return
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_bytes(made)


def read_page(path: Path) -> bytes:
    """The bytes of a stored page, unpacked. Raises UsageError where it cannot be read."""
    try:
        payload = path.read_bytes()
        return gzip.decompress(payload) if payload.startswith(b"\x1f\x8b") else payload
    except (OSError, EOFError, gzip.BadGzipFile) as error:
        raise UsageError(f"{path}: cannot be read ({error}); name a stored page") from None
