"""The pages that benchmark sites are made of: real ones from BENCH_DATA, else those of the invented world."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from trafilatura.utils import decode_file

from tests.world.furniture import Furniture
from tests.world.render import render
from tests.world.sites import load_sites, views
from tests.world.texts import LAST_DAY, documents

__all__ = ["bench_data", "originals"]

KINDS = ("article", "press_release")


def bench_data() -> Path | None:
    """The folder named by BENCH_DATA, which holds `pages/` and its `manifest.jsonl`; None where it is not set."""
    named = os.environ.get("BENCH_DATA")
    return Path(named) if named else None


def originals() -> Iterator[str]:
    """HTML of articles and press releases."""
    folder = bench_data()
    return _invented() if folder is None else _real(folder / "pages")


def _real(folder: Path) -> Iterator[str]:
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        if page["kind"] in KINDS and page["file"].endswith(".gz"):
            yield decode_file(gzip.decompress((folder / page["file"]).read_bytes()))


def _invented() -> Iterator[str]:
    published = documents(LAST_DAY)
    for key, site in load_sites().items():
        for view in views(site, published[key]).values():
            if "document" in view.values:
                yield render(site, view, Furniture(), "http://127.0.0.1").decode()
