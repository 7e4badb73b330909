"""CivicPlus, Granicus govAccess and OpenCities: one document, one address, however it was linked."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import SourceError
from archive.records import Listing
from tests.crawler.discovery.reading import HOST, paths, read

CIVIC = """<html><a href="/27/City-Clerk">Clerk</a><a href="/Directory.aspx?EID=4">Staff</a>
<div class="listItem"><a id="alertTitle_341" href="/CivicAlerts.aspx?AID=341">Ferry runs again</a>
<span class="date">Posted on: March 3, 2026</span><a href="/CivicAlerts.aspx?CID=1&amp;AID=341">Read on...</a></div>
<div class="listItem"><a id="alertTitle_340" href="CivicAlerts.aspx?AID=340">Mill opens</a></div>
<a href="/m/newsflash/Home/Detail/341">Mobile</a><a href="/CivicAlerts.aspx?CID=1">View all</a></html>"""


def test_news_flashes_are_told_by_their_number() -> None:
    """The mobile page and the category are the same news flash; categories are none."""
    listing = read("civicplus", CIVIC, "/CivicAlerts.aspx")
    assert paths(listing) == ["/CivicAlerts.aspx?AID=341", "/CivicAlerts.aspx?AID=340"]
    assert listing.entries[0].published == date(2026, 3, 3)
    assert listing.entries[0].title in ("Ferry runs again", "Read on...")


def test_the_feed_of_news_flashes() -> None:
    """Its links carry more than the number; a login page instead of it is named."""
    items = f"<item><title>T</title><link>https://{HOST}/CivicAlerts.aspx?CID=1&amp;AID=9</link></item>"
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    listing = read("civicplus", feed, "/RSSFeed.aspx?ModID=1&CID=All-newsflash.xml")
    assert paths(listing) == [f"https://{HOST}/CivicAlerts.aspx?AID=9"]
    with pytest.raises(SourceError, match="no RSS"):
        read("civicplus", "<html>Sign in</html>", "/RSSFeed.aspx?ModID=1")


VISION = """<html><a href="/residents">Residents</a><ul class="news-list">
<li><a href="/Home/Components/News/News/4021/16">Ferry runs</a><span class="item-date">03/03/2026</span></li>
<li><a href="/Home/Components/News/News/4020/16?arch=1">Mill opens</a></li>
<li><a href="/home/components/news/news/4020/">Mill opens</a></li></ul>
<a class="pg-next-button" href="/residents/news/-npage-2">Next</a></html>"""


def test_the_page_that_shows_an_item_is_no_part_of_its_address() -> None:
    """`/News/4021/16` and `/News/4021/` are one."""
    listing = read("granicus", VISION, "/residents/news")
    found = [path.lower() for path in paths(listing)]
    assert found[:2] == ["/home/components/news/news/4021", "/home/components/news/news/4020"]
    assert listing.entries[0].published == date(2026, 3, 3)
    assert listing.next_urls == (f"https://www.{HOST}/residents/news/-npage-2",)


def test_the_feed_of_a_news_component() -> None:
    """Also where it calls itself XML."""
    items = f"<item><title>T</title><link>https://{HOST}/Home/Components/News/News/7/16</link></item>"
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>"
    found = read("granicus", feed, "/Home/Components/News/RSS", media_type="text/xml")
    assert paths(found) == [f"https://{HOST}/Home/Components/News/News/7"]


OPEN = """<html><nav><a href="/Government/Departments">Departments</a></nav>
<div class="list-item-container"><article><a href="/City-News/Ferry-Runs-Again"><h2 class="list-item-title">Ferry runs
 </h2><span class="published-on">Published on March 03, 2026</span></a></article></div>
<div class="list-item-container"><a href="/City-News/2026/Mill-Opens">
 <h2 class="list-item-title">Mill opens</h2></a></div>
<div class="pagination"><a aria-label="Next page" href="?dlv_News%20List=(pageindex=2)">Next</a></div></html>"""


def test_lists_of_opencities() -> None:
    """Titles in capitals below a folder of news, dates, the pager's own parameter."""
    listing: Listing = read("opencities", OPEN, "/City-News")
    assert paths(listing) == ["/City-News/Ferry-Runs-Again", "/City-News/2026/Mill-Opens"]
    assert [entry.title for entry in listing.entries] == ["Ferry runs", "Mill opens"]
    assert listing.entries[0].published == date(2026, 3, 3)
    (further,) = listing.next_urls
    assert "pageindex=2" in further


@pytest.mark.parametrize("strategy", ["civicplus", "granicus", "opencities"])
def test_what_is_no_page_is_named(strategy: str) -> None:
    """A PDF at a listing's address."""
    with pytest.raises(SourceError, match="application/pdf"):
        read(strategy, "%PDF-1.7", media_type="application/pdf")
