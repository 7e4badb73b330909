"""How predictions are held against the gold set: spans, speakers, indirect speech and pairs of the same statement.

Spans are compared piece by piece, a piece being what one span has in one line: how a system cuts words that go on
over several paragraphs is no fault. Marks, white space and closing signs at both ends do not count. Two pieces meet
when intersection / union of their characters is at least 0.8 (0.5 for indirect speech, whose ends are anyone's guess).
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from tests.releases.gold import GoldQuotation, GoldText
from tests.releases.predict import Prediction

__all__ = ["Met", "Pairs", "Ratio", "Spans", "interval", "meet_held", "meet_indirect", "meet_spans", "speaker_right"]

EDGE = frozenset(" \t\r\n\u00a0.,;:!?\"'“”‘’«»`")
_WORD = re.compile(r"[^\W_]+")
_FUNCTION = frozenset({"the", "of", "a", "an", "and", "on", "in", "to", "for", "his", "her", "its", "city"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii"})
_SHORT = {"harold": "hal"}
Span = tuple[int, int]


@dataclass(slots=True)
class Ratio:
    """A share with its counts."""

    right: int = 0
    of: int = 0

    def count(self, right: bool) -> None:
        """One more case."""
        self.right += right
        self.of += 1

    @property
    def share(self) -> float:
        """Between 0.0 and 1.0; 1.0 where there was nothing to get wrong."""
        return self.right / self.of if self.of else 1.0


@dataclass(frozen=True, slots=True)
class Met:
    """A gold quotation and the prediction that met one of its pieces."""

    text: GoldText
    gold: GoldQuotation
    prediction: Prediction


@dataclass(slots=True)
class Spans:
    """What came of comparing pieces: those that met, and the leftovers of both sides."""

    met: list[Met] = field(default_factory=list)
    missed: list[tuple[GoldText, GoldQuotation]] = field(default_factory=list)
    invented: list[Prediction] = field(default_factory=list)  # in quoted text that nobody said
    extra: list[Prediction] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of what was found."""
        found = len(self.met) + len(self.invented) + len(self.extra)
        return len(self.met) / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of what was there."""
        there = len(self.met) + len(self.missed)
        return len(self.met) / there if there else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return harmonic(self.precision, self.recall)


def harmonic(precision: float, recall: float) -> float:
    """F1."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def trimmed(text: str, start: int, end: int) -> Span:
    """A span without marks, white space and signs at its ends."""
    while start < end and text[start] in EDGE:
        start += 1
    while end > start and text[end - 1] in EDGE:
        end -= 1
    return start, end


