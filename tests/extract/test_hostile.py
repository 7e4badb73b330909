"""Inputs that nobody writes and somebody sends: each becomes an outcome, and none an exception."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from archive.records import Extraction, Outcome
from tests.extract.pages import read

WORDS = b"<p>Hello dear reader, these are words of a page that has some of them. " * 20
HOSTILE: dict[str, Callable[[], bytes]] = {
    "deep": lambda: b"<html><body>" + b"<div>" * 100_000 + WORDS + b"</div>" * 100_000,
    "deep inline": lambda: b"<html><body><p>" + b"<b><i>x" * 50_000,
    "deep tables": lambda: b"<html><body>" + b"<table><tr><td>x" * 30_000,
    "200,000 tags": lambda: b"<html><body>" + b"<b>x</b>" * 200_000,
    "one long text": lambda: b"<html><body><p>" + b"word " * 4_000_000,
    "nul": lambda: b"<html>\0<body>\0" + WORDS.replace(b"reader", b"rea\0der"),
    "every byte": lambda: b"<html><body>" + WORDS * 3 + bytes(range(256)) * 2_000,
    "mixed encodings": lambda: b"<html><body><p>" + ("Grüße " * 99).encode() + ("Grüße " * 99).encode("utf-16") + WORDS,
    "random bytes": lambda: random.Random(1).randbytes(300_000),
    "angle brackets": lambda: b"<" * 2_000_000,
    "entities": lambda: b"<html><body><p>" + b"&amp;&lt;" * 100_000,
    "json brackets": lambda: b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + WORDS,
    "json digits": lambda: b'<script type="application/ld+json">{"@type":"Article","datePublished":"' + b"2" * 400_000
    + b'"}</script>' + WORDS,
    "long title": lambda: b"<title>" + b" | a - b " * 50_000 + b"</title>" + WORDS,
    "many metas": lambda: b'<meta name="date" content="2020-01-01">' * 50_000 + WORDS,
    "many dates": lambda: b"<span class=date>31/02/2020</span><time>January 45, 2090</time>" * 10_000 + WORDS,
    "long class": lambda: b'<div class="' + b"share " * 100_000 + b'">' + WORDS,
    "broken pdf": lambda: b"%PDF-1.4\n" + bytes(range(256)) * 100,
    "empty": lambda: b"",
    "comment": lambda: b"<!--" * 10_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    """A hostile page becomes an extraction with an outcome, a bounded text and, where it has no text, a reason."""
    _holds(read(HOSTILE[name]()))


@pytest.mark.slow
def test_mutations_of_a_page() -> None:
    """A thousand random mutations of a page each become an extraction."""
    rng = random.Random(3)
    page = (
        b"<!doctype html><html lang=en><head><title>T</title></head><body><main><h1>T</h1>"
        + WORDS
        + b"</main></body></html>"
    )
    for _ in range(1_000):
        data = bytearray(page)
        for _ in range(rng.randint(1, 40)):
            place = rng.randrange(len(data))
            data[place : place + rng.randint(0, 9)] = rng.choice(
                (b"<", b">", b"</p>", b"\0", b"&", b'"', rng.randbytes(5))
            )
        _holds(read(bytes(data)))


def _holds(found: Extraction) -> None:
    assert len(found.text) <= 1_000_000
    assert bool(found.text) == (found.outcome is Outcome.TEXT)
    assert (found.reason is None) == (found.outcome is Outcome.TEXT)
    assert not (found.reason or "").startswith("the extractor failed")
