"""Titles, declarations, languages and characters of web pages."""

from __future__ import annotations

from datetime import date

import pytest

from archive.records import Outcome
from tests.extract.pages import read

MAY_2 = date(2025, 5, 2)
SITE = "<meta property=og:site_name content='City of Orrin'>"
BODY = "<p>The mayor said on Tuesday that the bridge would open in May and that the city was ready for it.</p>" * 3


def _page(head: str = "", body: str = BODY, *, lang: str = "en") -> str:
    return f"<!doctype html><html lang={lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("head", "heading", "title"),
    [
        ("<title>Bridge opens | City of Orrin</title>", "", "Bridge opens"),
        ("<title>City of Orrin - Bridge opens</title>" + SITE, "", "Bridge opens"),
        ("<title>Bridge opens - City of Orrin</title>" + SITE, "", "Bridge opens"),
        ("<title>Bridge opens two weeks early :: Orrin</title>", "", "Bridge opens two weeks early"),
        ("<title>Stop-and-go traffic - a history</title>", "", "Stop-and-go traffic - a history"),
        ("<title>News | City of Orrin</title>", "<h1>The bridge opens early</h1>", "The bridge opens early"),
        ("<meta property=og:title content='An older one'>", "<h1>The new bridge opens</h1>", "The new bridge opens"),
        ("<title>Bridge opens</title>", "<h1><a href=/>City of Orrin</a></h1><h1>Bridge opens</h1>", "Bridge opens"),
        ("<title>Bridge op\u00adens</title>", "<h1>Bridge\n op\u00adens</h1>", "Bridge opens"),
        ("<meta property=og:title content='Bridge opens'><title>x</title>", "", "Bridge opens"),
        ("", "", None),
    ],
)  # fmt: skip
def test_title(head: str, heading: str, title: str | None) -> None:
    """The title is the page's heading or its declared title, without the name of the site."""
    assert read(_page(head, heading + BODY)).title == title


@pytest.mark.parametrize(
    ("block", "day", "byline"),
    [
        ('{"@type":"NewsArticle","datePublished":"2025-05-02","author":{"name":"Ida Moss"}}', MAY_2, "Ida Moss"),
        ('{"@graph":[{"@type":"WebPage","datePublished":"2025-05-01"},{"@type":"Article","datePublished":"2025-05-02"}]}',
         MAY_2, None),
        ('[{"@type":["Article","NewsArticle"],"datePublished":["2025-05-02"],"author":["Ida Mo",{"name":"Bo Lind"}]}]',
         MAY_2, "Ida Mo; Bo Lind"),
        ('<!-- {"@type":"BlogPosting","datePublished":"2025-05-02",} -->', MAY_2, None),
        ('//<![CDATA[\n{"@type":"Report","description":"a\nb","datePublished":"2025-05-02"}\n//]]>', MAY_2, None),
        ('{"@type":"NewsArticle","datePublished":"2025-05-02"};', MAY_2, None),
        ('{"@type":"NewsArticle","datePublished":null,"author":{"url":"x"}}', None, None),
        ('{"@type":"NewsArticle","datePublished":', None, None),
        ('{"@type":"Event","datePublished":"2025-05-02"}', None, None),
    ],
)  # fmt: skip
def test_json_ld(block: str, day: date | None, byline: str | None) -> None:
    """JSON-LD is read as pages carry it: lists, graphs, comments around it, commas too many."""
    found = read(_page(f'<script type="application/ld+json">{block}</script>'))
    assert (found.published and found.published.day, found.byline) == (day, byline)


