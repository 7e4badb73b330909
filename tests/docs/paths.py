"""Run the commands of a page of the documentation from its first to its last, in one shell, as a reader would."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.docs_blocks import DOCS, ROOT, Step, blocks

__all__ = ["follow", "steps"]

MARK = "===== end of step ====="


def steps(page: str) -> list[Step]:
    """The steps of all blocks of a page that are marked `path`, in order."""
    mine = [block for block in blocks("console") if block.file == DOCS / page and "path" in block.words]
    return [step for block in mine for step in block.steps()]


def follow(page: str, folder: Path, ports: Mapping[str, str]) -> None:
    """Run a page's steps in a folder; `ports` are those of the documented world and of the one that is there.

    Raises AssertionError at the first step that fails, or prints something else than the page says.
    """
    shutil.copy(ROOT / "scrapy.cfg", folder)
    wanted = steps(page)
    lines = [f"{_here(step.line, ports)} || exit 9\necho '{MARK}'" for step in wanted]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ARCHIVE_")},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "COLUMNS": "100",
    }
    done = subprocess.run(
        ["bash", "-c", "\n".join(lines)], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    printed = done.stdout.split(f"{MARK}\n")
    for step, said in zip(wanted, printed, strict=False):
        assert agree(said.splitlines(), [_here(line, ports) for line in step.output]), (
            f"{page}: `{step.line}` prints\n{said}\n{done.stderr[-2000:]}"
        )
    assert done.returncode == 0, f"{page}: ended in step {len(printed)} of {len(wanted)}:\n{done.stderr[-2000:]}"
    assert len(printed) == len(wanted) + 1


def _here(text: str, ports: Mapping[str, str]) -> str:
    return re.sub(r"127\.0\.0\.1:(\d+)", lambda found: f"127.0.0.1:{ports.get(found[1], found[1])}", text)


def agree(printed: list[str], documented: list[str]) -> bool:
    """Whether the output is as documented: `...` is any number of lines, or any end of a line."""
    pattern = "".join(
        r"(?:.*\n)*"
        if line == "..."
        else re.escape(line.removesuffix("...")) + (".*" if line.endswith("...") else r"\s*") + r"\n"
        for line in documented
    )
    return re.fullmatch(pattern, "".join(f"{line}\n" for line in printed)) is not None