def pieces(text: str, start: int, end: int) -> Iterator[Span]:
    """What a span has in each line."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        piece = trimmed(text, start + line.start(), start + line.end())
        if piece[0] < piece[1]:
            yield piece


def likeness(a: Span, b: Span) -> float:
    """Intersection over union."""
    common = min(a[1], b[1]) - max(a[0], b[0])
    return common / (max(a[1], b[1]) - min(a[0], b[0])) if common > 0 else 0.0


def meet_spans(texts: Iterable[GoldText], predictions: Iterable[Prediction]) -> Spans:
    """Spoken words: direct, fragment, whole, turns."""
    return _meet(texts, predictions, lambda g: g.spoken, lambda p: p.kind != "indirect" and not p.held, 0.8)


def meet_indirect(texts: Iterable[GoldText], predictions: Iterable[Prediction]) -> Spans:
    """Indirect speech."""
    return _meet(texts, predictions, lambda g: g.kind == "indirect", lambda p: p.kind == "indirect", 0.5)


def _meet(
    texts: Iterable[GoldText],
    predictions: Iterable[Prediction],
    gold_side: Callable[[GoldQuotation], bool],
    side: Callable[[Prediction], bool],
    least: float,
) -> Spans:
    by_text = defaultdict(list)
    for prediction in predictions:
        if side(prediction):
            by_text[prediction.text].append(prediction)
    found = Spans()
    for text in texts:
        gold = [(p, q) for q in text.quotations if gold_side(q) for p in pieces(text.text, q.start, q.end)]
        said = [(piece, p) for p in by_text[text.id] for piece in pieces(text.text, p.start, p.end)]
        _meet_text(text, gold, said, least, found)
    return found


def _meet_text(
    text: GoldText, gold: list[tuple[Span, GoldQuotation]], said: list[tuple[Span, Prediction]], least: float, to: Spans
) -> None:
    alike = ((likeness(g, p), i, j) for i, (g, _) in enumerate(gold) for j, (p, _) in enumerate(said))
    matched: dict[int, int] = {}
    for _, i, j in sorted((each for each in alike if each[0] >= least), key=lambda each: (-each[0], each[1:])):
        if i not in matched and j not in matched.values():
            matched[i] = j
    for i, (_, quotation) in enumerate(gold):
        if i in matched:
            to.met.append(Met(text, quotation, said[matched[i]][1]))
        elif not quotation.optional:
            to.missed.append((text, quotation))
    for j, (piece, prediction) in enumerate(said):
        if j in matched.values() or _within(piece, text.ignored):
            continue
        (to.invented if _within(piece, text.nobody) else to.extra).append(prediction)


def _within(piece: Span, ranges: Iterable[Span]) -> bool:
    """Whether half of a piece lies in one of the ranges."""
    return any(2 * (min(piece[1], end) - max(piece[0], start)) >= piece[1] - piece[0] for start, end in ranges)


def meet_held(texts: Iterable[GoldText], predictions: Iterable[Prediction]) -> list[Met]:
    """The parts of whole releases and turns that other documents quote: what was found at the same place."""
    by_text = defaultdict(list)
    for prediction in predictions:
        if prediction.statement and (prediction.held or prediction.kind in ("direct", "fragment")):
            by_text[prediction.text].append(prediction)
    met = []
    for text in texts:
        for quotation in text.quotations:
            if quotation.kind == "held":
                span = trimmed(text.text, quotation.start, quotation.end)
                alike = [(likeness(span, trimmed(text.text, p.start, p.end)), p) for p in by_text[text.id]]
                best = max(alike, key=lambda each: each[0], default=None)
                if best and best[0] >= 0.3:
                    met.append(Met(text, quotation, best[1]))
    return met


def name_words(name: str | None) -> list[str]:
    """The words of a name, folded, without Jr."""
    folded = unicodedata.normalize("NFKD", (name or "").replace("’s", "").replace("'s", ""))
    plain = "".join(sign for sign in folded if not unicodedata.combining(sign)).lower()
    return [word for word in _WORD.findall(plain) if word not in _SUFFIXES]


def speaker_right(met: Met) -> bool:
    """Whether the prediction names the gold speaker: a person by first and last name, others by a telling word."""
    gold, said = met.gold, met.prediction
    if gold.speaker is None:
        return said.name is None
    wanted, got = name_words(gold.speaker.name), name_words(said.name)
    if gold.speaker.speaker_class in ("group", "unnamed", "organisation"):
        named = bool(set(wanted) & set(got) - _FUNCTION)
        return named or (said.printed_start is not None and said.printed_start == gold.printed_start)
    if not got or wanted[-1] != got[-1]:
        return False
    return len(wanted) == 1 or (len(got) > 1 and got[0] in (wanted[0], _SHORT.get(wanted[0])))


@dataclass(slots=True)
class Pairs:
    """Pairs of quotations of one statement in two documents: joined rightly, joined wrongly, left apart.

    `events` holds the three counts for each set of texts that gold or prediction link, for the interval.
    """

    right: int = 0
    wrong: int = 0
    apart: int = 0
    not_found: int = 0  # of `apart`: at least one of the two was not found at all
    events: list[tuple[int, int, int]] = field(default_factory=list)
    merged: list[tuple[Met, Met]] = field(default_factory=list)
    parted: list[tuple[str, GoldQuotation, str, GoldQuotation]] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Of the pairs joined."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """Of all gold pairs, found or not."""
        return self.right / (self.right + self.apart) if self.right + self.apart else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return harmonic(self.precision, self.recall)

    @classmethod
    def of(cls, texts: Iterable[GoldText], met: Iterable[Met]) -> Pairs:
        """Count the pairs; only clustered quotations, only pairs from two documents."""
        found = {(each.text.id, each.gold.id): each for each in met if each.gold.clustered}
        items = [
            (t, q) for t in texts for q in t.quotations if q.clustered and q.kind not in ("indirect", "whole", "turn")
        ]
        pairs, events = cls(), _Events()
        for (text, a), (other, b) in combinations(items, 2):
            left, right = found.get((text.id, a.id)), found.get((other.id, b.id))
            joined = bool(
                left and right and left.prediction.statement
                and left.prediction.statement == right.prediction.statement
            )  # fmt: skip
            if text.url == other.url or not (joined or a.statement == b.statement):
                continue
            counts = (
                int(joined and a.statement == b.statement),
                int(joined and a.statement != b.statement),
                int(not joined),
            )
            events.add(text.url, other.url, counts)
            pairs._count(counts, bool(left and right))
            if counts[1] and left and right:
                pairs.merged.append((left, right))
            if counts[2]:
                pairs.parted.append((text.id, a, other.id, b))
        pairs.events = events.counts()
        return pairs

    def _count(self, counts: tuple[int, int, int], both_found: bool) -> None:
        self.right += counts[0]
        self.wrong += counts[1]
        self.apart += counts[2]
        self.not_found += counts[2] and not both_found


class _Events:
    """Documents linked by pairs make one event; its counts are drawn together: they are no independent cases."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._counts: list[tuple[str, tuple[int, int, int]]] = []

    def _root(self, url: str) -> str:
        while self._of.setdefault(url, url) != url:
            url = self._of[url]
        return url

    def add(self, a: str, b: str, counts: tuple[int, int, int]) -> None:
        self._of[self._root(a)] = self._root(b)
        self._counts.append((b, counts))

    def counts(self) -> list[tuple[int, int, int]]:
        total: dict[str, list[int]] = {}
        for url, counts in self._counts:
            row = total.setdefault(self._root(url), [0, 0, 0])
            for k in range(3):
                row[k] += counts[k]
        return [(row[0], row[1], row[2]) for _, row in sorted(total.items())]


def interval(events: list[tuple[int, int, int]], *, draws: int = 2_000, seed: int = 1) -> tuple[float, float]:
    """The 95 % bootstrap interval of the pairs' F1, drawing whole events."""
    rng, scores = random.Random(seed), []
    for _ in range(draws):
        drawn = [rng.choice(events) for _ in events]
        right, wrong, apart = (sum(counts[k] for counts in drawn) for k in range(3))
        scores.append(2 * right / (2 * right + wrong + apart) if right + wrong + apart else 1.0)
    scores.sort()
    return scores[int(draws * 0.025)], scores[int(draws * 0.975) - 1]


def by_trap(texts: Iterable[GoldText]) -> Mapping[str, set[str]]:
    """The ids of the texts of each trap."""
    found: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for trap in text.traps:
            found[trap].add(text.id)
    return found
