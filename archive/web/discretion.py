"""What may be shown of whom: private people by a pseudonym, publishers' texts never in full, each with its rights."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from sqlalchemy import Connection, select

from archive.models import Appearance, Document, Source, Statement, Version
from archive.query import Change, StatementHit
from archive.roster import SpeakerClass

__all__ = [
    "PUBLISHER", "excerpt", "pseudonym", "rights_of_sources", "rights_of_statements", "shown_changes", "shown_words",
    "without_private_name",
]  # fmt: skip

PUBLISHER = "publisher"
EXCERPT = 60  # words of a publisher's text that may stand in one place
AROUND = 8  # words on each side of a change in a publisher's text
# The least free first: what several sources carry is as free as the least free of them.
_ORDER = (PUBLISHER, "cc-by", "cc0", "public record")


def pseudonym(speaker_id: str) -> str:
    """What a private person is called, the same within one document, as in exports."""
    return f"private person {speaker_id[:8]}"


def without_private_name(hit: StatementHit) -> StatementHit:
    """The same statement; a private person who made it is not named."""
    return replace(hit, speaker=pseudonym(hit.speaker_id)) if hit.speaker_class == SpeakerClass.PRIVATE else hit


def excerpt(text: str, *, words: int = EXCERPT) -> str:
    """The beginning of a text."""
    parts = text.split(maxsplit=words)
    return text if len(parts) <= words else f"{' '.join(parts[:words])} ..."


def shown_words(words: str, *, kind: str, rights: str) -> str:
    """Quoted words; only their beginning where a whole text of a publisher is the statement."""
    return excerpt(words) if kind == "whole" and rights == PUBLISHER else words


def shown_changes(changes: Iterable[Change], *, rights: str) -> list[Change]:
    """A word diff; of a publisher's text each change with the words around it."""
    if rights != PUBLISHER:
        return list(changes)
    return [
        Change(each.operation, _ends(each.text) if each.operation == "equal" else excerpt(each.text))
        for each in changes
    ]


def _ends(text: str) -> str:
    parts = text.split()
    if len(parts) <= 2 * AROUND:
        return text
    return f"{' '.join(parts[:AROUND])} ... {' '.join(parts[-AROUND:])}"


def rights_of_sources(connection: Connection) -> dict[str, str]:
    """The rights of each source of the archive."""
    return {row.id: row.rights for row in connection.execute(select(Source.id, Source.rights))}


def rights_of_statements(connection: Connection, ids: Collection[str]) -> dict[str, str]:
    """The rights of statements by public id: the primary source's, else those of the least free that carries it."""
    rows = connection.execute(
        select(Statement.public_id, Source.rights, (Appearance.id == Statement.primary_id).label("is_primary"))
        .join(Appearance, Appearance.statement_id == Statement.id)
        .join(Version, Version.id == Appearance.version_id)
        .join(Document, Document.id == Version.document_id)
        .join(Source, Source.id == Document.source_id)
        .where(Statement.public_id.in_(list(ids)))
        .distinct()
    ).all()
    found: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: (not row.is_primary, _ORDER.index(row.rights))):
        found.setdefault(row.public_id, row.rights)
    return found
