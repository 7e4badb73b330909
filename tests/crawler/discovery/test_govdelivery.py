"""GovDelivery: topic feeds and bulletin pages, whose links stand on other hosts than the source."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from archive.errors import SourceError
from tests.crawler.discovery.reading import read

FEED = "https://public.govdelivery.com/topics/XBRACK_7/feed.rss"
BULLETINS = "https://content.govdelivery.com/accounts/XBRACK/bulletins"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Message from the Mayor</title>
<item><title>Ferry runs again</title><link>https://content.govdelivery.com/accounts/XBRACK/bulletins/3f9a01c</link>
 <pubDate>Tue, 03 Mar 2026 09:30:00 -0600</pubDate></item>
<item><title>Mill opens</title><link>https://content.govdelivery.com/bulletins/gd/XBRACK-3f9a01d</link></item>
<item><title>Sign up</title><link>https://public.govdelivery.com/accounts/XBRACK/subscriber/new</link></item>
<item><title>Ad</title><link>https://elsewhere.example/accounts/XBRACK/bulletins/3f9a01e</link></item>
</channel></rss>"""
PAGE = """<html><a href="/accounts/XBRACK/subscriber/new">Subscribe</a>
<ul><li><a href="/accounts/XBRACK/bulletins/3f9a01c">Ferry runs again</a></li>
<li><a href="/accounts/XBRACK/bulletins/3f9a01d">Mill opens</a></li></ul></html>"""


def test_bulletins_of_a_feed_stand_on_the_systems_hosts() -> None:
    """Both shapes of a bulletin's address; sign-up pages and other hosts are left out."""
    listing = read("govdelivery", RSS, FEED)
    assert [entry.url for entry in listing.entries] == [
        "https://content.govdelivery.com/accounts/XBRACK/bulletins/3f9a01c",
        "https://content.govdelivery.com/bulletins/gd/XBRACK-3f9a01d",
    ]
    assert listing.entries[0].published == datetime(2026, 3, 3, 15, 30, tzinfo=UTC)
    assert listing.skipped == (("not_document", 1), ("other_host", 1))


def test_the_page_of_an_account_gives_its_bulletins() -> None:
    """The same system's HTML."""
    listing = read("govdelivery", PAGE, BULLETINS)
    assert [entry.title for entry in listing.entries] == ["Ferry runs again", "Mill opens"]


def test_the_catalog_wins() -> None:
    """Its pattern instead of the system's own."""
    assert [entry.title for entry in read("govdelivery", RSS, FEED, documents="/gd/").entries] == ["Mill opens"]


def test_a_feeds_address_that_answers_a_page_is_named() -> None:
    """A sign-in page at a feed's address is a failure, not an empty feed."""
    with pytest.raises(SourceError, match="no RSS or Atom feed"):
        read("govdelivery", "<html>Sign in</html>", FEED)
