"""Tables of tasks that wait for a decision, of the decisions, and of what each has opened."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint


class WaitingTaskRow(SQLModel, table=True):
    """A task whose clock a decision starts: so many days from it. The rule stays until `closed_at`.

    With `unit_id` it goes to the head that the unit has then, else to the person.
    """

    __tablename__ = "waiting_task"
    __table_args__ = (
        Index(
            "ix_waiting_task_open",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    content: str
    reform_index: str | None = None
    source: str = ""
    directive_id: int | None = Field(default=None, foreign_key="directive.id")
    point: str = ""
    person_id: int = Field(foreign_key="person.id")
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    said: str
    days: int
    working: bool
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime
    closed_at: datetime | None = None
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id", index=True)


class DecisionRow(SQLModel, table=True):
    """A decision that has started clocks; `key` is its number as it is found again."""

    __tablename__ = "decision"
    id: int | None = Field(default=None, primary_key=True)
    number: str
    key: str = Field(unique=True)
    signed_on: date
    received_on: date | None = None
    opened_by: int = Field(foreign_key="person.id")
    opened_at: datetime


class OpeningRow(SQLModel, table=True):
    """A decision has made an assignment of a waiting task."""

    __tablename__ = "opening"
    __table_args__ = (Index("ix_opening_decision", "decision_id", "waiting_id"), UniqueConstraint("assignment_id"))
    id: int | None = Field(default=None, primary_key=True)
    decision_id: int = Field(foreign_key="decision.id")
    waiting_id: int = Field(foreign_key="waiting_task.id")
    assignment_id: int = Field(foreign_key="assignment.id")
