"""Manners and traps: one request at a time with the delay between, and no listing that keeps a crawl for ever."""

from __future__ import annotations

import json
import random
import sqlite3
import time
from contextlib import closing
from itertools import pairwise

import pytest

from tests.crawler.conftest import Desk
from tests.traps import Connection, Traps, links, release

PATTERN = "strategy = 'listing', documents = '/news/'"
POLITE = {"CONCURRENT_REQUESTS": "1", "CONCURRENT_REQUESTS_PER_DOMAIN": "1", "REVISIT_ALL": "0"}


def test_no_gap_is_shorter_than_the_delay_and_never_are_two_in_flight(desk: Desk, site: Traps) -> None:
    """The delay is what was set and no less; an answer that takes its time is waited for."""
    flights: list[tuple[float, float]] = []

    def answer(connection: Connection) -> None:
        began = time.monotonic()
        time.sleep(random.Random(connection.path).choice((0, 0.02, 0.25)))
        connection.send(200, release(f"affair {connection.path}").encode())
        flights.append((began, time.monotonic()))

    paths = [f"/news/{n}" for n in range(20)]
    site.page("/list", links(*paths))
    site.routes |= dict.fromkeys(paths, answer)
    desk.declare(f"{site.url}/list", PATTERN)
    crawl = desk.crawl(settings={**POLITE, "DOWNLOAD_DELAY": "0.15"})
    assert crawl.count("new_documents") == 20
    asked = [at for at, _, _ in site.asked]
    assert min(later - earlier for earlier, later in pairwise(asked)) >= 0.149
    assert all(later[0] > earlier[1] - 0.01 for earlier, later in pairwise(flights))


def _good(site: Traps) -> list[str]:
    paths = [f"/news/good-{n}" for n in range(5)]
    for path in paths:
        site.page(path, release(f"the affair {path}"))
    return paths


def calendar(connection: Connection, good: list[str]) -> None:
    """Months without end, none of which shows anything but what the first did."""
    month = int(connection.path.partition("month=")[2] or 0)
    connection.send(200, (links(*good) + f'<a class="next" href="/list?month={month + 1}">Next month</a>').encode())


def session(connection: Connection, good: list[str]) -> None:
    """Every answer gives all its links a new session id."""
    token = f"{random.getrandbits(64):016x}"
    body = links(*(f"{path}?PHPSESSID={token}" for path in good))
    connection.send(200, f'{body}<a class="next" href="/list?PHPSESSID={token}">Next</a>'.encode())


def repeated(connection: Connection, good: list[str]) -> None:
    """Relative links on a page that answers anything: the path grows for ever."""
    body = links(*good) + '<a href="more/news/item">More</a><a class="next" href="list/more/">Next</a>'
    connection.send(200, body.encode())


def query(connection: Connection, good: list[str]) -> None:
    """A random number in every link to the same page."""
    body = links(*good, *(f"/news/same?r={random.getrandbits(32)}" for _ in range(40)))
    connection.send(200, f'{body}<a class="next" href="/list?r={random.getrandbits(32)}">Next</a>'.encode())


def soft(connection: Connection, good: list[str]) -> None:
    """Ever more links to pages that are not there, answered with 200."""
    body = links(*good, *(f"/news/{random.getrandbits(32):08x}" for _ in range(40)))
    connection.send(200, f'{body}<a class="next" href="/list?n={random.getrandbits(32)}">Next</a>'.encode())


NOTHING = (
    "<html><title>Brackwater</title><article><p>The clerk has put this somewhere else, or it was never here at all. "
    "Use the menu, or write a letter to the hall, which is answered within ten days of its coming in.</p></article>"
    "</html>"
)


@pytest.mark.parametrize("trap", [calendar, session, repeated, query, soft])
@pytest.mark.parametrize("backfill", ["0", "1"])
def test_no_trap_costs_more_than_200_pages(desk: Desk, site: Traps, trap: object, backfill: str) -> None:
    """Calendars, session ids, growing paths, random queries, soft 404s; every good page is there in the end."""
    good = _good(site)

    def anything(connection: Connection) -> None:
        path = connection.path
        if path.startswith("/list"):
            trap(connection, good)  # type: ignore[operator]
        elif (known := path.partition("?")[0]) in good:
            connection.send(200, release(f"the affair {known}").encode())
        else:
            connection.send(200, NOTHING.encode())

    site.routes.clear()
    site.missing = anything
    desk.declare(f"{site.url}/list", f"{PATTERN}, next = 'a.next'")
    crawl = desk.crawl(desk.name, "-a", f"backfill={backfill}", settings={"PROBE_DAYS": "30", "REVISIT_ALL": "0"})
    assert len(site.asked) <= 200, json.dumps(crawl.summary)
    assert crawl.count("new_documents") >= len(good)
    assert crawl.count("new_documents") <= len(good) + 5


def test_a_wall_is_no_trap(desk: Desk, site: Traps) -> None:
    """Thirty new releases behind a wall are all asked for, and stay owed until they can be read."""
    paths = [f"/news/{n}" for n in range(30)]
    site.page("/list", links(*paths))
    wall = "<title>Just a moment...</title><p>Checking your browser. Cloudflare Ray ID: 1</p>"
    for path in paths:
        site.page(path, wall, "cf-mitigated: challenge")
    desk.declare(f"{site.url}/list", PATTERN)
    walled = desk.crawl(settings=POLITE)
    assert (walled.count("blocked"), walled.count("trap")) == (30, 0)
    for path in paths:
        site.page(path, release(f"the affair {path}"))
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.execute("UPDATE frontier SET due_at = found_at")
        connection.commit()
    assert desk.crawl(settings=POLITE).count("new_documents") == 30
