"""Exports: complete, alike byte for byte, filtered as a search, with texts as rights allow."""

from __future__ import annotations

import shlex
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from sqlalchemy import Connection, update

from archive import Archive
from archive.errors import UsageError
from archive.export import FORMATS, TABLES, Choice, check, estimate, export
from archive.models import CaptureRow, Document, Version
from archive.query import Filters
from tests.export.town import SECRET, fill, more, rows_of, table_named
from tests.query.rows import BUDGET, GONE, REPRINT, SNOW, SNOW_1, SNOW_2
from tests.store.speaking import GATE, HALL, PAPER

ALL = list(FORMATS)
DOCUMENTS, VERSIONS, CAPTURES = (table_named(name) for name in ("documents", "versions", "captures"))
STATEMENTS, APPEARANCES = table_named("statements"), table_named("appearances")


@pytest.mark.parametrize("form", FORMATS)
def test_every_row_is_there_in_order(connection: Connection, tmp_path: Path, form: str) -> None:
    """In the order of their keys; columns as they are defined; times, days, truths and nulls keep their types."""
    done = export(connection, tmp_path / "out", formats=[form])
    assert [done.rows[name] for name in ("sources", "documents", "versions", "captures", "removals")] == [3, 4, 5, 5, 1]
    documents = rows_of(tmp_path / "out", DOCUMENTS, form)
    versions = rows_of(tmp_path / "out", VERSIONS, form)
    assert [row["id"] for row in documents] == [SNOW, BUDGET, REPRINT, GONE]
    assert [(row["document"], row["number"]) for row in versions][:3] == [(SNOW, 1), (SNOW, 2), (BUDGET, 1)]
    assert [row["text"] for row in versions][:2] == [SNOW_1, SNOW_2]
    assert (documents[0]["published_date"], documents[1]["published_date"]) == (date(2026, 2, 27), None)
    assert documents[0]["first_seen"] == datetime(2026, 3, 1, 9, tzinfo=UTC)
    assert versions[1]["is_latest"] is True
    assert list(documents[0]) == list(DOCUMENTS.names)


def test_a_town_is_told_whole(town: Connection, tmp_path: Path) -> None:
    """What was said, by whom and where; the package checks, and every row says its rights."""
    done = export(town, tmp_path / "out", formats=ALL, panel=("source", "month"))
    assert list(check(tmp_path / "out")) == []
    (said,) = [row for row in rows_of(tmp_path / "out", STATEMENTS) if row["words"] == GATE]
    assert (said["speaker_name"], said["rights"], said["documents"]) == ("Ruth Okafor", "public record", 3)
    assert done.rows["removals"] == 1
    for table in TABLES:
        assert all(row["rights"] for row in rows_of(tmp_path / "out", table)), table.name


def test_the_same_archive_gives_the_same_bytes(town: Connection, tmp_path: Path) -> None:
    """Twenty times, whenever and wherever it is written, and over an earlier export too."""
    first = export(town, tmp_path / "one", formats=ALL)
    for number in range(10):
        assert export(town, tmp_path / f"two-{number}", formats=ALL).files == first.files
        assert export(town, tmp_path / "one", formats=ALL).files == first.files
    assert (tmp_path / "one/SHA256SUMS").read_bytes() == (tmp_path / "two-9/SHA256SUMS").read_bytes()
    assert len(first.files) == len(TABLES) * (len(FORMATS) - 1) + 1 + 5


