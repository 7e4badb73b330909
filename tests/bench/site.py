"""A site of many pages, every text unique, packed into one file that can be served without work."""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

import click
from lxml import etree

from archive.extract import extract
from archive.records import Outcome, Page
from archive.text import text_key
from tests.bench.originals import bench_data, originals
from tests.bench.vary import vary

__all__ = ["Packed", "build_site", "read_index"]

LISTING = "/"
BATCH = 64
CAPTURED = datetime(2026, 6, 1, tzinfo=UTC).date()


@dataclass(frozen=True, slots=True)
class Packed:
    """One page within `pages.bin`; offset and length in bytes, `etag` empty where the page has none."""

    path: str
    offset: int
    length: int
    etag: str


def read_index(folder: Path) -> list[Packed]:
    """The pages of a built site."""
    return [Packed(**entry) for entry in json.loads((folder / "index.json").read_text(encoding="utf-8"))]


def build_site(work: Path, pages: int) -> Path:
    """The folder of a site with so many pages and a listing at `/`; made once, then taken from `work`."""
    folder = work / f"site-{'real' if bench_data() else 'invented'}-{pages}"
    if (folder / "index.json").exists():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    index: list[Packed] = []
    fresh = islice(_unique_pages(), pages)
    with (
        (folder / "pages.bin").open("wb") as packed,
        click.progressbar(fresh, length=pages, label="making the site", file=sys.stderr) as shown,
    ):
        for number, body in enumerate(shown):
            etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"' if number % 2 else ""
            index.append(Packed(f"/page/{number:05}.html", packed.tell(), len(body), etag))
            packed.write(body)
        listing = _listing(index)
        index.append(Packed(LISTING, packed.tell(), len(listing), ""))
        packed.write(listing)
    # Written last: a site without its index is not finished and is made again.
    (folder / "index.json").write_text(json.dumps([asdict(page) for page in index]), encoding="utf-8")
    return folder


def _listing(index: list[Packed]) -> bytes:
    links = "\n".join(f'<li><a href="{page.path}">Release {page.path[6:11]}</a></li>' for page in index)
    return f"<!DOCTYPE html><html><head><title>Releases</title></head><body><ul>{links}</ul></body></html>".encode()


def _unique_pages() -> Iterator[bytes]:
    """Variants of the originals, round after round, without those that give no text or one that was there."""
    material = list(originals())
    random.Random(1).shuffle(material)  # so that a short run has pages of all kinds
    seen: set[str] = set()
    pool = ProcessPoolExecutor()
    try:
        for seed in count():
            for batch in (material[i : i + BATCH] for i in range(0, len(material), BATCH)):
                for body, key in pool.map(_variant, batch, [seed] * len(batch)):
                    if key and key not in seen:
                        seen.add(key)
                        yield body
    finally:
        pool.shutdown()


def _variant(page: str, seed: int) -> tuple[bytes, str | None]:
    """A variant and the key of its extracted text; None where it has none."""
    try:
        body = vary(page, seed)
    except etree.ParserError:
        return b"", None
    found = extract(Page(payload=body, url=None, media_type="text/html", charset="utf-8", captured=CAPTURED))
    return body, text_key(None, found.text) if found.outcome is Outcome.TEXT else None
