"""What changed between two versions of a document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from archive.errors import UnknownRecord, UsageError
from archive.query.documents import versions
from archive.query.ids import Found, written_time
from archive.query.rows import VersionFacts
from archive.query.wording import Change, word_diff

__all__ = ["Diff", "diff"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Diff:
    """What turns one version's title and text into another's, in runs of words; `old` and `new` may be the same."""

    old: VersionFacts
    new: VersionFacts
    title: list[Change]
    text: list[Change]


def diff(connection: Connection, found: Found, a: str | None = None, b: str | None = None) -> Diff:
    """The changes from version `a` to `b`: numbers, days or times.

    Without them the version in force (at the id's own time, where it has one) and the one before; with `a` alone that
    and the one in force. Raises UnknownRecord where the document has no version, UsageError where it has none so named.
    """
    old, new = _pair(versions(connection, found), found, a, b)
    return Diff(
        old=old,
        new=new,
        title=word_diff(old.title or "", new.title or ""),
        text=word_diff(old.text or "", new.text or ""),
    )


def _pair(
    versions: Sequence[VersionFacts], found: Found, a: str | None, b: str | None
) -> tuple[VersionFacts, VersionFacts]:
    if not versions:
        raise UnknownRecord(f"document {found.id} has no version to compare; `archive show {found.id}` says why")
    if a is None:
        number = versions.index(_in_force(versions, found, None))
        return versions[max(0, number - 1)], versions[number]
    return _in_force(versions, found, a), _in_force(versions, found, b)


def _in_force(versions: Sequence[VersionFacts], found: Found, asked: str | None) -> VersionFacts:
    """The version of a number, or in force at a time; without either at the id's own time, else the latest."""
    if asked is not None and asked.isdecimal() and len(asked) < 6:
        fitting = [version for version in versions if version.number == int(asked)]
    else:
        at = written_time(asked) if asked else found.at
        fitting = [version for version in versions if at is None or version.first_captured <= at]
    if not fitting:
        raise UsageError(
            f"document {found.id} has no version {asked or found.at}; its numbers are 1 to {len(versions)}"
        )
    return fitting[-1]
