"""An archive of the schema before `0004`, with rows in it, answers as before after its upgrade."""

from __future__ import annotations

from sqlalchemy import Connection, insert, text

from archive import Archive, fulltext, query, views
from archive.models import Removal, table_of
from archive.store.engine import open_engine, writing
from tests.query.rows import BUDGET, GONE, SNOW, a_removal, day, documents_of_ashby

FTS5 = (
    "CREATE VIRTUAL TABLE version_search USING fts5(title, text, content='version', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2')",
    "CREATE TRIGGER version_search_delete AFTER DELETE ON version BEGIN INSERT INTO version_search(version_search, "
    "rowid, title, text) VALUES ('delete', old.id, old.title, old.text); END",
    "CREATE VIRTUAL TABLE statement_search USING fts5(words, content='statement', content_rowid='id')",
    "INSERT INTO version_search(version_search) VALUES ('rebuild')",
)

# What later revisions brought.
LATER = (
    *(f"DROP TABLE {table}" for table in (
        "watch_told", "watch_event", "watch", "sample_score", "statement_tag", "tag_dictionary",
    )),
    "DROP INDEX ix_extraction_attachment_address",
    "ALTER TABLE extraction DROP COLUMN attachment_address",
    "ALTER TABLE extraction DROP COLUMN attachment",
)  # fmt: skip


def as_before(connection: Connection) -> None:
    """Give a new archive the tables, views and indexes that revision 0003 had."""
    views.drop(connection)
    views.create(connection, ["statement_appearance"])
    if connection.dialect.name == "sqlite":
        fulltext.drop(connection)
        fulltext.drop(connection, fulltext.STATEMENTS)
        for made in FTS5:
            connection.execute(text(made))
    connection.execute(text("CREATE TABLE removal AS SELECT * FROM removal_row"))
    connection.execute(text("DROP TABLE removal_row"))
    for unmade in LATER:
        connection.execute(text(unmade))
    connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))


def test_an_upgrade_keeps_removals_and_finds_words(database_url: str) -> None:
    """The removals are those of before, the old triggers are gone, and a search answers from the new index."""
    Archive.open(database_url).close()
    engine = open_engine(database_url)
    with writing(engine) as connection:
        documents_of_ashby(connection)
        as_before(connection)
    engine.dispose()
    assert Archive.upgrade(database_url)[0] == "0004"
    with Archive.open(database_url, create=False) as archive:
        assert [each.document for each in archive.removals()] == [GONE]
        assert [hit.document for hit in archive.search("snow", source="ash")] == [SNOW]
        assert BUDGET in [each.document for each in archive.documents()]
        with writing(archive.engine) as connection:
            # The next row number is free, and a deleted text is found no more.
            connection.execute(insert(table_of(Removal)), [{**a_removal(), "suspected_at": day(40)}])
            connection.execute(text("DELETE FROM version WHERE document_id = 2"))
            assert query.search(connection, "council") == []
