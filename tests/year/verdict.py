"""What the archive found in the simulated year, held against the truth."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from archive import Archive
from archive.catalog import REVISIT
from archive.derive.visits import AFTER_ABSENCE, FOR_EVER
from archive.models import Document, Removal, Version
from archive.text import words
from tests.year.living import Lived
from tests.year.truth import BEGINNING, Item, Press

__all__ = ["Verdict", "judge"]

# Crawls come at steps and by rhythm, not at the very hour of a visit.
SLACK = timedelta(days=1, hours=13)
DAY = timedelta(days=1)


@dataclass(slots=True)
class Verdict:
    """Named counts, and sentences on all that went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def says(self, name: str, right: bool, sentence: str) -> None:
        """Count one thing that must be so."""
        self.counts[name] += 1
        self.counts[f"{name} right"] += right
        if not right:
            self.wrong.append(f"{name}: {sentence}")


def judge(presses: list[Press], lived: Lived, days: int, folder: Path) -> Verdict:
    """Every edit and removal within its revisit window, nothing invented, every silence told in time."""
    verdict = Verdict()
    end = BEGINNING + timedelta(days=days)
    with Archive.open(f"sqlite:///{folder / 'year.db'}", create=False) as archive, archive.read() as connection:
        rows = connection.execute(select(Document.__table__)).all()
        versions = connection.execute(select(Version.__table__).order_by(Version.number)).all()
        removals = connection.execute(select(Removal.__table__)).all()
    kept = _Kept(rows, versions, removals)
    for press in presses:
        _of_documents(verdict, press, kept, end)
        _of_alerts(verdict, press, lived, end)
    return verdict


class _Kept:
    def __init__(self, rows: Sequence[Any], versions: Sequence[Any], removals: Sequence[Any]) -> None:
        self.documents: dict[tuple[str, str], list[Any]] = {}
        for row in rows:
            self.documents.setdefault((row.source_id, row.title or ""), []).append(row)
        self.versions: dict[int, list[Any]] = {}
        for row in versions:
            self.versions.setdefault(row.document_id, []).append(row)
        self.removals: dict[int, list[Any]] = {}
        for row in removals:
            self.removals.setdefault(row.document_id, []).append(row)
        self.total = Counter(row.source_id for row in rows)


def _of_documents(verdict: Verdict, press: Press, kept: _Kept, end: datetime) -> None:
    found = 0
    for item in press.items:
        rows = kept.documents.get((press.source, item.title), [])
        found += len(rows)
        if not rows:
            _missed(verdict, press, item, end)
            continue
        verdict.says("documents are one", len(rows) == 1, f"{press.source} {item.number} is {len(rows)} documents")
        _of_versions(verdict, press, item, rows[0], kept, end)
        _of_removal(verdict, press, item, rows[0], kept, end)
    strange = kept.total[press.source] - found
    verdict.says(
        "no document is invented", not strange, f"{press.source} has {strange} documents that nobody published"
    )


def _missed(verdict: Verdict, press: Press, item: Item, end: datetime) -> None:
    """A release must be found unless it was withdrawn, or its site away, before anybody could."""
    until = item.gone or end
    frozen = next((spell.begin for spell in press.spells if spell.kind == "frozen"), end)
    could = until - max(item.published, BEGINNING) > 2 * DAY and item.published < min(end, frozen) - 2 * DAY
    ill = any(s.kind != "rebuilt" and s.begin - 2 * DAY < item.published < s.end + 2 * DAY for s in press.spells)
    if item.published < BEGINNING - 21 * DAY or ill:
        return  # behind the first pages of a feed, or published during an outage
    verdict.says("releases are found", not could, f"{press.source} {item.number} of {item.published:%Y-%m-%d}")


