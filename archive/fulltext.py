"""Full-text search of versions and statements: the indexes on both databases, and one query language over them.

SQLite keeps an external-content FTS5 table (`version_search`, `statement_search`), PostgreSQL a generated `tsvector`
column (`version.search`, `statement.search`). Both split at everything that is neither letter nor digit, ignore case
and Latin accents, and stem nothing, so that a question has the same answers on either; a title's words weigh more than
a text's.

    mayor budget        both words             "snow plan"      these words in a row
    plow*               words that begin so    tax OR levy      either of the two neighbours
    -draft              without the word       -"for review"    without the phrase

Whatever is asked is answered: what is no word is ignored, and a question without words names every row.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    Integer,
    Select,
    Text,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
    text,
)

from archive.models import Base, Statement, Version, table_of

__all__ = ["STATEMENTS", "VERSIONS", "Index", "Query", "Term", "create", "drop", "fold", "hits", "parse", "refused"]

MAX_TERMS = 64
MAX_WORD = 200  # PostgreSQL refuses a lexeme above 2,046 bytes
# A tsvector holds 1 MiB; of single words parted by single spaces this many characters always fit.
TITLE_CHARACTERS, TEXT_CHARACTERS = 10_000, 200_000

# Left in, these would make PostgreSQL's parser see hosts, paths, compounds, signs, decimals, tags and entities.
_MARKS = "-/.@<>&+_~:"
_ACCENTED = "([A-Za-z])[\u0300-\u036f]+"  # as SQLite's tokenizer does: accents are taken off Latin letters only


@dataclass(frozen=True, slots=True)
class Field:
    """A column that is searched: how many of its characters, and how much it weighs on SQLite and PostgreSQL."""

    name: str
    characters: int
    bm25: float
    letter: str


@dataclass(frozen=True, slots=True)
class Index:
    """What is searched of one table."""

    model: type[Base]
    fields: tuple[Field, ...]

    @property
    def table(self) -> str:
        """The name of the table."""
        return table_of(self.model).name

    @property
    def id(self) -> ColumnElement[int]:
        """The row number that a hit is known by."""
        return table_of(self.model).c.id


VERSIONS = Index(Version, (Field("title", TITLE_CHARACTERS, 4.0, "A"), Field("text", TEXT_CHARACTERS, 1.0, "D")))
STATEMENTS = Index(Statement, (Field("words", TEXT_CHARACTERS, 1.0, "D"),))


def create(connection: Connection, index: Index = VERSIONS) -> None:
    """Make the index over its table as it stands; from then on the database keeps it by itself.

    A bulk load into an emptied table is quicker between `drop` and `create`, and only `drop` and `create` leave
    nothing of a deleted text behind in SQLite's index.
    """
    _execute(connection, _sqlite(index) if connection.dialect.name == "sqlite" else _postgresql(index))


def drop(connection: Connection, index: Index = VERSIONS) -> None:
    """Take the index away. On PostgreSQL the column stays: a table counts its dropped columns for ever, up to 1,600."""
    name, on_sqlite = f"{index.table}_search", connection.dialect.name == "sqlite"
    triggers = tuple(f"DROP TRIGGER {name}_{event}" for event in ("update", "delete", "insert"))
    _execute(connection, (*triggers, f"DROP TABLE {name}") if on_sqlite else (f"DROP INDEX ix_{name}",))


def _execute(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        # No parameters here: SQLAlchemy would take a colon for one.
        connection.execute(text(statement.replace(":", "\\:")))


def _sqlite(index: Index) -> tuple[str, ...]:
    of, name, fields = index.table, f"{index.table}_search", [field.name for field in index.fields]
    columns = ", ".join(fields)
    new, old = (", ".join(f"{row}.{field}" for field in ("id", *fields)) for row in ("new", "old"))
    changed = " OR ".join(f"old.{field} IS NOT new.{field}" for field in fields)
    enter = f"INSERT INTO {name}(rowid, {columns}) VALUES ({new})"  # noqa: S608 - names of our own tables
    take_out = f"INSERT INTO {name}({name}, rowid, {columns}) VALUES ('delete', {old})"  # noqa: S608
    return (
        f"CREATE VIRTUAL TABLE {name} USING fts5("
        f"{columns}, content='{of}', content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {name}_insert AFTER INSERT ON {of} BEGIN {enter}; END",
        f"CREATE TRIGGER {name}_delete AFTER DELETE ON {of} BEGIN {take_out}; END",
        f"CREATE TRIGGER {name}_update AFTER UPDATE OF id, {columns} ON {of} "
        f"WHEN old.id <> new.id OR {changed} BEGIN {take_out}; {enter}; END",
        f"INSERT INTO {name}({name}) VALUES ('rebuild')",  # noqa: S608
    )


def _postgresql(index: Index) -> tuple[str, ...]:
    def lexemes(field: Field) -> str:
        bare = f"translate(left(coalesce({field.name}, ''), {field.characters}), '{_MARKS}', '{' ' * len(_MARKS)}')"
        plain = f"normalize(regexp_replace(normalize({bare}, NFD), '{_ACCENTED}', '\\1', 'g'), NFC)"
        # Most texts have no such letter, and to look is a tenth of the work.
        folded = f"CASE WHEN {field.name} ~ '[\u00c0-\u036f\u1e00-\u1eff]' THEN {plain} ELSE {bare} END"
        return f"setweight(to_tsvector('simple'::regconfig, {folded}), '{field.letter}')"

    of, all_fields = index.table, " || ".join(lexemes(field) for field in index.fields)
    return (
        f"ALTER TABLE {of} ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS ({all_fields}) STORED",
        f"CREATE INDEX ix_{of}_search ON {of} USING gin (search)",
    )


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand in a row; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked: of each group at least one term, and of `excluded` none."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms that a hit may show."""
        return tuple(term for group in self.groups for term in group)


