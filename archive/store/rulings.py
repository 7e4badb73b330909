"""What people decided about speakers and statements, as derivation applies it: last, in the order it was decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from archive.derive.statements import Mention
from archive.derive.wordings import normal_form
from archive.models import Decision
from archive.roster import load_roster
from archive.store.spoken import Correction, KeyRule, name_of

__all__ = ["Anchor", "Kind", "Meant", "Parting", "Rulings", "anchors_of", "load_rulings"]

Anchor = tuple[str, str]  # public id of a document, normal form of words in it


class Kind(StrEnum):
    """What a person can decide about who said what."""

    MERGE_PERSONS = "merge_persons"
    SPLIT_PERSONS = "split_persons"
    MERGE_STATEMENTS = "merge_statements"
    SPLIT_STATEMENT = "split_statement"
    CORRECT_SPEAKER = "correct_speaker"
    CHECKED = "checked"


@dataclass(frozen=True, slots=True)
class Meant:
    """The mentions that a decision about statements speaks of: these words in these documents, by these speakers.

    `names` are folded names: of two people who say the same in one document the decision is about one. None: anybody.
    """

    anchors: frozenset[Anchor]
    names: frozenset[str] | None

    def __contains__(self, mention: Mention) -> bool:
        there = (mention.document, mention.normal) in self.anchors
        return there and (self.names is None or mention.name in self.names)


@dataclass(frozen=True, slots=True)
class Parting:
    """Mentions whose statements are one (`joined`), or that stand apart from what they were joined with."""

    joined: bool
    meant: Meant


class Rulings:
    """All decisions about speakers and statements, oldest first."""

    def __init__(self, decisions: Sequence[Any]) -> None:
        self.keys = tuple(_rules(decisions))
        self._corrections: dict[str, list[Correction]] = defaultdict(list)
        self._partings: list[Parting] = []
        self._checked: dict[Anchor, list[Meant]] = defaultdict(list)
        self._parted: dict[Anchor, list[int]] = defaultdict(list)
        self.links: dict[Anchor, set[Anchor]] = defaultdict(set)
        for decision in decisions:
            self._take(decision)

    def _take(self, decision: Any) -> None:
        anchors = anchors_of(decision.payload)
        if decision.kind == Kind.CHECKED and "statement" in decision.payload:
            for anchor in anchors:
                self._checked[anchor].append(self.meant(decision.payload))
        elif decision.kind in (Kind.CORRECT_SPEAKER, Kind.CHECKED):
            for document, normal in anchors:
                self._corrections[document].append(_correction(decision, normal))
        elif decision.kind in (Kind.MERGE_STATEMENTS, Kind.SPLIT_STATEMENT):
            joined = decision.kind == Kind.MERGE_STATEMENTS
            for anchor in anchors:
                self._parted[anchor].append(len(self._partings))
            self._partings.append(Parting(joined, self.meant(decision.payload)))
            if joined:
                for anchor in anchors:
                    self.links[anchor].update(set(anchors) - {anchor})

    def meant(self, payload: Mapping[str, Any]) -> Meant:
        """The mentions that a decision's payload speaks of, its speakers under the keys that they have by now."""
        keys = payload.get("speakers")
        if keys is None:
            return Meant(frozenset(anchors_of(payload)), None)
        now = set(keys)
        for rule in self.keys:
            now |= {rule.into} if rule.key in now else set()
        roster = load_roster()
        return Meant(frozenset(anchors_of(payload)), frozenset(name_of(key, roster) for key in now))

    def is_checked(self, mention: Mention) -> bool:
        """Whether a person has found the statement right that this mention is of."""
        return any(mention in meant for meant in self._checked.get((mention.document, mention.normal), ()))

    def partings_of(self, mentions: Iterable[Mention]) -> list[tuple[bool, set[str]]]:
        """What was joined and parted among these mentions, in order of decision: whether joined, and their ids."""
        if not self._partings:
            return []
        found: dict[int, set[str]] = defaultdict(set)
        for mention in mentions:
            for number in self._parted.get((mention.document, mention.normal), ()):
                if mention in self._partings[number].meant:
                    found[number].add(mention.id)
        return [(self._partings[number].joined, found[number]) for number in sorted(found)]

    def corrections(self, document: str) -> Sequence[Correction]:
        """What was found about quotations of one document (public id)."""
        return self._corrections.get(document, ())


def anchors_of(payload: Mapping[str, Any]) -> list[Anchor]:
    """The places in documents that a decision speaks of."""
    return [(document, normal_form(words)) for document, words in payload.get("anchors", ()) if words]


def _rules(decisions: Iterable[Any]) -> Iterator[KeyRule]:
    for decision in decisions:
        if decision.kind in (Kind.MERGE_PERSONS, Kind.SPLIT_PERSONS):
            payload = decision.payload
            documents = payload.get("documents")
            yield KeyRule(
                key=payload["key"],
                into=payload["into_key"],
                person=payload.get("person"),
                speaker_class=payload.get("speaker_class"),
                documents=None if documents is None else frozenset(documents),
            )


def _correction(decision: Any, normal: str) -> Correction:
    payload = decision.payload
    return Correction(
        normal=normal,
        occurrence=payload.get("occurrence"),
        speaker=decision.kind == Kind.CORRECT_SPEAKER,
        name=payload.get("speaker"),
        role=payload.get("role"),
        place=payload.get("place"),
        person=payload.get("person"),
    )


def load_rulings(connection: Connection) -> Rulings:
    """The decisions as they stand."""
    wanted = select(Decision.kind, Decision.payload).where(Decision.kind.in_(list(Kind)))
    return Rulings(connection.execute(wanted.order_by(Decision.made_at, Decision.id)).all())
