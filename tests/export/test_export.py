"""Exports: complete, alike byte for byte, safe in spreadsheets, all or nothing."""

from __future__ import annotations

import csv
import gzip
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
import pyarrow.parquet as pq
import pytest
from sqlalchemy import Connection, update

from archive.errors import UsageError
from archive.export import FORMATS, TABLES, Choice, check, export
from archive.models import CaptureRow, Document, Version
from archive.query import Filters
from tests.query.rows import BUDGET, GONE, REPRINT, SNOW, SNOW_1, SNOW_2

HOSTILE = [
    "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")', "two\nlines", 'a "quoted" word', "a,b;c", "",
    " =1", "'=1", "مرحبا", "\u202eabc", "\U0001f600", "Peña", "a\r\nb", "NULL", "true",
]  # fmt: skip


def rows_of(folder: Path, table: str, form: str) -> list[dict[str, Any]]:
    """The rows of an exported file, as a reader of that format gives them."""
    path = folder / f"{table}{FORMATS[form][1]}"
    if form == "jsonl":
        return [orjson.loads(line) for line in gzip.decompress(path.read_bytes()).splitlines()]
    if form == "parquet":
        return pq.read_table(path).to_pylist()
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("form", FORMATS)
def test_every_row_is_there_in_order(connection: Connection, tmp_path: Path, form: str) -> None:
    """Documents by id, versions by document and number, captures by time; columns as they are defined."""
    done = export(connection, tmp_path / "out", formats=[form])
    assert done.rows == {
        "documents": 4, "versions": 5, "captures": 5, "statements": 0, "appearances": 0, "speakers": 0
    }  # fmt: skip
    documents, versions, captures = (rows_of(tmp_path / "out", table.name, form) for table in TABLES[:3])
    assert [row["id"] for row in documents] == [SNOW, BUDGET, REPRINT, GONE]
    assert [(row["document"], int(row["number"])) for row in versions][:3] == [(SNOW, 1), (SNOW, 2), (BUDGET, 1)]
    assert [row["text"] for row in versions][:2] == [SNOW_1, SNOW_2]
    assert [row["captured_at"] for row in captures] == sorted(row["captured_at"] for row in captures)
    assert captures[0]["document"] == SNOW
    for table, rows in zip(TABLES[:3], (documents, versions, captures), strict=True):
        assert list(rows[0]) == [column.name for column in table.columns]


def test_values_keep_their_types(connection: Connection, tmp_path: Path) -> None:
    """Dates are dates, times are UTC, null is null (in CSV an empty cell)."""
    export(connection, tmp_path / "out", formats=list(FORMATS))
    first = {form: rows_of(tmp_path / "out", "documents", form)[0] for form in FORMATS}
    second = {form: rows_of(tmp_path / "out", "documents", form)[1] for form in FORMATS}
    assert first["parquet"]["published_date"] == date(2026, 2, 27)
    assert first["parquet"]["first_seen"] == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert first["jsonl"]["published_date"] == first["csv"]["published_date"] == "2026-02-27"
    assert first["jsonl"]["first_seen"] == first["csv"]["first_seen"] == "2026-03-01T09:00:00Z"
    assert [second[form]["published_date"] for form in FORMATS] == ["", None, None]
    latest = {form: rows_of(tmp_path / "out", "versions", form)[1]["is_latest"] for form in FORMATS}
    assert latest == {"csv": "true", "jsonl": True, "parquet": True}


def test_the_same_archive_gives_the_same_bytes(connection: Connection, tmp_path: Path) -> None:
    """Whenever and wherever it is written, and over an earlier export too."""
    first = export(connection, tmp_path / "one", formats=list(FORMATS))
    second = export(connection, tmp_path / "two", formats=list(FORMATS))
    again = export(connection, tmp_path / "one", formats=list(FORMATS))
    assert first.files == second.files == again.files
    assert (tmp_path / "one/SHA256SUMS").read_bytes() == (tmp_path / "two/SHA256SUMS").read_bytes()
    assert len(first.files) == len(TABLES) * len(FORMATS) + 2


def test_checksums_are_those_of_the_files(connection: Connection, tmp_path: Path) -> None:
    """`sha256sum -c` and `check` agree; a changed, a missing and a strange file are each told."""
    out = tmp_path / "out"
    export(connection, out, formats=["csv"])
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=out, check=False).returncode == 0
    assert check(out) == []
    (out / "documents.csv").write_text("id\n")
    (out / "versions.csv").unlink()
    (out / "notes.txt").write_text("mine")
    assert check(out) == ["documents.csv is changed", "versions.csv is gone", "notes.txt is not listed"]
    with pytest.raises(UsageError, match="holds no SHA256SUMS"):
        check(tmp_path)


def test_csv_cells_are_never_live(connection: Connection, tmp_path: Path) -> None:
    """No text cell begins as a formula does; the cells of numbers are left alone."""
    for title in HOSTILE:
        connection.execute(update(Version).where(Version.number == 1).values(title=title))
        export(connection, tmp_path / "out", formats=["csv"])
        for row in rows_of(tmp_path / "out", "versions", "csv"):
            assert not row["title"].startswith(("=", "+", "-", "@", "\t", "\r"))
            assert row["title"].removeprefix("'") in (title, title.removeprefix("'"), "Snow plan")
            assert row["number"] in "12"
    assert "apostrophe" in (tmp_path / "out/DICTIONARY.md").read_text()


