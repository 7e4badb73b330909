"""WordPress: its REST list, its feed, its archive pages."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import HOST, paths, read

POSTS = [
    {
        "link": f"https://www.{HOST}/2026/03/ferry-runs/", "title": {"rendered": "Ferry &#8211; it runs"},
        "date": "2026-03-03T09:30:00", "date_gmt": "2026-03-03T15:30:00", "modified_gmt": "2026-03-04T10:00:00",
    },
    {"link": f"https://www.{HOST}/?p=17", "title": {"rendered": ""}, "date_gmt": "0000-00-00T00:00:00"},
]  # fmt: skip
PAGE = """<html><head><link rel="https://api.w.org/" href="/wp-json/"><link rel="alternate" type="application/rss+xml"
 href="/feed/"></head><body><nav><a href="/about/">About</a></nav>
<article class="post"><h2 class="entry-title"><a href="/2026/03/ferry-runs/">Ferry runs</a></h2>
<time datetime="2026-03-03T09:30:00-06:00">March 3</time><a href="/2026/03/ferry-runs/">Read more</a></article>
<article class="post"><h2 class="entry-title"><a href="/newsroom/mayor-opens-the-mill/">Mill</a></h2></article>
<a class="next page-numbers" href="/news/page/2/">Older</a></body></html>"""


def test_rest_gives_posts_and_a_next_page_while_it_is_full() -> None:
    """Times without a zone are UTC; a page that is not full is the last."""
    listing = read("wordpress", POSTS, "/wp-json/wp/v2/posts?per_page=2", documents=".")
    assert listing.entries[0].title == "Ferry \u2013 it runs"
    assert listing.entries[0].published == datetime(2026, 3, 3, 15, 30, tzinfo=UTC)
    assert listing.entries[0].modified == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert listing.entries[1].published is None
    assert listing.next_urls == (f"https://www.{HOST}/wp-json/wp/v2/posts?per_page=2&page=2",)
    assert read("wordpress", POSTS, "/wp-json/wp/v2/posts", documents=".").next_urls == ()


def test_past_the_end_rest_says_so() -> None:
    """Its answer to a page too far is an empty listing, any other error is none."""
    past = {"code": "rest_post_invalid_page_number", "message": "The page number requested is larger ...", "data": {}}
    assert read("wordpress", past, "/wp-json/wp/v2/posts?page=9").entries == ()
    with pytest.raises(SourceError, match="no list of posts"):
        read("wordpress", {"code": "rest_forbidden", "message": "Sorry"}, "/wp-json/wp/v2/posts")


def test_an_archive_page_gives_its_articles() -> None:
    """Titles and dates of the rows, dated addresses and news with titles, the older page."""
    listing = read("wordpress", PAGE, "/news/")
    assert paths(listing) == ["/2026/03/ferry-runs/", "/newsroom/mayor-opens-the-mill/"]
    assert [entry.title for entry in listing.entries] == ["Ferry runs", "Mill"]
    assert listing.next_urls == (f"https://www.{HOST}/news/page/2/",)


def test_a_page_without_posts_leads_to_the_list_it_announces() -> None:
    """A front page drawn by script still names its REST root."""
    head = PAGE.partition("<body>")[0]
    (further,) = read("wordpress", head + "<body></body></html>", "/news/").next_urls
    assert further.startswith(f"https://www.{HOST}/wp-json/wp/v2/posts?per_page=50")
    plain = head.replace("https://api.w.org/", "other")
    assert read("wordpress", plain + "</html>", "/news/").next_urls == (f"https://www.{HOST}/feed/",)


def test_a_feed_goes_on_by_paged() -> None:
    """Until a page of it is empty."""
    items = f"<item><title>T</title><link>https://{HOST}/2026/03/ferry/</link><pubDate>2026-03-03</pubDate></item>"
    listing = read("wordpress", f"<rss version='2.0'><channel>{items}</channel></rss>", "/feed/")
    assert listing.entries[0].published == date(2026, 3, 3)
    assert listing.next_urls == (f"https://www.{HOST}/feed/?paged=2",)
    assert read("wordpress", "<rss version='2.0'><channel></channel></rss>", "/feed/?paged=3").next_urls == ()


@pytest.mark.parametrize(("body", "path"), [("<html>Sign in</html>", "/feed/"), ("{}", "/wp-json/wp/v2/posts")])
def test_what_is_none_of_these_is_named(body: str, path: str) -> None:
    """A login page at a feed's address, an object at a list's."""
    with pytest.raises(SourceError, match=HOST):
        read("wordpress", body, path)
