"""The ten-minute paths can be walked: every command of each, from the first to the last, and what it prints."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.paths import agree, follow, steps
from tests.world import World

PATHS = ("start-newsroom.md", "start-reader.md", "start-researcher.md")
DOCUMENTED = range(8801, 8807)  # where the world stands unless somebody else does


def _ports(world: World) -> dict[str, str]:
    bases = (server.base for server in world.servers.values())
    return {str(port): base.rpartition(":")[2] for port, base in zip(DOCUMENTED, bases, strict=True)}


@pytest.mark.parametrize("page", PATHS)
def test_a_path_has_steps(page: str) -> None:
    """Ten minutes' worth."""
    assert 5 <= len(steps(page)) <= 25


@pytest.mark.slow
def test_a_newsroom_crawls(tmp_path: Path) -> None:
    """`scrapy crawl` and `archive crawl --due` fetch the invented press rooms."""
    (tmp_path / "data" / "world").mkdir(parents=True)
    with World() as world:
        world.write_catalog(tmp_path / "data" / "world")
        follow("start-newsroom.md", tmp_path, _ports(world))
        assert len(world.servers["ledger"].requests) > 5


@pytest.mark.slow
@pytest.mark.parametrize("page", PATHS[1:])
def test_a_reader_and_a_researcher_ask(page: str, demo: Path, tmp_path: Path) -> None:
    """On the demo's archive."""
    shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    follow(page, tmp_path, _documented_ports(demo))


def _documented_ports(demo: Path) -> dict[str, str]:
    catalog = (demo / "data" / "demo" / "world.toml").read_text(encoding="utf-8")
    found = list(dict.fromkeys(re.findall(r"127\.0\.0\.1:(\d+)", catalog)))
    return dict(zip(map(str, DOCUMENTED), found, strict=True))


def test_what_is_printed_is_compared() -> None:
    """Line by line; `...` stands for lines, or for the end of one."""
    assert agree(["a", "b", "c"], ["a", "..."])
    assert agree(["primary source: found"], ["primary source: ..."])
    assert not agree(["a", "b"], ["a"])
    assert not agree(["b"], ["a"])
