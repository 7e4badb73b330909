"""Of which inputs derived rows were made as a whole, and what is only applied by a rebuild."""

from __future__ import annotations

from sqlalchemy import Connection, exists, select

from archive.models import Stamp, Version
from archive.roster import load_roster
from archive.store.rows import upsert

__all__ = ["ROSTER", "outdated", "stamp_roster"]

ROSTER = "roster"


def stamp_roster(connection: Connection, *, anew: bool = False) -> None:
    """Note the roster that speakers are resolved by; what was noted stands, unless all is derived `anew`."""
    values = {"name": ROSTER, "digest": load_roster().digest}
    statement = upsert(connection, Stamp).values(values)
    keep = statement.on_conflict_do_nothing(index_elements=["name"])
    replace = statement.on_conflict_do_update(index_elements=["name"], set_={"digest": values["digest"]})
    connection.execute(replace if anew else keep)


def outdated(connection: Connection) -> list[str]:
    """Sentences on what a rebuild would apply: a newer roster, quotations of texts that were never looked through."""
    said = []
    digest = connection.scalar(select(Stamp.digest).where(Stamp.name == ROSTER))
    if digest is not None and digest != load_roster().digest:
        said.append("the roster has changed since speakers were resolved; `archive rebuild` applies it everywhere")
    unread = exists().where(Version.quotation_status.is_(None), ~Version.redacted)
    if connection.scalar(select(unread)):
        said.append("some texts were not looked through for quotations yet; `archive rebuild` reads them")
    return said