@pytest.mark.parametrize("form", FORMATS)
def test_strange_words_come_back_as_they_are(connection: Connection, tmp_path: Path, form: str) -> None:
    """With raw CSV, and always in the other formats."""
    for title in HOSTILE:
        connection.execute(update(Version).where(Version.number == 1).values(title=title))
        export(connection, tmp_path / "out", formats=[form], raw_csv=True)
        assert rows_of(tmp_path / "out", "versions", form)[0]["title"] == title
    assert "run as a formula" in (tmp_path / "out/DICTIONARY.md").read_text()


def test_texts_can_be_left_out(connection: Connection, tmp_path: Path) -> None:
    """Their digests and word counts stay, and the README says so."""
    export(connection, tmp_path / "out", formats=["jsonl"], choice=Choice(include_text=False))
    rows = rows_of(tmp_path / "out", "versions", "jsonl")
    assert [row["text"] for row in rows] == [None] * 5
    assert rows[0]["text_digest"] == "d11"
    assert "Texts were left out" in (tmp_path / "out/README.md").read_text()


def test_a_redacted_version_has_no_text(connection: Connection, tmp_path: Path) -> None:
    """It stays as a tombstone with its digest."""
    gone = Version.document_id.in_([1])
    connection.execute(update(Version).where(gone).values(text=None, title=None, redacted=True))
    export(connection, tmp_path / "out", formats=["jsonl"])
    first = rows_of(tmp_path / "out", "versions", "jsonl")[0]
    assert (first["redacted"], first["text"], first["title"], first["text_digest"]) == (True, None, None, "d11")


@pytest.mark.parametrize(
    ("filters", "counts"),
    [
        (Filters(source="ash"), [2, 3, 3]),
        (Filters(since=date(2026, 3, 3)), [2, 2, 2]),
        (Filters(until=date(2026, 2, 28)), [1, 2, 2]),
        (Filters(source="nobody"), [0, 0, 0]),
    ],
)
def test_filters_choose_documents_and_what_belongs_to_them(
    connection: Connection, tmp_path: Path, filters: Filters, counts: list[int]
) -> None:
    """Versions and captures are those of the chosen documents; the README names the filters."""
    done = export(connection, tmp_path / "out", formats=list(FORMATS), choice=Choice(filters=filters))
    assert list(done.rows.values())[:3] == counts
    assert "Filters: `" in (tmp_path / "out/README.md").read_text()
    assert [len(rows_of(tmp_path / "out", table.name, "parquet")) for table in TABLES[:3]] == counts


def test_a_listing_is_exported_without_a_document(connection: Connection, tmp_path: Path) -> None:
    """A capture at an address that is no document's has a null there, and is left out by a filter on days."""
    connection.execute(
        update(CaptureRow).where(CaptureRow.id == 21).values(role="listing", address="https://x.example/")
    )
    export(connection, tmp_path / "out", formats=["jsonl"])
    assert [row["document"] for row in rows_of(tmp_path / "out", "captures", "jsonl")].count(None) == 1
    of_days = Choice(filters=Filters(since=date(2000, 1, 1)))
    done = export(connection, tmp_path / "out", formats=["jsonl"], choice=of_days)
    assert done.rows["captures"] == 4


def test_nothing_half_written_is_left(connection: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When writing fails, an earlier export stays as it was, and nothing lies beside it."""
    out = tmp_path / "out"
    export(connection, out, formats=["csv"])
    before = (out / "SHA256SUMS").read_bytes()
    connection.execute(update(Document).values(title="another"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        export(connection, out, formats=["csv"], progress=full)
    assert (out / "SHA256SUMS").read_bytes() == before
    assert check(out) == []
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_what_an_interrupted_export_left_is_cleared(connection: Connection, tmp_path: Path) -> None:
    """A kill leaves at worst a folder with a dot in front, which the next export removes."""
    (tmp_path / ".out.partial").mkdir()
    (tmp_path / ".out.partial/documents.csv").write_text("half")
    export(connection, tmp_path / "out", formats=["csv"])
    assert [path.name for path in tmp_path.iterdir() if path.is_dir()] == ["out"]


def test_other_peoples_files_are_not_touched(connection: Connection, tmp_path: Path) -> None:
    """A folder that holds anything but an export is refused, and so is a file."""
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds notes\.txt, which is no part of an export"):
        export(connection, mine, formats=["csv"])
    with pytest.raises(UsageError, match="is a file"):
        export(connection, mine / "notes.txt", formats=["csv"])
    assert (mine / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("formats", [["xlsx"], ["csv", "xlsx"], []])
def test_an_unknown_format_is_told(connection: Connection, tmp_path: Path, formats: list[str]) -> None:
    """With the names of those that there are."""
    with pytest.raises(UsageError, match="there are csv, jsonl, parquet"):
        export(connection, tmp_path / "out", formats=formats)
    assert not (tmp_path / "out").exists()


def test_every_column_is_explained(connection: Connection, tmp_path: Path) -> None:
    """The data dictionary is made of the same definitions as the files."""
    export(connection, tmp_path / "out", formats=["parquet"])
    dictionary = (tmp_path / "out/DICTIONARY.md").read_text()
    for table in TABLES:
        assert f"## {table.name}\n" in dictionary
        schema = pq.read_schema(tmp_path / "out" / f"{table.name}.parquet")
        for column in table.columns:
            assert f"| `{column.name}` | {column.type} | {column.description} |" in dictionary
            metadata = schema.field(column.name).metadata
            assert metadata[b"description"].decode() == column.description
