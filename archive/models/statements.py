"""Derived rows about what was said: speakers, wordings, statements and their appearances in versions."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from archive.columns import Base, RowId

__all__ = ["Appearance", "Speaker", "Statement", "StatementTag", "Wording"]


class Speaker(Base):
    """A person, group or office to whom words are attributed; its public id is a digest of its key.

    `person` is the roster's id, null for who is not in the roster. `document_id` is set where the speaker is known
    within one document only: private people, ambiguous names.
    """

    __tablename__ = "speaker"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)
    speaker_class: Mapped[str]
    person: Mapped[str | None] = mapped_column(index=True)
    jurisdiction: Mapped[str | None]
    document_id: Mapped[int | None] = mapped_column(
        ForeignKey("document.id", deferrable=True, initially="DEFERRED"), index=True
    )


class Wording(Base):
    """One normal form of quoted words by one speaker; its public id is a digest of the speaker's key and the form."""

    __tablename__ = "wording"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"), index=True)
    normal: Mapped[str]
    content_words: Mapped[int]


class Statement(Base):
    """One utterance, however often carried.

    `words` are the primary appearance's, else those of the earliest direct one. `primary_id` is the row number of the
    primary appearance, and no foreign key: each of the two tables would have to be filled before the other.
    `repeat_of` is the public id of the earlier statement of the same words. Days are those of its appearances;
    `stories` counts independent stories, a document without one being its own.
    """

    __tablename__ = "statement"
    __table_args__ = (Index("ix_statement_speaker_id_first_date", "speaker_id", "first_date"),)
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speaker.id"))
    words: Mapped[str]
    kind: Mapped[str]
    office: Mapped[str | None]
    office_basis: Mapped[str | None]
    jurisdiction: Mapped[str | None] = mapped_column(index=True)
    jurisdiction_name: Mapped[str | None]
    first_date: Mapped[date] = mapped_column(index=True)
    last_date: Mapped[date]
    documents: Mapped[int]
    stories: Mapped[int]
    primary_id: Mapped[int | None] = mapped_column(RowId)
    repeat_of: Mapped[str | None] = mapped_column(index=True)
    checked: Mapped[bool]


class Appearance(Base):
    """An occurrence of quoted words in one version: `version.text[char_start:char_end] == words`.

    Without speaker, wording and statement it is unattributed: nobody can be named. `utterance` numbers the utterances
    of a version; spans that a cue splits share it, and `sentence` is the normal form of a sentence that a cue parts, in
    each part. `held` ones were not found by the extractor but inside a whole release or a transcript turn.
    `speaker_name` is whom the document names, or what it calls somebody without a name ("one organizer"); `namesakes`
    is what all speakers share who may be one with this. `speaker_class`, office and jurisdiction are as resolved on
    `day`; `unresolved` says in words why a name is nobody's in the roster. `confidence`, 0.0 to 1.0, is that of the
    attribution. Whether `checked` by a person, and whose words they are, decisions say.
    """

    __tablename__ = "appearance"
    __table_args__ = (
        Index("ix_appearance_speaker_id_day", "speaker_id", "day"),
        Index("ix_appearance_namesakes_day", "namesakes", "day"),
    )
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statement.id"), index=True)
    wording_id: Mapped[int | None] = mapped_column(ForeignKey("wording.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speaker.id"))
    words: Mapped[str]
    char_start: Mapped[int]
    char_end: Mapped[int]
    kind: Mapped[str]
    cue: Mapped[str | None]
    utterance: Mapped[int]
    sentence: Mapped[str | None]
    turn: Mapped[bool]
    speaker_as_printed: Mapped[str | None]
    speaker_start: Mapped[int | None]
    speaker_end: Mapped[int | None]
    speaker_name: Mapped[str | None]
    namesakes: Mapped[str | None]
    speaker_class: Mapped[str | None]
    role: Mapped[str | None]
    place: Mapped[str | None]
    on_behalf_of: Mapped[str | None]
    office: Mapped[str | None]
    office_basis: Mapped[str | None]
    jurisdiction: Mapped[str | None]
    jurisdiction_name: Mapped[str | None]
    unresolved: Mapped[str | None]
    confidence: Mapped[float]
    day: Mapped[date]
    day_basis: Mapped[str]
    appearance_role: Mapped[str | None]
    variation: Mapped[str | None]
    held: Mapped[bool]
    checked: Mapped[bool]


class StatementTag(Base):
    """That a statement's words answer to a tag of a dictionary in force."""

    __tablename__ = "statement_tag"
    statement_id: Mapped[int] = mapped_column(ForeignKey("statement.id", ondelete="CASCADE"), primary_key=True)
    dictionary: Mapped[str] = mapped_column(primary_key=True)
    tag: Mapped[str] = mapped_column(primary_key=True, index=True)
