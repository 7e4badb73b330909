"""The pictures of the documentation are taken of the real page, and are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.cli import main
from tests.docs.screenshots import IMAGES, SHOTS, serving, shots_of, take
from tests.docs_blocks import texts

PNG = b"\x89PNG\r\n\x1a\n"


def test_every_picture_is_there_and_shown() -> None:
    """`make screenshots` takes them anew after a change of the page."""
    everything = "".join(texts().values())
    for shot in SHOTS:
        assert (IMAGES / f"{shot.name}.png").read_bytes().startswith(PNG)
        assert f"images/{shot.name}.png)" in everything


@pytest.mark.slow
def test_they_are_taken_of_what_is_served(demo: Path, tmp_path: Path) -> None:
    """`archive serve` answers each path with a page that a browser draws."""
    database = f"sqlite:///{demo / 'data' / 'demo' / 'archive.db'}"
    assert main(["report", str(tmp_path), "--database", database]) == 0
    with serving(database, str(demo / "data" / "demo" / "world.toml")) as page:
        taken = take(shots_of(database), page=page, report=tmp_path / "index.html", folder=tmp_path)
    assert [path.read_bytes()[:8] for path in taken] == [PNG] * len(SHOTS)
    assert min(path.stat().st_size for path in taken) > 20_000
