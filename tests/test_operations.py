"""The crontab line of docs/operations.md, run as cron would run it."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

from tests.world import World

ROOT = Path(__file__).parents[1]


def test_the_crontab_line_crawls(tmp_path: Path) -> None:
    """With the folder and the source of a test in place of the documented ones, the line ends with status 0."""
    line = re.search(r"```crontab\n(.+)\n```", (ROOT / "docs" / "operations.md").read_text(encoding="utf-8"))
    assert line is not None
    *when, command = line[1].split(None, 5)
    assert len(when) == 5
    with World() as world:
        catalog = world.write_catalog(tmp_path)
        (tmp_path / "data").mkdir()
        (tmp_path / ".venv").symlink_to(ROOT / ".venv")
        (tmp_path / "scrapy.cfg").write_text((ROOT / "scrapy.cfg").read_text())
        allowed = "xx-riverton-mayor -s ALLOW_PRIVATE_ADDRESSES=1 -s DOWNLOAD_DELAY=0 -s AUTOTHROTTLE_ENABLED=0"
        here = command.replace("/srv/on-the-record", str(tmp_path)).replace("us-mn-attorney-general", allowed)
        environment = {"PATH": os.environ["PATH"], "ARCHIVE_CATALOG": str(catalog), "HOME": str(tmp_path)}
        done = subprocess.run(["/bin/sh", "-c", here], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, (tmp_path / "data" / "crawl.log").read_text()
    assert (tmp_path / "data" / "archive.db").exists()
    assert (done.stdout, done.stderr) == ("", "")
