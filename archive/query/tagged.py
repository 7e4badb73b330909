"""Tags: which dictionaries are in force, and which statements have a tag."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from archive.models import Statement, StatementTag, TagDictionary
from archive.phrases import folded
from archive.tagging import Dictionary

__all__ = ["DictionaryFacts", "TagTrial", "dictionaries", "is_tagged", "try_dictionary"]

BATCH = 5_000
EXAMPLES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class DictionaryFacts:
    """A dictionary in force; `tags` gives how many statements have each of its tags, none left out."""

    dictionary: str
    version: str
    digest: str
    language: str | None
    licence: str | None
    added_at: datetime
    added_by: str
    tags: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TagTrial:
    """How many statements a tag would be given to, with some of them (their public ids and words)."""

    tag: str
    statements: int
    examples: list[tuple[str, str]]


def is_tagged(tag: str) -> ColumnElement[bool]:
    """The condition on statements that have a tag: `TAG` of any dictionary, or `DICTIONARY/TAG`."""
    dictionary, _, name = tag.rpartition("/")
    where = [StatementTag.tag == name, *([StatementTag.dictionary == dictionary] if dictionary else [])]
    return Statement.id.in_(select(StatementTag.statement_id).where(*where).correlate(None))


def dictionaries(connection: Connection) -> list[DictionaryFacts]:
    """The dictionaries in force, by name."""
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    rows = connection.execute(
        select(StatementTag.dictionary, StatementTag.tag, func.count()).group_by(
            StatementTag.dictionary, StatementTag.tag
        )
    )
    for dictionary, tag, number in rows:
        counted[dictionary][tag] = number
    return [
        DictionaryFacts(
            dictionary=row.name, version=row.version, digest=row.digest, language=row.language, licence=row.licence,
            added_at=row.added_at, added_by=row.added_by, tags=dict(sorted(counted[row.name].items())),
        )
        for row in connection.execute(select(TagDictionary.__table__).order_by(TagDictionary.name))
    ]  # fmt: skip


def try_dictionary(connection: Connection, dictionary: Dictionary) -> list[TagTrial]:
    """What a dictionary would give, tag by tag in its order; nothing is kept."""
    counts: Counter[str] = Counter()
    examples: dict[str, list[tuple[str, str]]] = defaultdict(list)
    wanted = select(Statement.public_id, Statement.words).order_by(Statement.public_id)
    with connection.execute(wanted, execution_options={"yield_per": BATCH}) as rows:
        for row in rows:
            for tag in dictionary.tags_of(folded(row.words)):
                counts[tag] += 1
                if len(examples[tag]) < EXAMPLES:
                    examples[tag].append((row.public_id, row.words))
    return [TagTrial(tag=tag.name, statements=counts[tag.name], examples=examples[tag.name]) for tag in dictionary.tags]
