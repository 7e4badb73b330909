"""Sitecore: search results as JSON with HTML inside, and the pages that show or fetch them."""

from __future__ import annotations

from datetime import date
from html import escape

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import HOST, paths, read

RESULTS = "/sxa/search/results/?s=%7BA%7D&v=%7BB%7D&p=2"
FERRY = {
    "Id": "1",
    "Url": "/mayor/news/2026/03/03/ferry",
    "Html": '<div><a href="/mayor/news/2026/03/03/ferry"><img src="x.png"></a>'
    '<span class="field-date">03/03/2026</span><h3>'
    '<a href="/mayor/news/2026/03/03/ferry">Ferry <b>runs</b> again</a></h3></div>',
}
MILL = {
    "Id": "2",
    "Url": "",
    "Name": "mill",
    "Html": '<time datetime="2026-03-02">x</time><a href="/news/mill">Mill</a>',
}


def test_results_tell_address_title_and_date() -> None:
    """From the result itself or from the HTML that it carries."""
    listing = read("sitecore", {"Count": 2, "Results": [FERRY, MILL]}, RESULTS)
    assert [(entry.title, entry.published) for entry in listing.entries] == [
        ("Ferry runs again", date(2026, 3, 3)),
        ("Mill", date(2026, 3, 2)),
    ]
    assert paths(listing) == ["/mayor/news/2026/03/03/ferry", "/news/mill"]
    assert listing.next_urls == ()


@pytest.mark.parametrize(("at", "further"), [("", "&e=2"), ("&e=0", "&e=2"), ("&e=2", "&e=4")])
def test_the_offset_grows_by_what_was_shown(at: str, further: str) -> None:
    """Up to Count."""
    listing = read("sitecore", {"Count": 5, "Results": [FERRY, MILL]}, RESULTS + at)
    assert listing.next_urls == (f"https://www.{HOST}{RESULTS}{further}",)


def test_past_the_end_there_is_nothing() -> None:
    """No results, no further address, whatever Count says."""
    listing = read("sitecore", {"Count": 5, "Results": []}, RESULTS + "&e=6")
    assert (listing.entries, listing.next_urls) == ((), ())


PAGE = """<html><nav><a href="/services">Services</a><a href="/news/all">All</a></nav><ul class="search-result-list">
<li><a href="/news/ferry-runs-again">Ferry runs again</a><span class="event-date">March 3, 2026</span></li>
<li><a href="/mayor/news/2026/03/02/mill">Mill</a></li></ul></html>"""


def test_a_page_gives_its_links() -> None:
    """Without options: below a day, or below a folder of news with a title of three words."""
    listing = read("sitecore", PAGE)
    assert paths(listing) == ["/news/ferry-runs-again", "/mayor/news/2026/03/02/mill"]
    assert listing.entries[0].published == date(2026, 3, 3)


def test_a_page_that_fetches_its_list_leads_to_where_it_is() -> None:
    """The script's address is made of the properties that the page gives it."""
    told = '{"endpoint": "//sxa/search/results/", "v": "{B}", "s": "{A}", "l": "en", "p": 10, "sig": "", "e": 0}'
    listing = read("sitecore", f'<html><div class="component search-results" data-properties="{escape(told)}"></div>')
    assert listing.next_urls == (f"https://www.{HOST}/sxa/search/results/?s=%7BA%7D&v=%7BB%7D&p=10&l=en",)


def test_the_catalog_wins() -> None:
    """Its pattern, selectors and pages instead of the system's own."""
    body = {"Count": 9, "Results": [FERRY, MILL]}
    listing = read("sitecore", body, RESULTS, documents="ferry", title="b", pages="?e={n}", second=2)
    assert [entry.title for entry in listing.entries] == ["runs"]
    assert listing.next_urls == (f"https://www.{HOST}{RESULTS}&e=2",)
    assert paths(read("sitecore", PAGE, documents="/services")) == ["/services"]


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"Message": "An error has occurred."}, RESULTS),
        ("<html>Sign in</html>", RESULTS),
        ('<html><div class="search-results"></div></html>', "/news"),
        ('<html><div class="search-results" data-properties="[]"></div></html>', "/news"),
    ],
)
def test_what_cannot_be_read_is_named(body: object, path: str) -> None:
    """Errors, sign-in pages, and lists that a script fetches from nobody knows where."""
    with pytest.raises(SourceError, match=HOST):
        read("sitecore", body, path)
