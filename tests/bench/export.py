"""Exports of many documents beside a plain SQLAlchemy `yield_per` CSV writer over the same rows, in one run.

The archive is filled by bulk SQL: one version with a text of its own, one capture and one address for each document.
"""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from archive import Archive
from archive.export import FORMATS, TABLES, Choice, estimate, export
from archive.export.arrow import batches
from archive.export.choice import Asked
from archive.models import Document, Source, Story, Version
from tests.bench.measure import run_measured

__all__ = ["WRITERS", "export_report"]

SOURCES = 500
WORDS = (
    "council", "budget", "bridge", "winter", "harbor", "school", "police", "water", "transit", "housing", "tax", "levy",
    "shelter", "library", "fire", "street", "contract", "review", "hearing", "vote", "repair", "grant", "permit",
)  # fmt: skip


def export_report(work: Path, documents: int, writers: Sequence[str] = ()) -> dict[str, Any]:
    """Rows per second and memory of each writer, each in a process of its own over the same archive.

    The first two of WRITERS are always measured, since the ratio is theirs.
    """
    work.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{work / f'export-{documents}.db'}"
    if not (work / f"export-{documents}.db").exists():
        _fill(url, documents)
    rows = {name: _measured(url, work / "export-out", name) for name in (*WRITERS[:2], *(writers or WRITERS[2:]))}
    ratio = rows["documents parquet"]["rows_per_second"] / rows["yield_per csv"]["rows_per_second"]
    return {"documents": documents, "writers": rows, "documents_parquet_to_yield_per_csv": round(ratio, 2)}


WRITERS = ("yield_per csv", "documents parquet", "parquet", "csv", "jsonl", "sqlite", "dry run")


def _measured(url: str, out: Path, name: str) -> dict[str, Any]:
    shutil.rmtree(out, ignore_errors=True)
    used = run_measured([sys.executable, "-m", "tests.bench.export", url, str(out), name], {})
    said = json.loads(used.output.splitlines()[-1])
    return {**said, "peak_mb": round(used.peak_mb)}


def _fill(url: str, documents: int) -> None:
    """Bulk SQL: what the crawl of a million pages would leave, without what the exports do not read."""
    with Archive.open(url):
        pass
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.create_function("prose", 1, _prose)
        connection.execute("BEGIN")
        for trigger, name in connection.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            if name == "version":  # the full-text index is no part of what is measured
                connection.execute(f"DROP TRIGGER {trigger}")
        for statement in _FILL:
            connection.execute(statement.format(last=documents, sources=SOURCES))
        connection.execute("COMMIT")


def _prose(number: int) -> str:
    """About 230 words, others for each number."""
    picked = (WORDS[(number * 31 + at * (number % 97 + 7)) % len(WORDS)] for at in range(230))
    return f"Release {number}. {' '.join(picked)}."


_NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
_AT = "strftime('%Y-%m-%d %H:%M:%S.000000', 1700000000 + i * 37, 'unixepoch')"
_ID = "printf('%016x%04x', (i * 2654435761) & 9223372036854775807, i % 65536)"
_URL = "'https://town' || (i % {sources}) || '.example/news/' || i"
_BEGAN = "'2024-01-01 00:00:00.000000'"
_FILL = (
    "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {sources}) "
    "INSERT INTO source (id, title, jurisdiction, office, document_kind, timezone, language, rights, hints, moves, "
    "entry_digest) SELECT 'town-' || i, 'Town ' || i, 'ocd-division/country:us/state:xx/place:' || i, 'mayor', "
    "'press_release', 'UTC', 'en', CASE WHEN i % 5 THEN 'public record' ELSE 'publisher' END, '[]', '[]', 'x' FROM n",
    "INSERT INTO run (id, source_id, obtained, started_at, heartbeat_at, ended_at, outcome, software, counts, held) "
    f"VALUES (1, 'town-1', 'live', {_BEGAN}, {_BEGAN}, {_BEGAN}, 'ok', 'x', '{{{{}}}}', 0)",
    "INSERT INTO extraction (id, key, payload_digest, extractor, outcome, text, words, truncated, redacted) "
    "VALUES (1, 'k', 'p', '1', 'text', '', 0, 0, 0)",
    f"{_NUMBERS} INSERT INTO capture (id, record_id, source_id, run_id, role, obtained, url, address, captured_at, "
    "status, headers, media_type, payload_digest, payload_length, warc_type, warc_file, warc_offset, warc_length, "
    f"extraction_id) SELECT i, 'urn:uuid:' || {_ID}, 'town-' || (i % {{sources}}), 1, 'document', 'live', {_URL}, "
    f"{_URL}, {_AT}, 200, '[]', 'text/html', 'sha256:' || {_ID}, 20000, 'response', "
    "'town-' || (i / 10000) || '.warc.gz', i * 9000, 9000, 1 FROM n",
    f"{_NUMBERS} INSERT INTO document (id, public_id, source_id, document_kind, url, address, title, language, "
    "published_at, published_date, published_precision, published_basis, first_seen, last_seen, versions, obtained) "
    f"SELECT i, {_ID}, 'town-' || (i % {{sources}}), 'press_release', {_URL}, {_URL}, 'Town opens item ' || i, 'en', "
    f"{_AT}, date(1700000000 + i * 37, 'unixepoch'), 'second', 'meta', {_AT}, {_AT}, 1, 'live' FROM n",
    f"{_NUMBERS} INSERT INTO document_url (source_id, address, document_id, url, seen_from, seen_to, joined_by) "
    f"SELECT 'town-' || (i % {{sources}}), {_URL}, i, {_URL}, {_AT}, {_AT}, 'address' FROM n",
    f"{_NUMBERS} INSERT INTO version (id, document_id, number, is_latest, title, text, text_digest, text_key, words, "
    "first_captured, last_captured, captures, capture_id, extraction_id, obtained, language, truncated, redacted, "
    f"quotation_status) SELECT i, i, 1, 1, 'Town opens item ' || i, prose(i), 'd' || i, 'k' || i, 232, {_AT}, {_AT}, "
    "1, i, 1, 'live', 'en', 0, 0, 'done' FROM n",
)


