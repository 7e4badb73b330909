"""`scrapy crawl` from the outside: what it asks for, what it keeps, what it says and how it exits."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from tests.crawler.conftest import ROOT, Desk
from tests.traps import Connection, Traps, links, release

PATTERN = "strategy = 'listing', documents = '/news/'"


def rows(desk: Desk, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(desk.database) as connection:
        return connection.execute(query).fetchall()


def paged(site: Traps, pages: int) -> None:
    """A listing of `pages` pages with two releases each, by `?page=N`."""
    for page in range(1, pages + 1):
        paths = [f"/news/{page}-{n}" for n in range(2)]
        following = f'<a class="next" href="/list?page={page + 1}">Next</a>' if page < pages else ""
        site.page("/list" if page == 1 else f"/list?page={page}", links(*paths) + following)
        for path in paths:
            site.page(path, release(f"the affair {path}"))


@pytest.mark.parametrize("way", ["next = 'a.next'", "pages = '?page={n}'"])
def test_a_first_crawl_reads_all_pages_and_a_second_stops_at_what_is_known(desk: Desk, site: Traps, way: str) -> None:
    """Pages are followed until five known releases follow one another; backfill goes to the end again."""
    paged(site, 5)
    desk.declare(f"{site.url}/list", f"{PATTERN}, {way}")
    assert desk.crawl().count("new_documents") == 10
    site.hits.clear()
    second = desk.crawl()
    assert (second.status, second.count("new_versions"), second.count("extractions")) == (0, 0, 0)
    assert site.hits["/list"] == 1
    assert site.hits["/list?page=3"] == 1
    assert site.hits["/list?page=4"] == 0
    site.hits.clear()
    desk.crawl(desk.name, "-a", "backfill=1")
    assert site.hits["/list?page=5"] == 1


def test_documents_are_asked_for_conditionally_and_listings_never(desk: Desk, site: Traps) -> None:
    """A document with an ETag is asked with it and its 304 is kept; a listing is always read anew."""

    def answer(connection: Connection) -> None:
        if connection.headers.get("if-none-match") == '"v1"':
            connection.head(304, 'ETag: "v1"')
        else:
            connection.send(200, release("the mill").encode(), 'ETag: "v1"')

    site.page("/list", links("/news/1"), 'ETag: "list"')
    site.routes["/news/1"] = answer
    desk.declare(f"{site.url}/list", PATTERN)
    desk.crawl()
    second = desk.crawl()
    assert second.count("not_modified") == 1, second.said
    asked = [headers for _, path, headers in site.asked if path == "/list"]
    assert len(asked) == 2
    assert not any("if-none-match" in headers for headers in asked)


def test_every_hop_of_a_redirect_is_a_capture(desk: Desk, site: Traps) -> None:
    """Where a page moved to is kept with where it was; a redirect of a page to itself is counted and ends."""
    site.page("/list", links("/news/old", "/news/circle"))
    site.page("/news/old", b"", "Location: /news/older", status=301)
    site.page("/news/older", b"", "Location: /news/new", status=302)
    site.page("/news/new", release("the ferry"))
    site.page("/news/circle", b"", "Location: /news/circle", status=301)
    desk.declare(f"{site.url}/list", PATTERN)
    crawl = desk.crawl()
    kept = {(str(url).removeprefix(site.url), status) for url, status in rows(desk, "SELECT url, status FROM capture")}
    expected = {("/list", 200), ("/news/old", 301), ("/news/older", 302), ("/news/new", 200), ("/news/circle", 301)}
    assert kept == expected
    assert crawl.count("redirect_loop") == 1
    assert site.hits["/news/circle"] == 1


def test_since_and_until_bound_what_is_asked_for(desk: Desk, site: Traps) -> None:
    """Entries outside of the span are listed and not fetched; those without a date are fetched."""
    body = "".join(
        f'<p><a href="/news/{name}">T</a><time>{day}</time></p>'
        for name, day in (("new", "2026-03-05"), ("in", "2026-03-02"), ("old", "2026-02-01"), ("undated", ""))
    )
    site.page("/list", f"<html>{body}</html>")
    desk.declare(f"{site.url}/list", PATTERN + ", css = 'p', date = 'time'")
    crawl = desk.crawl(desk.name, "-a", "since=2026-03-01", "-a", "until=2026-03-03")
    assert crawl.count("listed") == 4
    assert {path for path in site.hits if path.startswith("/news/")} == {"/news/in", "/news/undated"}


def test_calendars_and_circles_of_listings_end(desk: Desk, site: Traps) -> None:
    """A listing whose next page never ends is left at the limit; one that leads back is read once."""

    def calendar(connection: Connection) -> None:
        month = int(connection.path.partition("=")[2] or 0)
        body = links(f"/news/{month}") + f'<a class="next" href="/list?month={month + 1}">Next month</a>'
        connection.send(200, body.encode())

    site.routes["/list"] = calendar
    site.routes |= {f"/list?month={n}": calendar for n in range(100)}
    desk.declare(f"{site.url}/list", PATTERN + ", next = '.next'")
    desk.crawl(settings={"LISTING_PAGES_MAX": "5"})
    assert sum(count for path, count in site.hits.items() if path.startswith("/list")) == 6


WRONG: dict[str, tuple[list[str], dict[str, str], str]] = {
    "unknown source": (["brackwater-hal"], {}, "did you mean brackwater-hall?"),
    "no source": (["-a", "backfill=1"], {}, "one source is wanted"),
    "bad date": (["brackwater-hall", "-a", "since=yesterday"], {}, "since=yesterday: no date"),
    "bad argument": (["brackwater-hall", "-a", "since"], {}, "write it as NAME=VALUE"),
    "no replay file": (["brackwater-hall"], {"REPLAY": "/nothing.warc.gz"}, "no such WARC file"),
    "no catalog": (["brackwater-hall"], {"ARCHIVE_CATALOG": "/nothing.toml"}, "no such catalog file"),
}


@pytest.mark.parametrize("case", sorted(WRONG))
def test_wrong_use_is_one_sentence_and_status_1(desk: Desk, case: str) -> None:
    """Nothing is started; the sentence says what to do."""
    arguments, settings, said = WRONG[case]
    desk.declare("http://127.0.0.1:1/list", PATTERN)
    crawl = desk.crawl(*arguments, settings=settings)
    assert crawl.status == 1
    assert said in crawl.said
    assert len(crawl.said.splitlines()) == 1
    assert not desk.database.exists()


def test_a_misspelt_catalog_key_is_named_with_its_file(desk: Desk) -> None:
    """File, source and key stand in the one sentence."""
    desk.declare("http://127.0.0.1:1/list", PATTERN, "rythm = { per_week = 2 }")
    crawl = desk.crawl()
    assert crawl.status == 1
    assert "catalog.toml: source brackwater-hall: key rythm: unknown; did you mean rhythm?" in crawl.said


def _refuse(connection: Connection) -> None:
    connection.cut()


LISTINGS: dict[str, tuple[Callable[[Connection], None], int, str]] = {
    "gone": (lambda c: c.send(404, b"<html>Not found</html>"), 2, "answered 404"),
    "down": (lambda c: c.send(503, b"<html>Down</html>"), 2, "answered 503"),
    "reset": (_refuse, 2, "listing not read"),
    "empty": (lambda c: c.send(200, b"<html><body>Nothing here</body></html>"), 4, "no document"),
    "a picture": (lambda c: c.send(200, b"\x89PNG", "Content-Type: image/png"), 2, "not an HTML page"),
}


@pytest.mark.parametrize("case", sorted(LISTINGS))
def test_a_listing_that_fails_is_told_and_has_its_status(desk: Desk, site: Traps, case: str) -> None:
    """A source that cannot be read is status 2, one that shows nothing against its rhythm is status 4."""
    answer, status, said = LISTINGS[case]
    site.routes["/list"] = answer
    desk.declare(f"{site.url}/list", PATTERN, "rhythm = { per_week = 5 }")
    crawl = desk.crawl()
    assert crawl.status == status, crawl.said
    assert said in crawl.said


def test_an_archive_that_cannot_be_written_is_status_3(desk: Desk, site: Traps) -> None:
    """A database that is none is refused before anything is asked of the site."""
    site.page("/list", links("/news/1"))
    desk.declare(f"{site.url}/list", PATTERN)
    desk.database.write_bytes(b"no database at all" * 1000)
    crawl = desk.crawl()
    assert crawl.status == 3
    assert site.hits.total() == 0
    assert len(crawl.said.splitlines()) == 1


def test_a_disk_that_fills_during_the_crawl_is_status_3(desk: Desk, site: Traps) -> None:
    """The crawl is closed with one sentence, what was committed is whole, and the next crawl fetches the rest."""
    paths = [f"/news/{n}" for n in range(60)]
    site.page("/list", links(*paths))
    noise = random.Random(51)
    for path in paths:
        filler = noise.randbytes(40_000).hex()
        site.page(path, release(f"the affair {path}").replace("</article>", f"</article><!-- {filler} -->"))
    desk.declare(f"{site.url}/list", PATTERN)
    limit = 1_000_000
    done = subprocess.run(
        ["prlimit", f"--fsize={limit}", *desk.command()],
        cwd=ROOT, env=desk.environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert rows(desk, "PRAGMA integrity_check") == [("ok",)]
    assert desk.crawl().status == 0
    assert rows(desk, "SELECT count(*) FROM document") == [(60,)]


@pytest.mark.slow
@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [1.5, 2.5, 4.0])
def test_a_stopped_crawl_ends_soon_and_keeps_what_it_acknowledged(
    desk: Desk, site: Traps, stop: signal.Signals, after: float
) -> None:
    """Within 30 seconds, with whole rows and no torn file, though a page is still dripping; the next crawl goes on."""
    paths = [f"/news/{n}" for n in range(300)]
    site.page("/list", links("/trap/drip", *paths))
    for path in paths:
        site.page(path, release(f"the affair {path}"))
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/(news|trap)/'")
    command = desk.command(settings={"DOWNLOAD_TIMEOUT": "120", "DOWNLOAD_DELAY": "0.02", "STOP_AFTER": "3"})
    process = subprocess.Popen(
        command, cwd=ROOT, env=desk.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    time.sleep(after)
    before = time.monotonic()
    process.send_signal(stop)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - before < 30
    assert "Traceback" not in said
    if desk.database.exists():
        assert rows(desk, "PRAGMA integrity_check") == [("ok",)]
    site.page("/list", links(*paths))
    site.routes["/trap/drip"] = lambda connection: connection.send(404)
    desk.crawl()
    assert rows(desk, "SELECT count(*) FROM document") == [(300,)]


def test_the_built_in_entries_are_spiders() -> None:
    """`scrapy list` prints every entry's id, sorted."""
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"],
        cwd=ROOT, env=os.environ | {"ARCHIVE_CATALOG": ""}, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    names = done.stdout.split()
    assert {"us-white-house-2017", "us-mn-attorney-general", "us-ny-new-york-nypd"} <= set(names)
    assert names == sorted(names)
