"""How long a search takes on SQLite: the calls of the web page and the command line over a large archive."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from archive import Archive, query
from archive.query import Filters
from tests.bench.library import LAST, Vocabulary, fill, vocabulary

__all__ = ["Asked", "figures", "questions", "search_report"]

TO_REACH = {"p50": 50.0, "p95": 300.0}  # milliseconds, of a search


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what it is an example of."""

    kind: str
    words: str
    filters: Filters | None = None
    speaker: str | None = None
    sort: Any = "best"
    offset: int = 0


def questions(words: Vocabulary, count: int, seed: int = 11) -> Iterator[Asked]:
    """A mix as people ask: words by their use, phrases, prefixes, OR, -not, some with filters, some further on."""
    chance = random.Random(seed)
    ranks = list(words.words)

    def between(low: int, high: int) -> str:
        return str(ranks[chance.randrange(low, min(high, len(ranks)))])

    def word() -> str:
        return chance.choice([between(0, 30), between(30, 300), between(300, 3_000), between(3_000, 10**6)])

    kinds: dict[str, Callable[[], str]] = {
        "common word": lambda: between(0, 30),
        "word": lambda: between(30, 3_000),
        "rare word": lambda: between(3_000, 10**6),
        "two words": lambda: f"{between(30, 3_000)} {between(30, 3_000)}",
        "three words": lambda: f"{word()} {word()} {word()}",
        "phrase": lambda: f'"{chance.choice(words.runs)}"',
        "prefix": lambda: f"{between(100, 10**6)[: chance.randrange(3, 6)]}*",
        "OR": lambda: f"{word()} OR {word()}",
        "not": lambda: f"{between(30, 3_000)} -{word()}",
        "no words": lambda: "",
    }
    for number in range(count):
        kind = list(kinds)[number % len(kinds)]
        yield Asked(kind, kinds[kind](), **_narrowed(chance, number // len(kinds)))


def _narrowed(chance: random.Random, turn: int) -> dict[str, Any]:
    since = LAST - timedelta(days=chance.randrange(30, 3_000))
    turns: list[dict[str, Any]] = [
        {}, {"filters": Filters(office="mayor")}, {"filters": Filters(since=since, until=since + timedelta(days=90))},
        {"filters": Filters(source=f"us-al-{chance.choice([0, 35, 70, 315])}")}, {"offset": 400}, {},
        {"speaker": f"{chance.randrange(1, 3_000):020x}"},
        {"filters": Filters(jurisdiction="ocd-division/country:us/state:ia")}, {"sort": "newest"},
        {"filters": Filters(since=since)},
    ]  # fmt: skip
    return turns[turn % len(turns)]


def _calls(asked: Asked) -> dict[str, Callable[[Connection], object]]:
    given: dict[str, Any] = {"filters": asked.filters}
    paged: dict[str, Any] = {"offset": asked.offset, "sort": asked.sort}
    spoken: dict[str, Any] = {**given, "speaker": asked.speaker}
    of_statements: dict[str, Callable[[Connection], object]] = {
        "search_statements": lambda c: query.search_statements(c, asked.words, **spoken, **paged),
        "facets of statements": lambda c: query.facets(c, asked.words, of="statements", **spoken),
        "timeline of statements": lambda c: query.timeline(c, asked.words, of="statements", **spoken),
    }
    if asked.speaker:
        return of_statements
    return {
        "search": lambda c: query.search(c, asked.words, **given, **paged),
        "total of documents": lambda c: query.total_documents(c, asked.words, **given),
        "facets of documents": lambda c: query.facets(c, asked.words, of="documents", **given),
        "timeline of documents": lambda c: query.timeline(c, asked.words, of="documents", **given),
        **of_statements,
    }


def search_report(work: Path, documents: int, count: int, tell: Callable[[str], None]) -> dict[str, Any]:
    """Milliseconds of each call over an archive of so many documents, which is kept for the next time."""
    database = work / f"search-{documents}.db"
    url = f"sqlite:///{database}"
    ready = database.with_suffix(".ready")
    if not ready.exists():
        database.unlink(missing_ok=True)
        with Archive.open(url) as archive:
            started = time.perf_counter()
            fill(archive, vocabulary(work), documents)
            ready.write_text(f"{time.perf_counter() - started:.0f} s to load\n", encoding="utf-8")
    taken: dict[str, list[tuple[float, float, Asked]]] = {}
    with Archive.open(url, create=False) as archive:
        for asked in questions(vocabulary(work), count):
            for name, call in _calls(asked).items():
                with archive.read() as connection:
                    wall, own = time.perf_counter(), time.process_time()
                    call(connection)
                    passed, spent = time.perf_counter() - wall, time.process_time() - own
                    taken.setdefault(name, []).append((passed * 1_000, spent * 1_000, asked))
    for name, times in taken.items():
        for took, _, asked in sorted(times, key=lambda each: -each[0])[:3]:
            tell(
                f"slowest of {name}: {took:.0f} ms, {asked.kind} {asked.words!r} {asked.filters or asked.speaker or ''}"
            )
    return {
        "documents": documents, "questions": count, "megabytes": database.stat().st_size // 1_000_000,
        "loaded": ready.read_text(encoding="utf-8").strip(), "to_reach": TO_REACH,
        "milliseconds": {name: figures([took for took, *_ in times]) for name, times in taken.items()},
        # What the process itself computed: on a machine that others load too, this is what another machine would take.
        "of_processor": {name: figures([own for _, own, _ in times]) for name, times in taken.items()},
        "processor_by_kind": _by_kind(taken["search"]),
    }  # fmt: skip


def figures(times: list[float]) -> dict[str, float]:
    """Median, 95th percentile and maximum."""
    ordered = sorted(times)
    return {
        "p50": round(ordered[len(ordered) // 2], 1),
        "p95": round(ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)], 1),
        "max": round(ordered[-1], 1),
    }


def _by_kind(times: list[tuple[float, float, Asked]]) -> dict[str, dict[str, float]]:
    kinds: dict[str, list[float]] = {}
    for _, own, asked in times:
        kinds.setdefault(asked.kind, []).append(own)
    return {kind: figures(each) for kind, each in kinds.items()}
