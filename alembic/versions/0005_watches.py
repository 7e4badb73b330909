"""People's own work: watches and what they told, scores of audit samples, tag dictionaries and the tags they give

Revision 0005, after 0004.
"""

import sqlalchemy as sa

from alembic import op
from archive.columns import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "watch",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("mark", sa.BigInteger(), nullable=False),
        sa.Column("began_at", UtcDateTime(), nullable=False),
        sa.Column("looked_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_watch")),
    )
    op.create_table(
        "watch_event",
        sa.Column("watch", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.Column("noticed_at", UtcDateTime(), nullable=False),
        sa.Column("details", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["watch"], ["watch.name"], name=op.f("fk_watch_event_watch")),
        sa.PrimaryKeyConstraint("watch", "event", name=op.f("pk_watch_event")),
    )
    op.create_index("ix_watch_event_batch", "watch_event", ["batch"])
    op.create_index("ix_watch_event_document", "watch_event", ["document"])
    op.create_table(
        "watch_told",
        sa.Column("batch", sa.Text(), nullable=False),
        sa.Column("receiver", sa.Text(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=False),
        sa.Column("told_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("batch", "receiver", name=op.f("pk_watch_told")),
    )
    op.create_table(
        "sample_score",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("scored_at", UtcDateTime(), nullable=False),
        sa.Column("scored_by", sa.Text(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.Column("drawn", sa.JSON(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("unfilled", sa.Integer(), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("agreement", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sample_score")),
        sa.UniqueConstraint("digest", name=op.f("uq_sample_score_digest")),
    )
    op.create_table(
        "tag_dictionary",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("licence", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("added_at", UtcDateTime(), nullable=False),
        sa.Column("added_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_tag_dictionary")),
    )
    op.create_table(
        "statement_tag",
        sa.Column("statement_id", ROW_NUMBER, nullable=False),
        sa.Column("dictionary", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["statement_id"], ["statement.id"], name=op.f("fk_statement_tag_statement_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("statement_id", "dictionary", "tag", name=op.f("pk_statement_tag")),
    )
    op.create_index("ix_statement_tag_tag", "statement_tag", ["tag"])
