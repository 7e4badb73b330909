"""Repeats: the same words by the same speaker on another occasion, linked to the latest one before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, select

from archive.derive.statements import FEW_WORDS
from archive.models import Appearance, Statement, Wording
from archive.records import QuotationKind
from archive.store.neighbourhoods import chunks
from archive.store.rows import update_by_id

__all__ = ["link_repeats"]


def link_repeats(connection: Connection, wordings: Collection[int], written: Collection[str]) -> None:
    """Link anew all statements with any of these wordings (row numbers): what came between them may be new or gone.

    `written` are the public ids of statements just written: one that has lost its many words repeats nothing any more.

    A few words are said every day and repeat nothing; the writer's words for what was said are nobody's wording.
    """
    statements = _having(connection, wordings)
    for part in chunks(written):
        rows = connection.execute(
            select(*_COLUMNS).where(Statement.public_id.in_(part), Statement.repeat_of.is_not(None))
        )
        statements |= {row.id: row for row in rows}
    of_statement = _wordings_of(connection, statements)
    others = {wording for those in of_statement.values() for wording in those} - set(wordings)
    everything = statements | _having(connection, others)
    carriers: dict[int, list[Any]] = defaultdict(list)
    for number, those in (of_statement | _wordings_of(connection, everything.keys() - statements.keys())).items():
        for wording in those:
            carriers[wording].append(everything[number])
    updates = []
    for number, statement in statements.items():
        earlier = [
            other
            for wording in of_statement[number]
            for other in carriers[wording]
            if other.first_date < statement.first_date
        ]
        latest = max(earlier, key=lambda other: (other.first_date, other.public_id), default=None)
        repeat_of = latest.public_id if latest else None
        if repeat_of != statement.repeat_of:
            updates.append({"b_id": number, "repeat_of": repeat_of})
    update_by_id(connection, Statement, updates)


_COLUMNS = (Statement.id, Statement.public_id, Statement.first_date, Statement.repeat_of)
_CARRYING = (
    select(Appearance.statement_id, Appearance.wording_id)
    .join(Wording, Wording.id == Appearance.wording_id)
    .where(
        Appearance.statement_id.is_not(None),
        Appearance.kind != QuotationKind.INDIRECT,
        ~Appearance.held,
        Wording.content_words >= FEW_WORDS,
    )
    .distinct()
)


def _having(connection: Connection, wordings: Collection[int]) -> dict[int, Any]:
    """The statements with any of these wordings, by row number."""
    numbers: set[int] = set()
    for part in chunks(wordings):
        rows = connection.execute(_CARRYING.where(Appearance.wording_id.in_(part)))
        numbers.update(row.statement_id for row in rows)
    return {
        row.id: row
        for part in chunks(numbers)
        for row in connection.execute(select(*_COLUMNS).where(Statement.id.in_(part)))
    }


def _wordings_of(connection: Connection, statements: Collection[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {number: set() for number in statements}
    for part in chunks(statements):
        for row in connection.execute(_CARRYING.where(Appearance.statement_id.in_(part))):
            found[row.statement_id].add(row.wording_id)
    return found
