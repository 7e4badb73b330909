"""A large archive of made-up documents in real words, loaded by bulk SQL: the ground of `bench search`.

Words come with about the frequency that their rank gives them (Zipf-Mandelbrot), a fifth of them as runs of two to four
that stay together, so that phrases have answers. No capture lies behind the documents.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Connection, insert

from archive import Archive, fulltext
from archive.extract import extract
from archive.models import (
    Appearance,
    CaptureRow,
    Document,
    ExtractionRow,
    RunRow,
    Source,
    Speaker,
    Statement,
    Version,
    table_of,
)
from archive.records import Page
from archive.roster import load_roster
from archive.store.engine import writing
from tests.bench.originals import originals

__all__ = ["LAST", "Vocabulary", "fill", "vocabulary"]

LAST = date(2026, 9, 1)
DAYS = 10 * 365
SOURCES, SPEAKERS, SAID = 330, 3_000, 0.5
WORDS = (40, 160)
BATCH = 5_000
AT = datetime(2026, 9, 1, 12, tzinfo=UTC)
STATES = (
    "al", "ak", "az", "ar", "ca", "co", "ct", "de", "fl", "ga", "hi", "id", "il", "in", "ia", "ks", "ky",
    "la", "me", "md", "ma", "mi", "mn", "ms", "mo", "mt", "ne", "nv", "nh", "nj", "nm", "ny", "nc", "nd", "oh",
)  # fmt: skip


class Vocabulary:
    """Words by rank, each drawn about as often as its rank says."""

    def __init__(self, words: list[str], seed: int = 7) -> None:
        self.words = np.array(words, dtype=object)
        self.random = np.random.default_rng(seed)
        weights = 1 / (np.arange(len(words)) + 2.7) ** 1.05
        self.cumulative = np.cumsum(weights) / weights.sum()
        self.runs = [" ".join(self.draw(int(size))) for size in self.random.integers(2, 5, 20_000)]

    def draw(self, count: int) -> Any:
        """So many words."""
        return self.words[np.searchsorted(self.cumulative, self.random.random(count))]

    def text(self, count: int) -> str:
        """About so many words in sentences."""
        parts = list(self.draw(count * 4 // 5))
        for place in self.random.integers(0, len(parts), count // 15):
            parts[place] = self.runs[min(int(self.random.pareto(0.6) * 20), len(self.runs) - 1)]
        return " ".join(parts) + "."


def vocabulary(work: Path) -> Vocabulary:
    """The words of the benchmark's pages by frequency, then the names of the roster; kept in a file in `work`."""
    kept = work / "vocabulary.txt"
    if not kept.exists():
        kept.write_text("\n".join(_words()), encoding="utf-8")
    return Vocabulary(kept.read_text(encoding="utf-8").splitlines())


def _words() -> list[str]:
    counts = Counter[str]()
    for page in originals():
        found = extract(Page(payload=page.encode(), url="https://example.org/", media_type="text/html", captured=LAST))
        counts.update(re.findall(r"[^\W_]+", (found.text or "").lower()))
    names = (word for person in load_roster().people.values() for word in re.findall(r"[^\W_]+", person.name.lower()))
    return list(dict.fromkeys([*(word for word, _ in counts.most_common()), *names]))


def fill(archive: Archive, words: Vocabulary, documents: int) -> None:
    """Load so many documents, half as many statements, and build the indexes."""
    with writing(archive.engine) as connection:
        for index in (fulltext.VERSIONS, fulltext.STATEMENTS):
            fulltext.drop(connection, index)
        _ground(connection, words)
        for first in range(1, documents + 1, BATCH):
            _batch(connection, words, range(first, min(first + BATCH, documents + 1)), documents)
        for index in (fulltext.VERSIONS, fulltext.STATEMENTS):
            fulltext.create(connection, index)
        connection.exec_driver_sql("ANALYZE")


