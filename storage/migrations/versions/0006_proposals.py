"""Documents that were read, what they propose, and the names that have been learnt."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "read_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("read_for", sa.Integer(), nullable=False),
        sa.Column("read_at", UTCDateTime(), nullable=False),
        sa.Column("reading", sa.JSON(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=True),
        sa.Column("succeeds", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["directive_id"], ["directive.id"]),
        sa.ForeignKeyConstraint(["read_for"], ["person.id"]),
        sa.ForeignKeyConstraint(["succeeds"], ["directive.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("directive_id"),
    )
    op.create_index("ix_read_document_read_at", "read_document", ["read_at"])
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        sa.Column("lead", sa.JSON(), nullable=False),
        sa.Column("coordinate", sa.JSON(), nullable=False),
        sa.Column("due", sa.JSON(), nullable=True),
        sa.Column("decided", AutoString(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("into", sa.Integer(), nullable=True),
        sa.Column("give_at", UTCDateTime(), nullable=True),
        sa.Column("given_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["document_id"], ["read_document.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("document_id", "number"),
    )
    op.create_index(
        "ix_proposal_give",
        "proposal",
        ["give_at", "id"],
        unique=False,
        sqlite_where=sa.text("give_at IS NOT NULL"),
        postgresql_where=sa.text("give_at IS NOT NULL"),
    )
    op.create_table(
        "learnt_name",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("doers", sa.JSON(), nullable=False),
        sa.Column("learnt_from", sa.Integer(), nullable=False),
        sa.Column("learnt_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["learnt_from"], ["person.id"]),
        sa.PrimaryKeyConstraint("name"),
    )


def downgrade() -> None:
    op.drop_table("learnt_name")
    op.drop_table("proposal")
    op.drop_table("read_document")
