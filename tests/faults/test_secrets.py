"""The password of a database URL is never printed, however the URL is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from archive.cli import main
from archive.store.engine import shown

ROOT = Path(__file__).parents[2]
SECRET = "s3cr3t-word"
# What each wrong URL comes to: 1 cannot be read, 3 nobody answers.
WRONG = {
    f"postgresql://clerk:{SECRET}@127.0.0.1:1/records": 3,
    f"postgresql://clerk@127.0.0.1:1/records?password={SECRET}": 3,
    f"postgresql://clerk:{SECRET}@127.0.0.1:1/records?connect_timeout=soon": 3,
    f"postgresql://clerk:un@quoted:{SECRET}@127.0.0.1:1/records": 1,
    f"postgresql://clerk:{SECRET}@127.0.0.1:seven/records": 1,
    f"postgresql+nobody://clerk:{SECRET}@127.0.0.1:1/records": 1,
    f"mysql://clerk:{SECRET}@127.0.0.1:1/records": 1,
    f"clerk:{SECRET}@127.0.0.1/records": 1,
}


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_wrong_url_keeps_its_secret(number: int, capsys: pytest.CaptureFixture[str]) -> None:
    """`archive` says in a sentence what is wrong, with the status of the table, and without the password."""
    url, status = list(WRONG.items())[number]
    assert main(["status", "--database", url]) == status
    check_words("".join(capsys.readouterr()))


@pytest.mark.parametrize("number", [1, 3, 5])
def test_a_crawl_keeps_the_secret_too(number: int, tmp_path: Path) -> None:
    """`scrapy crawl` says the same in the same way."""
    url, status = list(WRONG.items())[number]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "us-white-house-2017"],
        cwd=ROOT, env={**os.environ, "ARCHIVE_DATABASE": url, "ARCHIVE_WARC": str(tmp_path)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == status
    check_words(done.stdout + done.stderr)


def check_words(said: str) -> None:
    assert said
    assert SECRET not in said
    assert "Traceback" not in said
    assert "a fault of this program" not in said


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://clerk:{SECRET}@alder.example/x",
        f"postgresql://alder.example/x?sslpassword={SECRET}&sslmode=require",
    ],
)
def test_a_shown_url_still_says_where(url: str) -> None:
    """The host stays, the password goes."""
    assert SECRET not in shown(url)
    assert "alder.example/x" in shown(url)
