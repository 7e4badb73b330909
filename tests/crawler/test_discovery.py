"""Discovery: a pure function of a listing's bytes, its address and the catalog's options."""

from __future__ import annotations

import gzip
import pickle
from datetime import UTC, date, datetime
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.catalog import STRATEGIES as DECLARED
from archive.errors import SourceError
from archive.records import Entry, Listing
from crawler.discovery import STRATEGIES, discover

HALL = "https://www.brackwater.example/press/"


def read(strategy: str, body: str | bytes, *, url: str = HALL, **options: Any) -> Listing:
    payload = body.encode() if isinstance(body, str) else body
    return discover(strategy, payload, url=url, options=options, hosts=["brackwater.example"])


def test_the_catalog_and_discovery_know_the_same_strategies() -> None:
    """Every strategy that an entry may name has its function."""
    assert STRATEGIES.keys() == DECLARED.keys()


ROWS = """<html><head><base href="/press/2026/"></head><body><nav><a href="/about">About</a></nav>
<div class="row"><span class="on">Posted on March 3, 2026</span>
 <h3><a href="ferry.html">Ferry <b>runs</b> again</a></h3>
 <a href="ferry.html#more">Read more</a></div>
<div class="row"><time datetime="2026-03-02T10:00:00-06:00">yesterday</time>
 <h3><a href="mill.html">Mill &amp; dam</a></h3></div>
<div class="row"><span class="on">soon</span><h3><a href="https://elsewhere.example/2026/x.html">Elsewhere</a></h3></div>
<a class="next" href="?page=1">Next</a></body></html>"""


def test_a_listing_gives_its_rows_with_title_and_date() -> None:
    """Each row's link is one entry, relative to the base element; other hosts are left out under their name."""
    listing = read("listing", ROWS, css=".row", documents=r"/2026/", title="h3 a", date=".on, time", next="a.next")
    assert listing.entries == (
        Entry(
            url="https://www.brackwater.example/press/2026/ferry.html",
            title="Ferry runs again",
            published=date(2026, 3, 3),
        ),
        Entry(
            url="https://www.brackwater.example/press/2026/mill.html",
            title="Mill & dam",
            published=datetime(2026, 3, 2, 16, tzinfo=UTC),
        ),
    )
    assert listing.next_urls == ("https://www.brackwater.example/press/2026/?page=1",)
    assert listing.skipped == (("other_host", 1),)


def test_without_css_every_link_that_the_pattern_names_is_a_document() -> None:
    """Titles are then the links' own words; `skip` takes some out, `strip` cleans addresses."""
    body = '<a href="/press/a.html;id=7">One</a><a href="/press/b.html">Two</a><a href="/press/b.html">Two again</a>'
    listing = read("listing", body, documents="/press/", skip="/b\\.", strip=";id=\\d+")
    assert [(entry.url, entry.title) for entry in listing.entries] == [
        ("https://www.brackwater.example/press/a.html", "One")
    ]
    assert listing.skipped == (("skipped_by_pattern", 2),)


@pytest.mark.parametrize(
    ("url", "template", "second", "expected"),
    [
        ("https://b.example/news", "?page={n}", 2, "https://b.example/news?page=2"),
        ("https://b.example/news", "?page={n}", 1, "https://b.example/news?page=1"),
        ("https://b.example/news?page=1", "?page={n}", 1, "https://b.example/news?page=2"),
        ("https://b.example/news?page=9", "?page={n}", 2, "https://b.example/news?page=10"),
        ("https://b.example/news?topic=a&page=2", "?page={n}", 2, "https://b.example/news?topic=a&page=3"),
        ("https://b.example/news?topic=a", "?page={n}", 2, "https://b.example/news?topic=a&page=2"),
        ("https://b.example/news/", "/news/page/{n}/", 2, "https://b.example/news/page/2/"),
        ("https://b.example/news/page/2/", "/news/page/{n}/", 2, "https://b.example/news/page/3/"),
        ("https://b.example/list.asp", "/list.asp?start={n}&size=1", 2, "https://b.example/list.asp?start=2&size=1"),
    ],
)
def test_pages_counts_on_from_the_page_it_is_on(url: str, template: str, second: int, expected: str) -> None:
    """A template gives the address of the next page, keeping what else the address says."""
    listing = discover(
        "listing", b'<a href="/d/1">x</a>', url=url, options={"documents": "/d/", "pages": template, "second": second}
    )
    assert listing.next_urls == (expected,)


def test_a_page_past_the_end_has_no_next_page() -> None:
    """A page by number that shows no document ends the pagination."""
    assert read("listing", "<p>Nothing</p>", documents="/d/", pages="?page={n}").next_urls == ()


