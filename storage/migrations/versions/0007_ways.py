"""What a channel has used of its monthly quota, letters that may use the last of it, and the focal people of units."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quota",
        sa.Column("channel", AutoString(), nullable=False),
        sa.Column("month", AutoString(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("warned", sa.Integer(), nullable=False),
        sa.Column("spent_at", UTCDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("channel", "month"),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("vital", sa.Boolean(), server_default=sa.false(), nullable=False))
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("focal", sa.Boolean(), server_default=sa.false(), nullable=False))
    # the defaults were only for the rows that were there
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.alter_column("vital", server_default=None)
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.alter_column("focal", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("focal")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("vital")
    op.drop_table("quota")
