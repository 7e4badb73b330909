"""Saved pages: each file in tests/pages/<source>/ is a case, with what is expected of it in a file beside it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from archive.extract import extract
from archive.records import Page
from tests.extract.pages import as_saved

PAGES = Path(__file__).parent.parent / "pages"
MEDIA_TYPES = {".html": "text/html", ".htm": "text/html", ".pdf": "application/pdf", ".txt": "text/plain"}
SAVED = sorted(path for path in PAGES.glob("*/*") if path.suffix in MEDIA_TYPES)


@pytest.mark.parametrize("path", SAVED, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_saved_page(path: Path) -> None:
    """A saved page gives the title, text, dates and outcome that a person has reviewed."""
    beside = path.with_suffix(".json")
    case = json.loads(beside.read_text()) if beside.exists() else {"captured": date.today().isoformat()}
    page = Page(
        payload=path.read_bytes(),
        url=case.get("url"),
        media_type=case.get("media_type", MEDIA_TYPES[path.suffix]),
        charset=case.get("charset"),
        captured=date.fromisoformat(case["captured"]),
        headers=tuple(case.get("headers", {}).items()),
        hints=tuple(case.get("hints", {}).items()),
    )
    found = as_saved(extract(page))
    if "expected" not in case:
        beside.write_text(json.dumps({"url": None, **case, "expected": found}, indent=1, ensure_ascii=False) + "\n")
        pytest.fail(f"please review {beside}, which was written with what the extractor reads today")
    assert found == case["expected"]


def test_pages_are_there() -> None:
    """The saved pages are found, so that an empty folder cannot pass for a green test."""
    assert len(SAVED) > 10
