"""Documents whose body is an attached file

Revision 0006, after 0005.
"""

import sqlalchemy as sa

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("extraction", schema=None) as batch_op:
        batch_op.add_column(sa.Column("attachment", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("attachment_address", sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f("ix_extraction_attachment_address"), ["attachment_address"], unique=False)
