"""The index on SQLite: an FTS5 table whose row numbers sort by day and whose third column holds marks to filter by.

A row number is 1 bit for the version in force, 22 bits for the day (of publication; of statements the first) as
Python's ordinal, 32 bits for the number of the row that is searched. So newest first is the order in which FTS5 walks
its lists, days are a range of them, and a question of common words is done when enough are found. The `marks` are words
that nobody can type - they begin with a letter of private use - one for each thing to filter by, so that filters are
intersected where the words are. A trigger on `document` keeps days and marks true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Float, Integer, Select, column, literal_column, select, table

from archive.fulltext.indexes import Index
from archive.fulltext.language import Query, Term

__all__ = [
    "EVERYTHING", "ID_BITS", "created", "day_of", "dropped", "expression", "fits", "id_of", "mark", "matching",
    "row_range",
]  # fmt: skip

ID_BITS, DAY_BITS = 32, 22
_SIGN = "\ue000"  # of private use: FTS5 takes it for a letter, and the query language for none
ALL = f"{_SIGN}a"
EVERYTHING = (0, (1 << DAY_BITS + ID_BITS + 1) - 1)
ORDINAL_0 = "1721424.5"  # the Julian day of Python's ordinal 0


@dataclass(frozen=True, slots=True)
class _Kept:
    """How an index follows its tables: the view it is of, and the columns whose changes concern it."""

    view: str
    watched: tuple[str, ...]
    document: bool = False


def _marked(letter: str, value: str) -> str:
    return f"' {_SIGN}{letter}' || lower(hex({value}))"


_VERSION_DAY = "coalesce(d.published_date, date(d.first_seen))"
_KEPT = {
    "version": _Kept(
        f"SELECT (v.is_latest << {DAY_BITS + ID_BITS}) | (CAST(julianday({_VERSION_DAY}) - {ORDINAL_0} AS INTEGER) "
        f"<< {ID_BITS}) | v.id AS place, v.title AS title, v.text AS text, '{ALL}' || {_marked('s', 'd.source_id')} || "
        f"{_marked('k', 'd.document_kind')} AS marks, v.id AS id, d.id AS document_id "
        "FROM version v JOIN document d ON d.id = v.document_id",
        ("id", "document_id", "is_latest", "title", "text"),
        document=True,
    ),
    "statement": _Kept(
        f"SELECT (1 << {DAY_BITS + ID_BITS}) | (CAST(julianday(s.first_date) - {ORDINAL_0} AS INTEGER) "
        f"<< {ID_BITS}) | s.id AS place, s.words AS words, '{ALL}' || {_marked('p', 's.speaker_id')} || "
        f"{_marked('k', 's.kind')} || coalesce({_marked('o', 's.office')}, '') || "
        f"coalesce({_marked('j', 's.jurisdiction')}, '') AS marks, s.id AS id FROM statement s",
        ("id", "words", "first_date", "speaker_id", "kind", "office", "jurisdiction"),
    ),
}  # fmt: skip


def mark(letter: str, value: object) -> str:
    """The mark of a value: `s` a source, `k` a kind, `p` a speaker's row number, `o` an office, `j` a jurisdiction."""
    return f"{_SIGN}{letter}{str(value).encode().hex()}"


