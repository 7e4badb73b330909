"""The index on PostgreSQL: a generated `tsvector` column."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Text, and_, func, literal_column, not_

from archive.fulltext.indexes import Field, Index
from archive.fulltext.language import Query, Term

__all__ = ["answers", "created", "dropped", "fit"]

# Left in, these would make PostgreSQL's parser see hosts, paths, compounds, signs, decimals, tags and entities.
_MARKS = "-/.@<>&+_~:"
_ACCENTED = "([A-Za-z])[\u0300-\u036f]+"  # as SQLite's tokenizer does: accents are taken off Latin letters only


def created(index: Index) -> tuple[str, ...]:
    """What makes the index."""
    of, all_fields = index.table, " || ".join(_lexemes(field) for field in index.fields)
    return (
        f"ALTER TABLE {of} ADD COLUMN IF NOT EXISTS search tsvector GENERATED ALWAYS AS ({all_fields}) STORED",
        f"CREATE INDEX ix_{of}_search ON {of} USING gin (search)",
    )


def dropped(index: Index) -> tuple[str, ...]:
    """What takes it away."""
    return (f"DROP INDEX ix_{index.table}_search",)


def _lexemes(field: Field) -> str:
    bare = f"translate(left(coalesce({field.name}, ''), {field.characters}), '{_MARKS}', '{' ' * len(_MARKS)}')"
    plain = f"normalize(regexp_replace(normalize({bare}, NFD), '{_ACCENTED}', '\\1', 'g'), NFC)"
    # Most texts have no such letter, and to look is a tenth of the work.
    folded = f"CASE WHEN {field.name} ~ '[\u00c0-\u036f\u1e00-\u1eff]' THEN {plain} ELSE {bare} END"
    return f"setweight(to_tsvector('simple'::regconfig, {folded}), '{field.letter}')"


def answers(index: Index, query: Query) -> ColumnElement[bool]:
    """The condition on rows of the index's table that they answer."""
    wanted = []
    if query.groups:
        wanted.append(_match(index, _spelt(query.groups)))
    if query.excluded:
        wanted.append(not_(_match(index, _spelt((query.excluded,)))))
    return and_(*wanted) if wanted else literal_column("TRUE")


def fit(index: Index, query: Query) -> ColumnElement[float]:
    """How well a row answers; more is better."""
    found: ColumnElement[float] = func.ts_rank_cd(_column(index), func.to_tsquery("simple", _spelt(query.groups)), 1)
    return found


def _column(index: Index) -> ColumnElement[str]:
    return literal_column(f"{index.table}.search", Text)


def _match(index: Index, expression: str) -> ColumnElement[bool]:
    return _column(index).bool_op("@@")(func.to_tsquery("simple", expression))


def _spelt(groups: tuple[tuple[Term, ...], ...]) -> str:
    return " & ".join("(" + " | ".join(_term(term) for term in group) + ")" for group in groups)


def _term(term: Term) -> str:
    return "(" + " <-> ".join(f"'{word}'" for word in term.words) + (":*" if term.prefix else "") + ")"
