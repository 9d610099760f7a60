"""Tables of tasks, assignments, their history and evidence."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel

from domain.tasks import UNFINISHED, Status

UNFINISHED_ROWS = text(f"status IN ({', '.join(repr(status.value) for status in UNFINISHED)})")


AWAITING_ROWS = text(f"status = {Status.AWAITING.value!r}")
STUCK_ROWS = text("stuck")
CLAIMED_ROWS = text("claimed_at IS NOT NULL")
INDEXED_ROWS = text(f"{UNFINISHED_ROWS.text} AND index_name IS NOT NULL")
COUNTED_ROWS = text(f"{UNFINISHED_ROWS.text} AND workdays IS NOT NULL")


class TaskRow(SQLModel, table=True):
    __tablename__ = "task"
    id: int | None = Field(default=None, primary_key=True)
    content: str
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime
    reform_index: str | None = None
    source: str = ""
    directive_id: int | None = Field(default=None, foreign_key="directive.id", index=True)
    point: str = ""
    series_id: int | None = Field(default=None, foreign_key="series.id")
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id", index=True)


class AssignmentRow(SQLModel, table=True):
    """`id` is the short number. `due_at` is the instant from which it is late, `remind_at` the next rung; both UTC.

    `stuck` is true while a difficulty is open; `escalated` has a bit for each step that its being late was carried up.
    `index_name` is the task's index once more, so that what counts for it is read off an index of the database.
    `sort_at` is `due_at`, or far in the future where there is none: lists are read off an index in its order.
    A new column also goes into `_CHANGING`, `_values` and `to_assignment` of storage/tasks.py.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        Index(
            "ix_assignment_remind",
            "remind_at",
            "assignee_id",
            sqlite_where=text("remind_at IS NOT NULL"),
            postgresql_where=text("remind_at IS NOT NULL"),
        ),
        Index(
            "ix_assignment_todo",
            "assignee_id",
            "sort_at",
            "id",
            sqlite_where=UNFINISHED_ROWS,
            postgresql_where=UNFINISHED_ROWS,
        ),
        Index(
            "ix_assignment_unit",
            "unit_id",
            "sort_at",
            "id",
            sqlite_where=UNFINISHED_ROWS,
            postgresql_where=UNFINISHED_ROWS,
        ),
        Index("ix_assignment_awaiting", "unit_id", sqlite_where=AWAITING_ROWS, postgresql_where=AWAITING_ROWS),
        Index("ix_assignment_stuck", "unit_id", sqlite_where=STUCK_ROWS, postgresql_where=STUCK_ROWS),
        Index(
            "ix_assignment_claimed",
            "claimed_at",
            "unit_id",
            "index_name",
            "due_at",
            "original_due_at",
            sqlite_where=CLAIMED_ROWS,
            postgresql_where=CLAIMED_ROWS,
        ),
        Index(
            "ix_assignment_index",
            "index_name",
            "unit_id",
            "sort_at",
            sqlite_where=INDEXED_ROWS,
            postgresql_where=INDEXED_ROWS,
        ),
        Index("ix_assignment_counted", "due_on", sqlite_where=COUNTED_ROWS, postgresql_where=COUNTED_ROWS),
        Index("ix_assignment_late", "sort_at", "id", sqlite_where=UNFINISHED_ROWS, postgresql_where=UNFINISHED_ROWS),
    )
    id: int | None = Field(default=None, primary_key=True)
    task_id: int = Field(foreign_key="task.id", index=True)
    assignee_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    status: str
    revision: int = 1
    percent: int = 0
    due_on: date | None = None
    due_time: time | None = None
    due_at: datetime | None = None
    sort_at: datetime
    workdays: int | None = None
    counted_from: date | None = None
    original_due_on: date | None = None
    original_due_time: time | None = None
    original_due_at: datetime | None = None
    remind_at: datetime | None = None
    claimed_at: datetime | None = None
    result: str = ""
    stuck: bool = False
    escalated: int = 0
    index_name: str | None = None


class LogRow(SQLModel, table=True):
    """What happened, appended and never changed."""

    __tablename__ = "log"
    id: int | None = Field(default=None, primary_key=True)
    at: datetime
    assignment_id: int | None = Field(default=None, foreign_key="assignment.id", index=True)
    actor_id: int | None = Field(default=None, foreign_key="person.id")
    verb: str
    note: str = ""
    percent: int | None = None


class EvidenceRow(SQLModel, table=True):
    __tablename__ = "evidence"
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    file: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime
