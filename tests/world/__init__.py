"""An invented small world of press rooms on local servers: three city halls, a governor and two news outlets.

    with World() as world:
        catalog = world.write_catalog(folder)   # for ARCHIVE_CATALOG
        ...                                     # crawl it
        world.day = 2                           # edits, a correction, a withdrawal, a move, a reprint, new releases

The texts stay as they are within a day; everything around them changes at every request.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from pathlib import Path
from types import TracebackType

from archive import clock
from tests.world.render import environment
from tests.world.server import SiteServer
from tests.world.sites import CMS, Site, View, load_sites, views
from tests.world.texts import LAST_DAY, documents

__all__ = ["World"]


class World:
    """The sites as they stand on `day`, which may be set while they are served; a context manager that serves them.

    `now` is the time their servers tell, by default the real one.
    The sites take consecutive ports from `first_port` where all of those are free, else any free ones.
    """

    servers: Mapping[str, SiteServer]

    def __init__(self, *, day: int = 1, first_port: int = 0, now: Callable[[], datetime] = clock.now) -> None:
        self.day = day
        self._now = now
        self._first_port = first_port

    @property
    def day(self) -> int:
        """The day of this world, 1 or later."""
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        if not 1 <= day <= LAST_DAY:
            raise ValueError(f"this world has days 1 to {LAST_DAY}, not {day}")
        self._day = day
        published = documents(day)
        self._views: dict[str, dict[str, View]] = {
            key: views(site, published[key]) for key, site in load_sites().items()
        }

    @property
    def sites(self) -> dict[str, Site]:
        """Key -> site."""
        return load_sites()

    def base(self, key: str) -> str:
        """A site's address without a closing slash."""
        return self.servers[key].base

    def address(self, key: str, slug: str) -> str:
        """The address of a document as it stands today, or stood last."""
        for day in range(self.day, 0, -1):
            for document in documents(day)[key]:
                if document.slug == slug:
                    return self.base(key) + CMS[self.sites[key].cms].address(document)
        raise KeyError(f"{key} has published no {slug} by day {self.day}")

    def listed(self, key: str) -> set[int]:
        """The numbers of the documents that a site's listing has shown on any day until today."""
        length = self.sites[key].feed_length
        return {document.number for day in range(1, self.day + 1) for document in documents(day)[key][:length]}

    def write_catalog(self, folder: Path) -> Path:
        """Write the catalog entries of these servers into `folder`; the file's path."""
        bases = {key: server.base for key, server in self.servers.items()}
        path = folder / "world.toml"
        path.write_text(environment().get_template("catalog.toml").render(base=bases), encoding="utf-8")
        return path

    def __enter__(self) -> World:
        try:
            self.servers = self._bind(self._first_port)
        except OSError:  # one of them is taken
            self.servers = self._bind(0)
        for server in self.servers.values():
            server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for server in self.servers.values():
            server.stop()

    def _bind(self, first_port: int) -> dict[str, SiteServer]:
        with ExitStack() as unused:
            servers: dict[str, SiteServer] = {}
            for index, (key, site) in enumerate(self.sites.items()):
                port = first_port and first_port + index
                servers[key] = SiteServer(site, partial(self._standing, key), port=port, now=self._now)
                unused.callback(servers[key].server_close)
            unused.pop_all()
        return servers

    def _standing(self, key: str) -> Mapping[str, View]:
        return self._views[key]
