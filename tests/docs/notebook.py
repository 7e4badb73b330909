"""`python -m tests.docs.notebook EXPORT`: run docs/notebooks/dataset.ipynb on an export and show it as docs/figures.md.

The notebook is kept without outputs; the page holds its words, its code and the figures of the demo.
"""

from __future__ import annotations

import base64
import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

__all__ = ["NOTEBOOK", "PAGE", "executed", "figures", "page", "read"]

DOCS = Path(__file__).parents[2] / "docs"
NOTEBOOK, PAGE, IMAGES = DOCS / "notebooks" / "dataset.ipynb", DOCS / "figures.md", DOCS / "images"


def read() -> Any:
    """The notebook as it is committed."""
    return nbformat.read(NOTEBOOK, as_version=4)


def executed(export: Path) -> Any:
    """The notebook run from top to bottom on this export; raises where a cell fails."""
    notebook = read()
    os.environ["EXPORT"] = str(export.absolute())
    NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
    return notebook


def figures(notebook: Any) -> list[bytes]:
    """The pictures that its cells drew, as PNG."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [base64.b64decode(each["data"]["image/png"]) for each in outputs if "image/png" in each.get("data", {})]


def page(notebook: Any) -> str:
    """The page: each cell in turn, each drawing cell followed by its figure."""
    parts, number = [], 0
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            parts.append(cell.source)
            continue
        parts.append(f"```python\n{cell.source}\n```")
        if "plt.show()" in cell.source:
            number += 1
            title = next(line for line in cell.source.splitlines() if "set_title(" in line).split('"')[1]
            parts.append(f"![{title}](images/figure-{number}.png)")
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    ran = executed(Path(sys.argv[1]))
    for number, picture in enumerate(figures(ran), 1):
        (IMAGES / f"figure-{number}.png").write_bytes(picture)
    PAGE.write_text(page(ran), encoding="utf-8")
