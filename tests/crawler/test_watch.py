"""What crawls do over time: revisits, back-off, reservations, soft 404s, rebuilt and moved sites, cut-off backfills."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import Any

import pytest

from crawler.reservations import reservation
from crawler.spiders.probe import nowhere
from tests.crawler.conftest import ROOT, Desk
from tests.traps import Connection, Traps, links, release

PATTERN = "strategy = 'listing', documents = '/news/'"
USUAL = {"REVISIT_ALL": "0"}


def rows(desk: Desk, query: str, *values: Any) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(desk.database)) as connection:
        return connection.execute(query, values).fetchall()


def change(desk: Desk, statement: str) -> None:
    with closing(sqlite3.connect(desk.database)) as connection:
        connection.execute(statement)
        connection.commit()


def archive(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archive.cli", *arguments],
        cwd=ROOT, env=desk.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_a_document_is_asked_again_when_its_visit_has_come(desk: Desk, site: Traps) -> None:
    """Listed or not, a young document is left alone until the next of its ages; what is saved is counted."""
    site.page("/list", links("/news/1", "/news/2"))
    site.page("/news/1", release("the mill"))
    site.page("/news/2", release("the ferry"))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl(settings=USUAL)
    second = desk.crawl(settings=USUAL)
    assert (second.count("fresh"), site.hits["/news/1"]) == (2, 1)
    change(desk, "UPDATE frontier SET due_at = found_at WHERE address LIKE '%/news/1'")
    third = desk.crawl(settings=USUAL)
    assert (third.count("fresh"), site.hits["/news/1"], site.hits["/news/2"]) == (1, 2, 1)


def test_a_budget_bounds_the_revisits_of_one_run(desk: Desk, site: Traps) -> None:
    """What is beyond it stays due."""
    paths = [f"/news/{n}" for n in range(6)]
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, release(f"the affair {path}"))
    desk.declare(f"{site.url}/list", PATTERN, "revisit = { after = ['1h', '2d'], budget = 2 }")
    desk.crawl(settings=USUAL)
    change(desk, "UPDATE frontier SET due_at = found_at")
    second = desk.crawl(settings=USUAL)
    assert (second.count("documents"), second.count("put_off")) == (2, 4)


def test_an_absent_document_is_looked_for_until_its_removal_is_sure(desk: Desk, site: Traps) -> None:
    """Again after a day, not after the months that its age would give it."""
    site.page("/list", links("/news/1"))
    site.page("/news/1", release("the mill"))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl(settings=USUAL)
    site.page("/news/1", "<title>Not found</title>", status=404)
    change(desk, "UPDATE frontier SET due_at = found_at, found_at = '2020-01-01 00:00:00.000000'")
    desk.crawl(settings=USUAL)
    ((days, absences),) = rows(desk, "SELECT julianday(due_at) - julianday('now'), absences FROM frontier")
    assert absences == 1
    assert 0.9 < days < 1.1


def test_a_host_that_asks_to_wait_is_left_alone_by_the_next_run_too(desk: Desk, site: Traps) -> None:
    """429 with Retry-After: nothing more is sent, what is left stays due, and nobody asks before the time."""
    paths = [f"/news/{n}" for n in range(5)]
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, "slow down", "Retry-After: 3600", status=429)
    desk.declare(f"{site.url}/list", PATTERN)
    one_at_a_time = {"CONCURRENT_REQUESTS": "1", "RETRY_ENABLED": "1", **USUAL}
    first = desk.crawl(settings=one_at_a_time)
    assert sum(site.hits[path] for path in paths) == 1
    assert first.count("put_off") == 4
    site.hits.clear()
    second = desk.crawl(settings=one_at_a_time)
    assert sum(site.hits.values()) == 0
    assert second.status == 2
    said = archive(desk, "crawl", "--due", "--dry-run")
    assert "nothing is due" in said.stderr


def test_a_short_wait_is_waited_for(desk: Desk, site: Traps) -> None:
    """A second is not worth another run."""
    told: list[float] = []

    def answer(connection: Connection) -> None:
        told.append(time.monotonic())
        if len(told) == 1:
            connection.send(503, b"busy", "Retry-After: 1")
        else:
            connection.send(200, release(f"affair {connection.path}").encode())

    site.page("/list", links("/news/1", "/news/2"))
    site.routes |= {"/news/1": answer, "/news/2": answer}
    desk.declare(f"{site.url}/list", PATTERN)
    crawl = desk.crawl(settings={"CONCURRENT_REQUESTS": "1", **USUAL})
    assert crawl.count("new_documents") == 1
    assert told[1] - told[0] > 0.9


RESERVED = [
    ([], b'<meta name="robots" content="index, NOARCHIVE">', "noarchive"),
    ([], b"<meta content=noarchive name=robots>", "noarchive"),
    ([], b'<meta name="OnTheRecord" content="noarchive">', "noarchive"),
    ([], b'<meta name="bingbot" content="noarchive">', None),
    ([], b'<meta name="robots" content="noindex">', None),
    ([], b'<meta name="tdm-reservation" content="1">', "tdm-reservation"),
    ([], b'<meta name="tdm-reservation" content="0">', None),
    ([("X-Robots-Tag", "noarchive, nofollow")], b"", "noarchive"),
    ([("X-Robots-Tag", "otherbot: noarchive")], b"", None),
    ([("X-Robots-Tag", "ontherecord: noarchive")], b"", "noarchive"),
    ([("tdm-reservation", "1")], b"", "tdm-reservation"),
    ([("tdm-reservation", "0")], b"\xff\xfe<meta", None),
]


@pytest.mark.parametrize(("headers", "page", "reserved"), RESERVED)
def test_reservations_are_read(headers: list[tuple[str, str]], page: bytes, reserved: str | None) -> None:
    """Of the page and of its headers, for all or for us."""
    assert reservation(headers, page) == reserved


def test_a_reserved_page_is_recorded_and_not_kept(desk: Desk, site: Traps) -> None:
    """That it answered is kept, its words are not."""
    site.page("/list", links("/news/1"))
    site.page("/news/1", release("the mill"), "X-Robots-Tag: noarchive")
    desk.declare(f"{site.url}/list", PATTERN)
    crawl = desk.crawl()
    assert (crawl.count("reserved"), crawl.count("new_documents"), crawl.status) == (1, 0, 0)
    kept = rows(desk, "SELECT reserved, payload_length, status FROM capture WHERE role = 'document'")
    assert kept == [("noarchive", 0, 200)]


def test_an_address_nobody_has_keeps_the_shape() -> None:
    """Folder, ending and parameters stay; the name is random."""
    assert nowhere("https://a.example/news/2026/ferry.html").startswith("https://a.example/news/2026/")
    assert nowhere("https://a.example/news/2026/ferry.html").endswith(".html")
    assert "ferry" not in nowhere("https://a.example/news/ferry/")
    number = nowhere("https://a.example/CivicAlerts.aspx?AID=341").partition("AID=")[2]
    assert number.isdigit()
    assert number != "341"


SOFT = (
    "<html><head><title>Brackwater</title></head><body><article><h1>Brackwater on the river</h1><p>Welcome to the town "
    "of Brackwater. Use the menu to find the office that you want to visit, the hours of the library and the days on "
    "which the market is held. The clerk answers letters within ten days, and calls on every morning but Monday.</p>"
    "</article></body></html>"
)


def test_what_a_site_says_of_nothing_is_no_document(desk: Desk, site: Traps) -> None:
    """A probe shows that the site answers 200 to anything; a withdrawn release then is an absence, not an edit."""
    site.page("/list", links("/news/1", "/news/2"))
    site.page("/news/1", release("the mill"))
    site.page("/news/2", SOFT)
    site.missing = lambda connection: connection.send(200, SOFT.encode())
    desk.declare(f"{site.url}/list", PATTERN)
    probing = {"PROBE_DAYS": "30"}
    first = desk.crawl(settings=probing)
    assert (first.count("probes"), first.count("new_documents")) == (1, 1)
    site.page("/news/1", SOFT)
    second = desk.crawl(settings=probing)
    assert (second.count("probes"), second.count("new_versions")) == (0, 0)
    assert rows(desk, "SELECT state, absences FROM removal") == [("suspected", 1)]


def redesigned(title: str) -> str:
    """A release whose template lost its body: a teaser and the site's own name as the title."""
    return (
        f"<html><head><title>Brackwater newsroom</title></head><body><main><h1>Brackwater newsroom</h1>"
        f"<p>{title} is told in three sentences here. Read on below. The rest is a picture.</p></main></body></html>"
    )


