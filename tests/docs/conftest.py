"""The demo's archive, crawled once for all that the documentation does with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import World
from tests.world.demo import Demo
from tests.world.then import EVENINGS, Clock


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks as after `make demo`: `data/demo/archive.db`, its WARC files and `data/demo/world.toml`."""
    root = tmp_path_factory.mktemp("demo")
    folder = root / "data" / "demo"
    folder.mkdir(parents=True)
    now = Clock(EVENINGS[1])
    with World(now=now) as world:
        environment = {
            "ARCHIVE_CATALOG": str(world.write_catalog(folder)),
            "ARCHIVE_DATABASE": f"sqlite:///{folder / 'archive.db'}",
        }
        crawled = Demo(world, environment, now)
        crawled.crawl_all()
        world.day = 2
        now.set(EVENINGS[2])
        crawled.crawl_all()
    return root
