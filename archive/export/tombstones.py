"""Tombstones of a delta: rows of the export before that are gone, retired or redacted, each with its successor."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from sqlalchemy import Connection, select

from archive.export.arrow import batch_of, batches
from archive.export.choice import Asked
from archive.export.columns import Table
from archive.export.delta import Key, changed, key_text
from archive.export.previous import Previous
from archive.export.tables import TOMBSTONES
from archive.models import Decision, RetiredId

__all__ = ["Tombstones"]

Row = tuple[str, str, str, str | None, str]


class Tombstones:
    """Tells of each table what changed since an export, and at the end what is gone.

    An interrupted delta that is gone on with compares the finished tables again, without writing them.
    """

    def __init__(self, connection: Connection, previous: Previous, tables: tuple[Table, ...]) -> None:
        self.connection = connection
        self.previous = previous
        self.tables = tables
        self._gone: dict[str, list[Row]] = {}
        redacted = select(Decision.subject).where(Decision.kind == "redact")
        self._redacted = frozenset(connection.scalars(redacted))

    def changes(self, table: Table, asked: Asked) -> Iterator[pa.RecordBatch]:
        """The changed rows of a table; of the table of tombstones all that the comparisons before have told."""
        if table is not TOMBSTONES:
            yield from self._compare(table, asked)
            return
        for each in self.tables:
            if each.name not in self._gone:
                for _ in self._compare(each, asked):
                    pass
        for name in sorted(self._gone):
            rows = sorted(self._gone[name], key=lambda row: row[:3])
            for at in range(0, len(rows), TOMBSTONES.batch):
                yield batch_of(TOMBSTONES, rows[at : at + TOMBSTONES.batch])

    def _compare(self, table: Table, asked: Asked) -> Iterator[pa.RecordBatch]:
        mine = self._gone[table.name] = []

        def gone(key: Key, row: dict[str, Any], redacted: bool) -> None:
            mine.append((table.name, key_text(table, key), *self._why(row, redacted), "facts"))

        yield from changed(table, batches(table, asked), self.previous.batches(table), gone)

    def _why(self, row: dict[str, Any], redacted: bool) -> tuple[str, str | None]:
        if redacted or row.get("document", row.get("id")) in self._redacted:
            return "redacted", None
        retired, heir = self._heir(str(row.get("id", "")))
        return ("retired", heir) if retired else ("gone", None)

    def _heir(self, public: str) -> tuple[bool, str | None]:
        """Whether an id was retired, and the one that answers in its place, which may have been retired too."""
        seen: set[str] = set()
        heir: str | None = public
        while heir is not None and heir not in seen:
            seen.add(heir)
            row = self.connection.execute(select(RetiredId.new).where(RetiredId.old == heir)).first()
            if row is None:
                return heir != public, heir if heir != public else None
            heir = row.new
        return True, None
