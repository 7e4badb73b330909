"""The formats of an export: one file for how it is written and read, and one line here."""

from __future__ import annotations

from collections.abc import Mapping

from archive.export.csv_format import open_csv, read_csv
from archive.export.jsonl_format import open_jsonl, read_jsonl
from archive.export.parquet_format import open_parquet, read_parquet
from archive.export.sqlite_format import open_sqlite, read_sqlite, seal_sqlite
from archive.export.writing import Format

__all__ = ["FORMATS"]

FORMATS: Mapping[str, Format] = {
    "parquet": Format(
        ending=".parquet", media_type="application/vnd.apache.parquet", open=open_parquet, read=read_parquet
    ),
    "csv": Format(ending=".csv.gz", media_type="text/csv", open=open_csv, read=read_csv),
    "jsonl": Format(ending=".jsonl.gz", media_type="application/jsonl", open=open_jsonl, read=read_jsonl),
    "sqlite": Format(
        ending=".sqlite", media_type="application/vnd.sqlite3", open=open_sqlite, read=read_sqlite,
        one_file="dataset.sqlite", seal=seal_sqlite,
    ),
}  # fmt: skip