@pytest.mark.parametrize(
    ("head", "body", "day", "basis"),
    [
        ("<meta property='article:published_time' content='2025-05-02T10:00:00Z'>", "", MAY_2, "meta"),
        ("<meta name='DC.date.issued' content='2025-05-02'>", "", MAY_2, "meta"),
        ("<meta name='article:published:time' value='2025-05-02'>", "", MAY_2, "meta"),
        ("", "<span itemprop='datePublished' content='2025-05-02'>today</span>", MAY_2, "microdata"),
        ("<link rel=canonical href='https://x.example/2025/05/02/bridge'>", "", MAY_2, "url"),
        ("<link rel=canonical href='https://x.example/2025/may/02/bridge'>", "", MAY_2, "url"),
        ("", "<h1>Bridge</h1><p>May 2, 2025 (ORRIN) -- The bridge opens.</p>", MAY_2, "dateline"),
        ("", "<h1>Bridge</h1><time datetime='2025-05-02'>Friday</time>", MAY_2, "time"),
        ("", "<h1>Bridge</h1><div>Posted: May 2, 2025 | Updated: May 9, 2025</div>", MAY_2, "text"),
        ("", "<i class=today>November 30, 2025</i><h1>Bridge</h1><div class=date>May 2, 2025</div>", MAY_2, "dateline"),
        ("", "<h1>Bridge</h1><div>Last updated May 9, 2025</div>", None, None),
        ("<meta name=date content='2099-01-01'>", "", None, None),
    ],
)  # fmt: skip
def test_published(head: str, body: str, day: date | None, basis: str | None) -> None:
    """The publication day comes from the first declaration that can be true, and says which; a change is none."""
    claim = read(_page(head, body + BODY)).published
    assert (claim and claim.day, claim and claim.basis) == (day, basis)


@pytest.mark.parametrize(
    ("sentence", "declared", "language"),
    [
        ("The mayor said that the city was ready for the winter and that it would pay for the salt.", "en-US", "en"),
        ("La alcaldesa dijo que la ciudad está lista para el invierno y que los barrios del sur también.", "en", "es"),
        ("The mayor said that the city was ready for the winter and that it would pay for the salt.", "fr", "en"),
        ("Quince.", "es", "es"),
        ("Pozdrowienia dla wszystkich mieszkańców naszego miasta.", "pl-PL", "pl"),
        ("Nothing", "{{lang}}", None),
    ],
)
def test_language(sentence: str, declared: str, language: str | None) -> None:
    """The declared language holds unless the commonest words of the text plainly say otherwise."""
    assert read(_page(body=f"<h1>Q</h1><p>{sentence}</p>", lang=declared)).language == language


WORDS = "“Peña’s café”, she said – naïve or not – costs €5."


@pytest.mark.parametrize(
    ("payload", "charset"),
    [
        (WORDS.encode(), None),
        (WORDS.encode(), "iso-8859-1"),
        (WORDS.encode("utf-8-sig"), "windows-1252"),
        (WORDS.encode("utf-16"), None),
        (WORDS.encode("cp1252"), None),
        (WORDS.encode("cp1252"), "utf-8"),
        (WORDS.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (b'<meta charset="windows-1252">' + WORDS.encode("cp1252"), "no-such-charset"),
        ((WORDS * 20).encode() + "é".encode("cp1252"), "utf-8"),
    ],
)
def test_characters(payload: bytes, charset: str | None) -> None:
    """The words are those that were written, whatever character set was declared for them."""
    assert WORDS in read(payload, charset=charset).text


def test_text_is_storable() -> None:
    """A text is NFC, and holds neither NUL nor half of a surrogate pair."""
    found = read(_page(body="<p>Jose\u0301 &#0; &#xD800; spoke\x00 to the council of the town for an hour.</p>"))
    assert "José" in found.text
    assert not set(found.text) & {"\x00", "\ud800"}


def test_length_is_bounded() -> None:
    """A text of more than a million code points is cut, and says so."""
    found = read(_page(body=f"<p>{'words and words ' * 80_000}</p>"))
    assert (len(found.text), found.truncated, found.outcome) == (1_000_000, True, Outcome.TEXT)


def test_page_goes_on_after_its_end() -> None:
    """A template that closes the page in its middle loses nothing."""
    found = read(
        f"<html><head></head></html><html><body><h1>Bridge opens</h1>{BODY}</body></html><p>And the pier, too.</p>"
    )
    assert found.title == "Bridge opens"
    assert "The mayor said" in found.text


def test_address_is_revealed() -> None:
    """A protected e-mail address is read as the address, whatever key it was hidden with at this visit."""
    texts = {
        read(_page(body=BODY + f"<p>Write to {_protected('press@orrin.example', key)} today.</p>")).text
        for key in (7, 99)
    }
    assert len(texts) == 1
    assert "Write to press@orrin.example today." in texts.pop()


def _protected(address: str, key: int) -> str:
    code = bytes([key]).hex() + "".join(f"{byte ^ key:02x}" for byte in address.encode())
    return (
        f'<a href="/cdn-cgi/l/email-protection" class="__cf_email__" data-cfemail="{code}">[email&#160;protected]</a>'
    )
