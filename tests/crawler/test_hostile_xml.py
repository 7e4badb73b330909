"""XML that attacks its reader: nothing is expanded, nothing is read from disk, nothing takes long."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from archive.errors import SourceError
from crawler.discovery import discover

CANARY = "brackwater-canary-51"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HEADS = {
    "billion laughs": f'<!DOCTYPE r [<!ENTITY l0 "ha">{LAUGHS}]>',
    "quadratic": f'<!DOCTYPE r [<!ENTITY l9 "{"a" * 50_000}">]>',
    "external": '<!DOCTYPE r [<!ENTITY l9 SYSTEM "file://{canary}">]>',
    "external dtd": '<!DOCTYPE r SYSTEM "file://{canary}">',
    "parameter entity": '<!DOCTYPE r [<!ENTITY % p SYSTEM "file://{canary}"> %p; <!ENTITY l9 "x">]>',
    "network": '<!DOCTYPE r [<!ENTITY l9 SYSTEM "http://127.0.0.1:1/x">]>',
}
BODIES = {
    "feed": "<rss version='2.0'><channel><title>{x}</title><item><title>{x}</title><link>https://b.example/{x}</link>"
    "<pubDate>{x}</pubDate></item></channel></rss>",
    "sitemap": "<urlset><url><loc>https://b.example/{x}</loc><lastmod>{x}</lastmod></url></urlset>",
}


@pytest.mark.parametrize("strategy", sorted(BODIES))
@pytest.mark.parametrize("attack", sorted(HEADS))
def test_an_attack_gives_no_file_and_takes_no_time(strategy: str, attack: str, tmp_path: Path) -> None:
    """Each of twelve files is read in under two seconds, small, and without the canary's text."""
    canary = tmp_path / "canary.txt"
    canary.write_text(CANARY)
    repeats = 500 if attack == "quadratic" else 1
    body = (
        '<?xml version="1.0"?>'
        + HEADS[attack].replace("{canary}", str(canary))
        + BODIES[strategy].format(x="&l9;" * repeats)
    )
    before = time.process_time()
    try:
        found = repr(discover(strategy, body.encode(), url="https://b.example/x.xml", options={}))
    except SourceError as error:
        found = str(error)
    assert time.process_time() - before < 2
    assert CANARY not in found
    assert len(found) < 100_000
