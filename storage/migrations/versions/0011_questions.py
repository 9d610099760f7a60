"""Letters that wait for the number of a line, and one-time links by which files are handed in."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("asks", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("letter", schema=None) as batch_op:
        # the default was only for the rows that were there
        batch_op.alter_column("asks", server_default=None)
        batch_op.create_index(
            "ix_letter_asks",
            ["channel", "address"],
            unique=False,
            sqlite_where=sa.text("asks"),
            postgresql_where=sa.text("asks"),
        )
    op.create_table(
        "upload_link",
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index("ix_upload_link_account_id", "upload_link", ["account_id"])


def downgrade() -> None:
    op.drop_table("upload_link")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_asks")
        batch_op.drop_column("asks")
