"""Tasks know what a document said of them; who is told of them, what a later document stops."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import UTCDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

GIVEN = ("task", "waiting_task", "series")
WAITS = (("read_document", "tell", ["tell_at"]), ("proposal", "stop", ["stop_at", "id"]))


def upgrade() -> None:
    for table in GIVEN:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("proposal_id", sa.Integer(), nullable=True))
            batch_op.create_foreign_key(f"fk_{table}_proposal", "proposal", ["proposal_id"], ["id"])
            batch_op.create_index(f"ix_{table}_proposal_id", ["proposal_id"])
    with op.batch_alter_table("read_document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stops", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("tell_at", UTCDateTime(), nullable=True))
        batch_op.add_column(sa.Column("told_up_to", sa.Integer(), nullable=False, server_default="0"))
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("follows", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("stop_at", UTCDateTime(), nullable=True))
        batch_op.create_foreign_key("fk_proposal_follows", "proposal", ["follows"], ["id"])
    for table, name, columns in WAITS:
        there = sa.text(f"{columns[0]} IS NOT NULL")
        op.create_index(f"ix_{table}_{name}", table, columns, sqlite_where=there, postgresql_where=there)


def downgrade() -> None:
    for table, name, _columns in WAITS:
        op.drop_index(f"ix_{table}_{name}", table)
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_constraint("fk_proposal_follows", type_="foreignkey")
        batch_op.drop_column("stop_at")
        batch_op.drop_column("follows")
    with op.batch_alter_table("read_document", schema=None) as batch_op:
        batch_op.drop_column("told_up_to")
        batch_op.drop_column("tell_at")
        batch_op.drop_column("stops")
    for table in GIVEN:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_index(f"ix_{table}_proposal_id")
            batch_op.drop_constraint(f"fk_{table}_proposal", type_="foreignkey")
            batch_op.drop_column("proposal_id")
