"""The notebook draws its three figures of an export, and the page shows the notebook."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.cli import main
from tests.docs.notebook import IMAGES, PAGE, executed, figures, page, read

PNG = b"\x89PNG\r\n\x1a\n"


def test_the_notebook_is_kept_without_outputs() -> None:
    """So that what is committed is what a person wrote."""
    assert [cell for cell in read().cells if cell.get("outputs") or cell.get("execution_count")] == []


def test_the_page_is_that_of_the_notebook() -> None:
    """`make figures` writes it, with the pictures beside it."""
    assert PAGE.read_text(encoding="utf-8") == page(read())
    for name in re.findall(r"\(images/(figure-\d\.png)\)", page(read())):
        assert (IMAGES / name).read_bytes().startswith(PNG)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")  # of the machinery of notebooks, which is not ours
def test_it_draws_three_figures_of_the_demo(demo: Path, tmp_path: Path) -> None:
    """Each of something: the counts that it prints are those of the demo."""
    database = f"sqlite:///{demo / 'data' / 'demo' / 'archive.db'}"
    assert main(["export", str(tmp_path / "dataset"), "--format", "parquet", "--database", database]) == 0
    ran = executed(tmp_path / "dataset")
    assert [len(picture) > 5_000 and picture.startswith(PNG) for picture in figures(ran)] == [True] * 3
    printed = "".join(
        output["text"] for cell in ran.cells for output in cell.get("outputs", ()) if output.get("name") == "stdout"
    )
    counts = [int(number) for number in re.findall(r"(\d+) (?:statements|pairs|reports)", printed)]
    assert len(counts) == 3
    assert min(counts) > 10
    assert "1 of them watched" in printed