def test_both_databases_give_the_same_bytes(postgres: str, tmp_path: Path) -> None:
    """An archive on PostgreSQL, and its copy on SQLite."""
    with Archive.open(postgres, warc_dir=tmp_path / "warc") as archive:
        fill(archive)
        more(archive)
        archive.backup(tmp_path / "copy")
        with archive.read() as connection:
            one = export(connection, tmp_path / "one", formats=ALL, panel=("office", "week"))
    (copy,) = (tmp_path / "copy").glob("*.db")
    with Archive.open(f"sqlite:///{copy}") as archive, archive.read() as connection:
        two = export(connection, tmp_path / "two", formats=ALL, panel=("office", "week"))
    assert one.files == two.files


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("text", ["all", "own", "none"])
def test_texts_go_along_as_rights_allow(town: Connection, tmp_path: Path, form: str, text: str) -> None:
    """By default those of official releases; of publishers' articles never a word beyond what they quote."""
    export(town, tmp_path / "out", formats=[form], choice=Choice(text=text))
    versions = rows_of(tmp_path / "out", VERSIONS, form)
    has_text = {str(row["source"]) for row in versions if row["text"]}
    assert has_text == {"all": {HALL.id, PAPER.id}, "own": {HALL.id}, "none": set()}[text]
    assert all(row["text_digest"] for row in versions)
    told = [row["words"] for row in rows_of(tmp_path / "out", APPEARANCES, form) if row["source"] == PAPER.id]
    assert GATE in told
    everything = b"".join(path.read_bytes() for path in (tmp_path / "out").glob("*.md"))
    shown = [str(value) for table in TABLES for row in rows_of(tmp_path / "out", table, form) for value in row.values()]
    assert any(SECRET in value for value in shown) is (text == "all")
    assert SECRET.encode() not in everything


def test_a_redacted_version_has_no_text(connection: Connection, tmp_path: Path) -> None:
    """It stays with its digest."""
    gone = Version.document_id.in_([1])
    connection.execute(update(Version).where(gone).values(text=None, title=None, redacted=True))
    export(connection, tmp_path / "out", formats=["jsonl"])
    first = rows_of(tmp_path / "out", VERSIONS, "jsonl")[0]
    assert (first["redacted"], first["text"], first["title"], first["text_digest"]) == (True, None, None, "d11")


@pytest.mark.parametrize(
    ("choice", "counts"),
    [
        (Choice(filters=Filters(source="ash")), [2, 3, 3]),
        (Choice(filters=Filters(since=date(2026, 3, 3))), [2, 2, 2]),
        (Choice(filters=Filters(until=date(2026, 2, 28))), [1, 2, 2]),
        (Choice(filters=Filters(source="nobody")), [0, 0, 0]),
        (Choice(filters=Filters(office="governor")), [1, 1, 1]),
        (Choice(filters=Filters(document_kind="article")), [1, 1, 1]),
        (Choice(words="snow -closes"), [2, 3, 3]),
        (Choice(words="library"), [1, 1, 1]),
        (Choice(speaker="Ada Penn"), [0, 0, 0]),
    ],
)
def test_filters_choose_documents_and_what_belongs_to_them(
    connection: Connection, tmp_path: Path, choice: Choice, counts: list[int]
) -> None:
    """Versions and captures are those of the chosen documents; the package says what was asked, and is whole."""
    done = export(connection, tmp_path / "out", formats=["parquet"], choice=choice)
    assert [done.rows[name] for name in ("documents", "versions", "captures")] == counts
    assert list(check(tmp_path / "out")) == []
    query = choice.query()
    readme = (tmp_path / "out/README.md").read_text()
    assert all(str(value) in readme for name, value in query.items() if name != "private_names")


@pytest.mark.parametrize(
    ("choice", "documents", "statements"),
    [
        (Choice(speaker="Okafor"), 4, 2),
        (Choice(speaker="Okafor", words="patience"), 1, 1),
        (Choice(kind="direct"), 4, 2),
        (Choice(filters=Filters(office="mayor")), 4, 2),
        (Choice(filters=Filters(jurisdiction="ocd-division/country:us/state:nd")), 2, 1),
        (Choice(filters=Filters(source=PAPER.id)), 2, 1),
        (Choice(words="trees"), 1, 0),
    ],
)
def test_filters_choose_statements_and_what_carries_them(
    town: Connection, tmp_path: Path, choice: Choice, documents: int, statements: int
) -> None:
    """As in a search, of statements office and jurisdiction are the speaker's, and their documents come along."""
    done = export(town, tmp_path / "out", formats=["parquet"], choice=choice)
    assert list(check(tmp_path / "out")) == []
    direct = [row for row in rows_of(tmp_path / "out", STATEMENTS) if row["kind"] == "direct"]
    assert (done.rows["documents"], len(direct)) == (documents, statements)


