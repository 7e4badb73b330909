"""`archive sources add`, `probe` and `skeleton`, and how a site's system is told: on stored pages and local sites."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import SourceError
from crawler.discovery import discover
from crawler.proposing import propose
from crawler.recognition import recognise
from crawler.skeleton import skeleton
from tests.crawler.conftest import LOCAL, ROOT, Desk
from tests.traps import Traps, links, release
from tests.world import World

QUICK = [part for name, value in LOCAL.items() for part in ("--set", f"{name}={value}")]
LISTING = """<html><head><title>News | Town of Brackwater</title></head><body><nav><a href="/news/">News</a>
<a href="/departments/clerk">Clerk</a></nav><main><ul>
<li><a href="/news/2026/ferry-runs-again">Ferry runs again after the flood</a> March 3, 2026</li>
<li><a href="/news/2026/mill-opens-its-doors">Mill opens its doors to schools</a> March 2, 2026</li>
<li><a href="/news/2026/council-votes-levy">Council votes on the library levy</a> March 1, 2026</li></ul>
<a rel="next" href="?page=2">Older</a></main><footer><a href="/departments/privacy">Privacy notice</a>
</footer></body></html>"""


def archive(*arguments: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "archive.cli", "sources", *arguments],
        cwd=ROOT, env={**Desk(folder=folder).environment, **environment}, capture_output=True, text=True, timeout=120,
        check=False,
    )  # fmt: skip


MARKS = [
    ('<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">', "drupal"),
    ('<link href="/wp-content/themes/town/style.css" rel="stylesheet">', "wordpress"),
    ('<script src="/etc.clientlibs/town/clientlibs/site.js"></script>', "aem"),
    ('<meta name="GENERATOR" content="Microsoft SharePoint">', "sharepoint"),
    ('<script src="/Assets/Scripts/APIClient.js"></script>', "civicplus"),
    ('<script src="/Project/Contents/Main/_gfx/a.js"></script>', "granicus"),
    ('<script src="/OCServiceHandler.axd?url=x"></script>', "opencities"),
    ('<img src="/-/media/images/seal.png">', "sitecore"),
    ('<meta name="generator" content="Ghost 5.2">', "ghost"),
    (
        '<a href="https://brackwater.legistar.com/Calendar.aspx">Meetings</a><a href="https://x.wixstatic.com/">x</a>',
        None,
    ),
    ("", None),
]


@pytest.mark.parametrize(("mark", "system"), MARKS)
def test_a_system_is_told_by_what_it_loads_and_calls_itself(mark: str, system: str | None) -> None:
    """A link to another system is no mark."""
    found = recognise(
        "https://www.brackwater.example/news", [], f"<html><head>{mark}</head><p>Hello</p></html>".encode()
    )
    assert found.system == system
    assert bool(found.signs) == (system not in (None, "ghost"))


@given(st.binary(max_size=300))
def test_any_bytes_are_some_system_or_none(payload: bytes) -> None:
    """Whatever a server sends."""
    recognise("https://a.example/", [("Server", "x")], payload)


def test_the_pattern_comes_from_the_listings_own_links() -> None:
    """Years are digits, menus are left out, the next page is found."""
    found = propose("https://www.brackwater.example/news/", LISTING.encode(), "text/html")
    assert found.strategy == "listing"
    assert found.options == {"documents": r"/news/\d{4}/[^/?#]+", "next": "a[rel=next]"}
    assert len(found.listing.entries) == 3
    with pytest.raises(SourceError, match="no list of documents"):
        propose("https://a.example/", b"<html><p>Nothing</p></html>", "text/html")


def test_a_new_city_hall_without_writing_code(tmp_path: Path) -> None:
    """A stored page becomes an entry that the catalog takes, and a test page without its words."""
    page = tmp_path / "page.html"
    page.write_text(LISTING)
    catalog = tmp_path / "new" / "us-xx.toml"
    told = ["--url", "https://www.brackwater.example/news/", "--id", "us-xx-brackwater-mayor", "--office", "mayor"]
    done = archive("add", str(page), *told, "--write", str(catalog), folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "3 documents on this page" in done.stderr
    entry = tomllib.loads(catalog.read_text())["us-xx-brackwater-mayor"]
    assert entry["discover"] == {"strategy": "listing", "documents": r"/news/\d{4}/[^/?#]+", "next": "a[rel=next]"}
    kept = catalog.parent / "pages" / "us-xx-brackwater-mayor"
    assert json.loads((kept / "listing.json").read_text())["documents"] == 3
    assert "Ferry" not in (kept / "listing.html").read_text()
    again = archive("add", str(page), *told, "--write", str(catalog), folder=tmp_path)
    assert (again.returncode, "has a source us-xx-brackwater-mayor already" in again.stderr) == (1, True)


MINUTES = "".join(f'<li><a href="/minutes/detail/{n}">Minutes of meeting number {n}</a></li>' for n in range(8))
NEIGHBOURS = f"""<html><title>Minutes &#8211; Brackwater</title><main><a href="/minutes/of/2026">This page</a>
<a href="/minutes/of/2025">Last year</a><ul>{MINUTES}</ul></main></html>"""


def test_the_narrower_pattern_is_taken_where_it_says_nearly_as_much() -> None:
    """All below the first folder would take the list's own page and those of other years."""
    found = propose("https://www.brackwater.example/minutes/of/2026", NEIGHBOURS.encode(), "text/html")
    assert found.options == {"documents": "/minutes/detail/[^/?#]+"}
    assert len(found.listing.entries) == 8


