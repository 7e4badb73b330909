"""What a site can do wrong: each fault is counted, none becomes a version, and the good pages all arrive."""

from __future__ import annotations

import sqlite3

import pytest

from tests.crawler.conftest import Desk
from tests.traps import TRAPS, Traps, bomb, links, release

GOOD = [f"/news/{n}" for n in range(20)]
FAULTS = sorted(TRAPS)
TEXT_OF_ITS_OWN = {"/trap/many-headers", "/trap/long-header"}


def test_forty_faults_store_no_version_and_cost_no_good_page(desk: Desk, site: Traps) -> None:
    """A crawl among faults keeps every good page, no faulty one as a version, and ends with status 2."""
    assert len(FAULTS) >= 40
    site.page("/robots.txt", "", "Content-Type: text/plain")
    site.page("/list", links(*GOOD, *FAULTS))
    for path in GOOD:
        site.page(path, release(f"the bridge at {path}"))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/(news|trap)/'")
    crawl = desk.crawl()
    assert crawl.status == 2, crawl.said
    kept = _versions(desk)
    assert {path for path in kept if "/news/" in path} == set(GOOD)
    assert {path for path in kept if "/trap/" in path} <= TEXT_OF_ITS_OWN
    for reason in (
        "timeouts",
        "too_large",
        "bad_content",
        "redirect_loop",
        "unreachable",
        "refused_address",
        "truncated",
    ):
        assert crawl.count(reason) > 0, (reason, crawl.summary)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["gz", "gz-gz", "deflate", "br", "zstd"])
def test_a_bomb_of_a_gigabyte_is_stopped_while_it_unpacks(desk: Desk, site: Traps, kind: str) -> None:
    """A page that unpacks to 1 GB counts as too large, and the process stays under 300 MB."""
    encoding, body = bomb(kind)
    site.page("/list", links("/news/bomb", "/news/good"))
    site.page("/news/bomb", body, f"Content-Encoding: {encoding}")
    site.page("/news/good", release("the good page"))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    crawl = desk.crawl(settings={"EXTENSIONS": '{"tests.crawler.memory.PeakMemory": 1}', "DOWNLOAD_TIMEOUT": "30"})
    assert crawl.count("too_large") == 1, crawl.said
    assert set(_versions(desk)) == {"/news/good"}
    peak = next(int(line.split()[1]) for line in crawl.said.splitlines() if line.startswith("PEAK "))
    assert peak < 300_000, f"{peak} kB"


def _versions(desk: Desk) -> list[str]:
    with sqlite3.connect(desk.database) as connection:
        rows = connection.execute(
            "SELECT u.address FROM version JOIN document_url AS u ON u.document_id = version.document_id"
        ).fetchall()
    return ["/" + address.split("/", 3)[3] for (address,) in rows]
