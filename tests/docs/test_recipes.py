"""The recipes give the answers that stand below them, on the demo's archive."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.paths import follow
from tests.docs.recipes import PAGE, Recipe, answer, recipes


def test_every_recipe_that_runs_has_an_answer() -> None:
    """A fence without the text below it would never be asked."""
    assert len(list(recipes())) == len(re.findall(r"^```(?:sql|python) demo$", PAGE.read_text(), re.MULTILINE)) > 5


@pytest.mark.slow
@pytest.mark.parametrize("recipe", list(recipes()), ids=lambda recipe: " ".join(recipe.body.split())[:40])
def test_a_recipe_gives_its_answer(recipe: Recipe, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Word for word."""
    monkeypatch.setenv("ARCHIVE_DATABASE", "")
    assert answer(recipe, f"sqlite:///{demo / 'data' / 'demo' / 'archive.db'}") == recipe.answer


@pytest.mark.slow
def test_the_commands_run(demo: Path, tmp_path: Path) -> None:
    """From the first to the last."""
    shutil.copytree(demo, tmp_path, dirs_exist_ok=True)
    follow("recipes.md", tmp_path, {})