@pytest.mark.parametrize(
    ("given", "zone"),
    [
        (["--jurisdiction", "ocd-division/country:us/state:oh/place:brackwater"], "America/New_York"),
        (["--jurisdiction", "ocd-division/country:us/state:wa/place:brackwater"], "America/Los_Angeles"),
        (["--jurisdiction", "ocd-division/country:us/state:oh", "--timezone", "America/Denver"], "America/Denver"),
        ([], "America/Chicago"),
    ],
)
def test_the_time_zone_is_that_of_the_state(given: list[str], zone: str, tmp_path: Path) -> None:
    """As the catalog's other sources there have it; a guess says that it is one."""
    page = tmp_path / "page.html"
    page.write_text(NEIGHBOURS)
    url = "https://www.brackwater.example/minutes/of/2026"
    done = archive("add", str(page), "--url", url, *given, folder=tmp_path, ARCHIVE_CATALOG="")
    entry = next(iter(tomllib.loads(done.stdout).values()))
    assert (entry["timezone"], entry["title"]) == (zone, "Minutes – Brackwater")
    assert ("is a guess" in done.stderr) == (not given)


MISTAKES = [
    (["add", "nothing.html", "--url", "https://a.example/"], "cannot be read"),
    (["add", "{page}"], "--url https://..."),
    (["add", "{page}", "--url", "https://a.example/", "--timezone", "Mars/Olympus"], "no time zone"),
    (["add", "http://127.0.0.1:1/", *QUICK], "nothing can be proposed"),
    (["add", "http://[::1/"], "no address of a page"),
    (["add", "http://a.example:99999/"], "no address of a page"),
    (["add", "{page}", "--url", "a.example"], "no address of a page"),
    (["skeleton", "nothing.html"], "cannot be read"),
    (["probe"], "name sources"),
    (["probe", "nobody"], "no source is called 'nobody'"),
    (["probe", "nobody", "--set", "x"], "no source is called"),
]


