"""Full-text search of versions: the index on both databases, and one query language over them.

SQLite keeps an external-content FTS5 table `version_search`, PostgreSQL a generated `tsvector` column `version.search`.
Both split at everything that is neither letter nor digit, ignore case and Latin accents, and stem nothing, so that a
question has the same answers on either; a title's words weigh more than a text's.

    mayor budget        both words             "snow plan"      these words in a row
    plow*               words that begin so    tax OR levy      either of the two neighbours
    -draft              without the word       -"for review"    without the phrase

Whatever is asked is answered: what is no word is ignored, and a question without words names every version.
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

from archive.models import Version

__all__ = ["Query", "Term", "create", "drop", "fold", "hits", "parse", "refused"]

MAX_TERMS = 64
MAX_WORD = 200  # PostgreSQL refuses a lexeme above 2,046 bytes
# A tsvector holds 1 MiB; of single words parted by single spaces this many characters always fit.
TITLE_CHARACTERS, TEXT_CHARACTERS = 10_000, 200_000

# Left in, these would make PostgreSQL's parser see hosts, paths, compounds, signs, decimals, tags and entities.
_MARKS = "-/.@<>&+_~:"
_ACCENTED = "([A-Za-z])[\u0300-\u036f]+"  # as SQLite's tokenizer does: accents are taken off Latin letters only
_SEARCH = table("version_search")
_ROWID: ColumnElement[int] = column("rowid", Integer)
_LEXEMES: ColumnElement[str] = literal_column("version.search", Text)

_SQLITE = (
    "CREATE VIRTUAL TABLE version_search USING fts5("
    "title, text, content='version', content_rowid='id', tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER version_search_insert AFTER INSERT ON version BEGIN "
    "INSERT INTO version_search(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER version_search_delete AFTER DELETE ON version BEGIN "
    "INSERT INTO version_search(version_search, rowid, title, text) "
    "VALUES ('delete', old.id, old.title, old.text); END",
    "CREATE TRIGGER version_search_update AFTER UPDATE OF id, title, text ON version "
    "WHEN old.id <> new.id OR old.title IS NOT new.title OR old.text IS NOT new.text BEGIN "
    "INSERT INTO version_search(version_search, rowid, title, text) VALUES ('delete', old.id, old.title, old.text); "
    "INSERT INTO version_search(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    "INSERT INTO version_search(version_search) VALUES ('rebuild')",
)
_SQLITE_DROP = (
    "DROP TRIGGER version_search_update",
    "DROP TRIGGER version_search_delete",
    "DROP TRIGGER version_search_insert",
    "DROP TABLE version_search",
)


def create(connection: Connection) -> None:
    """Make the index over the table `version` as it stands; from then on the database keeps it by itself.

    A bulk load into an emptied `version` is quicker between `drop` and `create`, and only `drop` and `create` leave
    nothing of a deleted text behind in SQLite's index.
    """
    _execute(connection, _SQLITE if connection.dialect.name == "sqlite" else _postgresql())


def drop(connection: Connection) -> None:
    """Take the index away. On PostgreSQL the column stays: a table counts its dropped columns for ever, up to 1,600."""
    on_sqlite = connection.dialect.name == "sqlite"
    _execute(connection, _SQLITE_DROP if on_sqlite else ("DROP INDEX ix_version_search",))


def _execute(connection: Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        # No parameters here: SQLAlchemy would take a colon for one.
        connection.execute(text(statement.replace(":", "\\:")))


def _postgresql() -> tuple[str, ...]:
    def lexemes(name: str, limit: int, weight: str) -> str:
        bare = f"translate(left(coalesce({name}, ''), {limit}), '{_MARKS}', '{' ' * len(_MARKS)}')"
        plain = f"normalize(regexp_replace(normalize({bare}, NFD), '{_ACCENTED}', '\\1', 'g'), NFC)"
        # Most texts have no such letter, and to look is a tenth of the work.
        folded = f"CASE WHEN {name} ~ '[\u00c0-\u036f\u1e00-\u1eff]' THEN {plain} ELSE {bare} END"
        return f"setweight(to_tsvector('simple'::regconfig, {folded}), '{weight}')"

    both = f"{lexemes('title', TITLE_CHARACTERS, 'A')} || {lexemes('text', TEXT_CHARACTERS, 'D')}"
    return (
        f"ALTER TABLE version ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS ({both}) STORED",
        "CREATE INDEX ix_version_search ON version USING gin (search)",
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


def hits(query: Query, dialect: str) -> Select[int, float]:
    """A select of `id` and `fit` (higher is better) of the `version` rows that answer; made to be joined."""
    wanted = _expression(query.groups, dialect)
    if not query.groups:
        return select(Version.id, literal(0.0).label("fit"))
    if dialect == "sqlite":
        bm25: ColumnElement[float] = literal_column("-bm25(version_search, 4.0, 1.0)", Float)
        return select(_ROWID.label("id"), bm25.label("fit")).select_from(_SEARCH).where(_match(wanted))
    rank: ColumnElement[float] = func.ts_rank_cd(_LEXEMES, func.to_tsquery("simple", wanted), 1)
    return select(Version.id, rank.label("fit")).where(_match_postgresql(wanted))


def refused(query: Query, dialect: str) -> ColumnElement[bool]:
    """The condition on `version` rows that an excluded word bars; false for all of them where none is excluded."""
    if not query.excluded:
        return false()
    barred = _expression((query.excluded,), dialect)
    if dialect == "sqlite":
        return Version.id.in_(select(_ROWID).select_from(_SEARCH).where(_match(barred)))
    return _match_postgresql(barred)


def _match(expression: str) -> ColumnElement[bool]:
    return literal_column("version_search").bool_op("MATCH")(expression)


def _match_postgresql(expression: str) -> ColumnElement[bool]:
    return _LEXEMES.bool_op("@@")(func.to_tsquery("simple", expression))


def _expression(groups: tuple[tuple[Term, ...], ...], dialect: str) -> str:
    either, both, spell = (" OR ", " AND ", _fts5) if dialect == "sqlite" else (" | ", " & ", _tsquery)
    return both.join("(" + either.join(spell(term) for term in group) + ")" for group in groups)


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _tsquery(term: Term) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "") + ")"
