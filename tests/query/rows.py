"""The rows of a small invented archive: two town halls and a newspaper, an edit, a reprint and a withdrawn page."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from archive import fulltext, views
from archive.models import (
    Base,
    CaptureRow,
    Coverage,
    Document,
    DocumentUrl,
    ExtractionRow,
    Removal,
    RetiredId,
    RunRow,
    Source,
    Story,
    Version,
)

SNOW, BUDGET, REPRINT, GONE = "aaaa11112222", "aaaa11113333", "bbbb11112222", "cccc11112222"
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
OCD = "ocd-division/country:us/state:xx"

SNOW_1 = "Mayor Ada Penn said the snow plan costs 3.5 million dollars.\n\nCrews start at 4 a.m."
SNOW_2 = "Mayor Ada Penn said the snow plan costs 4.5 million dollars.\n\nCrews start at 4 a.m."
BUDGET_1 = "The council's well-known budget for Peña Blanca rises. Nobody asked about C++ at U.S. level."


def day(offset: int) -> datetime:
    """A time so many days after the archive began."""
    return START + timedelta(days=offset)


def fill(connection: Connection) -> None:
    """Make the tables, the full-text index and the rows."""
    Base.metadata.create_all(connection)
    fulltext.create(connection)
    fulltext.create(connection, fulltext.STATEMENTS)
    views.create(connection)
    documents_of_ashby(connection)


def documents_of_ashby(connection: Connection) -> None:
    """The rows alone, into tables that are there."""
    _sources_and_runs(connection)
    _story(connection)
    _document(connection, 1, SNOW, "ash", [("Snow plan", SNOW_1, 0), ("Snow plan", SNOW_2, 5)], date(2026, 2, 27))
    _document(connection, 2, BUDGET, "ash", [("Budget, in full", BUDGET_1, 1)], None)
    _document(connection, 3, REPRINT, "news", [("Snow plan", SNOW_2, 6)], date(2026, 3, 6), story=1)
    _document(connection, 4, GONE, "elm", [("Library hours", "The library closes at nine.", 2)], date(2026, 3, 3))
    connection.execute(insert(Removal), [a_removal()])
    connection.execute(
        insert(RetiredId),
        [
            _retired("dddd11112222", "dddd11113333"),
            _retired("dddd11113333", SNOW),
            _retired("eeee11112222", None),
        ],
    )


def _sources_and_runs(connection: Connection) -> None:
    common = {"timezone": "UTC", "language": "en", "entry_digest": "-", "hints": [], "moves": []}
    connection.execute(
        insert(Source),
        [
            {"id": "ash", "title": "Ashby", "jurisdiction": f"{OCD}/place:ashby", "office": "mayor",
             "document_kind": "press_release", "rights": "public record", **common},
            {"id": "elm", "title": "Elm", "jurisdiction": f"{OCD}_/place:elm", "office": "governor",
             "document_kind": "press_release", "rights": "public record", **common},
            {"id": "news", "title": "The News", "jurisdiction": None, "office": None,
             "document_kind": "article", "rights": "publisher", **common},
        ],
    )  # fmt: skip
    connection.execute(insert(RunRow), [
        _run(1, "ash", 0, "ok", {"captures": 4}), _run(2, "elm", 2, "ok", {}), _run(3, "news", 6, "failed", {}),
        _run(4, "elm", 30, None, {}),
    ])  # fmt: skip
    connection.execute(
        insert(ExtractionRow),
        [{"id": 1, "key": "k", "payload_digest": "p", "extractor": "1", "outcome": "text", "text": "", "words": 0,
          "truncated": False, "redacted": False}],
    )  # fmt: skip
    connection.execute(insert(Coverage), [_coverage("ash", 0, 2), _coverage("ash", 5, 0), _coverage("elm", 2, 1),
                                          _coverage("elm", 40, 0)])  # fmt: skip


def _run(row: int, source: str, offset: int, outcome: str | None, counts: dict[str, int]) -> dict[str, Any]:
    at = day(offset)
    return {
        "id": row, "source_id": source, "obtained": "live", "started_at": at, "heartbeat_at": at,
        "ended_at": at if outcome else None, "outcome": outcome, "reason": None, "software": "t", "counts": counts,
        "held": False,
    }  # fmt: skip


def _coverage(source: str, offset: int, new: int) -> dict[str, Any]:
    return {
        "source_id": source, "day": day(offset).date(), "runs": 1, "outcome": "ok", "listed": new, "fetched": new,
        "refused": 0, "new_documents": new,
    }  # fmt: skip


def _story(connection: Connection) -> None:
    connection.execute(insert(Story), [{"id": 1, "public_id": SNOW, "documents": 2}])


def a_removal() -> dict[str, Any]:
    return {
        "document_id": 4, "state": "confirmed", "suspected_at": day(10), "confirmed_at": day(26), "restored_at": None,
        "as_of": day(30), "absences": 3, "basis": "404", "last_found": day(9),
    }  # fmt: skip


def _retired(old: str, new: str | None) -> dict[str, Any]:
    return {"old": old, "new": new, "kind": "document", "reason": "re-homed", "retired_at": day(20)}


def _document(
    connection: Connection, row: int, public_id: str, source: str, versions: list[tuple[str, str, int]],
    published: date | None, story: int | None = None,
) -> None:  # fmt: skip
    url = f"https://{source}.example/{row}"
    kind = "article" if source == "news" else "press_release"
    connection.execute(insert(Document), [{
        "id": row, "public_id": public_id, "source_id": source, "document_kind": kind, "url": url, "address": url,
        "title": versions[-1][0], "language": "en", "byline": None, "published_at": None,
        "published_date": published, "published_precision": "day" if published else None,
        "published_basis": "meta" if published else None, "modified_at": None, "modified_date": None,
        "first_seen": day(versions[0][2]), "last_seen": day(9), "versions": len(versions),
        "removal_state": "confirmed" if public_id == GONE else None, "obtained": "live",
        "story_id": 1 if row == 1 else story,
    }])  # fmt: skip
    connection.execute(insert(DocumentUrl), [{
        "source_id": source, "address": url, "document_id": row, "url": url, "seen_from": day(versions[0][2]),
        "seen_to": day(9), "joined_by": "address",
    }])  # fmt: skip
    for number, (title, text, offset) in enumerate(versions, 1):
        _version(connection, row * 10 + number, row, source, url, number, len(versions), title, text, offset)


def _version(
    connection: Connection, row: int, document: int, source: str, url: str, number: int, of: int, title: str,
    text: str, offset: int,
) -> None:  # fmt: skip
    at = day(offset)
    run = {"ash": 1, "elm": 2, "news": 3}[source]
    connection.execute(insert(CaptureRow), [{
        "id": row, "record_id": f"urn:uuid:00000000-0000-4000-8000-{row:012}", "source_id": source, "run_id": run,
        "role": "document", "obtained": "live", "url": url, "address": url, "captured_at": at, "status": 200,
        "headers": [["Content-Type", "text/html"]], "media_type": "text/html", "truncated": None,
        "redirect_address": None, "payload_digest": "p", "payload_length": 10, "warc_type": "response",
        "warc_file": "otr-ash-1.warc.gz", "warc_offset": 0, "warc_length": 5, "refers_to": None,
        "handed_title": None, "handed_date": None, "extraction_id": 1,
    }])  # fmt: skip
    connection.execute(insert(Version), [{
        "id": row, "document_id": document, "number": number, "is_latest": number == of, "title": title, "text": text,
        "text_digest": f"d{row}", "text_key": f"k{row}", "words": len(text.split()), "first_captured": at,
        "last_captured": at, "changed_after": None if number == 1 else at - timedelta(days=1), "captures": 1,
        "capture_id": row, "extraction_id": 1, "obtained": "live", "language": "en", "truncated": False,
        "redacted": False,
    }])  # fmt: skip
