"""Reading: full-text indexes that sort by day, and views for people who write SQL

Revision 0004, after 0003. The table `removal` becomes `removal_row`, for the view of that name has public ids.
"""

import sqlalchemy as sa

from alembic import op
from archive import fulltext, views
from archive.columns import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = "id, document_id, state, suspected_at, confirmed_at, restored_at, as_of, absences, basis, last_found"


def upgrade() -> None:
    connection = op.get_bind()
    views.drop(connection, ["statement_appearance"])
    op.create_table(
        "removal_row",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("document_id", ROW_NUMBER, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("suspected_at", UtcDateTime(), nullable=False),
        sa.Column("confirmed_at", UtcDateTime(), nullable=True),
        sa.Column("restored_at", UtcDateTime(), nullable=True),
        sa.Column("as_of", UtcDateTime(), nullable=False),
        sa.Column("absences", sa.Integer(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("last_found", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_removal_row_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_removal_row")),
        sa.UniqueConstraint("document_id", "suspected_at", name=op.f("uq_removal_row_document_id_suspected_at")),
    )
    op.execute(f"INSERT INTO removal_row ({COLUMNS}) SELECT {COLUMNS} FROM removal")
    if connection.dialect.name == "postgresql":
        op.execute("SELECT setval('removal_row_id_seq', max(id)) FROM removal_row")
    op.drop_table("removal")
    for index in (fulltext.VERSIONS, fulltext.STATEMENTS):
        fulltext.drop(connection, index)
        fulltext.create(connection, index)
    views.create(connection)