def test_a_listing_is_exported_without_a_document(connection: Connection, tmp_path: Path) -> None:
    """A capture at an address that is no document's has a null there, and is left out by a filter."""
    listing = update(CaptureRow).where(CaptureRow.id == 21).values(role="listing", address="https://x.example/")
    connection.execute(listing)
    export(connection, tmp_path / "out", formats=["jsonl"])
    assert [row["document"] for row in rows_of(tmp_path / "out", CAPTURES, "jsonl")].count(None) == 1
    of_days = Choice(filters=Filters(since=date(2000, 1, 1)))
    assert export(connection, tmp_path / "out", formats=["jsonl"], choice=of_days).rows["captures"] == 4


def test_nothing_half_written_is_left(connection: Connection, tmp_path: Path) -> None:
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
    assert list(check(out)) == []
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
    with pytest.raises(UsageError, match="there are parquet, csv, jsonl, sqlite"):
        export(connection, tmp_path / "out", formats=formats)
    assert not (tmp_path / "out").exists()


def test_every_column_is_explained(connection: Connection, tmp_path: Path) -> None:
    """In the dictionary and in the Parquet files' own schemas, which name the order of the rows too."""
    export(connection, tmp_path / "out", formats=["parquet"])
    dictionary = (tmp_path / "out/DICTIONARY.md").read_text()
    for table in TABLES:
        assert f"## {table.name}\n" in dictionary
        schema = pq.read_schema(tmp_path / "out" / f"{table.name}.parquet")
        for column in table.columns:
            assert f"| `{column.name}` | {column.type} | {column.description}" in dictionary.replace("\\|", "|")
            assert schema.field(column.name).metadata[b"description"].decode() == column.description
            assert schema.field(column.name).nullable is (column.missing is not None)
    first = pq.ParquetFile(tmp_path / "out/documents.parquet").metadata.row_group(0)
    assert [each.column_index for each in first.sorting_columns] == [0]


def test_an_estimate_counts_the_rows_and_writes_nothing(town: Connection, tmp_path: Path) -> None:
    """The sizes are of the right order."""
    done = export(town, tmp_path / "out", formats=["parquet", "csv"])
    found = {each.table: each for each in estimate(town, formats=["parquet", "csv"])}
    assert {name: each.rows for name, each in found.items()} == done.rows
    for name, each in found.items():
        size = (tmp_path / "out" / f"{name}.parquet").stat().st_size
        assert size * 0.5 <= each.bytes["parquet"] <= size * 2 or not each.rows


def test_a_link_to_a_folder_stays_one(connection: Connection, tmp_path: Path) -> None:
    """An export goes where the link leads to, and again."""
    (tmp_path / "disk").mkdir()
    link = tmp_path / "out"
    link.symlink_to(tmp_path / "disk")
    for _ in range(2):
        export(connection, link, formats=["csv"])
        assert link.is_symlink()
        assert list(check(link)) == []
    assert {path.name for path in tmp_path.iterdir()} >= {"disk", "out"}
    assert not [path.name for path in tmp_path.iterdir() if path.name.endswith((".former", ".partial"))]


def test_the_command_on_the_card_can_be_run_again(connection: Connection, tmp_path: Path) -> None:
    """Whatever a shell would make of what was asked for."""
    words = """O'Brien's "$(id)" *"""
    export(connection, tmp_path / "out", formats=["csv"], choice=Choice(speaker="O'Brien", words=words))
    (line,) = (line for line in (tmp_path / "out/README.md").read_text().splitlines() if line.startswith("archive exp"))
    said = shlex.split(line)
    assert (said[said.index("--speaker") + 1], said[said.index("--words") + 1]) == ("O'Brien", words)
