"""Where migrations run: on the connection that `archive upgrade` (or the first use of an archive) hands over."""

from alembic import context
from archive.models import Base, UtcDateTime
from archive.places import database_url
from archive.store.engine import open_engine, writing


def render_item(kind, item, autogen_context):
    if kind == "type" and isinstance(item, UtcDateTime):
        autogen_context.imports.add("from archive.models import UtcDateTime")
        return "UtcDateTime()"
    return False


# Full-text tables and their columns are made by archive.fulltext, of which the models know nothing.
def include_name(name, kind, _parents):
    return not (name and "search" in name and kind in ("table", "column", "index"))


# Of a reference that came with ALTER TABLE, SQLite's reflection tells neither its name nor that it is deferred.
def include_object(item, _name, kind, _reflected, _other):
    return not (kind == "foreign_key_constraint" and item.column_keys == ["translation_of_id"])


def migrate(connection):
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=True,
        render_item=render_item,
        include_name=include_name,
        include_object=include_object,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


handed = context.config.attributes.get("connection")
if handed is not None:
    migrate(handed)
else:
    with writing(open_engine(database_url(None))) as own:
        migrate(own)