def created(index: Index) -> tuple[str, ...]:
    """What makes the index and keeps it."""
    of, name, kept = index.table, f"{index.table}_search", _KEPT[index.table]
    columns = ", ".join([*(field.name for field in index.fields), "marks"])
    enter = f"INSERT INTO {name}(rowid, {columns}) SELECT place, {columns} FROM {of}_searched WHERE "
    take_out = (
        f"INSERT INTO {name}({name}, rowid, {columns}) SELECT 'delete', place, {columns} FROM {of}_searched WHERE "
    )
    changed = " OR ".join(f"old.{each} IS NOT new.{each}" for each in kept.watched)
    update = f"UPDATE OF {', '.join(kept.watched)} ON {of} WHEN {changed} BEGIN"
    made = [
        f"CREATE VIEW {of}_searched AS {kept.view}",
        f"CREATE VIRTUAL TABLE {name} USING fts5({columns}, content='{of}_searched', content_rowid='place', "
        "prefix='2 3', tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {name}_insert AFTER INSERT ON {of} BEGIN {enter} id = new.id; END",
        f"CREATE TRIGGER {name}_delete BEFORE DELETE ON {of} BEGIN {take_out} id = old.id; END",
        f"CREATE TRIGGER {name}_before BEFORE {update} {take_out} id = old.id; END",
        f"CREATE TRIGGER {name}_after AFTER {update} {enter} id = new.id; END",
    ]
    if kept.document:
        day = "coalesce({0}.published_date, date({0}.first_seen))"
        changed = (
            f"old.source_id IS NOT new.source_id OR old.document_kind IS NOT new.document_kind OR "
            f"{day.format('old')} IS NOT {day.format('new')}"
        )
        update = f"UPDATE OF source_id, document_kind, published_date, first_seen ON document WHEN {changed} BEGIN"
        made += [
            f"CREATE TRIGGER {name}_document_before BEFORE {update} {take_out} document_id = old.id; END",
            f"CREATE TRIGGER {name}_document_after AFTER {update} {enter} document_id = new.id; END",
        ]
    return (*made, f"INSERT INTO {name}({name}) VALUES ('rebuild')")


def dropped(index: Index) -> tuple[str, ...]:
    """What takes it away, an index of the first schema too."""
    name = f"{index.table}_search"
    events = ("insert", "delete", "update", "before", "after", "document_before", "document_after")
    triggers = (f"DROP TRIGGER IF EXISTS {name}_{event}" for event in events)
    return (*triggers, f"DROP TABLE {name}", f"DROP VIEW IF EXISTS {index.table}_searched")


def row_range(first: int | None, last: int | None, *, latest: bool) -> tuple[int, int]:
    """The row numbers of the days from the ordinal `first` to `last`, of versions in force or of earlier ones."""
    base = int(latest) << (DAY_BITS + ID_BITS)
    low = max(first or 0, 0)
    high = min(last if last is not None else (1 << DAY_BITS) - 1, (1 << DAY_BITS) - 1)
    return base | low << ID_BITS, base | high << ID_BITS | (1 << ID_BITS) - 1


def expression(query: Query, marks: Sequence[Sequence[str]] = ()) -> str:
    """The FTS5 expression of a query and of marks, of which at least one of each group must be there."""
    groups = ["(" + " OR ".join(_term(term) for term in group) + ")" for group in query.groups]
    # A mark that ends with * stands for all that begin so.
    groups += ["(" + " OR ".join(f'"{each.rstrip("*")}"{" *" * each.endswith("*")}' for each in group) + ")"
               for group in marks]  # fmt: skip
    wanted = " AND ".join(groups) or f'"{ALL}"'
    if not query.excluded:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(_term(term) for term in query.excluded)})"


def matching(index: Index, expression: str, rows: tuple[int, int]) -> Select[int]:
    """The index's rows (`place`) that match, newest first, within a range of row numbers."""
    place: ColumnElement[int] = column("rowid", Integer)
    found = select(place.label("place")).select_from(table(f"{index.table}_search"))
    return found.where(_match(index, expression), place.between(*rows)).order_by(place.desc())


def fits(index: Index, expression: str, rows: tuple[int, int]) -> Select[int, float]:
    """The index's rows that match, with how well; more is better."""
    weights = ", ".join([*(str(field.bm25) for field in index.fields), "0.0"])
    fit: ColumnElement[float] = literal_column(f"-bm25({index.table}_search, {weights})", Float)
    return matching(index, expression, rows).order_by(None).add_columns(fit.label("fit"))


def id_of(place: ColumnElement[int]) -> ColumnElement[int]:
    """The number of the row that is searched."""
    return place.bitwise_and((1 << ID_BITS) - 1)


def day_of(place: ColumnElement[int]) -> ColumnElement[int]:
    """The day as an ordinal."""
    return place.bitwise_rshift(ID_BITS).bitwise_and((1 << DAY_BITS) - 1)


def _match(index: Index, expression: str) -> ColumnElement[bool]:
    return literal_column(f"{index.table}_search").bool_op("MATCH")(expression)


def _term(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")
