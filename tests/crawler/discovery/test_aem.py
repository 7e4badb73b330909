"""Adobe Experience Manager: its list component, and pages numbered in the file name."""

from __future__ import annotations

from datetime import date

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import HOST, paths, read

PAGE = """<html><nav><a href="/city/en/depts.html">Departments</a>
<a href="/city/en/general/privacy.html">Privacy</a></nav>
<ul class="cmp-list">
 <li class="cmp-list__item"><article><a class="cmp-list__item-link" href="/mayor/press/2026/march/ferry-runs.html">
  <span class="cmp-list__item-title">Ferry runs again</span><span class="cmp-list__item-date">03/03/2026</span></a></li>
 <li class="cmp-list__item"><a class="cmp-list__item-link" href="/mayor/press/2026/march/mill.html">
  <span class="cmp-list__item-title">Mill opens</span></a></li></ul>
<p><a href="/mayor/press/mayor_harrow_names_harbor_chief.html">Mayor Harrow names harbor chief</a></p></html>"""


def test_the_list_component_tells_titles_and_dates_and_other_links_count_too() -> None:
    """Without options: rows of `cmp-list`, then links that look like releases, and no menu."""
    listing = read("aem", PAGE)
    assert [(entry.title, entry.published) for entry in listing.entries] == [
        ("Ferry runs again", date(2026, 3, 3)),
        ("Mill opens", None),
        ("Mayor Harrow names harbor chief", None),
    ]


@pytest.mark.parametrize(
    ("path", "further"),
    [
        ("/press_releases.html", "/press_releases.2.html"),
        ("/press_releases.2.html", "/press_releases.3.html"),
        ("/a.b/press_releases.9.html?numPerPage=100", "/a.b/press_releases.10.html?numPerPage=100"),
        ("/press_releases.html?numPerPage=100", "/press_releases.2.html?numPerPage=100"),
    ],
)
def test_the_next_page_has_the_next_number_in_its_name(path: str, further: str) -> None:
    """Counted on from the page's own address, with its query."""
    assert read("aem", PAGE, path).next_urls == (f"https://www.{HOST}{further}",)


def test_a_page_past_the_end_and_a_folder_have_no_next_page() -> None:
    """Nothing shown, or no file name to count in."""
    assert read("aem", "<p>No results</p>", "/news.7.html").next_urls == ()
    assert read("aem", PAGE, "/newsroom/").next_urls == ()


def test_the_catalog_wins() -> None:
    """Its pattern, its next link and its template instead of the system's own."""
    assert paths(read("aem", PAGE, documents="/mill")) == ["/mayor/press/2026/march/mill.html"]
    assert read("aem", PAGE, next=".older").next_urls == ()
    assert read("aem", PAGE, pages="?page={n}").next_urls == (f"https://www.{HOST}/news.html?page=2",)
    assert paths(read("aem", PAGE, css="p")) == ["/mayor/press/mayor_harrow_names_harbor_chief.html"]


def test_what_is_no_page_is_named() -> None:
    """Another kind of answer is a failure."""
    with pytest.raises(SourceError, match="application/pdf"):
        read("aem", "%PDF", media_type="application/pdf")