_WORD = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r'(-?)"([^"]*(?:"\*?)?)|([^\s"]+)')


def fold(word: str) -> str:
    """A word as the indexes compare it: lower case, Latin letters without their accents."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFC", re.sub(_ACCENTED, r"\1", unicodedata.normalize("NFD", word))).lower()


def parse(asked: str) -> Query:
    """Read the query language; never fails. At most 64 terms count, the rest is ignored."""
    groups: list[tuple[Term, ...]] = []
    excluded: list[Term] = []
    joined = False
    for match in list(_TOKEN.finditer(unicodedata.normalize("NFC", asked)))[: MAX_TERMS * 2]:
        minus, phrase, bare = match.groups()
        if bare == "OR" and groups:
            joined = True
            continue
        term = _term(bare or phrase)
        if term is None:
            continue
        if minus or (bare or "").startswith("-"):
            excluded.append(term)
        elif joined:
            groups[-1] += (term,)
        else:
            groups.append((term,))
        joined = False
    return Query(groups=tuple(groups[:MAX_TERMS]), excluded=tuple(excluded[:MAX_TERMS]))


def _term(said: str) -> Term | None:
    words = tuple(fold(word)[:MAX_WORD] for word in _WORD.findall(said)[:MAX_TERMS])
    return Term(words, prefix=said.rstrip('"').endswith("*")) if words else None


def hits(query: Query, dialect: str, index: Index = VERSIONS) -> Select[int, float]:
    """A select of `id` and `fit` (higher is better) of the index's rows that answer; made to be joined."""
    wanted = _expression(query.groups, dialect)
    if not query.groups:
        return select(index.id, literal(0.0).label("fit"))
    if dialect == "sqlite":
        weights = ", ".join(str(field.bm25) for field in index.fields)
        bm25: ColumnElement[float] = literal_column(f"-bm25({index.table}_search, {weights})", Float)
        return _matching(index, wanted).add_columns(bm25.label("fit"))
    rank: ColumnElement[float] = func.ts_rank_cd(_lexemes(index), func.to_tsquery("simple", wanted), 1)
    return select(index.id, rank.label("fit")).where(_match_postgresql(index, wanted))


def refused(query: Query, dialect: str, index: Index = VERSIONS) -> ColumnElement[bool]:
    """The condition on the index's rows that an excluded word bars; false for all where none is excluded."""
    if not query.excluded:
        return false()
    barred = _expression((query.excluded,), dialect)
    return index.id.in_(_matching(index, barred)) if dialect == "sqlite" else _match_postgresql(index, barred)


def _matching(index: Index, expression: str) -> Select[int]:
    rowid: ColumnElement[int] = column("rowid", Integer)
    match = literal_column(f"{index.table}_search").bool_op("MATCH")(expression)
    return select(rowid.label("id")).select_from(table(f"{index.table}_search")).where(match)


def _lexemes(index: Index) -> ColumnElement[str]:
    return literal_column(f"{index.table}.search", Text)


def _match_postgresql(index: Index, expression: str) -> ColumnElement[bool]:
    return _lexemes(index).bool_op("@@")(func.to_tsquery("simple", expression))


def _expression(groups: tuple[tuple[Term, ...], ...], dialect: str) -> str:
    either, both, spell = (" OR ", " AND ", _fts5) if dialect == "sqlite" else (" | ", " & ", _tsquery)
    return both.join("(" + either.join(spell(term) for term in group) + ")" for group in groups)


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _tsquery(term: Term) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "") + ")"