def test_a_page_never_names_itself_as_the_next() -> None:
    """A next link to the page itself is no next page."""
    assert read("listing", f'<a class="next" href="{HALL}">Next</a>', documents="/d/", next=".next").next_urls == ()


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Hall</title><link>https://www.brackwater.example/</link>
<item><title>Dam &amp;amp; mill</title><link>/press/dam</link><pubDate>Tue, 03 Mar 2026 09:30:00 -0600</pubDate></item>
<item><title>Fair</title><link>https://brackwater.example/press/fair</link><pubDate>2026-03-02</pubDate></item>
<item><title>No date</title><link>https://brackwater.example/press/none</link></item>
<item><title>Ad</title><link>https://elsewhere.example/ad</link></item><item><title>No link</title></item>
</channel></rss>"""


def test_a_feed_gives_its_items_with_their_dates() -> None:
    """A time with its zone becomes UTC, a day stays a day, and what is missing is None."""
    listing = read("feed", RSS)
    assert [(entry.url.rpartition("/")[2], entry.title, entry.published) for entry in listing.entries] == [
        ("dam", "Dam & mill", datetime(2026, 3, 3, 15, 30, tzinfo=UTC)),
        ("fair", "Fair", date(2026, 3, 2)),
        ("none", "No date", None),
    ]
    assert listing.skipped == (("no_address", 1), ("other_host", 1))


def test_an_atom_feed_tells_when_an_entry_was_modified() -> None:
    """`updated` is a reason to ask again, never the date of publication; rel=next is a further listing."""
    listing = read(
        "feed",
        '<feed xmlns="http://www.w3.org/2005/Atom"><link rel="next" href="https://brackwater.example/feed?p=2"/>'
        '<entry><title>T</title><link href="https://brackwater.example/a"/><updated>2026-03-03T10:00:00Z</updated>'
        "<published>2026-03-01T10:00:00Z</published></entry></feed>",
    )
    assert listing.entries[0].modified == datetime(2026, 3, 3, 10, tzinfo=UTC)
    assert listing.entries[0].published == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert listing.next_urls == ("https://brackwater.example/feed?p=2",)


SITEMAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://www.brackwater.example/press/a </loc><lastmod>2026-03-03T10:00:00+00:00</lastmod>
 <news:news><news:title>Bridge opens</news:title><news:publication_date>2026-03-02</news:publication_date>
 </news:news></url>
<url><loc>https://www.brackwater.example/contact</loc></url></urlset>"""


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_sitemap_gives_addresses_lastmod_and_news(pack: Any) -> None:
    """Packed or plain, with the title and date of a news sitemap."""
    listing = read("sitemap", pack(SITEMAP.encode()), documents="/press/")
    assert listing.entries == (
        Entry(
            url="https://www.brackwater.example/press/a",
            title="Bridge opens",
            published=date(2026, 3, 2),
            modified=datetime(2026, 3, 3, 10, tzinfo=UTC),
        ),
    )
    assert listing.skipped == (("not_document", 1),)


def test_a_sitemap_index_leads_to_the_sitemaps_that_follow_names() -> None:
    """Sitemaps of other hosts are not asked for."""
    index = "<sitemapindex>" + "".join(
        f"<sitemap><loc>https://{place}</loc></sitemap>"
        for place in ("brackwater.example/news-1.xml", "brackwater.example/shop.xml", "elsewhere.example/news-2.xml")
    )
    listing = read("sitemap", index + "</sitemapindex>", follow="news")
    assert listing.next_urls == ("https://brackwater.example/news-1.xml",)
    assert listing.skipped == (("other_host", 1),)


SCRIPT = """// made by hand
var pr2026 = [
{ date: 'March 3, 2026', file: '2026/03/03_Ferry.asp',
  title: 'Mayor Harrow\\'s ferry \u201cruns again\u201d', lede: '', },
{ date: 'March 2026', file: "2026/03/Report.pdf", title: 'Report', },   /* no day */
{ date: 'March 1, 2026', title: 'No file' },
];"""


def test_a_javascript_array_is_read_as_a_browser_would() -> None:
    """Unquoted keys, single quotes, trailing commas and comments; a date without a day is none."""
    listing = discover(
        "embedded", SCRIPT.encode(), url=HALL + "pr2026.js", media_type="text/javascript",
        options={"array": r"var pr\d{4} = ", "url": "file", "date_format": "%B %d, %Y", "documents": "/2026/"},
    )  # fmt: skip
    assert [(entry.url, entry.title, entry.published) for entry in listing.entries] == [
        (HALL + "2026/03/03_Ferry.asp", "Mayor Harrow's ferry \u201cruns again\u201d", date(2026, 3, 3)),
        (HALL + "2026/03/Report.pdf", "Report", None),
    ]


