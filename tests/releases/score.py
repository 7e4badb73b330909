"""Score the project on its own gold set.

    python -m tests.releases.score [--json] [--extraction] [--errors]

By default all texts go through a fresh archive; `--extraction` scores extraction and roster alone, without statements.
`--errors` lists every fault below the figures.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive.query.filters import CONFIDENT
from tests.releases.gold import GoldText, load_texts
from tests.releases.measures import (
    Met,
    Pairs,
    Ratio,
    Spans,
    by_trap,
    harmonic,
    interval,
    meet_held,
    meet_indirect,
    meet_spans,
    speaker_right,
)
from tests.releases.predict import Prediction, archived, extracted

__all__ = ["faults", "figures", "measure"]

SCORED_OFFICES = ("mayor", "governor")


def figures(texts: Sequence[GoldText], predictions: Sequence[Prediction]) -> dict[str, Any]:
    """All figures, by name; shares between 0 and 1."""
    scored = [text for text in texts if text.language == "en"]
    spans, indirect = meet_spans(scored, predictions), meet_indirect(scored, predictions)
    pairs = Pairs.of(scored, [*spans.met, *meet_held(scored, predictions)])
    return {
        "texts": len(texts),
        "spans": _spans(spans),
        "invented": len(spans.invented),
        **_speakers(spans),
        "end_to_end": _end_to_end(spans),
        "at_threshold": _at_threshold(spans),
        "indirect": _spans(indirect) | {"speaker": _share(_of(indirect, speaker_right))},
        "pairs": _pairs(pairs),
        "over_merges": len(pairs.merged),
        "over_merges_in_traps": _in_traps(texts, pairs),
    }


def _spans(spans: Spans) -> dict[str, Any]:
    return {
        "precision": spans.precision, "recall": spans.recall, "f1": spans.f1, "met": len(spans.met),
        "missed": len(spans.missed), "extra": len(spans.extra) + len(spans.invented),
    }  # fmt: skip


def _of(spans: Spans, right: Any, kinds: tuple[str, ...] = ()) -> Ratio:
    ratio = Ratio()
    for met in spans.met:
        if met.gold.speaker is not None and (not kinds or met.gold.kind in kinds):
            ratio.count(right(met))
    return ratio


def _share(ratio: Ratio) -> dict[str, Any]:
    return {"share": ratio.share, "right": ratio.right, "of": ratio.of}


def _speakers(spans: Spans) -> dict[str, Any]:
    office, jurisdiction, resolved, doubtful, false_office = Ratio(), Ratio(), Ratio(), Ratio(), 0
    for met in spans.met:
        gold, said = met.gold.speaker, met.prediction
        if gold is None:
            doubtful.count(said.name is None)
        elif gold.unresolved:
            resolved.count(said.person is None and said.jurisdiction is None)
        elif gold.office in SCORED_OFFICES:
            office.count(said.office == gold.office)
            jurisdiction.count(said.jurisdiction == gold.jurisdiction)
        else:
            false_office += said.office in SCORED_OFFICES
    return {
        "speaker": _share(_of(spans, speaker_right)),
        "speaker_direct": _share(_of(spans, speaker_right, ("direct",))),
        "speaker_fragment": _share(_of(spans, speaker_right, ("fragment",))),
        "kind": _share(_of(spans, lambda met: met.prediction.kind == _kind(met))),
        "office": _share(office), "jurisdiction": _share(jurisdiction), "false_office": false_office,
        "ambiguous_left_unresolved": _share(resolved), "doubtful_left_unattributed": _share(doubtful),
    }  # fmt: skip


def _kind(met: Met) -> str:
    return "whole" if met.gold.kind == "turn" else met.gold.kind


def _end_to_end(spans: Spans) -> dict[str, float]:
    """Span and full name both right."""
    right = sum(speaker_right(met) for met in spans.met)
    found = len(spans.met) + len(spans.extra) + len(spans.invented)
    precision = right / found if found else 1.0
    recall = right / (len(spans.met) + len(spans.missed))
    return {"precision": precision, "recall": recall, "f1": harmonic(precision, recall)}


def _at_threshold(spans: Spans) -> dict[str, float]:
    """Attributions that exports carry by default: how many are right, and how many of all they are."""
    sure = [met for met in spans.met if met.prediction.name and met.prediction.confidence >= CONFIDENT]
    loose = [p for p in (*spans.extra, *spans.invented) if p.name and p.confidence >= CONFIDENT]
    right = sum(met.gold.speaker is not None and speaker_right(met) for met in sure)
    there = sum(met.gold.speaker is not None for met in spans.met) + len(spans.missed)
    return {
        "threshold": CONFIDENT, "precision": right / (len(sure) + len(loose)) if sure else 1.0,
        "recall": right / there,
    }  # fmt: skip


def _pairs(pairs: Pairs) -> dict[str, Any]:
    low, high = interval(pairs.events)
    return {
        "precision": pairs.precision, "recall": pairs.recall, "f1": pairs.f1, "low": low, "high": high,
        "gold": pairs.right + pairs.apart, "right": pairs.right, "wrong": pairs.wrong, "apart": pairs.apart,
        "apart_not_found": pairs.not_found, "events": len(pairs.events),
    }  # fmt: skip


def _in_traps(texts: Sequence[GoldText], pairs: Pairs) -> dict[str, int]:
    """Wrong pairs with both texts in the trap, by trap; a trap without any is there with 0."""
    counts = Counter(dict.fromkeys(sorted(by_trap(texts)), 0))
    for left, right in pairs.merged:
        counts.update(set(left.text.traps) & set(right.text.traps))
    return dict(counts)


def measure(texts: Sequence[GoldText], *, extraction: bool = False) -> tuple[dict[str, Any], list[Prediction]]:
    """Run the project on the texts and score it."""
    if extraction:
        predictions = extracted(texts)
    else:
        with TemporaryDirectory() as folder:
            predictions = archived(texts, Path(folder))
    return figures(texts, predictions), predictions


def faults(texts: Sequence[GoldText], predictions: Sequence[Prediction]) -> Iterator[str]:
    """Every fault in one line: what, the id of the text, and the words."""
    scored = [text for text in texts if text.language == "en"]
    words = {text.id: text.text for text in scored}
    spans, indirect = meet_spans(scored, predictions), meet_indirect(scored, predictions)
    for name, found in (("span", spans), ("indirect", indirect)):
        yield from (f"{name} missed    {text.id} {q.id}: {q.content[:90]!r}" for text, q in found.missed)
        yield from (f"{name} extra     {p.text}: {words[p.text][p.start : p.end][:90]!r}" for p in found.extra)
        yield from (f"{name} invented  {p.text}: {words[p.text][p.start : p.end][:90]!r}" for p in found.invented)
        yield from (_said_wrong(name, met) for met in found.met if not speaker_right(met))
    for met in spans.met:
        gold, said = met.gold.speaker, met.prediction
        if (
            gold
            and gold.office in SCORED_OFFICES
            and (said.office, said.jurisdiction) != (gold.office, gold.jurisdiction)
        ):
            yield f"office         {met.text.id} {met.gold.id} {gold.name}: {said.office} of {said.jurisdiction}"
        elif gold and not gold.unresolved and gold.office not in SCORED_OFFICES and said.office in SCORED_OFFICES:
            yield f"false office   {met.text.id} {met.gold.id} {gold.name}: {said.office} of {said.jurisdiction}"
    pairs = Pairs.of(scored, [*spans.met, *meet_held(scored, predictions)])
    for a, b in pairs.merged:
        yield f"over-merged    {a.text.id} {a.gold.content[:50]!r} + {b.text.id} {b.gold.content[:50]!r}"
    for a_text, a_gold, b_text, b_gold in pairs.parted:
        sides = [f"{text} {gold.id} {gold.content[:40]!r}" for text, gold in ((a_text, a_gold), (b_text, b_gold))]
        yield f"left apart     {' | '.join(sides)}"


def _said_wrong(name: str, met: Met) -> str:
    wanted = met.gold.speaker.name if met.gold.speaker else "nobody"
    return (
        f"{name} speaker   {met.text.id} {met.gold.id}: {met.prediction.name} for {wanted}: {met.gold.content[:60]!r}"
    )


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--extraction", action="store_true", help="extraction and roster alone")
    parser.add_argument("--errors", action="store_true", help="list every fault")
    asked = parser.parse_args()
    texts = load_texts()
    found, predictions = measure(texts, extraction=asked.extraction)
    if asked.json:
        json.dump(found, sys.stdout, indent=1)
        print()
    else:
        for name, value in found.items():
            print(f"{name:28}{_shown(value)}")
    if asked.errors:
        print(*faults(texts, predictions), sep="\n")


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "  ".join(f"{key} {_shown(each)}" for key, each in value.items())
    return f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
