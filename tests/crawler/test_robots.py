"""robots.txt: what is forbidden is never fetched, whoever asks and however many at once."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import Response
from scrapy.settings import Settings

from crawler.failures import Refused
from crawler.middlewares.robots import MAX_BYTES, RobotsMiddleware, read_rules
from tests.crawler.conftest import Desk
from tests.traps import Connection, Traps, links, release

FORBID = b"User-agent: *\nDisallow: /hidden/\n"
PAGES = [f"/hidden/{n}" for n in range(16)]


def _status(status: int) -> Callable[[Connection], None]:
    return lambda connection: connection.send(status, b"busy")


def _hang(connection: Connection) -> None:
    time.sleep(8)


def _redirect(times: int) -> Callable[[Connection], None]:
    def answer(connection: Connection) -> None:
        step = int(connection.path.partition("?")[2] or 0)
        if step < times:
            connection.send(302, b"", f"Location: /robots.txt?{step + 1}")
        else:
            connection.send(200, FORBID)

    return answer


def _reset(connection: Connection) -> None:
    connection.cut()


def _body(body: bytes) -> Callable[[Connection], None]:
    return lambda connection: connection.send(200, body, "Content-Type: text/plain")


# name: what /robots.txt answers, how many of the 16 pages may be fetched, the count of the others
CASES: dict[str, tuple[Callable[[Connection], None], int, str]] = {
    "forbidden": (_body(FORBID), 0, "robots_refused"),
    "for our name": (_body(b"User-agent: OnTheRecord\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), 0, "robots_refused"),
    "byte order mark": (_body(b"\xef\xbb\xbf" + FORBID), 0, "robots_refused"),
    "one megabyte": (_body(FORBID + b"# filler\n" * 120_000), 0, "robots_refused"),
    "server error": (_status(503), 0, "robots_unreachable"),
    "timeout": (_hang, 0, "robots_unreachable"),
    "reset": (_reset, 0, "robots_unreachable"),
    "redirected": (_redirect(3), 0, "robots_refused"),
    "redirected too often": (_redirect(9), 16, ""),
    "not there": (_status(404), 16, ""),
    "closed to all": (_status(403), 16, ""),
    "for somebody else": (_body(b"User-agent: OtherBot\nDisallow: /\n"), 16, ""),
}


def test_sixteen_at_once_fetch_nothing_that_is_forbidden(desk: Desk, sites: Callable[[], Traps]) -> None:
    """In each of twelve cases 16 simultaneous requests get what robots.txt allows, and nothing else."""
    index = sites()
    hosts: dict[str, Traps] = {}
    for name, (robots, _, _) in CASES.items():
        hosts[name] = host = sites()
        host.routes["/robots.txt"] = robots
        host.routes |= {f"/robots.txt?{n}": robots for n in range(1, 12)}
        for path in PAGES:
            host.page(path, release(f"the matter {path} of {name}"))
    index.page("/list", links(*(f"{host.url}{path}" for host in hosts.values() for path in PAGES)))
    desk.declare(f"{index.url}/list", "strategy = 'listing', documents = '/hidden/'")
    crawl = desk.crawl(settings={"CONCURRENT_REQUESTS": "250"})
    fetched = {name: sum(host.hits[path] for path in PAGES) for name, host in hosts.items()}
    assert fetched == {name: allowed for name, (_, allowed, _) in CASES.items()}, crawl.said
    assert crawl.count("robots_refused") == 16 * sum(case[2] == "robots_refused" for case in CASES.values())
    assert crawl.count("robots_unreachable") == 16 * sum(case[2] == "robots_unreachable" for case in CASES.values())


def test_crawl_delay_is_kept_between_all_requests_to_a_host(desk: Desk, site: Traps) -> None:
    """With a Crawl-delay the requests after robots.txt come at least that far apart, one at a time."""
    paths = [f"/news/{n}" for n in range(4)]
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.5\n", "Content-Type: text/plain")
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, release(f"the water works {path}"))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    crawl = desk.crawl(settings={"AUTOTHROTTLE_ENABLED": "1", "AUTOTHROTTLE_START_DELAY": "0.1"})
    assert crawl.count("documents") == 4, crawl.said
    times = [at for at, _, _ in site.asked]
    assert all(later - earlier >= 0.49 for earlier, later in pairwise(times[1:])), times


def test_requests_carry_our_name_and_the_contact(desk: Desk, site: Traps) -> None:
    """Every request, that for robots.txt too, says who asks and whom to write to."""
    site.page("/list", links("/news/1"))
    site.page("/news/1", release("the fair"))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/news/'")
    desk.crawl()
    agents = {headers["user-agent"] for _, _, headers in site.asked}
    assert len(site.asked) == 3
    assert len(agents) == 1
    assert agents.pop().startswith("OnTheRecord/")
    assert all("clerk@brackwater.example" in headers["user-agent"] for _, _, headers in site.asked)


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        (200, FORBID, False),
        (200, b"", True),
        (200, b"\xff\xfe\x00 no text", True),
        (200, b"User-agent: *\nDisallow: /hidden/*.html$\n", True),
        (204, b"", True),
        (401, FORBID, True),
        (404, FORBID, True),
        (429, FORBID, True),
        (500, b"", False),
        (599, b"", False),
        (302, b"", False),
        (200, b"#" * MAX_BYTES + b"\nUser-agent: *\nDisallow: /\n", True),
        (200, FORBID + b"#" * MAX_BYTES, False),
    ],
)
def test_one_answer_is_read_as_rfc_9309_says(status: int, body: bytes, allowed: bool) -> None:
    """2xx is read up to 500 KiB, 4xx allows, everything else forbids."""
    rules = read_rules(status, body)
    if allowed:
        rules.check("http://brackwater.example/hidden/1", "OnTheRecord")
    else:
        with pytest.raises(Refused):
            rules.check("http://brackwater.example/hidden/1", "OnTheRecord")


class _Slots:
    """As much of an engine as the middleware needs: robots.txt comes after a while."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.downloader = SimpleNamespace(slots={}, per_slot_settings={})

    async def download_async(self, request: Request) -> Response:
        await asyncio.sleep(self.dice.random() / 1_000)
        return Response(request.url, status=200, body=FORBID)


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_times_sixteen_at_once(seed: int) -> None:
    """Whatever the order in which sixteen requests and robots.txt come, none gets through; a hundred runs each."""

    async def sixteen(dice: random.Random) -> int:
        settings = Settings({"ROBOTSTXT_OBEY": True, "ROBOTSTXT_USER_AGENT": "OnTheRecord", "CRAWL_DELAY_MAX": 60})
        crawler: Any = SimpleNamespace(settings=settings, engine=_Slots(dice))
        middleware = RobotsMiddleware(crawler)

        async def asked(path: str) -> bool:
            await asyncio.sleep(dice.random() / 1_000)
            try:
                await middleware.process_request(Request(f"https://brackwater.example{path}"))
            except Refused:
                return False
            return True

        return sum(await asyncio.gather(*map(asked, PAGES)))

    dice = random.Random(seed)
    assert sum(asyncio.run(sixteen(dice)) for _ in range(100)) == 0
