"""Statements: quotations, who said them, and where the words were carried

Revision 0002, after 0001.
"""

import sqlalchemy as sa

from alembic import op
from archive import fulltext, views

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "stamp",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_stamp")),
    )
    op.create_table(
        "speaker",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("speaker_class", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("jurisdiction", sa.Text(), nullable=True),
        sa.Column("document_id", ROW_NUMBER, nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_speaker_document_id"), deferrable=True, initially="DEFERRED"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speaker")),
        sa.UniqueConstraint("key", name=op.f("uq_speaker_key")),
        sa.UniqueConstraint("public_id", name=op.f("uq_speaker_public_id")),
    )
    with op.batch_alter_table("speaker", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_speaker_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_name"), ["name"], unique=False)
        batch_op.create_index(batch_op.f("ix_speaker_person"), ["person"], unique=False)

    op.create_table(
        "statement",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("speaker_id", ROW_NUMBER, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("office_basis", sa.Text(), nullable=True),
        sa.Column("jurisdiction", sa.Text(), nullable=True),
        sa.Column("jurisdiction_name", sa.Text(), nullable=True),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("last_date", sa.Date(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("stories", sa.Integer(), nullable=False),
        sa.Column("primary_id", ROW_NUMBER, nullable=True),
        sa.Column("repeat_of", sa.Text(), nullable=True),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_statement_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("public_id", name=op.f("uq_statement_public_id")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_first_date"), ["first_date"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_jurisdiction"), ["jurisdiction"], unique=False)
        batch_op.create_index(batch_op.f("ix_statement_repeat_of"), ["repeat_of"], unique=False)
        batch_op.create_index("ix_statement_speaker_id_first_date", ["speaker_id", "first_date"], unique=False)

    op.create_table(
        "wording",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("public_id", sa.Text(), nullable=False),
        sa.Column("speaker_id", ROW_NUMBER, nullable=False),
        sa.Column("normal", sa.Text(), nullable=False),
        sa.Column("content_words", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_wording_speaker_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wording")),
        sa.UniqueConstraint("public_id", name=op.f("uq_wording_public_id")),
    )
    with op.batch_alter_table("wording", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_wording_speaker_id"), ["speaker_id"], unique=False)

    op.create_table(
        "appearance",
        sa.Column("id", ROW_NUMBER, nullable=False),
        sa.Column("version_id", ROW_NUMBER, nullable=False),
        sa.Column("statement_id", ROW_NUMBER, nullable=True),
        sa.Column("wording_id", ROW_NUMBER, nullable=True),
        sa.Column("speaker_id", ROW_NUMBER, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("char_start", sa.Integer(), nullable=False),
        sa.Column("char_end", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("utterance", sa.Integer(), nullable=False),
        sa.Column("sentence", sa.Text(), nullable=True),
        sa.Column("turn", sa.Boolean(), nullable=False),
        sa.Column("speaker_as_printed", sa.Text(), nullable=True),
        sa.Column("speaker_start", sa.Integer(), nullable=True),
        sa.Column("speaker_end", sa.Integer(), nullable=True),
        sa.Column("speaker_name", sa.Text(), nullable=True),
        sa.Column("namesakes", sa.Text(), nullable=True),
        sa.Column("speaker_class", sa.Text(), nullable=True),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("on_behalf_of", sa.Text(), nullable=True),
        sa.Column("office", sa.Text(), nullable=True),
        sa.Column("office_basis", sa.Text(), nullable=True),
        sa.Column("jurisdiction", sa.Text(), nullable=True),
        sa.Column("jurisdiction_name", sa.Text(), nullable=True),
        sa.Column("unresolved", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("day_basis", sa.Text(), nullable=False),
        sa.Column("appearance_role", sa.Text(), nullable=True),
        sa.Column("variation", sa.Text(), nullable=True),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("checked", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["speaker_id"], ["speaker.id"], name=op.f("fk_appearance_speaker_id")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name=op.f("fk_appearance_statement_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_appearance_version_id")),
        sa.ForeignKeyConstraint(["wording_id"], ["wording.id"], name=op.f("fk_appearance_wording_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appearance")),
    )
    with op.batch_alter_table("appearance", schema=None) as batch_op:
        batch_op.create_index("ix_appearance_speaker_id_day", ["speaker_id", "day"], unique=False)
        batch_op.create_index("ix_appearance_namesakes_day", ["namesakes", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_statement_id"), ["statement_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_version_id"), ["version_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_appearance_wording_id"), ["wording_id"], unique=False)

    op.add_column("capture", sa.Column("handed_id", sa.Text(), nullable=True))
    op.add_column("extraction", sa.Column("quotations", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("extraction", sa.Column("quotation_status", sa.Text(), nullable=True))
    op.add_column("version", sa.Column("quotation_status", sa.Text(), nullable=True))
    # Not in batch mode, which would make the table anew and drop the old one under the rows that refer to it; and in
    # SQL, for Alembic loses the constraint's name.
    row_number = "INTEGER" if op.get_bind().dialect.name == "sqlite" else "BIGINT"
    op.execute(
        f"ALTER TABLE document ADD COLUMN translation_of_id {row_number} CONSTRAINT fk_document_translation_of_id "
        "REFERENCES document (id) DEFERRABLE INITIALLY DEFERRED"
    )
    op.create_index("ix_source_office_jurisdiction", "source", ["office", "jurisdiction"])
    op.create_index("ix_document_translation_of_id", "document", ["translation_of_id"])
    op.create_index("ix_document_source_id_published_date", "document", ["source_id", "published_date"])

    fulltext.create(op.get_bind(), fulltext.STATEMENTS)
    views.create(op.get_bind(), ["statement_appearance"])