def test_a_rebuilt_site_is_held_until_a_person_releases_it(desk: Desk, site: Traps) -> None:
    """No bogus version is left; the release brings what was held, and a rebuild agrees each time."""
    paths = [f"/news/{n}" for n in range(8)]
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, release(f"the affair {path}", words=300))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl()
    for path in paths:
        site.page(path, redesigned(path))
    held = desk.crawl()
    assert (held.summary["outcome"], held.status) == ("quarantined", 2)
    assert held.count("new_versions") == 0
    assert rows(desk, "SELECT max(versions) FROM document") == [(1,)]
    (source,) = json.loads(f"[{archive(desk, 'sources', '--json').stdout.strip()}]")
    assert source["state"] == "quarantined"
    assert "release-run" in source["reason"]
    archive(desk, "rebuild")
    assert rows(desk, "SELECT max(versions) FROM document") == [(1,)]
    dry = archive(desk, "decide", "release-run", desk.name, "--reason", "looked at it", "--dry-run")
    assert "would bring 0 new documents, 8 new versions" in dry.stdout
    assert "brought" in archive(desk, "decide", "release-run", desk.name, "--reason", "looked at it").stdout
    assert rows(desk, "SELECT min(versions) FROM document") == [(2,)]
    archive(desk, "rebuild")
    assert rows(desk, "SELECT min(versions) FROM document") == [(2,)]
    assert "no run" in archive(desk, "decide", "release-run", desk.name, "--reason", "again").stderr