def _ground(connection: Connection, words: Vocabulary) -> None:
    common = {"timezone": "UTC", "language": "en", "entry_digest": "-", "hints": [], "moves": []}
    sources = [
        {"id": f"us-{state}-{number}", "title": f"Source {number}", "document_kind": kind, "rights": "public record",
         "jurisdiction": f"ocd-division/country:us/state:{state}/place:p{number}", "office": office, **common}
        for number in range(SOURCES)
        for state in [STATES[number % len(STATES)]]
        for office, kind in [(("mayor", "press_release"), ("governor", "press_release"), (None, "article"))[number % 3]]
    ]  # fmt: skip
    connection.execute(insert(table_of(Source)), sources)
    connection.execute(insert(table_of(RunRow)), [{
        "id": 1, "source_id": sources[0]["id"], "obtained": "live", "started_at": AT, "heartbeat_at": AT,
        "ended_at": AT, "outcome": "ok", "reason": None, "software": "bench", "counts": {}, "held": False,
    }])  # fmt: skip
    connection.execute(insert(table_of(ExtractionRow)), [{
        "id": 1, "key": "k", "payload_digest": "p", "extractor": "1", "outcome": "text", "text": "", "words": 0,
        "truncated": False, "redacted": False,
    }])  # fmt: skip
    connection.execute(insert(table_of(CaptureRow)), [{
        "id": 1, "record_id": "urn:uuid:0", "source_id": sources[0]["id"], "run_id": 1, "role": "document",
        "obtained": "live", "url": "https://x.example/", "address": "https://x.example/", "captured_at": AT,
        "status": 200, "headers": [], "payload_length": 0, "warc_type": "response", "warc_file": "-", "warc_offset": 0,
        "warc_length": 0,
    }])  # fmt: skip
    people = list(load_roster().people.values())
    connection.execute(insert(table_of(Speaker)), [
        {"id": number, "public_id": f"{number:020x}", "key": str(number), "name": people[number % len(people)].name,
         "speaker_class": "official" if number % 5 else "private", "person": None, "jurisdiction": None}
        for number in range(1, SPEAKERS + 1)
    ])  # fmt: skip


def _day(number: int, documents: int) -> date:
    """Later documents are younger, with some that came late."""
    past = (documents - number) * DAYS // documents
    return LAST - timedelta(days=min(DAYS, past + (number * 7_919 % 400 if number % 20 == 0 else 0)))


def _batch(connection: Connection, words: Vocabulary, numbers: range, documents: int) -> None:
    lengths = words.random.integers(*WORDS, len(numbers))
    titles = [" ".join(words.draw(7)) for _ in numbers]
    rows = list(zip(numbers, titles, (words.text(int(length)) for length in lengths), strict=True))
    connection.execute(insert(table_of(Document)), [_document(number, title, documents) for number, title, _ in rows])
    connection.execute(insert(table_of(Version)), [_version(*row) for row in rows])
    said = [number for number in numbers if number % 10 < SAID * 10]
    connection.execute(insert(table_of(Statement)), list(_statements(words, said, documents)))
    connection.execute(insert(table_of(Appearance)), [_appearance(number, documents) for number in said])


def _source(number: int) -> tuple[str, int]:
    """A few sources publish much, most little."""
    chosen = int((number * 2_654_435_761 % 2**32 / 2**32) ** 3 * SOURCES)
    return f"us-{STATES[chosen % len(STATES)]}-{chosen}", chosen


def _document(number: int, title: str, documents: int) -> dict[str, Any]:
    source, chosen = _source(number)
    url = f"https://{source}.example/{number}"
    return {
        "id": number, "public_id": f"{number:020x}", "source_id": source,
        "document_kind": "article" if chosen % 3 == 2 else "press_release", "url": url, "address": url, "title": title,
        "language": "en", "published_date": _day(number, documents), "published_precision": "day",
        "published_basis": "meta", "first_seen": AT, "last_seen": AT, "versions": 1, "obtained": "live",
    }  # fmt: skip


def _version(number: int, title: str, text: str) -> dict[str, Any]:
    return {
        "id": number, "document_id": number, "number": 1, "is_latest": True, "title": title, "text": text,
        "text_digest": "d", "text_key": "k", "words": text.count(" ") + 1, "first_captured": AT, "last_captured": AT,
        "captures": 1, "capture_id": 1, "extraction_id": 1, "obtained": "live", "language": "en", "truncated": False,
        "redacted": False,
    }  # fmt: skip


def _statements(words: Vocabulary, numbers: list[int], documents: int) -> Iterator[dict[str, Any]]:
    for number in numbers:
        _, chosen = _source(number)
        state, day = STATES[chosen % len(STATES)], _day(number, documents)
        yield {
            "id": number, "public_id": f"{number:020x}", "words": words.text(25), "kind": "direct" if number % 3 else
            "indirect", "office": (None, "mayor", "governor")[chosen % 3], "office_basis": "confirmed",
            "speaker_id": _speaker(number), "jurisdiction": f"ocd-division/country:us/state:{state}/place:p{chosen}",
            "jurisdiction_name": f"Place {chosen}", "first_date": day, "last_date": day, "documents": 1, "stories": 1,
            "primary_id": None, "repeat_of": None, "checked": False,
        }  # fmt: skip


def _speaker(number: int) -> int:
    return 1 + int((number * 40_503 % 65_536 / 65_536) ** 2 * SPEAKERS)


def _appearance(number: int, documents: int) -> dict[str, Any]:
    return {
        "id": number, "version_id": number, "statement_id": number, "speaker_id": _speaker(number), "words": "-",
        "char_start": 0, "char_end": 1, "kind": "direct", "utterance": 1, "turn": False, "confidence": 0.9,
        "day": _day(number, documents), "day_basis": "published", "held": False, "checked": False,
    }  # fmt: skip
