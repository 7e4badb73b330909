"""The documentation as a site: it builds strictly, and its pages ask nobody else for anything."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.docs_blocks import DOCS, ROOT


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_every_page_is_in_it(site: Path) -> None:
    """Each page of docs/ has a place in the navigation."""
    named = set(re.findall(r"[\w-]+\.md", yaml.dump(_settings()["nav"])))
    assert named == {path.name for path in DOCS.glob("*.md")}
    assert all((site / name.replace(".md", ".html")).exists() for name in named)


def _settings() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    return found


def test_no_page_asks_elsewhere(site: Path) -> None:
    """No font, script, picture or sheet of another host: nobody learns who reads this."""
    for path in site.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(r"<(?:script|img|link|iframe)\b[^>]*?(?:src|href)=[\"']?(https?:[^\"' >]+)", text)
        assert loaded == [], path.name
    for path in site.rglob("*.css"):
        assert not re.findall(r"url\([\"']?https?:|@import", path.read_text(encoding="utf-8")), path.name


def test_pictures_stay_small() -> None:
    """Not more than eight taken ones, none of 150 kB."""
    pictures = [path for path in (DOCS / "images").glob("*.png") if not path.name.startswith("figure-")]
    assert len(pictures) <= 8
    assert [path.name for path in (DOCS / "images").iterdir() if path.stat().st_size >= 150_000] == []
