"""The Office's loop: directives and their recipients, difficulties, extensions, leave, undoing, digests."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString, UTCDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "round",
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("next_at", UTCDateTime(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("done_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.create_index(
            "ix_errand_open",
            ["id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "absence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("stand_in_id", sa.Integer(), nullable=True),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("noted_by", sa.Integer(), nullable=False),
        sa.Column("noted_at", UTCDateTime(), nullable=False),
        sa.Column("cancelled_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["noted_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["stand_in_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.create_index("ix_absence_person", ["person_id", "until_on"], unique=False)

    op.create_table(
        "directive",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", AutoString(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("summary", AutoString(), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("publish_at", UTCDateTime(), nullable=False),
        sa.Column("sent_up_to", sa.Integer(), nullable=False),
        sa.Column("fanned_out_at", UTCDateTime(), nullable=True),
        sa.Column("cancelled_at", UTCDateTime(), nullable=True),
        sa.Column("refresh_at", UTCDateTime(), nullable=True),
        sa.Column("status_letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["published_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.create_index(
            "ix_directive_due",
            ["publish_at"],
            unique=False,
            sqlite_where=sa.text("fanned_out_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("fanned_out_at IS NULL AND cancelled_at IS NULL"),
        )
        batch_op.create_index(
            "ix_directive_refresh",
            ["refresh_at"],
            unique=False,
            sqlite_where=sa.text("refresh_at IS NOT NULL"),
            postgresql_where=sa.text("refresh_at IS NOT NULL"),
        )

    op.create_table(
        "file_link",
        sa.Column("token_hash", AutoString(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("file", sa.JSON(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("used_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_table(
        "recipient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("directive_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.Column("posted_at", UTCDateTime(), nullable=False),
        sa.Column("delivered_at", UTCDateTime(), nullable=True),
        sa.Column("unreachable", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_at", UTCDateTime(), nullable=True),
        sa.Column("acknowledged_by", sa.Integer(), nullable=True),
        sa.Column("asks", sa.Integer(), nullable=False),
        sa.Column("ask_at", UTCDateTime(), nullable=True),
        sa.Column("head_told_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["acknowledged_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["directive_id"],
            ["directive.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("directive_id", "person_id"),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(
            "ix_recipient_ask",
            ["ask_at", "person_id"],
            unique=False,
            sqlite_where=sa.text("ask_at IS NOT NULL"),
            postgresql_where=sa.text("ask_at IS NOT NULL"),
        )
        batch_op.create_index("ix_recipient_person", ["person_id"], unique=False)

    op.create_table(
        "difficulty",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("raised_by", sa.Integer(), nullable=False),
        sa.Column("raised_at", UTCDateTime(), nullable=False),
        sa.Column("turn", AutoString(), nullable=False),
        sa.Column("turn_at", UTCDateTime(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("leader_id", sa.Integer(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("climbed", sa.Integer(), nullable=False),
        sa.Column("closed_at", UTCDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["raised_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["leader_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("difficulty", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_difficulty_assignment_id"), ["assignment_id"], unique=False)
        batch_op.create_index(
            "ix_difficulty_open",
            ["due_at"],
            unique=False,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.create_index(
            "ux_difficulty_open",
            ["assignment_id"],
            unique=True,
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )

    op.create_table(
        "extension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", UTCDateTime(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("old_on", sa.Date(), nullable=False),
        sa.Column("old_time", sa.Time(), nullable=True),
        sa.Column("new_on", sa.Date(), nullable=False),
        sa.Column("new_time", sa.Time(), nullable=True),
        sa.Column("workdays", sa.Integer(), nullable=True),
        sa.Column("counted_from", sa.Date(), nullable=True),
        sa.Column("outcome", AutoString(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", UTCDateTime(), nullable=True),
        sa.Column("note", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["asked_by"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.create_index("ix_extension_assignment", ["assignment_id"], unique=False)
        batch_op.create_index(
            "ix_extension_pending",
            ["assignment_id"],
            unique=False,
            sqlite_where=sa.text("outcome = 'pending'"),
            postgresql_where=sa.text("outcome = 'pending'"),
        )

    op.create_table(
        "undo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("verb", AutoString(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("undo", schema=None) as batch_op:
        batch_op.create_index("ix_undo_person", ["person_id", "at"], unique=False)

    op.create_table(
        "difficulty_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("difficulty_id", sa.Integer(), nullable=False),
        sa.Column("at", UTCDateTime(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=True),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("text", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["person.id"],
        ),
        sa.ForeignKeyConstraint(
            ["difficulty_id"],
            ["difficulty.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("difficulty_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_difficulty_note_difficulty_id"), ["difficulty_id"], unique=False)

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("stuck", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.add_column(sa.Column("escalated", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("original_due_at", UTCDateTime(), nullable=True))
        batch_op.create_index(
            "ix_assignment_awaiting",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("status = 'awaiting'"),
            postgresql_where=sa.text("status = 'awaiting'"),
        )
        batch_op.create_index(
            "ix_assignment_stuck",
            ["unit_id"],
            unique=False,
            sqlite_where=sa.text("stuck"),
            postgresql_where=sa.text("stuck"),
        )
        batch_op.add_column(sa.Column("index_name", AutoString(), nullable=True))
        batch_op.create_index(
            "ix_assignment_claimed",
            ["claimed_at", "unit_id", "index_name", "due_at", "original_due_at"],
            unique=False,
            sqlite_where=sa.text("claimed_at IS NOT NULL"),
            postgresql_where=sa.text("claimed_at IS NOT NULL"),
        )
        batch_op.create_index(
            "ix_assignment_index",
            ["index_name", "unit_id", "sort_at"],
            unique=False,
            sqlite_where=sa.text(
                "status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused') AND index_name IS NOT NULL"
            ),
            postgresql_where=sa.text(
                "status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused') AND index_name IS NOT NULL"
            ),
        )
        batch_op.create_index(
            "ix_assignment_late",
            ["sort_at", "id"],
            unique=False,
            sqlite_where=sa.text("status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused')"),
            postgresql_where=sa.text("status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused')"),
        )

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("replaces", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edit_only", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch_op.create_index("ix_letter_attempted", ["channel", "attempted_at"], unique=False)

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.add_column(sa.Column("directive_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("point", AutoString(), nullable=False, server_default=""))
        batch_op.create_index(batch_op.f("ix_task_directive_id"), ["directive_id"], unique=False)
        batch_op.create_foreign_key("fk_task_directive", "directive", ["directive_id"], ["id"])

    # no deadline has been moved before now
    op.execute("UPDATE assignment SET original_due_at = due_at WHERE original_due_on IS NOT NULL")
    op.execute("UPDATE assignment SET index_name = (SELECT reform_index FROM task WHERE task.id = assignment.task_id)")

    # the defaults are for the rows that were there before
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.alter_column("edit_only", server_default=None)

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.alter_column("stuck", server_default=None)
        batch_op.alter_column("escalated", server_default=None)

    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.alter_column("point", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("task", schema=None) as batch_op:
        batch_op.drop_constraint("fk_task_directive", type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_task_directive_id"))
        batch_op.drop_column("point")
        batch_op.drop_column("directive_id")

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_column("edit_only")
        batch_op.drop_index("ix_letter_attempted")
        batch_op.drop_column("replaces")

    with op.batch_alter_table("assignment", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_assignment_late",
            sqlite_where=sa.text("status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused')"),
            postgresql_where=sa.text("status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused')"),
        )
        batch_op.drop_index(
            "ix_assignment_index",
            sqlite_where=sa.text(
                "status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused') AND index_name IS NOT NULL"
            ),
            postgresql_where=sa.text(
                "status IN ('not_accepted', 'in_progress', 'returned', 'awaiting', 'paused') AND index_name IS NOT NULL"
            ),
        )
        batch_op.drop_index(
            "ix_assignment_claimed",
            sqlite_where=sa.text("claimed_at IS NOT NULL"),
            postgresql_where=sa.text("claimed_at IS NOT NULL"),
        )
        batch_op.drop_column("index_name")
        batch_op.drop_index("ix_assignment_stuck", sqlite_where=sa.text("stuck"), postgresql_where=sa.text("stuck"))
        batch_op.drop_index(
            "ix_assignment_awaiting",
            sqlite_where=sa.text("status = 'awaiting'"),
            postgresql_where=sa.text("status = 'awaiting'"),
        )
        batch_op.drop_column("original_due_at")
        batch_op.drop_column("escalated")
        batch_op.drop_column("stuck")

    with op.batch_alter_table("difficulty_note", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_difficulty_note_difficulty_id"))

    op.drop_table("difficulty_note")
    with op.batch_alter_table("undo", schema=None) as batch_op:
        batch_op.drop_index("ix_undo_person")

    op.drop_table("undo")
    with op.batch_alter_table("extension", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_extension_pending",
            sqlite_where=sa.text("outcome = 'pending'"),
            postgresql_where=sa.text("outcome = 'pending'"),
        )
        batch_op.drop_index("ix_extension_assignment")

    op.drop_table("extension")
    with op.batch_alter_table("difficulty", schema=None) as batch_op:
        batch_op.drop_index(
            "ux_difficulty_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(
            "ix_difficulty_open",
            sqlite_where=sa.text("closed_at IS NULL"),
            postgresql_where=sa.text("closed_at IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_difficulty_assignment_id"))

    op.drop_table("difficulty")
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.drop_index("ix_recipient_person")
        batch_op.drop_index(
            "ix_recipient_ask",
            sqlite_where=sa.text("ask_at IS NOT NULL"),
            postgresql_where=sa.text("ask_at IS NOT NULL"),
        )

    op.drop_table("recipient")
    op.drop_table("file_link")
    with op.batch_alter_table("directive", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_directive_refresh",
            sqlite_where=sa.text("refresh_at IS NOT NULL"),
            postgresql_where=sa.text("refresh_at IS NOT NULL"),
        )
        batch_op.drop_index(
            "ix_directive_due",
            sqlite_where=sa.text("fanned_out_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=sa.text("fanned_out_at IS NULL AND cancelled_at IS NULL"),
        )

    op.drop_table("directive")
    with op.batch_alter_table("absence", schema=None) as batch_op:
        batch_op.drop_index("ix_absence_person")

    op.drop_table("absence")
    with op.batch_alter_table("errand", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_errand_open",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("errand")
    op.drop_table("round")
