"""Many spellings of a page's address are one document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from archive import Archive
from tests.store.archives import InThisProcess, add, answer, derived_rows, prose

SPELLINGS: tuple[Callable[[str], str], ...] = (
    lambda rest: f"https://alder.example/{rest}",
    lambda rest: f"http://alder.example/{rest}",
    lambda rest: f"https://www.alder.example/{rest}",
    lambda rest: f"HTTPS://ALDER.Example/{rest}",
    lambda rest: f"https://alder.example:443/{rest}",
    lambda rest: f"http://www.alder.example:80/{rest}",
    lambda rest: f"https://alder.example/{rest}#content",
    lambda rest: f"https://alder.example/{rest}&utm_source=feed&utm_campaign=spring",
    lambda rest: f"https://alder.example/{rest.replace('?', '?utm_medium=rss&')}",
    lambda rest: "https://alder.example/{}?page=1&id={}".format(*rest.replace("&page=1", "").split("?id=")),
)


def test_five_hundred_spellings_are_fifty_documents(tmp_path: Path) -> None:
    """Each document keeps one version of its ten captures, and a rebuild says the same."""
    captures = [
        replace(answer("/", prose(n), day=day), url=spelling(f"news?id={n}&page=1"))
        for n in range(50)
        for day, spelling in enumerate(SPELLINGS)
    ]
    assert len({capture.url for capture in captures}) == 500
    with Archive.open(f"sqlite:///{tmp_path / 'archive.db'}") as archive:
        add(archive, captures, executor=InThisProcess())
        rows = derived_rows(archive)
        assert (len(rows["document"]), len(rows["version"])) == (50, 50)
        archive.rebuild(executor=InThisProcess())
        assert derived_rows(archive) == rows
