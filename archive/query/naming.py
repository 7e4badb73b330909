"""From what a person writes of a speaker - an id, its beginning, a name - to the speakers meant."""

from __future__ import annotations

import re
import unicodedata

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select

from archive.models import Speaker
from archive.query.ids import SHORTEST
from archive.roster import SpeakerClass, load_roster

__all__ = ["has_id", "is_meant", "is_private"]

NAMESAKES = 200  # people of the roster whom one name may mean
_HEX = re.compile(r"[0-9a-f]+")
_WHOLE = re.compile(r"[0-9a-f]{20}")


def is_private() -> ColumnElement[bool]:
    """The condition on speakers who are private people: no name leads to them, only the words they said."""
    return Speaker.speaker_class == str(SpeakerClass.PRIVATE)


def has_id(written: str) -> ColumnElement[bool]:
    """The condition on speakers who have this id, the archive's (or its first 6 characters) or the roster's."""
    given = written.strip()
    meant = or_(Speaker.public_id == given, Speaker.person == given)
    begins = len(given) >= SHORTEST and _HEX.fullmatch(given.lower())
    return or_(meant, Speaker.public_id.between(given.lower(), given.lower() + "g")) if begins else meant


def is_meant(connection: Connection, written: str) -> ColumnElement[bool]:
    """The condition on speakers whom an id, a name or a part of a name means.

    Private people are meant by their ids only. Names are compared without regard to case; where nobody goes by one so,
    without regard to accents, spaces and marks either.
    """
    if _WHOLE.fullmatch(written.strip()):
        return Speaker.public_id == written.strip()
    named = or_(*_by_name(written.strip()))
    anybody = select(Speaker.id).where(or_(has_id(written), and_(named, ~is_private()))).limit(1)
    if connection.scalar(anybody) is None:
        named = Speaker.id.in_(_spelt_otherwise(connection, written))
    return or_(has_id(written), and_(named, ~is_private()))


def _by_name(written: str) -> list[ColumnElement[bool]]:
    people = [person.id for person in load_roster().find(written)[:NAMESAKES]]
    return [func.lower(Speaker.name).contains(written.lower(), autoescape=True), Speaker.person.in_(people)]


def _spelt_otherwise(connection: Connection, written: str) -> list[int]:
    wanted = _letters(written)
    if not wanted:
        return []
    rows = connection.execute(select(Speaker.id, Speaker.name).where(~is_private()))
    return [row.id for row in rows if wanted in _letters(row.name)][:NAMESAKES]


def _letters(name: str) -> str:
    spread = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in spread if sign.isalnum())