def _of_versions(verdict: Verdict, press: Press, item: Item, row: Any, kept: _Kept, end: datetime) -> None:
    truth = [tuple(words(text)) for _, text in item.texts]
    seen = [tuple(words(version.text or "")) for version in kept.versions[row.id]]
    texts = [_matching(text, truth) for text in seen]
    real = None not in texts and texts == sorted(set(texts), key=lambda each: each or 0)
    verdict.says("versions are real", real, f"{press.source} {item.number} {item.title!r}: {texts}")
    for number, (at, _) in enumerate(item.texts[1:], 1):
        due = _next_visit(row.first_seen, at, press, end)
        if at <= row.first_seen or due is None:
            continue
        version = next((v for v, text in zip(kept.versions[row.id], texts, strict=True) if text == number), None)
        in_time = version is not None and version.first_captured <= due
        verdict.says("edits are found", in_time, f"{press.source} {item.number} edited {at:%m-%d}, due {due:%m-%d}")


def _matching(seen: tuple[str, ...], truth: list[tuple[str, ...]]) -> int | None:
    """Which text of a release a version has: all its words, with at most a heading or a date around them."""
    for number, text in enumerate(truth):
        joined, whole = " ".join(text), " ".join(seen)
        if joined in whole and len(seen) - len(text) < 20:
            return number
    return None


def _next_visit(first_seen: datetime, at: datetime, press: Press, end: datetime) -> datetime | None:
    """When a change at `at` must have been seen; None where that is after the year, or the site is ill around then."""
    ages = [first_seen + age for age in REVISIT]
    due = next((visit for visit in ages if visit >= at), max(ages[-1], at) + FOR_EVER) + SLACK
    ill = any(spell.kind != "rebuilt" and spell.begin < due and at < spell.end + SLACK for spell in press.spells)
    return None if due >= end or ill else due


def _of_removal(verdict: Verdict, press: Press, item: Item, row: Any, kept: _Kept, end: datetime) -> None:
    confirmed = [each for each in kept.removals.get(row.id, []) if each.confirmed_at is not None]
    if item.gone is None:
        verdict.says("no removal is invented", not confirmed, f"{press.source} {item.number} is confirmed gone")
        return
    verdict.says(
        "no removal is invented",
        all(each.suspected_at >= item.gone for each in confirmed),
        f"{press.source} {item.number}",
    )
    due = _next_visit(row.first_seen, item.gone, press, end)
    steps = sum(AFTER_ABSENCE[:3], timedelta()) + 3 * SLACK
    back = item.back or end
    if due is None or due + steps >= min(end, back) or item.gone <= row.first_seen:
        return
    in_time = any(each.confirmed_at <= due + steps for each in confirmed)
    verdict.says(
        "removals are found", in_time, f"{press.source} {item.number} gone {item.gone:%m-%d}, due {due + steps:%m-%d}"
    )


def _of_alerts(verdict: Verdict, press: Press, lived: Lived, end: datetime) -> None:
    told = [each for each in lived.told if each.source == press.source and each.state != "ok"]
    if press.is_well:
        verdict.counts["alarms of healthy sources"] += len(told)
        sentence = f"{press.source} told {[f'{each.state} {each.at:%m-%d}' for each in told]}"
        verdict.says("healthy sources are left in peace", len(told) <= 1, sentence)
        return
    for began, states, what in _ills(press):
        quiet = lived.quiet_days.get(press.source, 7.0) if what in ("silent", "frozen") else 2.0
        due = began + timedelta(days=quiet) + DAY + SLACK
        if due >= end:
            continue
        first = min((each.at for each in told if each.state in states and each.at >= began), default=None)
        when = f"{first:%m-%d}" if first else "never"
        verdict.says(
            f"{what} sources are flagged",
            first is not None and first <= due,
            f"{press.source}: {when}, due {due:%m-%d}",
        )


def _ills(press: Press) -> Iterator[tuple[datetime, set[str], str]]:
    if press.silent_from is not None:
        last = max(item.published for item in press.items)
        yield last, {"silent"}, "silent"
    for spell in press.spells:
        if spell.kind == "frozen":
            shown = [item.published for item in press.items if item.published <= spell.begin]
            yield max(shown), {"silent"}, "frozen"
        elif spell.kind in ("down", "refused", "wall") and spell.end - spell.begin > 4 * DAY:
            yield spell.begin, {"failing", "silent"}, "unreachable"
        elif spell.kind == "broken" and spell.end - spell.begin > 4 * DAY:
            yield spell.begin, {"quarantined"}, "broken"
