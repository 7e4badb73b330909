"""Reading: full-text indexes that sort by day, and views for people who write SQL

Revision 0004, after 0003.
"""

from alembic import op
from archive import fulltext

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    for index in (fulltext.VERSIONS, fulltext.STATEMENTS):
        fulltext.drop(connection, index)
        fulltext.create(connection, index)