def test_a_page_leads_to_its_script_files() -> None:
    """`files` names scripts beside the page; the page itself needs no array."""
    page = '<html><script src="/jquery.js"></script><script src="pr2026.js"></script><script src="pr2025.js"></script>'
    listing = read("embedded", page, files=r"/pr\d{4}\.js$", array="var pr")
    assert listing.next_urls == (HALL + "pr2026.js", HALL + "pr2025.js")


def test_a_json_answer_is_read_by_expressions() -> None:
    """Without `array` the answer is the list; fields are JMESPath."""
    body = '[{"link": "/press/a", "title": {"rendered": "A &#8211; <i>b</i>"}, "date": "2026-03-03T10:00:00"}]'
    listing = discover(
        "embedded", body.encode(), url=HALL, media_type="application/json",
        options={"url": "link", "title": "title.rendered", "date": "date"},
    )  # fmt: skip
    assert listing.entries[0].title == "A \u2013 b"
    assert listing.entries[0].published == date(2026, 3, 3)


@pytest.mark.parametrize(
    ("strategy", "body", "options"),
    [
        ("feed", "<html><body>Sign in</body></html>", {}),
        ("feed", "", {}),
        ("feed", "{}", {}),
        ("sitemap", "<html><body>Sign in</body></html>", {}),
        ("sitemap", "", {}),
        ("sitemap", "not xml", {}),
        ("sitemap", "\x1f\x8bnot gzip", {}),
        ("embedded", "<html>Sign in</html>", {"array": "var pr"}),
        ("embedded", "var pr = [1, 2", {"array": "var pr = "}),
        ("embedded", "", {}),
    ],
)
def test_what_cannot_be_read_is_named_with_its_address(strategy: str, body: str, options: dict[str, str]) -> None:
    """A strategy that meets something else says so; it never gives an empty listing for it."""
    with pytest.raises(SourceError, match=r"brackwater\.example/press/: .*; look at"):
        read(strategy, body.encode("latin-1"), **options)


def test_a_listing_that_is_no_page_is_named() -> None:
    """A PDF at a listing's address is no listing."""
    with pytest.raises(SourceError, match="application/pdf"):
        discover("listing", b"%PDF", url=HALL, media_type="application/pdf", options={})


@given(payload=st.binary(max_size=400), strategy=st.sampled_from(sorted(STRATEGIES)))
def test_any_bytes_give_a_listing_or_a_named_failure(payload: bytes, strategy: str) -> None:
    """No input raises anything but SourceError; what comes back can travel between processes."""
    try:
        found: object = discover(strategy, payload, url=HALL, options={"array": "x"} if strategy == "embedded" else {})
    except SourceError as error:
        found = str(error)
    assert pickle.loads(pickle.dumps(found)) == found


@given(hrefs=st.lists(st.text(max_size=60), max_size=8))
def test_any_links_give_entries_that_can_be_asked_for(hrefs: list[str]) -> None:
    """Whatever a page's links say, an entry is an http(s) address on the source's hosts, and each comes once."""
    body = "<html>" + "".join(f'<a href="{escape(href)}">t</a>' for href in hrefs)
    listing = read("listing", body)
    urls = [entry.url for entry in listing.entries]
    assert all(url.startswith(("http://", "https://")) and "brackwater.example" in url for url in urls)
    assert len(set(urls)) == len(urls)


@given(
    pages=st.lists(
        st.tuples(st.from_regex(r"[a-z]{1,12}", fullmatch=True), st.dates(date(1990, 1, 1), date(2090, 1, 1))),
        unique_by=lambda page: page[0],
        max_size=12,
    )
)
def test_all_strategies_agree_on_the_same_documents(pages: list[tuple[str, date]]) -> None:
    """The same pages announced by a listing, a feed, a sitemap and an array are found alike."""
    shown = {
        "listing": "".join(f'<p><a href="/d/{slug}">{slug}</a><time>{day}</time></p>' for slug, day in pages) or "<p>",
        "feed": "<rss version='2.0'><channel>"
        + "".join(f"<item><link>/d/{s}</link><title>{s}</title><pubDate>{d}</pubDate></item>" for s, d in pages)
        + "</channel></rss>",
        "sitemap": "<urlset>"
        + "".join(
            f"<url><loc>{HALL[:-7]}/d/{s}</loc><n:news xmlns:n='x'><n:title>{s}</n:title>"
            f"<n:publication_date>{d}</n:publication_date></n:news></url>"
            for s, d in pages
        )
        + "</urlset>",
        "embedded": "["
        + ",".join(f"{{url: '/d/{slug}', title: '{slug}', date: '{day}'}}" for slug, day in pages)
        + "]",
    }
    options = {"listing": {"documents": "/d/", "css": "p", "date": "time"}}
    found = {name: read(name, body, **options.get(name, {})).entries for name, body in shown.items()}
    expected = tuple(Entry(url=f"{HALL[:-7]}/d/{slug}", title=slug, published=day) for slug, day in pages)
    assert found == dict.fromkeys(shown, expected)
