"""What interrupts an export, what damages a package, and what a panel tells of days that nobody watched."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import date
from pathlib import Path

import orjson
import pytest
from sqlalchemy import Connection, insert, update

from archive import Archive
from archive.errors import AlreadyRunning, UsageError
from archive.export import FORMATS, TABLES, check, export, panel_table, read_panel
from archive.export.package import sha256_of
from archive.models import Coverage, Document
from tests.export.town import rows_of

ALL = list(FORMATS)


def _command(url: str, out: Path) -> list[str]:
    program = "import sys; from archive.cli import main; sys.exit(main(sys.argv[1:]))"
    return [
        sys.executable, "-c", program, "export", str(out), "--format", ",".join(ALL), "--panel", "source,month",
        "--database", url,
    ]  # fmt: skip


def _export(url: str, out: Path, failpoint: str = "") -> int:
    environment = os.environ | {"ARCHIVE_FAILPOINT": failpoint}
    return subprocess.run(_command(url, out), env=environment, capture_output=True, check=False).returncode


def _beside(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if "out" in path.name}


def test_a_killed_export_goes_on_with_what_it_had_finished(town_url: str, tmp_path: Path) -> None:
    """A kill leaves no file with its name; finished tables are not written again; the bytes are those of one go."""
    assert _export(town_url, tmp_path / "whole") == 0
    out, partial = tmp_path / "out", tmp_path / ".out.partial"
    assert _export(town_url, out, "after-table:6") == -signal.SIGKILL
    assert not out.exists()
    finished = partial / "documents.parquet"
    before = finished.stat().st_mtime_ns, finished.stat().st_ino
    assert _export(town_url, out, "after-batch:3") == -signal.SIGKILL
    assert (finished.stat().st_mtime_ns, finished.stat().st_ino) == before
    assert _export(town_url, out) == 0
    assert (out / "documents.parquet").stat().st_ino == before[1]
    assert (out / "SHA256SUMS").read_bytes() == (tmp_path / "whole/SHA256SUMS").read_bytes()
    assert _beside(tmp_path) == {"out"}
    assert list(check(out)) == []


def test_two_exports_into_one_folder_do_not_mix(town: Connection, tmp_path: Path) -> None:
    """The second is told so and leaves the first one's work alone."""
    out = tmp_path / "out"

    def meanwhile(done: int, total: int, what: str) -> None:
        with pytest.raises(AlreadyRunning, match="another export is being written there"):
            export(town, out, formats=["csv"])

    first = export(town, out, formats=["parquet"], progress=meanwhile)
    assert list(check(out)) == []
    assert set(first.files) < {path.name for path in out.iterdir()}
    export(town, out, formats=["csv"])
    assert list(check(out)) == []
    assert _beside(tmp_path) == {"out"}


def test_what_was_finished_and_damaged_since_is_written_again(town_url: str, tmp_path: Path) -> None:
    """A file that is not as it was noted is not believed."""
    out, partial = tmp_path / "out", tmp_path / ".out.partial"
    _export(town_url, out, "after-table:6")
    (partial / "documents.parquet").write_bytes(b"half")
    (partial / "stray.parquet").write_bytes(b"half")
    assert _export(town_url, out) == 0
    assert list(check(out)) == []


def test_another_state_of_the_archive_begins_anew(town_url: str, tmp_path: Path) -> None:
    """What was exported of the day before is no part of today's export."""
    out = tmp_path / "out"
    _export(town_url, out, "after-table:9")
    with Archive.open(town_url) as archive:
        archive.decide(kind="checked", subject=_a_statement(town_url), by="tests", reason="read it")
    assert _export(town_url, out) == 0
    with Archive.open(town_url) as archive, archive.read() as connection:
        fresh = export(connection, tmp_path / "fresh", formats=ALL, panel=("source", "month"))
    assert {path.name: sha256_of(path)[0] for path in out.iterdir() if path.name in fresh.files} == fresh.files


def _a_statement(url: str) -> str:
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        return str(connection.execute("SELECT public_id FROM statement ORDER BY id").fetchone()[0])


