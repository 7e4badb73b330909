"""Crawls of press rooms whose releases are PDF files: behind a listing, and behind a page of their own."""

from __future__ import annotations

from tests.crawler.conftest import Desk
from tests.crawler.test_watch import archive, change, rows
from tests.pdfs import pdf
from tests.traps import Traps, links, release

FILE = "Content-Type: application/pdf"
TEXT = " ".join(f"The council of Brackwater heard report number {n} about the ferry and its landing." for n in range(9))
PATTERN = "strategy = 'listing', documents = '/news/'"


def leading(*files: str) -> str:
    shown = "".join(f'<p><a href="{file}">Download the release</a></p>' for file in files)
    return (
        f"<html><head><title>Ferry runs again</title></head><article><h1>Ferry runs again</h1>{shown}</article></html>"
    )


def test_files_behind_a_listing_are_documents(desk: Desk, site: Traps) -> None:
    """Each with its text, under its own address."""
    site.page("/list", links("/files/1.pdf", "/files/2.pdf"))
    for number in (1, 2):
        site.page(f"/files/{number}.pdf", pdf(f"Release {number}", TEXT), FILE)
    desk.declare(f"{site.url}/list", "strategy = 'listing', documents = '/files/'")
    assert desk.crawl().count("new_documents") == 2
    assert all("about the ferry" in text for (text,) in rows(desk, "SELECT text FROM version"))


def test_the_file_behind_a_page_is_its_body(desk: Desk, site: Traps) -> None:
    """Asked for once a visit and no document; an edit of it is a version; what is elsewhere is left out."""
    site.page("/list", links("/news/1", "/news/2", "/news/3"))
    site.page("/news/1", leading("/files/1.pdf"))
    site.page("/news/2", leading("http://files.brackwater.example/2.pdf"))
    site.page("/news/3", release("the mill"))
    site.page("/files/1.pdf", pdf("Ferry runs again", TEXT), FILE)
    desk.declare(f"{site.url}/list", PATTERN)
    first = desk.crawl()
    assert (first.count("new_documents"), first.count("attachments")) == (2, 1), first.said
    assert first.count("attachments_elsewhere") == 1
    assert site.hits["/files/1.pdf"] == 1
    change(desk, "UPDATE frontier SET due_at = found_at")
    assert desk.crawl().count("new_versions") == 0
    site.page("/files/1.pdf", pdf("Ferry runs again", TEXT.replace("report number 4", "letter number 4")), FILE)
    assert desk.crawl().count("new_versions") == 1
    query = "SELECT d.url, v.number, v.text FROM version v JOIN document d ON d.id = v.document_id ORDER BY 1, 2"
    told = rows(desk, query)
    assert [(url.rpartition("/")[2], number) for url, number, _ in told] == [("1", 1), ("1", 2), ("3", 1)]
    assert "letter number 4" in told[1][2]
    assert archive(desk, "rebuild").returncode == 0
    assert rows(desk, query) == told


def test_robots_txt_holds_for_files_too(desk: Desk, site: Traps) -> None:
    """The page keeps the words it has."""
    site.page("/robots.txt", "User-agent: *\nDisallow: /files/", "Content-Type: text/plain")
    site.page("/list", links("/news/1"))
    site.page("/news/1", leading("/files/1.pdf"))
    desk.declare(f"{site.url}/list", PATTERN)
    crawl = desk.crawl()
    assert (crawl.count("robots_refused"), site.hits["/files/1.pdf"]) == (1, 0)


def test_a_listing_that_is_empty_where_items_are_usual_is_silence(desk: Desk, site: Traps) -> None:
    """Status 4, and `archive sources` says what is the matter."""
    paths = [f"/news/{number}" for number in range(8)]
    for path in paths:
        site.page(path, release(f"the affair {path}"))
    site.page("/list", links(*paths))
    desk.declare(f"{site.url}/list", PATTERN)
    for _ in range(2):
        assert desk.crawl().status == 0
    site.page("/list", links())
    assert desk.crawl().status == 4
    said = archive(desk, "sources", "--state", "silent")
    assert desk.name in said.stdout
    assert "showed no document" in said.stdout