def _plain(url: str, out: Path) -> int:
    """What one would write first: mapped objects, `yield_per`, the csv module; the columns of documents."""
    out.mkdir(parents=True)
    with Archive.open(url) as archive, archive.read() as connection, Session(connection) as session:
        wanted = (
            select(Document, Source, Story, Version)
            .join(Source, Source.id == Document.source_id)
            .outerjoin(Story, Story.id == Document.story_id)
            .outerjoin(Version, (Version.document_id == Document.id) & Version.is_latest)
            .order_by(Document.public_id)
        )
        with (out / "documents.csv").open("w", encoding="utf-8", newline="") as file:
            writer, rows = csv.writer(file), 0
            for document, source, story, version in session.execute(wanted.execution_options(yield_per=2_000)):
                writer.writerow(_cells(document, source, story, version))
                rows += 1
    return rows


def _cells(document: Document, source: Source, story: Story | None, version: Version | None) -> list[Any]:
    d = document
    return [
        d.public_id, d.source_id, source.title, source.jurisdiction, source.office, source.rights, d.document_kind,
        d.url, d.title, d.language, d.byline, d.published_at, d.published_date, d.published_precision,
        d.published_basis, d.modified_at, d.modified_date, d.first_seen, d.last_seen, d.versions,
        version.words if version else None, d.removal_state, d.obtained, story.public_id if story else None, None,
    ]  # fmt: skip


def _ours(url: str, out: Path, form: str) -> int:
    """The whole export in one format: documents, versions with their texts, captures, and the rest."""
    with Archive.open(url) as archive, archive.read() as connection:
        return sum(export(connection, out, formats=[form]).rows.values())


def _documents_alone(url: str, out: Path) -> int:
    """The table documents in Parquet: the same columns in the same order as the plain writer's."""
    out.mkdir(parents=True)
    table = next(each for each in TABLES if each.name == "documents")
    with Archive.open(url) as archive, archive.read() as connection:
        rows = 0
        with FORMATS["parquet"].open(out / "documents.parquet", table) as write:
            for batch in batches(table, Asked(connection, Choice())):
                write(batch)
                rows += batch.num_rows
    return rows


def _estimated(url: str, _out: Path) -> int:
    with Archive.open(url) as archive, archive.read() as connection:
        return sum(each.rows for each in estimate(connection, formats=["parquet"]))


def _work(url: str, out: Path, name: str) -> None:
    writers: dict[str, Callable[[str, Path], int]] = {
        "yield_per csv": _plain, "documents parquet": _documents_alone, "dry run": _estimated,
    }  # fmt: skip
    started = time.monotonic()
    rows = writers[name](url, out) if name in writers else _ours(url, out, name)
    seconds = time.monotonic() - started
    size = sum(path.stat().st_size for path in out.glob("*")) if out.exists() else 0
    figures = {
        "rows": rows,
        "seconds": round(seconds, 1),
        "rows_per_second": round(rows / seconds),
        "mb": round(size / 1e6),
    }
    sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
    _work(sys.argv[1], Path(sys.argv[2]), sys.argv[3])