def check_kills(url: str, folder: Path, kills: int) -> None:
    """Kill exports at random times: the folder is never there in part, and the one that ends is right."""
    assert _export(url, folder / "whole") == 0
    dice, out = random.Random(28), folder / "out"
    for _ in range(kills):
        with subprocess.Popen(_command(url, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(dice.uniform(0.3, 4))
            process.send_signal(signal.SIGKILL)
        assert not out.exists() or list(check(out)) == []
        shutil.rmtree(out, ignore_errors=True)
    assert _export(url, out) == 0
    assert (out / "SHA256SUMS").read_bytes() == (folder / "whole/SHA256SUMS").read_bytes()
    assert _beside(folder) == {"out"}


@pytest.mark.slow
def test_no_kill_leaves_half_a_package(town_url: str, tmp_path: Path) -> None:
    """Forty kills at random times."""
    check_kills(town_url, tmp_path, 40)


def test_a_kill_between_two_names_loses_no_export(town: Connection, tmp_path: Path) -> None:
    """The former export takes its name back when the new one had not taken it yet."""
    export(town, tmp_path / "out", formats=["parquet"])
    (tmp_path / "out").rename(tmp_path / ".out.former")
    export(town, tmp_path / "out", formats=["parquet"])
    assert _beside(tmp_path) == {"out"}


def _said_of(folder: Path, *, sums: bool = True) -> list[str]:
    """What is found; with `sums` after the checksums were made right again, so that only the contents speak."""
    if sums:
        lines = [
            f"{sha256_of(path)[0]}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != "SHA256SUMS"
        ]
        (folder / "SHA256SUMS").write_text("".join(lines))
    return list(check(folder))


def test_damaged_files_are_told(town: Connection, tmp_path: Path) -> None:
    """A changed, a missing and a strange file, each in its sentence; `sha256sum` agrees."""
    out = tmp_path / "out"
    export(town, out, formats=ALL)
    quiet = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]
    assert subprocess.run(quiet, cwd=out, check=False).returncode == 0
    (out / "README.md").write_text("another")
    (out / "versions.csv.gz").unlink()
    (out / "notes.txt").write_text("mine")
    assert _said_of(out, sums=False) == [
        "README.md is changed: its sha256 is not the one in SHA256SUMS",
        "versions.csv.gz is gone",
        "notes.txt is not listed in SHA256SUMS",
    ]
    with pytest.raises(UsageError, match="holds no SHA256SUMS"):
        list(check(tmp_path))


def _change(out: Path, statement: str) -> None:
    with closing(sqlite3.connect(out / "dataset.sqlite")) as connection, connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("DELETE FROM captures", "table captures, holds 0 rows where datapackage.json says 9"),
        ("DELETE FROM documents", "versions.document names"),
        ("UPDATE documents SET document_kind = 'poem'", "has 'poem' as document_kind, which is not among the allowed"),
        ("UPDATE versions SET words = 'many'", "table versions, cannot be read as datapackage.json describes it"),
        ("UPDATE documents SET first_seen = 'yesterday'", "cannot be read as datapackage.json describes it"),
        (
            "ALTER TABLE speakers DROP COLUMN wikidata",
            "cannot be read as datapackage.json describes it: its columns are",
        ),
        ("DROP TABLE stories", "cannot be read as datapackage.json describes it"),
        ("UPDATE statements SET speaker = 'nobody'", "statements.speaker names 'nobody', which speakers does not hold"),
    ],
)
def test_wrong_contents_are_told(town: Connection, tmp_path: Path, statement: str, told: str) -> None:
    """Rows, references, allowed values, types, columns and tables, although all checksums are right."""
    out = tmp_path / "out"
    export(town, out, formats=["sqlite"])
    _change(out, statement)
    assert any(told in sentence for sentence in _said_of(out))


