"""Primary rows of people's own work with an archive: watches and what they told, audit scores, tag dictionaries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from archive.columns import Base, RowId

__all__ = ["SampleScore", "TagDictionary", "Watch", "WatchEvent", "WatchTold"]


class Watch(Base):
    """A watch of the settings file; `digest` is that of its search, by which a renamed one is known again.

    `mark` is the row number of the last capture that it has looked at: what was stored before is never told.
    """

    __tablename__ = "watch"
    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    mark: Mapped[int] = mapped_column(BigInteger)
    began_at: Mapped[datetime]
    looked_at: Mapped[datetime]


class WatchEvent(Base):
    """Something that a watch tells, or told. Events of one look share a `batch`, which is sent as one message.

    `details` are the words to be sent, null once everybody has them; `document` is the public id of where it happened.
    """

    __tablename__ = "watch_event"
    watch: Mapped[str] = mapped_column(ForeignKey("watch.name"), primary_key=True)
    event: Mapped[str] = mapped_column(primary_key=True)
    batch: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    document: Mapped[str] = mapped_column(index=True)
    seen_at: Mapped[datetime]
    noticed_at: Mapped[datetime]
    details: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class WatchTold(Base):
    """That a batch reached a receiver (`file`, `webhook` or `email`); without `told_at` somebody is sending it."""

    __tablename__ = "watch_told"
    batch: Mapped[str] = mapped_column(primary_key=True)
    receiver: Mapped[str] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    told_at: Mapped[datetime | None]


class SampleScore(Base):
    """What a judged audit sample said: signed, dated, with the digests of its sheets and the state it was drawn from.

    `drawn` are the options of the draw and the archive's state then; `figures` and `agreement` are as
    archive.query.scores gives them.
    """

    __tablename__ = "sample_score"
    id: Mapped[int] = mapped_column(RowId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    scored_at: Mapped[datetime]
    scored_by: Mapped[str]
    sheets: Mapped[list[Any]]
    drawn: Mapped[dict[str, Any]]
    rows: Mapped[int]
    unfilled: Mapped[int]
    figures: Mapped[list[Any]]
    agreement: Mapped[list[Any]]


class TagDictionary(Base):
    """A keyword dictionary in force, one version of a name; a rebuild applies its `text` again."""

    __tablename__ = "tag_dictionary"
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[str]
    digest: Mapped[str]
    language: Mapped[str | None]
    licence: Mapped[str | None]
    text: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]
