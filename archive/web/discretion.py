"""What may be shown of whom: private people by a pseudonym, publishers' texts never in full, each with its rights."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection, select

from archive.models import Appearance, Document, Source, Statement, Version
from archive.query import Change, StatementHit
from archive.roster import SpeakerClass
from archive.web import comparing
from archive.web.words import excerpt

__all__ = [
    "PUBLISHER", "pseudonym", "rights_of_sources", "rights_of_statements", "shown_changes", "shown_words",
    "without_private_name",
]  # fmt: skip

PUBLISHER = "publisher"
# The least free first: what several sources carry is as free as the least free of them.
_ORDER = (PUBLISHER, "cc-by", "cc0", "public record")


def pseudonym(speaker_id: str) -> str:
    """What a private person is called, the same within one document, as in exports."""
    return f"private person {speaker_id[:8]}"


def without_private_name(hit: StatementHit) -> StatementHit:
    """The same statement; a private person who made it is not named."""
    return replace(hit, speaker=pseudonym(hit.speaker_id)) if hit.speaker_class == SpeakerClass.PRIVATE else hit


def shown_words(words: str, *, kind: str, rights: str) -> str:
    """Quoted words; only their beginning where a whole text of a publisher is the statement."""
    return excerpt(words) if kind == "whole" and rights == PUBLISHER else words


def shown_changes(changes: Sequence[Change], *, rights: str) -> list[Change]:
    """A word diff; of a publisher's text the changes with a few words around them."""
    return comparing.shortened(changes) if rights == PUBLISHER else list(changes)


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