def test_a_descriptor_that_lies_is_told(town: Connection, tmp_path: Path) -> None:
    """One that cannot be read, and one that leads out of the package."""
    out = tmp_path / "out"
    export(town, out, formats=["csv"])
    said = orjson.loads((out / "datapackage.json").read_bytes())
    said["resources"][0]["path"] = "../documents.csv.gz"
    (out / "datapackage.json").write_bytes(orjson.dumps(said))
    (out / "documents.csv.gz").write_bytes((out / "documents.csv.gz").read_bytes()[:-20])
    found = _said_of(out)
    assert "../documents.csv.gz is described in datapackage.json and not listed in SHA256SUMS" in found
    assert any("documents.csv.gz cannot be read" in sentence for sentence in found)
    (out / "datapackage.json").write_text("{}")
    assert any("datapackage.json cannot be read" in sentence for sentence in _said_of(out))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("onTheRecord",), []),
        (("resources", 0, "rows"), "many"),
        (("resources", 0, "title"), ["documents"]),
        (("resources", 0, "schema", "primaryKey"), ["nobody"]),
        (("resources", 0, "schema", "fields", 0, "type"), "poem"),
        (("resources", 0, "schema", "fields", 0, "name"), None),
        (("resources", 0, "schema", "fields", 0, "constraints"), {"enum": [["a"]]}),
    ],
)
def test_a_descriptor_of_a_strange_shape_is_told(
    town: Connection, tmp_path: Path, place: tuple[str | int, ...], value: object
) -> None:
    """Whoever received a package did not write it: whatever stands there, checking it gives sentences."""
    out = tmp_path / "out"
    export(town, out, formats=["csv"])
    said = orjson.loads((out / "datapackage.json").read_bytes())
    within = said
    for each in place[:-1]:
        within = within[each]
    within[place[-1]] = value
    (out / "datapackage.json").write_bytes(orjson.dumps(said))
    (found,) = _said_of(out)
    assert found.startswith("datapackage.json cannot be read (")


def test_a_table_that_is_not_described_is_told(town: Connection, tmp_path: Path) -> None:
    """Its rows were looked at by nobody."""
    out = tmp_path / "out"
    export(town, out, formats=["csv"])
    said = orjson.loads((out / "datapackage.json").read_bytes())
    said["resources"] = [each for each in said["resources"] if each["title"] != "tags"]
    (out / "datapackage.json").write_bytes(orjson.dumps(said))
    assert _said_of(out) == ["tags.csv.gz is not described in datapackage.json, so it was not looked at"]


def test_a_panel_tells_nothing_from_not_known(connection: Connection, tmp_path: Path) -> None:
    """0 where somebody watched, null where nobody did, what was found in any case, and the share of days watched."""
    connection.execute(update(Document).where(Document.source_id == "elm").values(published_date=date(2025, 12, 31)))
    watched = {"runs": 1, "outcome": "failed", "listed": 0, "fetched": 0, "refused": 0, "new_documents": 0}
    connection.execute(insert(Coverage), [{"source_id": "news", "day": date(2026, 4, 2), **watched}])
    export(connection, tmp_path / "out", formats=["parquet"], panel=("source", "month"))
    rows = rows_of(tmp_path / "out", panel_table("source", "month"))
    told = {(row["source"], str(row["first_day"])[:7]): (row["documents"], row["watched_share"]) for row in rows}
    assert told[("ash", "2026-03")] == (1, pytest.approx(2 / 31))
    assert told[("ash", "2026-02")] == (1, 0)
    assert told[("ash", "2026-04")] == (None, 0)
    assert told[("elm", "2025-12")] == (1, 0)
    assert told[("elm", "2026-04")] == (0, pytest.approx(1 / 30))
    assert told[("news", "2026-04")] == (None, 0)
    assert list(check(tmp_path / "out")) == []


@pytest.mark.parametrize("dimension", ["source", "jurisdiction", "office", "speaker", "document_kind"])
@pytest.mark.parametrize("period", ["day", "week", "month", "year"])
def test_each_panel_counts_every_document(town: Connection, tmp_path: Path, dimension: str, period: str) -> None:
    """Each once; weeks begin on Monday."""
    export(town, tmp_path / "out", formats=["parquet"], panel=(dimension, period))
    rows = rows_of(tmp_path / "out", panel_table(dimension, period))
    assert sum(int(str(row["documents"] or 0)) for row in rows) >= 4 if dimension != "speaker" else rows
    if period == "week":
        assert {date.fromisoformat(str(row["first_day"])).weekday() for row in rows} == {0}
    if dimension == "source":
        assert max(float(str(row["watched_share"])) for row in rows) > 0
    assert len(TABLES) + 1 == len(list((tmp_path / "out").glob("*.parquet")))


@pytest.mark.parametrize("written", ["source", "month,source", "party,month", "source,decade", ""])
def test_a_panel_that_is_none_is_told(written: str) -> None:
    """With what there is."""
    with pytest.raises(UsageError, match="is no panel; write one of source, jurisdiction, office, speaker"):
        read_panel(written)
