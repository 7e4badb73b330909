"""Quotations, speakers and statements against annotated texts from BENCH_DATA, by the scorers that lie beside them."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select

from archive import Archive
from archive.extract.quotations import read_quotations
from archive.query.filters import CONFIDENT
from archive.records import Quotation, QuotationKind
from archive.views import STATEMENT_APPEARANCE as VIEW
from tests.releases.measures import interval

__all__ = ["quotations_report"]

WORDS = 800  # of the article that speed is given for
# The annotated spans stand between marks.
MARKED = (QuotationKind.DIRECT, QuotationKind.FRAGMENT)


def quotations_report(folder: Path) -> dict[str, Any]:
    """Spans and speakers on the development half of `quotes`, statements on `events`, and the speed of reading."""
    with tempfile.TemporaryDirectory() as work:
        return {**_quotes(folder / "quotes", Path(work)), "events": _events(folder / "events", Path(work))}


def _quotes(folder: Path, work: Path) -> dict[str, Any]:
    gold = folder / "polnear_quoted.dev.jsonl"
    texts = list(_lines(gold))
    began = time.perf_counter()
    read = {text["id"]: list(_between_marks(text["text"])) for text in texts}
    seconds = time.perf_counter() - began
    words = sum(len(text["text"].split()) for text in texts)
    found: dict[str, Any] = {}
    for name, least in (("quotes", 0.0), ("quotes_of_exports", CONFIDENT)):
        spans, scores = work / f"{name}.jsonl", work / f"{name}.json"
        _write(spans, ({"id": text, "quotes": _spans(each, least)} for text, each in read.items()))
        _run(folder / "score_quotes.py", gold, spans, "--by", "type", "--json", scores)
        found[name] = _chosen(json.loads(scores.read_text(encoding="utf-8")))
    return found | {"articles_per_second": round(words / WORDS / seconds, 1)}


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _run(*command: object) -> str:
    return subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True).stdout


def _between_marks(text: str) -> Iterator[Quotation]:
    return (each for each in read_quotations(text, title=None, language="en")[1] if each.kind in MARKED)


def _spans(found: Iterable[Quotation], least: float) -> list[dict[str, Any]]:
    return [
        {
            "start": each.start, "end": each.end, "speaker": each.speaker_as_printed,
            "speaker_start": each.speaker_start, "speaker_end": each.speaker_end,
            "speaker_full": each.speaker or each.described,
        }
        for each in found
        if each.confidence >= least
    ]  # fmt: skip


def _chosen(scores: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {
            "exact_f1": row["exact"]["f1"], "speaker": row["speaker_acc"], "n": row["speaker_n"],
            "end_to_end": row["e2e"], "full_names": row["e2e_resolved"],
        }
        for name, row in scores.items()
    }  # fmt: skip


def _events(folder: Path, work: Path) -> dict[str, Any]:
    """Handed in by the command and read back from the view, as somebody who does not know the program would."""
    texts = list(_lines(folder / "docs.jsonl"))
    database, handed = f"sqlite:///{work / 'events.db'}", work / "events.jsonl"
    _write(handed, ({name: text[name] for name in ("id", "url", "title", "date", "text")} for text in texts))
    _run("-m", "archive.cli", "ingest", handed, "--database", database)
    with Archive.open(database, create=False) as archive, archive.read() as connection:
        rows = connection.execute(select(VIEW).where(VIEW.c.kind.in_(MARKED))).all()
    predicted = [
        {
            "doc_id": row.record_id, "start": row.char_start, "end": row.char_end, "content": row.words,
            "speaker": row.speaker, "office": row.office, "jurisdiction": row.jurisdiction_name,
            "statement_id": row.statement_id,
        }
        for row in rows
    ]  # fmt: skip
    figures = _scored(folder, work / "events", texts, predicted)
    by_event: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for text in texts:
        by_event[text["event"]].append(text)
    parts = [_scored(folder, work / event, each, predicted) for event, each in by_event.items()]
    pairs = [part["pairs_crossdoc"] for part in parts]
    low, high = interval([(each["tp"], each["fp"], each["fn"]) for each in pairs])
    wanted = ("matched", "quotes", "speaker_acc", "officials", "office_acc", "jurisdiction_acc", "crossdoc_recall_all")
    return {
        **{name: figures[name] for name in wanted},
        "pairs_crossdoc": {**figures["pairs_crossdoc"], "f1_low": low, "f1_high": high},
    }


def _scored(folder: Path, work: Path, texts: list[dict[str, Any]], predicted: list[dict[str, Any]]) -> Any:
    """What the scorer says of these texts alone."""
    names = {text["id"] for text in texts}
    work.mkdir()
    _write(work / "docs.jsonl", texts)
    _write(work / "quotes.jsonl", (each for each in _lines(folder / "quotes.jsonl") if each["doc_id"] in names))
    _write(work / "predicted.jsonl", (each for each in predicted if each["doc_id"] in names))
    return json.loads(_run(folder / "score_events.py", work, work / "predicted.jsonl", "--json"))
