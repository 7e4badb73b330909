"""From changed documents to statements, in the transaction that changed them.

Adding one capture and rebuilding do the same: appearances are a function of one document, statements one of mentions
that are tied to one another; so whatever is tied to what changed, as it was or as it is, is grouped anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, delete, func, select

from archive.derive.statements import Mention, group
from archive.models import Appearance, Document, Version, Wording
from archive.store.appearances import write_appearances
from archive.store.mentions import Heard, Windows, heard_where
from archive.store.neighbourhoods import chunks
from archive.store.parting import regrouped
from archive.store.planning import plan
from archive.store.repeats import link_repeats
from archive.store.rulings import Anchor, load_rulings
from archive.store.speakers import forget_unheard, refresh_speakers
from archive.store.stamps import stamp_roster
from archive.store.statements import write_statements
from archive.store.translations import link_all_translations, link_translations

__all__ = ["Speech"]

# A rebuild groups the mentions of so many names at once, or of one that has more than so many appearances.
NAMES, APPEARANCES = 400, 5_000


_NONE: Mapping[int, str | None] = MappingProxyType({})


class Speech:
    """What one transaction has to say again: `forget` before versions or documents go, `tell` when all are written."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.rulings = load_rulings(connection)
        self.changed: set[int] = set()
        self.former: list[Any] = []
        self.before: list[Heard] = []
        self.statements: set[int] = set()
        self.wordings: set[int] = set()
        self.speakers: set[int] = set()

    def forget(self, documents: Collection[int]) -> None:
        """Delete the appearances of these documents (row numbers); they are written anew where they still are."""
        fresh = set(documents) - self.changed
        self.changed |= fresh
        for part in chunks(fresh):
            versions = select(Version.id).where(Version.document_id.in_(part))
            rows = self.connection.execute(
                select(Appearance.statement_id, Appearance.wording_id, Appearance.speaker_id)
                .where(Appearance.version_id.in_(versions))
            ).all()  # fmt: skip
            if rows:
                self.statements.update(row.statement_id for row in rows if row.statement_id is not None)
                self.wordings.update(row.wording_id for row in rows if row.wording_id is not None)
                self.speakers.update(row.speaker_id for row in rows if row.speaker_id is not None)
                self.before += heard_where(self.connection, Version.document_id.in_(part))
                self.connection.execute(delete(Appearance).where(Appearance.version_id.in_(versions)))

    def was(self, rows: Iterable[Any]) -> None:
        """Take note of documents, by their rows, as they were before they changed or went."""
        self.former += rows

    def tell(
        self, documents: Collection[int], *, regroup: Collection[int] = (), stories: Mapping[int, str | None] = _NONE
    ) -> None:
        """Write appearances and statements of these documents, of all that were forgotten and all tied to them.

        `regroup` are documents whose appearances stand, and whose statements may not; so are those whose story changed,
        which `stories` give with the one that they were in (its public id).
        """
        self.forget(documents)
        heard_now = write_appearances(self.connection, self.present(), self.rulings)
        self.speakers |= heard_now
        if heard_now:
            stamp_roster(self.connection)
        heard = self.closure(self.seeds({*self.changed, *regroup, *stories}), stories)
        if heard or self.statements:
            self.write(heard)
        self.tidy()
        link_translations(self.connection, self.changed, self.former)

    def tell_everything(self) -> None:
        """Write all appearances and statements of an archive in which there are none."""
        documents = self.connection.scalars(select(Document.id)).all()
        self.speakers |= write_appearances(self.connection, documents, self.rulings)
        for part in self.crowds():
            heard = heard_where(self.connection, Appearance.namesakes.in_(part))
            self.write({each.mention.id: each for each in heard})
        self.tidy()
        link_all_translations(self.connection)
        stamp_roster(self.connection, anew=True)

    def crowds(self) -> Iterator[list[str]]:
        """The names of all speakers, as many together as are well grouped at once."""
        counted = select(Appearance.namesakes, func.count().label("n")).where(Appearance.namesakes.is_not(None))
        crowd: list[str] = []
        size = 0
        for row in self.connection.execute(counted.group_by(Appearance.namesakes)).all():
            if crowd and (len(crowd) >= NAMES or size + row.n > APPEARANCES):
                yield crowd
                crowd, size = [], 0
            crowd.append(row.namesakes)
            size += row.n
        if crowd:
            yield crowd

    def present(self) -> set[int]:
        """Of the changed documents those that are still there."""
        found: set[int] = set()
        for part in chunks(self.changed):
            found.update(self.connection.scalars(select(Document.id).where(Document.id.in_(part))))
        return found

    def seeds(self, documents: Collection[int]) -> dict[str, Heard]:
        """The mentions in these documents, and in the statements that they, or what was forgotten, are part of."""
        found: dict[str, Heard] = {}
        for part in chunks(documents):
            for each in heard_where(self.connection, Version.document_id.in_(part)):
                found[each.mention.id] = each
                self.statements.update(row.statement_id for row in each.rows if row.statement_id is not None)
        for part in chunks(self.statements):
            for each in heard_where(self.connection, Appearance.statement_id.in_(part)):
                found[each.mention.id] = each
        return found

    def closure(self, found: dict[str, Heard], stories: Mapping[int, str | None]) -> dict[str, Heard]:
        """The given mentions and all that are tied to them or to what was forgotten, by words, days or decisions.

        What a former story tied is tied no more, and looked at again as well.
        """
        windows = Windows(self.connection)
        edge = [*self.before, *found.values()]
        edge += [
            replace(each, mention=replace(each.mention, story=stories[each.document]))
            for each in edge
            if stories.get(each.document) is not None
        ]
        while edge:
            windows.read((each.namesakes, each.mention.day) for each in edge)
            fresh = self.linked(edge)
            fresh |= {other.mention.id: other for each in edge for other in windows.related(each)}
            edge = [each for name, each in fresh.items() if name not in found]
            found.update((each.mention.id, each) for each in edge)
        return found

    def linked(self, heard: Iterable[Heard]) -> dict[str, Heard]:
        """The mentions that decisions join with these."""
        links = self.rulings.links
        wanted = {anchor for each in heard for anchor in links.get(_anchor(each), ())} if links else set()
        found: dict[str, Heard] = {}
        for document, normal in sorted(wanted):
            there = heard_where(self.connection, Document.public_id == document, Wording.normal == normal)
            found |= {each.mention.id: each for each in there}
        return found

    def write(self, heard: Mapping[str, Heard]) -> None:
        """Group mentions, among which are all that are tied to any of them, and write what the groups come to."""
        by_name: dict[str, list[Mention]] = defaultdict(list)
        for each in heard.values():
            by_name[each.namesakes].append(each.mention)
        planned = [
            plan(each, heard, checked=any(map(self.rulings.is_checked, each.mentions)))
            for _, mentions in sorted(by_name.items())
            for each in regrouped(group(mentions), mentions, self.rulings)
        ]
        forgotten: dict[int, set[str]] = defaultdict(set)
        for each in self.before:
            for row in each.rows:
                forgotten[row.statement_id].add(f"{each.mention.document}:{each.mention.normal}")
        for statement in self.statements:
            forgotten.setdefault(statement, set())
        self.wordings |= write_statements(self.connection, planned, forgotten)
        repeatable = {row.wording_id for each in self.before for row in each.rows}
        wordings = repeatable | {row.wording_id for each in planned for row in each.rows}
        link_repeats(self.connection, wordings, {each.public_id for each in planned})

    def tidy(self) -> None:
        """Name the speakers as they are first heard now, and forget wordings and speakers that nothing is left of."""
        forget_unheard(self.connection, wordings=self.wordings, speakers=self.speakers)
        refresh_speakers(self.connection, self.speakers)


def _anchor(heard: Heard) -> Anchor:
    return (heard.mention.document, heard.mention.normal)
