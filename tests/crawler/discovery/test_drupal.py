"""Drupal: views as pages and as answers of their pager, JSON:API, feeds."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import HOST, paths, read

ROWS = """<div class="view-content"><div class="views-row"><span class="views-field-title"><a
 href="/news/ferry-runs-again">Ferry runs again</a></span><time datetime="2026-03-03T12:00:00Z">Mar 3</time></div>
<div class="views-row"><h3><a href="/press-releases/mill-opens">Mill opens</a></h3>
<span class="date-display-single">March 2, 2026</span>
</div></div>"""
NAV = '<nav><a href="/services/parking">Parking</a><a href="/news">News</a><a href="/node/976">All</a></nav>'


def test_rows_give_title_and_date() -> None:
    """Menus are no documents."""
    listing = read("drupal", f"<html>{NAV}{ROWS}</html>", "/news")
    assert paths(listing) == ["/news/ferry-runs-again", "/press-releases/mill-opens"]
    assert [entry.title for entry in listing.entries] == ["Ferry runs again", "Mill opens"]
    assert [entry.published for entry in listing.entries] == [datetime(2026, 3, 3, 12, tzinfo=UTC), date(2026, 3, 2)]


@pytest.mark.parametrize(
    ("pager", "path", "further"),
    [
        ('<li class="pager__item--next"><a href="?page=1">Next</a></li>', "/news", "/news?page=1"),
        ('<li class="pager-next"><a href="/news?page=3">Next</a></li>', "/news?page=2", "/news?page=3"),
        ('<ul class="js-pager__items pager"><li>Load more</li></ul>', "/news", "/news?page=1"),
        ('<ul class="js-pager__items pager"><li>Load more</li></ul>', "/news?page=1", "/news?page=2"),
    ],
)
def test_pages_count_from_nought(pager: str, path: str, further: str) -> None:
    """By its next link, or by number where the pager only loads more."""
    listing = read("drupal", f"<html>{ROWS}<nav>{pager}</nav></html>", path)
    assert listing.next_urls == (f"https://www.{HOST}{further}",)


def test_a_page_without_a_pager_has_no_next() -> None:
    """Nor has one past the end."""
    assert read("drupal", f"<html>{ROWS}</html>", "/news").next_urls == ()
    assert read("drupal", '<html><ul class="pager"></ul></html>', "/news?page=9").next_urls == ()


def test_the_answer_of_a_pager_is_read_for_its_html() -> None:
    """Views AJAX: a list of commands, one of which inserts the rows."""
    commands = [{"command": "settings", "settings": {}}, {"command": "insert", "method": "replaceWith", "data": ROWS}]
    assert len(read("drupal", commands, "/views/ajax?page=1").entries) == 2


def test_json_api_gives_aliases_and_the_next_page() -> None:
    """Without an alias the node is the address."""
    answer = {
        "jsonapi": {"version": "1.0"},
        "data": [
            {
                "type": "node--news",
                "attributes": {
                    "title": "Ferry runs", "created": "2026-03-03T15:30:00+00:00",
                    "changed": "2026-03-04T10:00:00+00:00",
                    "path": {"alias": "/news/ferry-runs"}, "drupal_internal__nid": 40,
                },
            },
            {"attributes": {"title": "Mill", "drupal_internal__nid": 41, "path": {"alias": None}}},
            {"type": "node--news"},
        ],
        "links": {"next": {"href": f"https://www.{HOST}/jsonapi/node/news?page%5Boffset%5D=50"}},
    }  # fmt: skip
    listing = read("drupal", answer, "/jsonapi/node/news")
    assert paths(listing) == ["/news/ferry-runs", "/node/41"]
    assert listing.entries[0].modified == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert listing.next_urls == (f"https://www.{HOST}/jsonapi/node/news?page%5Boffset%5D=50",)
    with pytest.raises(SourceError):
        read("drupal", {"errors": [{"status": "403"}]}, "/jsonapi/node/news")


def test_a_feed_is_a_feed() -> None:
    """Whatever its address ends with; a login page at the address of one is named."""
    items = f"<item><title>T</title><link>https://{HOST}/news/ferry-runs</link></item>"
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    assert paths(read("drupal", feed, "/rss.xml")) == [f"https://{HOST}/news/ferry-runs"]
    with pytest.raises(SourceError, match="no RSS"):
        read("drupal", "<html>Sign in</html>", "/rss.xml")
