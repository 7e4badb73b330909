"""Statements in the database: planned ones become rows, and only rows that differ are changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from archive import clock
from archive.models import Appearance, Statement, table_of
from archive.store.neighbourhoods import chunks
from archive.store.planning import Place, Planned
from archive.store.rows import retire, update_by_id
from archive.store.speakers import make_wordings
from archive.store.tags import tag_statements

__all__ = ["write_statements"]


def write_statements(
    connection: Connection, planned: Sequence[Planned], forgotten: Mapping[int, Iterable[str]]
) -> set[int]:
    """Write these statements in the place of those that their mentions are in now, or were in: `forgotten`.

    `forgotten` gives the documents and normal forms of mentions that statements (row numbers) had. Gives the row
    numbers of wordings that may be nobody's any more.
    """
    return _Writer(connection, planned, forgotten).write()


class _Writer:
    def __init__(
        self, connection: Connection, planned: Sequence[Planned], forgotten: Mapping[int, Iterable[str]]
    ) -> None:
        self.connection = connection
        self.planned = planned
        self.members = {number: set(mentions) for number, mentions in forgotten.items()}
        for each in planned:
            for row in each.rows:
                if row.statement_id is not None:
                    self.members.setdefault(row.statement_id, set()).add(f"{row.document}:{row.normal}")
        self.stored = self.read_stored()
        self.numbers: dict[str, int] = {}

    def read_stored(self) -> dict[str, Any]:
        """The statements as they are, by public id."""
        found: dict[str, Any] = {}
        for column, wanted in ((Statement.id, set(self.members)), (Statement.public_id, self.wanted_ids())):
            for part in chunks(wanted):
                found |= {row.public_id: row for row in self.connection.execute(_STORED.where(column.in_(part)))}
        return found

    def wanted_ids(self) -> set[str]:
        return {each.public_id for each in self.planned}

    def write(self) -> set[int]:
        places = {(row.version_id, row.char_start, row.char_end): row.id for each in self.planned for row in each.rows}
        self.write_rows(places)
        self.write_roles()
        unheard = self.write_held(places)
        self.write_held_primaries(places)
        self.drop_stale()
        return unheard

    def write_rows(self, places: Mapping[Place, int]) -> None:
        inserts, updates = [], []
        for each in self.planned:
            old = self.stored.get(each.public_id)
            if old is None:
                primary = places.get(each.primary) if each.primary else None
                inserts.append({"public_id": each.public_id, "primary_id": primary, **each.values})
            elif any(getattr(old, name) != value for name, value in each.values.items()):
                updates.append({"b_id": old.id, **each.values})
        if inserts:
            self.connection.execute(insert(table_of(Statement)), inserts)
        update_by_id(self.connection, Statement, updates)
        self.numbers = {public: row.id for public, row in self.stored.items()}
        fresh = [values["public_id"] for values in inserts]
        for part in chunks(fresh):
            rows = self.connection.execute(_STORED.where(Statement.public_id.in_(part)))
            for row in rows:
                self.numbers[row.public_id] = row.id
                self.stored[row.public_id] = row
        written = {self.numbers[each] for each in fresh} | {values["b_id"] for values in updates}
        said = {self.numbers[each.public_id]: each.values["words"] for each in self.planned}
        tag_statements(self.connection, {number: said[number] for number in written})

    def write_roles(self) -> None:
        """Tell the appearances that the extractor found which statement they are of, and as what."""
        updates = []
        for each in self.planned:
            number = self.numbers[each.public_id]
            for row in each.rows:
                role, how = each.roles[row.id]
                if (row.statement_id, row.appearance_role, row.variation) != (number, role, how):
                    updates.append({"b_id": row.id, "statement_id": number, "appearance_role": role, "variation": how})
        update_by_id(self.connection, Appearance, updates)

    def write_held(self, places: dict[Place, int]) -> set[int]:
        """Replace the held appearances that differ; gives the wordings of those that went."""
        wanted = self.wanted_held()
        gone: dict[int, int] = {}
        for part in chunks(set(self.members) | {self.numbers[each.public_id] for each in self.planned}):
            for row in self.connection.execute(_HELD.where(Appearance.statement_id.in_(part))):
                place = (row.version_id, row.char_start, row.char_end)
                values = wanted.get((row.statement_id, place))
                if values is not None and all(getattr(row, name) == value for name, value in values.items()):
                    del wanted[(row.statement_id, place)]
                else:
                    gone[row.id] = row.wording_id
        for part in chunks(gone):
            self.connection.execute(delete(Appearance).where(Appearance.id.in_(part)))
        if wanted:
            self.connection.execute(insert(table_of(Appearance)), list(wanted.values()))
        return set(gone.values())

    def wanted_held(self) -> dict[tuple[int, Place], dict[str, Any]]:
        normals = {wording: given for each in self.planned for wording, given in each.normals.items()}
        wordings = make_wordings(self.connection, normals)
        wanted = {}
        for each in self.planned:
            number = self.numbers[each.public_id]
            for place, values in each.held.items():
                row = {name: value for name, value in values.items() if name != "wording"}
                wanted[(number, place)] = {**row, "statement_id": number, "wording_id": wordings[values["wording"]]}
        return wanted

    def write_held_primaries(self, places: Mapping[Place, int]) -> None:
        """Point each statement to its primary appearance, which may be a held one that has its number only now."""
        held: dict[tuple[int, Place], int] = {}
        for part in chunks(self.numbers[each.public_id] for each in self.planned if each.held):
            for row in self.connection.execute(_HELD.where(Appearance.statement_id.in_(part))):
                held[(row.statement_id, (row.version_id, row.char_start, row.char_end))] = row.id
        updates = []
        for each in self.planned:
            number = self.numbers[each.public_id]
            primary = None
            if each.primary is not None:
                primary = held.get((number, each.primary)) or places[each.primary]
            if self.stored[each.public_id].primary_id != primary:
                updates.append({"b_id": number, "primary_id": primary})
        update_by_id(self.connection, Statement, updates)

    def drop_stale(self) -> None:
        """Delete the statements that are no more; their ids lead to where their mentions are now."""
        wanted, now = self.wanted_ids(), clock.now()
        home = {member: each.public_id for each in self.planned for member in each.members}
        stale = {public: row.id for public, row in self.stored.items() if public not in wanted}
        for part in chunks(stale.values()):
            self.connection.execute(delete(Statement).where(Statement.id.in_(part)))
        for public, number in sorted(stale.items()):
            homes = sorted({home[member] for member in self.members.get(number, ()) if member in home})
            new = homes[0] if homes else None
            reason = "its words belong to another statement now" if new else "its words are in no document any more"
            retire(self.connection, public, new, kind="statement", reason=reason, now=now)


_STORED = select(table_of(Statement))
_HELD = select(table_of(Appearance)).where(Appearance.held)
