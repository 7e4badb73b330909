"""Quotations and speakers against annotated texts from BENCH_DATA, by the scorers that lie beside them."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from archive.extract.quotations import read_quotations
from archive.records import Quotation, QuotationKind
from archive.roster import Printed, Setting, load_roster

__all__ = ["quotations_report"]

WORDS = 800  # of the article that speed is given for


def quotations_report(folder: Path) -> dict[str, Any]:
    """Spans and speakers on the development half of `quotes`, offices on `events`, and the speed of reading them."""
    texts = list(_lines(folder / "quotes" / "polnear_quoted.dev.jsonl"))
    began = time.perf_counter()
    read = {text["id"]: list(_between_marks(text["text"])) for text in texts}
    seconds = time.perf_counter() - began
    words = sum(len(text["text"].split()) for text in texts)
    with tempfile.TemporaryDirectory() as work:
        spans = Path(work) / "spans.jsonl"
        _write(spans, ({"id": name, "quotes": [_span(each) for each in found]} for name, found in read.items()))
        scores = Path(work) / "scores.json"
        gold = folder / "quotes" / "polnear_quoted.dev.jsonl"
        _run(folder / "quotes" / "score_quotes.py", gold, spans, "--by", "type", "--json", scores)
        events = Path(work) / "events.jsonl"
        _write(events, _events(folder / "events" / "docs.jsonl"))
        office = json.loads(_run(folder / "events" / "score_events.py", folder / "events", events, "--json"))
        return {
            "quotes": _chosen(json.loads(scores.read_text(encoding="utf-8"))),
            "events": {name: office[name] for name in ("quotes", "speaker_acc", "office_acc", "jurisdiction_acc")},
            "articles_per_second": round(words / WORDS / seconds, 1),
        }


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def _write(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _run(*command: object) -> str:
    return subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, text=True).stdout


def _between_marks(text: str, title: str | None = None) -> Iterator[Quotation]:
    """The quotations that stand between marks: that is what the annotated spans are."""
    for each in read_quotations(text, title=title, language="en")[1]:
        if each.kind in (QuotationKind.DIRECT, QuotationKind.FRAGMENT):
            yield each


def _span(each: Quotation) -> dict[str, Any]:
    return {
        "start": each.start, "end": each.end, "speaker": each.speaker_as_printed, "speaker_start": each.speaker_start,
        "speaker_end": each.speaker_end, "speaker_full": each.speaker,
    }  # fmt: skip


def _events(path: Path) -> Iterator[dict[str, Any]]:
    roster = load_roster()
    for text in _lines(path):
        setting = Setting(
            on=date.fromisoformat(text["date"]), places=roster.places_in(f"{text['title']}\n{text['text']}")
        )
        for each in _between_marks(text["text"], text["title"]):
            printed = Printed(name=each.speaker, role=each.role, place=each.place, form=each.form)
            found = roster.resolve(printed, setting)
            yield {
                "doc_id": text["id"], "start": each.start, "end": each.end, "content": each.content,
                "speaker": found.name or each.speaker_as_printed, "office": found.office,
                "jurisdiction": found.jurisdiction_name, "statement_id": None,
            }  # fmt: skip


def _chosen(scores: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {
            "exact_f1": row["exact"]["f1"], "speaker": row["speaker_acc"], "n": row["speaker_n"],
            "end_to_end_f1": row["e2e"]["f1"], "full_names_f1": row["e2e_resolved"]["f1"],
        }
        for name, row in scores.items()
    }  # fmt: skip
