"""`python -m tests.world --serve`: serve the invented press rooms until interrupted."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from tests.world import World


@click.command()
@click.option("--serve", is_flag=True, required=True, help="Serve the sites until interrupted.")
@click.option("--day", default=1, show_default=True, help="The world's day.")
@click.option("--first-port", default=8801, show_default=True, help="The sites take consecutive ports from here.")
@click.option("--catalog", type=click.Path(path_type=Path), default=Path("data/world"), show_default=True)
def main(serve: bool, day: int, first_port: int, catalog: Path) -> None:
    """Serve the invented press rooms on this machine and write their catalog entries into a folder."""
    catalog.mkdir(parents=True, exist_ok=True)
    with World(day=day, first_port=first_port) as world:
        for key, site in world.sites.items():
            click.echo(f"{site.source:24} {world.base(key)}  {site.name}")
        click.echo(f"\nexport ARCHIVE_CATALOG={world.write_catalog(catalog)}")
        click.echo("scrapy crawl xx-riverton-mayor -s ALLOW_PRIVATE_ADDRESSES=1\n\nInterrupt (Ctrl-C) to end.")
        signal.sigwait({signal.SIGINT, signal.SIGTERM})


if __name__ == "__main__":
    main()
