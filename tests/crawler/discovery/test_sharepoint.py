"""SharePoint: pages, the list service in three spellings, and a list's own feed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import HOST, paths, read

API = "/_api/web/lists/getbytitle('Pages')/items"
FERRY = {
    "Title": "Ferry runs again",
    "FileRef": "/news/Pages/Ferry runs.aspx",
    "ArticleStartDate": "2026-03-03T06:00:00Z",
    "Modified": "2026-03-04T10:00:00Z",
}
MILL = {"Title": None, "File": {"Name": "mill.aspx", "ServerRelativeUrl": "/news/Pages/mill.aspx"}}
PAGE = """<html><nav><a href="/Pages/default.aspx">Home</a><a href="/Services/Pages/trash.aspx">Trash</a></nav>
<ul class="dfwp-list"><li class="dfwp-item"><a href="/news/Pages/ferry.aspx">Ferry runs again</a>
 <span class="article-date">March 3, 2026</span></li></ul>
<a href="/Pages/Mayor-Opens-Mill.aspx">Mayor opens mill</a><a href="/news/Pages/default.aspx">All news</a></html>"""


def test_a_page_gives_its_releases() -> None:
    """Without options: below a folder of news, or with a title of three words; rows tell the date."""
    listing = read("sharepoint", PAGE, "/news/Pages/default.aspx")
    assert paths(listing) == ["/news/Pages/ferry.aspx", "/Pages/Mayor-Opens-Mill.aspx"]
    assert listing.entries[0].published == date(2026, 3, 3)


@pytest.mark.parametrize(
    "body",
    [
        {"d": {"results": [FERRY, MILL], "__next": f"https://www.{HOST}{API}?$skiptoken=2"}},
        {"value": [FERRY, MILL], "odata.nextLink": f"https://www.{HOST}{API}?$skiptoken=2"},
        {"value": [FERRY, MILL], "@odata.nextLink": f"{API}?$skiptoken=2"},
    ],
)
def test_the_list_service_is_read_in_either_json(body: object) -> None:
    """Address, title, date and time of change from the fields of an item or of its file; the next link is followed."""
    listing = read("sharepoint", body, API)
    assert paths(listing) == ["/news/Pages/Ferry%20runs.aspx", "/news/Pages/mill.aspx"]
    assert listing.entries[0].published == datetime(2026, 3, 3, 6, tzinfo=UTC)
    assert listing.entries[0].modified == datetime(2026, 3, 4, 10, tzinfo=UTC)
    assert listing.next_urls == (f"https://www.{HOST}{API}?$skiptoken=2",)


ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"
 xmlns:d="http://schemas.microsoft.com/ado/2007/08/dataservices"
 xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
<entry><link rel="edit" href="Web/Lists(guid'1')/Items(1)"/><content type="application/xml"><m:properties>
 <d:Title>Ferry runs again</d:Title><d:FileRef>/news/Pages/ferry.aspx</d:FileRef>
 <d:ArticleStartDate m:type="Edm.DateTime">2026-03-03T06:00:00Z</d:ArticleStartDate></m:properties></content></entry>
<link rel="next" href="https://www.{HOST}{API}?$skiptoken=2"/></feed>"""


def test_the_list_services_atom_gives_pages_and_no_items() -> None:
    """Who asks for no JSON gets Atom, whose own links lead to the service and not to the page."""
    listing = read("sharepoint", ATOM, API, media_type="application/atom+xml")
    assert paths(listing) == ["/news/Pages/ferry.aspx"]
    assert listing.entries[0].title == "Ferry runs again"
    assert listing.next_urls == (f"https://www.{HOST}{API}?$skiptoken=2",)


def test_a_lists_feed_gives_its_items() -> None:
    """All of them: the list was chosen already."""
    rss = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><item><title>Ferry</title>
<link>https://www.{HOST}/_layouts/15/listform.aspx?PageType=4&amp;ListId=1&amp;ID=3</link>
<pubDate>Tue, 03 Mar 2026 15:30:00 GMT</pubDate></item></channel></rss>"""
    listing = read("sharepoint", rss, "/_layouts/15/listfeed.aspx?List=1")
    assert paths(listing) == ["/_layouts/15/listform.aspx?PageType=4&ListId=1&ID=3"]
    assert listing.entries[0].published == datetime(2026, 3, 3, 15, 30, tzinfo=UTC)


def test_the_catalog_wins() -> None:
    """Its pattern and its next pages instead of the system's own."""
    assert paths(read("sharepoint", PAGE, documents="trash")) == ["/Services/Pages/trash.aspx"]
    assert paths(read("sharepoint", {"value": [FERRY, MILL]}, API, documents="mill")) == ["/news/Pages/mill.aspx"]
    assert read("sharepoint", PAGE, "/news/Pages/x.aspx", pages="?page={n}").next_urls == (
        f"https://www.{HOST}/news/Pages/x.aspx?page=2",
    )


def test_a_listing_of_files_is_a_listing() -> None:
    """Of a library the files themselves are the documents."""
    page = """<table class="ms-listviewtable"><tr><td><a href="/Minutes/March 3, 2026.pdf">March 3, 2026</a></td></tr>
<tr><td><a href="/Minutes/April.pdf">April</a></td></tr></table><a href="/Pages/A-B-C.aspx">Menu</a>"""
    listing = read("sharepoint", page, documents=r"\.pdf$")
    assert paths(listing) == ["/Minutes/March%203,%202026.pdf", "/Minutes/April.pdf"]


def test_a_list_that_is_empty_is_empty() -> None:
    """No items is an answer."""
    assert read("sharepoint", {"value": []}, API).entries == ()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"odata.error": {"message": "List does not exist"}}, API),
        ({"value": [{"Title": "No address", "Id": 3}]}, API),
        ("<html>Sign in</html>", API),
        ("<html>Sign in</html>", "/_layouts/15/listfeed.aspx"),
        ("[" * 100_000, API),
    ],
)
def test_what_cannot_be_read_is_named(body: object, path: str) -> None:
    """Errors, items without a page and sign-in pages are failures."""
    with pytest.raises(SourceError, match=HOST):
        read("sharepoint", body, path)
