"""Canonical addresses: 500 spellings of 50 pages are 50 addresses."""

from __future__ import annotations

import pytest

from archive.urls import address_of, is_root, public_id

SPELLINGS = (
    "https://alder.example/news/{n}?id={n}",
    "http://alder.example/news/{n}?id={n}",
    "https://www.alder.example/news/{n}?id={n}",
    "https://ALDER.example/news/{n}?id={n}",
    "https://alder.example:443/news/{n}?id={n}",
    "http://alder.example:80/news/{n}?id={n}",
    "https://alder.example/news/{n}?id={n}#top",
    "https://alder.example/news/{n}?utm_source=feed&id={n}",
    "https://alder.example/news/{n}?id={n}&utm_medium=rss&utm_campaign=x",
    "https://alder.example/news/{n}?id={n}&fbclid=abc",
)


def test_spellings_of_a_page_are_one_address() -> None:
    """Scheme, www., port, case of the host, fragment and tracking make no other page; ids in the query do."""
    found = {address_of(spelling.format(n=n)) for spelling in SPELLINGS for n in range(50)}
    assert len(found) == 50


@pytest.mark.parametrize(
    "url", ["ftp://alder.example/a", "mailto:clerk@alder.example", "/news/1", "https://", "x" * 3_000]
)
def test_what_is_no_address(url: str) -> None:
    """Anything but http(s) of bearable length is refused."""
    with pytest.raises(ValueError, match="address"):
        address_of(url)


def test_roots_and_ids() -> None:
    """A home page has no path and no query; an id depends on source and address."""
    assert is_root(address_of("http://www.alder.example"))
    assert not is_root(address_of("http://www.alder.example/?p=3"))
    assert public_id("a", "https://x.example/1") != public_id("b", "https://x.example/1")
