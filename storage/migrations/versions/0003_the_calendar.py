"""The calendar in the Office's hands: days that were swapped, and the recounting of deadlines."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COUNTED = "status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused') AND workdays IS NOT NULL"


def upgrade() -> None:
    op.create_table(
        "recount",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("notice", AutoString(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("recount", schema=None) as batch_op:
        batch_op.create_index(
            "ix_recount_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("swapped_with", sa.Date(), nullable=True))

    for day, other in (("2026-01-02", "2026-01-10"), ("2026-01-10", "2026-01-02")):
        # as shipped with the first version
        op.execute(
            f"UPDATE calendar_day SET swapped_with = '{other}' "  # noqa: S608 - nothing of it is given from outside
            f"WHERE day = '{day}' AND notice = '12729/VPCP-KGVX 25/12/2025'"
        )

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.create_index(
            "ix_assignment_counted",
            ["due_on"],
            unique=False,
            sqlite_where=sa.text(COUNTED),
            postgresql_where=sa.text(COUNTED),
        )


def downgrade() -> None:
    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index("ix_assignment_counted", sqlite_where=sa.text(COUNTED), postgresql_where=sa.text(COUNTED))

    with op.batch_alter_table("calendar_day", schema=None) as batch_op:
        batch_op.drop_column("swapped_with")

    with op.batch_alter_table("recount", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_recount_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("recount")