def test_one_broken_page_calls_witnesses(desk: Desk, site: Traps) -> None:
    """Where a single revisit looks rebuilt, others are read again at once, and the run is held with them."""
    paths = [f"/news/{n}" for n in range(8)]
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, release(f"the affair {path}", words=300))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl(settings=USUAL)
    for path in paths:
        site.page(path, redesigned(path))
    change(desk, "UPDATE frontier SET due_at = found_at WHERE address LIKE '%/news/3'")
    held = desk.crawl(settings=USUAL)
    assert held.summary["outcome"] == "quarantined"
    assert held.count("witnesses") > 0
    assert rows(desk, "SELECT max(versions) FROM document") == [(1,)]


def test_a_held_source_is_well_only_when_known_pages_are(desk: Desk, site: Traps) -> None:
    """The next run reads known pages again though none is due: still broken it is held too, mended it is believed."""
    paths = [f"/news/{n}" for n in range(8)]
    site.page("/list", links(*paths))
    for path in paths:
        site.page(path, release(f"the affair {path}", words=300))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl(settings=USUAL)
    for path in paths:
        site.page(path, redesigned(path))
    assert desk.crawl().summary["outcome"] == "quarantined"
    site.page("/list", links("/news/8", *paths))
    site.page("/news/8", redesigned("/news/8"))
    assert desk.crawl(settings=USUAL).summary["outcome"] == "quarantined"
    assert rows(desk, "SELECT count(*) FROM version") == [(8,)]
    for path in (*paths, "/news/8"):
        site.page(path, release(f"the affair {path}", words=300))
    mended = desk.crawl(settings=USUAL)
    assert mended.summary["outcome"] == "ok"
    assert mended.count("witnesses") > 0
    assert desk.crawl(settings=USUAL).count("witnesses") == 0
    assert rows(desk, "SELECT max(versions) FROM document") == [(1,)]


