"""`python -m tests.docs.recipes DATABASE`: ask the questions of docs/recipes.md and write their answers below them."""

from __future__ import annotations

import contextlib
import io
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from archive.store.engine import open_engine

__all__ = ["PAGE", "Recipe", "answer", "recipes"]

PAGE = Path(__file__).parents[2] / "docs" / "recipes.md"
_RECIPE = re.compile(r"^```(sql|python) demo\n(.*?)^```\n\n```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Recipe:
    """A question in SQL or Python, and the answer that the page gives."""

    language: str
    body: str
    answer: str


def recipes() -> Iterator[Recipe]:
    """The recipes of the page that have an answer."""
    for found in _RECIPE.finditer(PAGE.read_text(encoding="utf-8")):
        yield Recipe(*found.groups())


def answer(recipe: Recipe, database: str) -> str:
    """What an archive answers; rows of SQL as `a | b` under their names."""
    return _of_sql(recipe.body, database) if recipe.language == "sql" else _of_python(recipe.body, database)


def _of_sql(body: str, database: str) -> str:
    engine = open_engine(database, create=False)
    with engine.connect() as connection:
        found = connection.execute(text(body.strip().rstrip(";")))
        lines = [found.keys(), *found]
    engine.dispose()
    return "".join(" | ".join(map(str, line)) + "\n" for line in lines)


def _of_python(body: str, database: str) -> str:
    os.environ["ARCHIVE_DATABASE"] = database
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(body, str(PAGE), "exec"), {})
    return printed.getvalue()


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    for each in recipes():
        fence = f"```{each.language} demo\n{each.body}```\n\n```text\n"
        page = page.replace(f"{fence}{each.answer}```", f"{fence}{answer(each, sys.argv[1])}```")
    PAGE.write_text(page, encoding="utf-8")
