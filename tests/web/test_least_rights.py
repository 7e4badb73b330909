"""The page needs no right but to read: a database user who may only select, a file and a folder that are read-only."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import orjson
import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from tests.web.alder import filled
from tests.web.serving import reader, serving

PATHS = ("/", "/search?q=gate", "/search?in=documents", "/places", "/sources", "/removals", "/runs", "/about")
ROLE = "on_the_record_test_reader"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another user could enter, and that is read-only in the end."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)
        Path(name).chmod(0o755)


def test_a_user_who_may_only_select(postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All pages are answered, and the user could not have written anything."""
    monkeypatch.setenv("ARCHIVE_WARC", str(tmp_path))
    role, database = sql.Identifier(ROLE), sql.Identifier(str(make_url(postgres).database))
    with filled(postgres), psycopg.connect(postgres, autocommit=True) as owner:
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'reads'").format(role))
        try:
            owner.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(database, role))
            owner.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(role))
            url = make_url(postgres).set(username=ROLE, password="reads").render_as_string(hide_password=False)
            with serving(url) as address, reader(address) as client:
                assert {path: client.get(path).status_code for path in PATHS} == dict.fromkeys(PATHS, 200)
            with psycopg.connect(url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("DELETE FROM statement")
        finally:
            owner.execute(sql.SQL("DROP OWNED BY {}").format(role))
            owner.execute(sql.SQL("DROP ROLE {}").format(role))


# Answers all pages once, then gives up whatever rights it has, and answers them again on new connections.
CHILD = """
import os, sys
import orjson
from tests.web.serving import reader, serving
from archive.web import app
url, *paths = sys.argv[1:]
opened, kept = app.Archive.open, []
app.Archive.open = lambda *given, **more: kept.append(opened(*given, **more)) or kept[-1]
with serving(url) as address, reader(address) as client:
    before = [client.get(path).status_code for path in paths]
    kept[0].engine.dispose()
    if os.geteuid() == 0:
        os.setgid(65534)
        os.setuid(65534)
    can_write = os.access(sys.argv[1].removeprefix("sqlite:///"), os.W_OK)
    after = [client.get(path).status_code for path in paths]
sys.stdout.buffer.write(orjson.dumps([before, after, can_write]))
"""


def test_a_file_in_a_folder_that_is_read_only(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's log cannot be made there; the archive is read as it lies, and nothing is left beside it."""
    file = folder / "archive.db"
    monkeypatch.setenv("ARCHIVE_WARC", str(folder / "warc"))
    with filled(f"sqlite:///{file}"):
        file.chmod(0o444)
        (folder / "archive.db-wal").unlink(missing_ok=True)
        (folder / "archive.db-shm").unlink(missing_ok=True)
        folder.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", CHILD, f"sqlite:///{file}", *PATHS],
            capture_output=True, check=True, env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )  # fmt: skip
    before, after, can_write = orjson.loads(done.stdout)
    assert (before, after) == ([200] * len(PATHS), [200] * len(PATHS))
    assert not can_write
