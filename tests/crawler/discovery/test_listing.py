"""Listings that are files, and answers to "load more": HTML in JSON, or a piece of HTML alone."""

from __future__ import annotations

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import HOST, paths, read

MORE = "/ajax/news?page=2"
PIECE = '<div class="row"><a href="/news/ferry">Ferry</a></div><div class="row"><a href="/news/mill">Mill</a></div>'


def test_a_listing_of_files_needs_only_a_pattern() -> None:
    """PDFs are documents like any other, with spaces in their names and whatever words stand in their links."""
    page = """<table><tr><td>March 3</td><td><a href="/files/2026/Minutes 3-3.pdf">PDF</a></td></tr>
<tr><td>March 2</td><td><a href="minutes.pdf#page=2"><img></a></td></tr></table><a href="/files/">Files</a>"""
    listing = read("listing", page, "/council/", documents=r"\.pdf$")
    assert paths(listing) == ["/files/2026/Minutes%203-3.pdf", "/council/minutes.pdf"]
    assert listing.skipped == ()


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (PIECE, "text/html"),
        (f"  {PIECE}", "text/plain"),
        ({"success": True, "data": {"html": PIECE, "more": 3}}, "application/json"),
        ({"html": PIECE}, "text/html"),
        ([{"command": "settings", "data": {}}, {"command": "insert", "data": PIECE}], "application/json"),
        ({"items": PIECE.replace("</div><div", "</div>\n<div").split("\n")}, "application/json"),
    ],
)
def test_what_load_more_answers_is_read_as_a_page(body: object, media_type: str) -> None:
    """With the same options as the page, and a template for the next answer."""
    listing = read("listing", body, MORE, media_type=media_type, documents="/news/", css=".row", pages="?page={n}")
    assert [(entry.url, entry.title) for entry in listing.entries] == [
        (f"https://www.{HOST}/news/ferry", "Ferry"),
        (f"https://www.{HOST}/news/mill", "Mill"),
    ]
    assert listing.next_urls == (f"https://www.{HOST}/ajax/news?page=3",)


def test_a_page_leads_to_its_first_load_more() -> None:
    """A template may name another address than the page's."""
    listing = read("listing", PIECE, "/news/", documents="/news/", pages="/ajax/news?page={n}", second=1)
    assert listing.next_urls == (f"https://www.{HOST}/ajax/news?page=1",)


@pytest.mark.parametrize("body", [{"html": "", "more": False}, {"items": []}, []])
def test_past_the_end_there_is_nothing(body: object) -> None:
    """An answer whose text or list is empty shows nothing and has no next."""
    listing = read("listing", body, MORE, documents="/news/", pages="?page={n}")
    assert (listing.entries, listing.next_urls) == ((), ())


@pytest.mark.parametrize("body", [{"error": "no access"}, {}, {"items": [{"title": "Ferry"}]}, "{broken"])
def test_json_without_html_is_named(body: object) -> None:
    """It is no listing, and never taken for an empty one."""
    with pytest.raises(SourceError, match=HOST):
        read("listing", body, MORE)


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/news/a;jsessionid=1A2B3C?x=1", "/news/a?x=1"),
        ("/news/a?PHPSESSID=0123456789abcdef&x=1", "/news/a?x=1"),
        ("/news/a?x=1&CFID=77&CFTOKEN=9041", "/news/a?x=1"),
        ("/news/a?sid=0123456789abcdef", "/news/a"),
        ("/news/a?sid=17", "/news/a?sid=17"),
        ("/news/a?basid=0123456789abcdef", "/news/a?basid=0123456789abcdef"),
    ],
)
def test_session_ids_are_no_part_of_an_address(href: str, address: str) -> None:
    """A visitor's id goes; a story's stays."""
    assert paths(read("listing", f'<html><a href="{href}">Story</a></html>', documents="/news/")) == [address]


MENU = (
    '<nav><a href="/news/2026/plan">Our plan</a></nav><div class="mobile"><a href="/news/2026/plan">Our plan</a></div>'
)


def test_what_only_the_menu_leads_to_is_not_listed() -> None:
    """A menu stands on every page and is repeated for small screens; an address that the contents show is listed."""
    rows = '<div><a href="/news/2026/ferry">Ferry</a></div>'
    assert paths(read("listing", MENU + rows, documents=r"/news/\d{4}/")) == ["/news/2026/ferry"]
    shown = f'{MENU}<main>{rows}<p><a href="/news/2026/plan">Our plan</a></p></main>'
    assert sorted(paths(read("listing", shown, documents=r"/news/\d{4}/"))) == ["/news/2026/ferry", "/news/2026/plan"]


def test_a_list_marked_as_a_menu_is_a_list() -> None:
    """Nothing but it leads to documents."""
    assert paths(read("listing", MENU, documents=r"/news/\d{4}/")) == ["/news/2026/plan"]