def test_a_line_in_the_catalog_moves_a_whole_site(desk: Desk, site: Traps, sites: Any) -> None:
    """Every document is asked for at its new address and stays what it was, whatever the old host says."""
    new = sites()
    for n in range(3):
        site.page(f"/news/{n}", release(f"the affair {n}"))
        new.page(f"/press/{n}", release(f"the affair {n}") + "<!-- new house -->")
    site.page("/list", links("/news/0", "/news/1", "/news/2"))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl()
    before = rows(desk, "SELECT public_id FROM document ORDER BY public_id")
    for n in range(3):
        site.page(f"/news/{n}", "gone", status=410)
    new.page("/list", links("/press/0", "/press/1", "/press/2"))
    line = f"moves = [{{ on = 2026-01-01, from = '{site.url}/news/', to = '{new.url}/press/' }}]"
    desk.declare(f"{new.url}/list", PATTERN.replace("/news/", "/press/"), line)
    crawl = desk.crawl()
    assert (crawl.count("new_documents"), crawl.count("new_versions")) == (0, 0)
    assert rows(desk, "SELECT public_id FROM document ORDER BY public_id") == before
    assert rows(desk, "SELECT DISTINCT joined_by FROM document_url ORDER BY 1") == [("first",), ("site",)]
    assert rows(desk, "SELECT count(*) FROM removal WHERE state = 'confirmed'") == [(0,)]
    archive(desk, "rebuild")
    assert rows(desk, "SELECT public_id FROM document ORDER BY public_id") == before


def test_a_feed_that_dropped_items_leads_to_the_listing_behind_it(desk: Desk, site: Traps) -> None:
    """While one item of the feed is known nothing is missing; when none is, the listing is read."""

    def feed(*numbers: int) -> None:
        items = "".join(f"<item><title>T{n}</title><link>{site.url}/news/{n}</link></item>" for n in numbers)
        site.page("/feed", f"<rss version='2.0'><channel>{items}</channel></rss>", "Content-Type: application/rss+xml")

    for n in range(12):
        site.page(f"/news/{n}", release(f"the affair {n}"))
    site.page("/list", links(*(f"/news/{n}" for n in reversed(range(12)))))
    behind = f"behind = {{ start = '{site.url}/list', {PATTERN} }}"
    feed(2, 1, 0)
    desk.declare(f"{site.url}/feed", "strategy = 'feed'", behind)
    change_of = [desk.crawl(settings=USUAL).count("new_documents")]
    assert site.hits["/list"] == 1  # the first time nothing is known at all
    feed(3, 2, 1)
    desk.crawl(settings=USUAL)
    assert site.hits["/list"] == 1
    feed(20, 19, 18)
    for n in (18, 19, 20):
        site.page(f"/news/{n}", release(f"the affair {n}"))
    site.page("/list", links(*(f"/news/{n}" for n in (20, 19, 18, 13, *reversed(range(12))))))
    site.page("/news/13", release("the affair 13"))
    third = desk.crawl(settings=USUAL)
    assert site.hits["/list"] == 2
    assert [*change_of, third.count("new_documents")] == [12, 4]


@pytest.fixture
def long_site(site: Traps) -> Traps:
    """A listing of thirty pages with two releases each, each of which takes a moment."""

    def slow(connection: Connection) -> None:
        time.sleep(0.05)
        connection.send(200, release(f"the affair {connection.path}").encode())

    for page in range(1, 31):
        paths = [f"/news/{page}-{n}" for n in range(2)]
        following = f'<a class="next" href="/list?page={page + 1}">Next</a>' if page < 30 else ""
        site.page("/list" if page == 1 else f"/list?page={page}", links(*paths) + following)
        site.routes |= dict.fromkeys(paths, slow)
    return site


def test_a_killed_backfill_goes_on_where_it_was(desk: Desk, long_site: Traps) -> None:
    """After kill -9 the rerun reaches every document, and reads few pages of the listing twice."""
    desk.declare(f"{long_site.url}/list", f"{PATTERN}, next = 'a.next'")
    one = {"CONCURRENT_REQUESTS": "1", **USUAL}
    with subprocess.Popen(
        desk.command(desk.name, "-a", "backfill=1", settings=one), cwd=ROOT, env=desk.environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as crawl:  # fmt: skip
        until = time.monotonic() + 60
        while long_site.hits["/list?page=9"] == 0 and time.monotonic() < until:
            time.sleep(0.01)
        crawl.kill()
    again = desk.crawl(desk.name, "-a", "backfill=1", settings=one)
    assert again.status == 0
    assert rows(desk, "SELECT count(*) FROM document") == [(60,)]
    assert rows(desk, "SELECT count(*) FROM listing_due") == [(0,)]
    assert sum(count for path, count in long_site.hits.items() if path.startswith("/list")) <= 40
