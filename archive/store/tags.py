"""Tags of statements: given by the dictionaries in force whenever words are written, so that a rebuild agrees."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import Connection, Engine, delete, func, insert, select

from archive import clock
from archive.errors import UsageError
from archive.models import Statement, StatementTag, TagDictionary, table_of
from archive.phrases import folded
from archive.store.engine import writing
from archive.store.neighbourhoods import chunks
from archive.tagging import Dictionary, read_dictionary

__all__ = ["add_dictionary", "remove_dictionary", "tag_statements"]

BATCH = 5_000
Progress = Callable[[int, int, str], None]


def tag_statements(connection: Connection, words: Mapping[int, str]) -> None:
    """Give statements (row numbers) the tags that their words have, in the place of those that they had."""
    texts = connection.scalars(select(TagDictionary.text).order_by(TagDictionary.name)).all()
    if texts and words:
        _tag(connection, words, [read_dictionary(text) for text in texts])


def _tag(connection: Connection, words: Mapping[int, str], dictionaries: Iterable[Dictionary]) -> None:
    given = list(dictionaries)
    for part in chunks(words):
        of = (StatementTag.statement_id.in_(part), StatementTag.dictionary.in_([each.name for each in given]))
        connection.execute(delete(StatementTag).where(*of))
    rows = [
        {"statement_id": number, "dictionary": dictionary.name, "tag": tag}
        for number, said in words.items()
        for text in [folded(said)]
        for dictionary in given
        for tag in dictionary.tags_of(text)
    ]
    if rows:
        connection.execute(insert(table_of(StatementTag)), rows)


def add_dictionary(engine: Engine, dictionary: Dictionary, *, by: str, progress: Progress | None = None) -> str | None:
    """Put a dictionary in force, in the place of another version of its name, and tag all statements by it.

    Gives the version that it took the place of. Raises UsageError where the same version is in force with another text.
    """
    with writing(engine) as connection:
        known = select(table_of(TagDictionary)).where(TagDictionary.name == dictionary.name)
        former = connection.execute(known).first()
        if former and former.version == dictionary.version and former.digest != dictionary.digest:
            raise UsageError(
                f"{dictionary.name} {dictionary.version} is in force with another text; give this one another version"
            )
        was: str | None = former.version if former else None
        if former and former.digest == dictionary.digest:
            return was
        connection.execute(delete(TagDictionary).where(TagDictionary.name == dictionary.name))
        connection.execute(insert(TagDictionary).values(_values(dictionary, by)))
        _retag(connection, dictionary, progress or (lambda done, total, what: None))
        return was


def _values(dictionary: Dictionary, by: str) -> dict[str, object]:
    return {
        "name": dictionary.name, "version": dictionary.version, "digest": dictionary.digest,
        "language": dictionary.language, "licence": dictionary.licence, "text": dictionary.text,
        "added_at": clock.now(), "added_by": by,
    }  # fmt: skip


def _retag(connection: Connection, dictionary: Dictionary, progress: Progress) -> None:
    connection.execute(delete(StatementTag).where(StatementTag.dictionary == dictionary.name))
    last, done = 0, 0
    total = connection.scalar(select(func.count()).select_from(Statement)) or 0
    wanted = select(Statement.id, Statement.words).order_by(Statement.id).limit(BATCH)
    while rows := connection.execute(wanted.where(Statement.id > last)).all():
        last = rows[-1].id
        _tag(connection, {row.id: row.words for row in rows}, [dictionary])
        done += len(rows)
        progress(done, total, "tagging")


def remove_dictionary(engine: Engine, name: str) -> None:
    """Take a dictionary out of force, with its tags. Raises UsageError for one that is not in force."""
    with writing(engine) as connection:
        names = connection.scalars(select(TagDictionary.name).order_by(TagDictionary.name)).all()
        if name not in names:
            known = f"there are {', '.join(names)}" if names else "there is none"
            raise UsageError(f"no dictionary {name} is in force; {known}")
        connection.execute(delete(StatementTag).where(StatementTag.dictionary == name))
        connection.execute(delete(TagDictionary).where(TagDictionary.name == name))
