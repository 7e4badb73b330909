"""Packages as others read them: each format in each reader, descriptions in validators, hostile words."""

from __future__ import annotations

import csv
import gzip
import random
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import orjson
import pandas as pd
import polars as pl
import pytest
from sqlalchemy import Connection, update

from archive import Archive
from archive.export import FORMATS, TABLES, Table, check, export
from archive.export.arrow import batch_of
from archive.export.columns import derived
from archive.models import Version
from tests.export.town import rows_of, table_named

VERSIONS = table_named("versions")
LIVE = tuple("=+-@\t\r\n＝＋－＠")


@pytest.fixture(scope="module")
def package(town_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An export of the town in all formats."""
    folder = tmp_path_factory.mktemp("package") / "out"
    with Archive.open(f"sqlite:///{town_folder / 'archive.db'}") as archive, archive.read() as connection:
        export(connection, folder, formats=list(FORMATS), panel=("jurisdiction", "month"))
    return folder


def _counts(package: Path) -> dict[str, int]:
    return {table.name: len(rows_of(package, table)) for table in TABLES}


def _pandas(path: Path) -> int:
    if path.suffix == ".parquet":
        return len(pd.read_parquet(path))
    return len(pd.read_csv(path) if ".csv" in path.name else pd.read_json(path, lines=True))


def _polars(path: Path) -> int:
    if path.suffix == ".parquet":
        return pl.read_parquet(path).height
    if ".csv" in path.name:
        return pl.read_csv(path, infer_schema_length=None).height
    lines = gzip.decompress(path.read_bytes())
    return pl.read_ndjson(lines).height if lines else 0


def _duckdb(path: Path) -> int:
    reader = {"parquet": "read_parquet", "csv.gz": "read_csv", "jsonl.gz": "read_json"}[path.name.partition(".")[2]]
    more = ", header=true, all_varchar=true" if reader == "read_csv" else ""
    return int(duckdb.sql(f"SELECT count(*) FROM {reader}('{path}'{more})").fetchall()[0][0])


def _csv_module(path: Path) -> int:
    # As R's read.csv does: every row has as many cells as the header.
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        header, *rows = csv.reader(file, strict=True)
    assert {len(row) for row in rows} <= {len(header)}
    return len(rows)


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
@pytest.mark.parametrize("reader", [_pandas, _polars, _duckdb], ids=lambda reader: reader.__name__)
def test_each_format_loads_in_each_reader(package: Path, form: str, reader: Any) -> None:
    """With all its rows."""
    for name, count in _counts(package).items():
        path = package / FORMATS[form].file(name)
        if count or form != "jsonl":  # of a file without any line not every reader can tell the columns
            assert reader(path) == count, name


def test_csv_loads_strictly_and_the_database_opens(package: Path) -> None:
    """Without a guess about quotes; the database has a key on each table and one page after another."""
    with closing(sqlite3.connect(package / "dataset.sqlite")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        for name, count in _counts(package).items():
            assert _csv_module(package / f"{name}.csv.gz") == count
            assert connection.execute(f"SELECT count(*) FROM {name}").fetchone() == (count,)
        joined = "SELECT count(*) FROM appearances JOIN documents ON documents.id = appearances.document"
        assert connection.execute(joined).fetchone()[0] > 0


def test_all_formats_hold_the_same(package: Path) -> None:
    """Value by value."""
    for table in TABLES:
        rows = {form: rows_of(package, table, form) for form in ("parquet", "jsonl", "sqlite")}
        assert rows["parquet"] == rows["jsonl"] == rows["sqlite"], table.name


def test_frictionless_finds_nothing_wrong(package: Path) -> None:
    """Sums, types, required values, allowed values, keys and references of every table in every format."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        import frictionless

        report = frictionless.validate(package / "datapackage.json")
    assert report.flatten(["name", "type", "note"]) == []
    assert len(report.tasks) == (len(TABLES) + 1) * 3 + 1


def test_the_descriptor_keeps_the_rules_of_data_package_2(package: Path) -> None:
    """What the published profiles of version 2 demand of names, paths, hashes, fields, keys and contributors."""
    import jsonschema

    rules = orjson.loads((Path(__file__).parent / "datapackage-2-rules.json").read_bytes())
    said = orjson.loads((package / "datapackage.json").read_bytes())
    jsonschema.validate(said, rules)
    names = [each["name"] for each in said["resources"]]
    assert len(set(names)) == len(names)
    for each in said["resources"]:
        for key in each.get("schema", {}).get("foreignKeys", []):
            assert key["reference"]["resource"] in names


def test_mlcroissant_validates_and_loads_records(package: Path) -> None:
    """Without a warning; every table has its records."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library's own
        import mlcroissant

        dataset = mlcroissant.Dataset(jsonld=package / "croissant.json")
        assert dataset.metadata.ctx.issues.errors == set()
        for table in TABLES:
            loaded = list(dataset.records(table.name))
            assert len(loaded) == len(rows_of(package, table)), table.name
        first = next(iter(dataset.records("documents")))
    assert first["documents/id"].decode() == rows_of(package, table_named("documents"))[0]["id"]


def test_the_card_is_one_for_a_hub(package: Path) -> None:
    """Its header is YAML that names a file which is there for each table; CITATION.cff is YAML with what it needs."""
    import yaml

    _, header, words = (package / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    said = yaml.safe_load(header)
    assert said["license"] == "other"
    assert all((package / each["data_files"]).exists() for each in said["configs"])
    assert {each["config_name"] for each in said["configs"]} == {*(table.name for table in TABLES), "panel"}
    features = {each["config_name"]: [one["name"] for one in each["features"]] for each in said["dataset_info"]}
    assert features["versions"] == list(VERSIONS.names)
    assert "xx-alder-mayor" in words
    cited = yaml.safe_load((package / "CITATION.cff").read_text())
    assert cited.keys() >= {"cff-version", "message", "title", "authors", "version", "date-released"}


def hostile() -> list[str]:
    """200 strings: what begins as a formula does, line ends, quotes, other scripts and directions, what looks null."""
    fixed = [
        "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("x")', "two\nlines", 'a "quoted" word',
        "a,b;c", "", " =1", "'=1", "مرحبا", "\u202eabc", "\U0001f600", "Peña", "a\r\nb", "NULL", "true", "NaN", "1e5",
        "=cmd|' /C calc'!A0", "\r", "\n", "\r\n", '"', '""', ",", "＝1+1", "＠A1", "\ufeffbom", "a\rb",
        "\u2028", "0123",
    ]  # fmt: skip
    dice = random.Random(29)
    signs = [*LIVE, '"', "'", ",", "a", "é", "ש", "\u200f", "\U0001f1fa", " ", "0"]
    more = ["".join(dice.choices(signs, k=dice.randint(1, 12))) for _ in range(200 - len(fixed))]
    return [*fixed, *more]


def _written(folder: Path, form: str, *, raw: bool) -> list[str | None]:
    """The strings as cells of a file of that format, and what a reader gives back."""
    table = Table(
        name="words", description="", key=("number",),
        columns=(derived("number", "integer", ""), derived("words", "string", "", missing="nothing"),
                 derived("size", "integer", "")),
    )  # fmt: skip
    path = folder / f"{form}-{raw}"
    with FORMATS[form].open(path, table, raw=raw) as write:
        write(batch_of(table, [(number, text, -number) for number, text in enumerate([*hostile(), None])]))
    if form == "csv":
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert [row["size"] for row in rows] == [str(-number) for number in range(201)]
        return [row["words"] for row in rows[:-1]]
    return [row["words"] for batch in FORMATS[form].read(path, table) for row in batch.to_pylist()][:-1]


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_words_come_back_as_they_are(tmp_path: Path, form: str) -> None:
    """200 of them: with raw CSV, and always in the other formats."""
    assert _written(tmp_path, form, raw=True) == hostile()
    if form != "csv":
        assert _written(tmp_path, form, raw=False) == hostile()


def test_csv_cells_are_never_live(tmp_path: Path) -> None:
    """Of the same 200 none begins as a formula does, nothing but an apostrophe was added; numbers are left alone."""
    found = [str(cell) for cell in _written(tmp_path, "csv", raw=False)]
    assert [cell for cell in found if cell.startswith(LIVE)] == []
    guarded = [f"'{text}" if text.startswith(LIVE) else text for text in hostile()]
    assert found == guarded


def test_an_empty_text_is_no_null(tmp_path: Path) -> None:
    """In CSV the one is two quotes, the other nothing, as this program's reader tells them."""
    table = Table(name="t", description="", key=("a",), columns=(derived("a", "string", "", missing="nothing"),))
    with FORMATS["csv"].open(tmp_path / "t", table) as write:
        write(batch_of(table, [("",), (None,), ("x",)]))
    assert gzip.decompress((tmp_path / "t").read_bytes()) == b'"a"\n""\n\n"x"\n'


def test_hostile_titles_go_through_a_whole_export(connection: Connection, tmp_path: Path) -> None:
    """On both databases, guarded and raw; the dictionary says which it is."""
    title = '=cmd|"x"\r\n,\u202e'
    connection.execute(update(Version).where(Version.number == 1).values(title=title))
    for raw, shown in ((True, title), (False, f"'{title}")):
        export(connection, tmp_path / "out", formats=["csv", "jsonl"], raw_csv=raw)
        assert list(check(tmp_path / "out")) == []
        assert rows_of(tmp_path / "out", VERSIONS, "csv")[0]["title"] == shown
        assert rows_of(tmp_path / "out", VERSIONS, "jsonl")[0]["title"] == title
        said = (tmp_path / "out/DICTIONARY.md").read_text()
        assert ("run as a formula" if raw else "apostrophe") in said