@pytest.mark.parametrize(("arguments", "said"), MISTAKES)
def test_a_mistake_is_one_sentence(arguments: list[str], said: str, tmp_path: Path) -> None:
    """What happened and what to give instead; never a traceback."""
    page = tmp_path / "page.html"
    page.write_text(LISTING)
    done = archive(*(each.replace("{page}", str(page)) for each in arguments), folder=tmp_path, ARCHIVE_CATALOG="")
    assert done.returncode in (1, 2)
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_add_looks_at_a_site_and_probe_agrees(tmp_path: Path) -> None:
    """A press room of the invented world: what is proposed works when it is probed, and is crawled by its entry."""
    with World() as world:
        catalog = tmp_path / "catalog.toml"
        start = f"{world.base('riverton')}/mayor/news"
        told = ["--id", "xx-riverton", "--write", str(catalog), "--timezone", "America/Chicago"]
        added = archive("add", start, *told, *QUICK, folder=tmp_path, ARCHIVE_CATALOG="")
        assert added.returncode == 0, added.stderr
        probed = archive("probe", "xx-riverton", "--json", *QUICK, folder=tmp_path)
        assert probed.returncode == 0, probed.stderr
        row = json.loads(probed.stdout)
        assert (row["verdict"], row["status"]) == ("works", 200)
        assert row["documents"] >= 4
        crawl = Desk(folder=tmp_path, name="xx-riverton").crawl()
        assert crawl.count("new_documents") >= 8, crawl.said


def test_probe_says_what_is_wrong(desk: Desk, site: Traps) -> None:
    """Gone, refused by robots.txt, showing nothing: each has its verdict, and the status is 2."""
    cases = {
        "/gone": ("gone", None), "/walls": ("robots refused", None),
        "/empty": ("shows nothing", "<html><p>x</p></html>"), "/works": ("works", links("/news/1")),
    }  # fmt: skip
    site.page("/robots.txt", "User-agent: *\nDisallow: /walls\n", "Content-Type: text/plain")
    site.page("/news/1", release("x"))
    for path, (verdict, body) in cases.items():
        if body:
            site.page(path, body)
        desk.declare(f"{site.url}{path}", "strategy = 'listing', documents = '/news/'")
        done = archive("probe", desk.name, "--json", *QUICK, folder=desk.folder)
        assert json.loads(done.stdout)["verdict"] == verdict
        assert done.returncode == (0 if verdict == "works" else 2)


WORDS = re.compile(r"[^\W\d_]{4,}")
MONTHS = {"march"}


@given(
    titles=st.lists(st.from_regex(r"[A-Z][a-z]{4,9} [a-z]{4,9} [a-z]{4,9}", fullmatch=True), min_size=1, max_size=8),
)
def test_no_word_survives_and_what_is_found_stays(titles: list[str]) -> None:
    """Markup, dates and the shape of links stay; equal pages give equal skeletons."""
    rows = "".join(
        f'<div class="row"><h3><a href="/news/{number}/{title.lower().replace(" ", "-")}">{title}</a></h3>'
        f"<time>March {number + 1}, 2026</time></div>"
        for number, title in enumerate(titles)
    )
    url = "https://www.brackwater.example/news/"
    page = f"<html><title>Brackwater hall</title><body>{rows}<!-- secret words --></body></html>".encode()
    made = skeleton(page, url)
    assert made == skeleton(page, url)
    original = {word.lower() for title in titles for word in WORDS.findall(title)} | {"brackwater", "secret"}
    text = re.sub(r"<[^>]+>", " ", made.decode())
    assert not ({word.lower() for word in WORDS.findall(text)} - MONTHS) & original
    options = {"css": ".row", "documents": "/news/", "title": "h3", "date": "time"}
    before = discover("listing", page, url=url, options=options)
    after = discover("listing", made, url=url, options=options)
    assert len(after.entries) == len(before.entries)
    assert [each.published for each in after.entries] == [each.published for each in before.entries]


def test_two_pages_give_different_words_for_one() -> None:
    """What one page says cannot be read back from another."""
    one, other = (skeleton(f"<p>Ferryman {number}</p>".encode()) for number in (1, 2))
    assert re.sub(rb"\d", b"", one) != re.sub(rb"\d", b"", other)
