"""CSV of any search, speaker or place: `/search.csv`, `/speaker/ID.csv`, `/place/DIVISION.csv`.

The whole table is written before its first byte is sent, to disk where it is large, so that what comes is complete: a
table of which a batch takes too long is a 503 and no half of one.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from tempfile import SpooledTemporaryFile
from typing import Any

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from archive import query
from archive.errors import UsageError
from archive.export.csv_format import cell
from archive.query.ranking import FARTHEST
from archive.store.engine import renew
from archive.web import conditional
from archive.web.api.records import DocumentHitRecord, StatementRecord, with_rights, with_statement_rights
from archive.web.asking import Asking
from archive.web.discretion import rights_of_sources
from archive.web.reading import LIMIT_SECONDS, connected
from archive.web.subjects import Subject, of_place, of_search, of_speaker

__all__ = ["MOST_ROWS", "routes"]

MOST_ROWS = FARTHEST
BATCH = 1_000
IN_MEMORY = 1_000_000  # bytes; a larger table waits on disk
_CUT = "CUT HERE: these are the first {:,} rows and more answer; narrow the search, or use `archive export`"


def _statements(connection: Connection, asking: Asking, offset: int, limit: int) -> Sequence[Any]:
    hits = query.search_statements(
        connection, asking.words, filters=asking.filters, speaker=asking.speaker, kind=asking.kind, limit=limit,
        offset=offset,
    )  # fmt: skip
    return with_statement_rights(connection, hits)


def _documents(connection: Connection, asking: Asking, offset: int, limit: int) -> Sequence[Any]:
    if asking.speaker or asking.kind:
        raise UsageError("a speaker and a kind are of statements; ask for statements, or leave them out")
    hits = query.search(connection, asking.words, filters=asking.filters, limit=limit, offset=offset)
    rights = rights_of_sources(connection)
    return [with_rights(DocumentHitRecord, hit, rights) for hit in hits]


# What is searched -> the rows' dataclass, the page of one of them, and how a batch is found.
_TABLES: dict[str, tuple[type, str, Callable[..., Sequence[Any]]]] = {
    "statements": (StatementRecord, "statement", _statements),
    "documents": (DocumentHitRecord, "document", _documents),
}


def _write(file: SpooledTemporaryFile[bytes], connection: Connection, asking: Asking, base: str) -> bool:
    """Write the table, a header first; gives whether it is cut."""
    kind, noun, find = _TABLES[asking.where]
    names = [field.name for field in fields(kind)]
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*names, "address"])
    for offset in range(0, MOST_ROWS, BATCH):
        renew(connection, LIMIT_SECONDS)
        batch = find(connection, asking, offset, BATCH)
        for row in batch:
            values = [cell(getattr(row, name)) for name in names]
            writer.writerow([*values, f"{base}/{noun}/{getattr(row, noun)}"])
        if len(batch) < BATCH:
            break
    is_cut = offset + BATCH >= MOST_ROWS and bool(find(connection, asking, MOST_ROWS, 1))
    if is_cut:
        writer.writerow([_CUT.format(MOST_ROWS), *("" for _ in names)])
    text.detach()
    return is_cut


def _endpoint(subject_of: Callable[[Request, Connection], Subject]) -> Callable[[Request], Response]:
    def endpoint(request: Request) -> Response:
        file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed when it was sent, or cannot be
        try:
            with connected(request) as connection:
                asking = subject_of(request, connection).asking
                is_cut = _write(file, connection, asking, request.app.state.names.base(request))
        except BaseException:
            file.close()
            raise
        return _answer(request, file, asking.where, is_cut)

    return endpoint


def _answer(request: Request, file: SpooledTemporaryFile[bytes], what: str, is_cut: bool) -> Response:
    length = file.tell()
    file.seek(0)
    etag = conditional.etag_of(hashlib.file_digest(file, "sha256"))
    cut = f"-first-{MOST_ROWS}" if is_cut else ""
    headers = {
        **conditional.CACHE,
        "ETag": etag,
        "Content-Disposition": f'attachment; filename="on-the-record-{what}{cut}.csv"',
    }
    if conditional.is_known(request, etag):
        file.close()
        return Response(status_code=304, headers=headers)
    headers["Content-Length"] = str(length)
    return StreamingResponse(_parts(file), 200, headers, "text/csv; charset=utf-8; header=present")


def _parts(file: SpooledTemporaryFile[bytes]) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while part := file.read(65_536):
            yield part


routes = [
    Route("/search.csv", _endpoint(of_search)),
    Route("/speaker/{speaker}.csv", _endpoint(of_speaker)),
    Route("/place/{division:path}.csv", _endpoint(of_place)),
]
