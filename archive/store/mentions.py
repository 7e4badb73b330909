"""Mentions in the database: what a speaker is quoted with in one document, read by document or by windows of days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from archive.derive.occasions import Index
from archive.derive.statements import WINDOW_DAYS, Mention, holds, related
from archive.derive.wordings import sentences
from archive.models import Appearance, Document, Source, Speaker, Story, Version, Wording
from archive.records import QuotationKind
from archive.roster import load_roster
from archive.store.neighbourhoods import chunks
from archive.store.spoken import name_of

__all__ = ["Heard", "Windows", "heard_where"]

_WEAKEST_FIRST = (QuotationKind.INDIRECT, QuotationKind.FRAGMENT, QuotationKind.DIRECT, QuotationKind.WHOLE)
_SELECT = (
    select(
        Appearance.__table__,
        Version.number,
        Version.document_id,
        Document.public_id.label("document"),
        Document.first_seen,
        Story.public_id.label("story"),
        Source.office.label("own_office"),
        Source.jurisdiction.label("own_jurisdiction"),
        Speaker.key.label("speaker_key"),
        Wording.public_id.label("wording"),
        Wording.normal,
    )
    .join(Version, Version.id == Appearance.version_id)
    .join(Document, Document.id == Version.document_id)
    .join(Source, Source.id == Document.source_id)
    .join(Speaker, Speaker.id == Appearance.speaker_id)
    .join(Wording, Wording.id == Appearance.wording_id)
    .outerjoin(Story, Story.id == Document.story_id)
    .where(~Appearance.held)
)


@dataclass(frozen=True, slots=True, eq=False)
class Heard:
    """A mention with the appearance rows it is made of, in the order of the document's versions and texts."""

    mention: Mention
    speaker: int
    namesakes: str
    rows: tuple[Any, ...]

    @property
    def document(self) -> int:
        """The row number of the document."""
        number: int = self.rows[0].document_id
        return number


def heard_where(connection: Connection, *conditions: ColumnElement[bool]) -> list[Heard]:
    """The mentions of the appearances that fulfil the conditions, which speak of whole documents or speakers."""
    by_mention: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for row in connection.execute(_SELECT.where(*conditions)):
        by_mention[(row.document_id, row.wording_id)].append(row)
    return [_heard(rows) for rows in by_mention.values()]


def _heard(rows: list[Any]) -> Heard:
    rows.sort(key=lambda row: (row.number, row.char_start, row.char_end))
    first = rows[0]
    mention = Mention(
        id=f"{first.document}:{first.wording}",
        speaker=first.speaker_key,
        name=name_of(first.speaker_key, load_roster()),
        document=first.document,
        story=first.story,
        day=first.day,
        normal=first.normal,
        words=first.words,
        kind=max((QuotationKind(row.kind) for row in rows), key=_WEAKEST_FIRST.index),
        turn=any(row.turn for row in rows),
        sentences=sentences(first.words),
        own_office=any(_is_own(row) for row in rows),
        first_seen=first.first_seen,
        office=first.office,
        sentence=next((row.sentence for row in rows if row.sentence), None),
        versions=frozenset(row.number for row in rows),
    )
    return Heard(mention, first.speaker_id, first.namesakes, tuple(rows))


def _is_own(row: Any) -> bool:
    """Whether a document is published by the office that its speaker held that day."""
    return row.office is not None and (row.office, row.jurisdiction) == (row.own_office, row.own_jurisdiction)


class Windows:
    """Mentions by namesakes and day, each stretch of days read once; what is read must not change meanwhile."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._read: set[tuple[str, int]] = set()
        self._near: dict[str, _Near] = defaultdict(_Near)

    def read(self, wanted: Iterable[tuple[str, date]]) -> None:
        """Read what lies within WINDOW_DAYS of these days of all who share these names."""
        missing: dict[str, set[int]] = defaultdict(set)
        for name, day in wanted:
            block = _block(day)
            missing[name].update({block - 1, block, block + 1})
        runs: dict[tuple[int, int], list[str]] = defaultdict(list)
        for name, blocks in missing.items():
            fresh = {block for block in blocks if (name, block) not in self._read}
            self._read.update((name, block) for block in fresh)
            for run in _runs(fresh):
                runs[run].append(name)
        for (first, last), names in runs.items():
            self._read_run(first, last, names)

    def _read_run(self, first: int, last: int, names: Collection[str]) -> None:
        days = (Appearance.day >= _first_day(first), Appearance.day < _first_day(last + 1))
        for part in chunks(names):
            for heard in heard_where(self.connection, Appearance.namesakes.in_(part), *days):
                self._near[heard.namesakes].add(heard)

    def related(self, heard: Heard) -> Iterator[Heard]:
        """What was read and is related to a mention of those days."""
        return self._near[heard.namesakes].related(heard.mention)


class _Near:
    """Mentions of namesakes, found again by what `group` finds them by: stems, stories, and holders one by one."""

    def __init__(self) -> None:
        self.heard: dict[str, Heard] = {}
        self.index = Index()
        self.holders: list[Mention] = []
        self.by_story: dict[str, list[Mention]] = defaultdict(list)

    def add(self, heard: Heard) -> None:
        mention = heard.mention
        self.heard[mention.id] = heard
        if holds(mention):
            self.holders.append(mention)
        else:
            self.index.add(mention)
        for key in {mention.document, mention.story or mention.document}:
            self.by_story[key].append(mention)

    def related(self, mention: Mention) -> Iterator[Heard]:
        for other in self.candidates(mention):
            if other.id != mention.id and related(mention, other):
                yield self.heard[other.id]

    def candidates(self, mention: Mention) -> Iterable[Mention]:
        if holds(mention):
            return [each.mention for each in self.heard.values()]
        near = {each.id: each for each in self.index.near(mention)}
        for key in {mention.document, mention.story or mention.document}:
            near |= {each.id: each for each in self.by_story.get(key, ())}
        return [*near.values(), *self.holders]


def _block(day: date) -> int:
    return day.toordinal() // WINDOW_DAYS


def _first_day(block: int) -> date:
    return date.fromordinal(min(max(1, block * WINDOW_DAYS), date.max.toordinal()))


def _runs(blocks: set[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each row of blocks without a gap."""
    for first in sorted(blocks):
        if first - 1 not in blocks:
            last = first
            while last + 1 in blocks:
                last += 1
            yield first, last
