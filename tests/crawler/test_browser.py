"""Pages drawn by a real Chromium: what its scripts show is read, and nothing is asked for behind the crawl's back."""

from __future__ import annotations

import json
import shutil
from collections import Counter

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.settings import DOWNLOADER_MIDDLEWARES
from tests.crawler.conftest import Desk
from tests.crawler.test_watch import archive, rows
from tests.traps import Connection, Traps, release, serving

pytestmark = pytest.mark.skipif(
    not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), reason="no chromium; install one"
)
BORDER = {name: number for name, number in DOWNLOADER_MIDDLEWARES.items() if not name.endswith("SafetyMiddleware")} | {
    "tests.crawler.border.Border": 50,
    "crawler.middlewares.safety.SafetyMiddleware": None,
}
PATTERN = "strategy = 'listing', documents = '/news/'"
LIST = """<html><head><title>News</title></head><body><ul id=list></ul><script src="/app.js"></script></body></html>"""
SCRIPT = """
fetch('/data.json').then(answer => answer.json()).then(items => {
  document.getElementById('list').innerHTML = items.map(each => `<li><a href="${each}">At ${each}</a></li>`).join('');
});
"""


@pytest.fixture
def drawn(site: Traps, desk: Desk) -> Traps:
    """A press room whose list and releases are drawn by scripts."""
    site.page("/list", LIST)
    site.page("/app.js", SCRIPT, "Content-Type: text/javascript")
    site.page("/data.json", '["/news/1", "/news/2"]', "Content-Type: application/json", "Set-Cookie: visitor=17")
    for number in (1, 2):
        site.page(f"/news/{number}", _shell(release(f"the affair {number}")))
    desk.declare(f"{site.url}/list", PATTERN, "browser = true")
    return site


def _shell(page: str) -> str:
    body = page.partition("<body>")[2].partition("</body>")[0].replace("'", "&#39;")
    script = f"<script>a.innerHTML = '{body}'</script>"
    return f"<html><head><title>News</title></head><body><div id=a></div>{script}</body></html>"


def test_what_scripts_draw_is_read(drawn: Traps, desk: Desk) -> None:
    """The server's answer and what was drawn of it are both kept, the second as a conversion; a rebuild agrees."""
    crawl = desk.crawl()
    assert (crawl.status, crawl.count("new_documents")) == (0, 2), crawl.said
    assert crawl.count("subresources") == 2
    found = rows(desk, "SELECT role, warc_type, count(*) FROM capture GROUP BY 1, 2 ORDER BY 1, 2")
    assert found == [("document", "conversion", 2), ("listing", "conversion", 1), ("undrawn", "response", 3)]
    texts = rows(desk, "SELECT text FROM version ORDER BY text")
    assert all("the affair" in text for (text,) in texts)
    assert archive(desk, "rebuild").returncode == 0
    assert rows(desk, "SELECT text FROM version ORDER BY text") == texts
    assert archive(desk, "verify").returncode == 0
    records = _records(desk)
    for made in records["conversion"]:
        assert made.get_header("WARC-Refers-To") in {each.get_header("WARC-Record-ID") for each in records["response"]}


def _records(desk: Desk) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for path in (desk.folder / "archive-warc").glob("*.warc.gz"):
        with path.open("rb") as file:
            for record in ArchiveIterator(file):
                found.setdefault(record.rec_type, []).append(record.rec_headers)
    return found


def test_an_unchanged_page_is_no_version(drawn: Traps, desk: Desk) -> None:
    """A second crawl draws again and finds the same."""
    desk.crawl()
    again = desk.crawl()
    assert (again.count("new_documents"), again.count("new_versions")) == (0, 0)


def test_it_asks_as_the_crawl_does(drawn: Traps, desk: Desk) -> None:
    """One name, robots.txt, no cookies, one request at a time, and nothing but scripts and data."""
    drawn.page("/robots.txt", "User-agent: *\nDisallow: /secret", "Content-Type: text/plain")
    page = LIST.replace(
        "<ul", '<img src="/a.png"><link rel=stylesheet href="/a.css"><video src="/a.mp4"></video><iframe src="/f">'
        "</iframe><script>fetch('/secret'); fetch('/post', {method: 'POST', body: 'x'}); new WebSocket("
        "'ws://' + location.host + '/ws'); navigator.sendBeacon('/beacon', 'x');</script><ul",
    )  # fmt: skip
    drawn.page("/list", page)
    crawl = desk.crawl()
    assert crawl.count("new_documents") == 2, crawl.said
    asked = Counter(path for _, path, _ in drawn.asked)
    assert asked == dict.fromkeys(("/robots.txt", "/list", "/app.js", "/data.json", "/news/1", "/news/2"), 1)
    assert len({headers["user-agent"] for _, _, headers in drawn.asked}) == 1
    assert not any("cookie" in headers for _, _, headers in drawn.asked)
    assert crawl.count("subresources_refused") >= 4


def test_no_page_leads_the_browser_into_our_network(drawn: Traps, desk: Desk) -> None:
    """Fetches, scripts, frames, preconnects, redirects and pages gone on to: no connection to another private address.

    Here the site is private itself: it alone counts as public.
    """
    with serving() as inner:
        port = inner.server_address[1]
        wicked = (
            f'<link rel=preconnect href="http://127.0.0.1:{port}"><link rel=dns-prefetch href="//localhost:{port}">'
            f'<link rel=prefetch href="http://127.0.0.1:{port}/p"><script src="http://2130706433:{port}/s"></script>'
            f"<script>for (const host of ['127.0.0.1', '[::1]', 'localhost', '0x7f.1', '169.254.169.254'])"
            f" fetch(`http://${{host}}:{port}/x`, {{mode: 'no-cors'}}).catch(() => 0);"
            f" new Image().src = 'http://127.0.0.1:{port}/i'; fetch('/hop').catch(() => 0);"
            f" new WebSocket('ws://127.0.0.1:{port}/w'); navigator.sendBeacon('http://127.0.0.1:{port}/b');"
            f" setTimeout(() => location.href = 'http://127.0.0.1:{port}/gone', 50)</script>"
        )
        drawn.routes["/hop"] = lambda connection: _redirect(connection, f"http://127.0.0.1:{port}/hopped")
        drawn.page("/list", LIST.replace("<ul", f"{wicked}<ul"))
        public = f"127.0.0.1:{drawn.server_address[1]}"
        crawl = desk.crawl(settings={"PUBLIC": public, "DOWNLOADER_MIDDLEWARES": json.dumps(BORDER)})
        assert not inner.asked
        assert crawl.count("new_documents") == 2, crawl.said
        assert crawl.count("subresources_refused") >= 6


def _redirect(connection: Connection, target: str) -> None:
    connection.send(302, b"", f"Location: {target}")


def test_a_page_that_never_ends_is_given_up(drawn: Traps, desk: Desk) -> None:
    """A script that blocks, and one that asks for ever, cost the time of one page and make no document."""
    drawn.page("/news/1", "<html><body><script>while (true) {}</script></body></html>")
    crawl = desk.crawl(settings={"BROWSER_SECONDS": "4"})
    assert (crawl.count("new_documents"), crawl.count("not_drawn"), crawl.status) == (1, 1, 2)
    assert "BROWSER_SECONDS" in crawl.said


def test_without_a_browser_it_says_what_to_install(drawn: Traps, desk: Desk) -> None:
    """One sentence and status 2; nothing is asked."""
    crawl = desk.crawl(settings={"CHROMIUM": "/nowhere/chromium"})
    assert crawl.status == 2
    assert "install one, or set CHROMIUM=PATH" in crawl.said
    assert not drawn.asked
