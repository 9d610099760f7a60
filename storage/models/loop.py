"""Tables of what keeps a task from its deadline: difficulties, extensions, leave; of undoing, and of the digests."""

from datetime import date, datetime, time

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel


class DifficultyRow(SQLModel, table=True):
    """A difficulty with a task, at most one open for each. `turn` is whose answer is waited for, since `turn_at`.

    From `due_at` on that answer is late; `revision` grows with every turn, over all difficulties of a task.
    """

    __tablename__ = "difficulty"
    __table_args__ = (
        Index(
            "ix_difficulty_open",
            "due_at",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        Index(
            "ux_difficulty_open",
            "assignment_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id", index=True)
    raised_by: int = Field(foreign_key="person.id")
    raised_at: datetime
    turn: str
    turn_at: datetime
    due_at: datetime | None = None
    leader_id: int | None = Field(default=None, foreign_key="person.id")
    revision: int = 1
    climbed: int = 0
    closed_at: datetime | None = None


class DifficultyNoteRow(SQLModel, table=True):
    """One message of a difficulty's thread, appended and never changed."""

    __tablename__ = "difficulty_note"
    id: int | None = Field(default=None, primary_key=True)
    difficulty_id: int = Field(foreign_key="difficulty.id", index=True)
    at: datetime
    author_id: int | None = Field(default=None, foreign_key="person.id")
    kind: str
    text: str = ""


class ExtensionRow(SQLModel, table=True):
    """A request for a later deadline: what it was, what is asked for, and what became of it."""

    __tablename__ = "extension"
    __table_args__ = (
        Index(
            "ix_extension_pending",
            "assignment_id",
            sqlite_where=text("outcome = 'pending'"),
            postgresql_where=text("outcome = 'pending'"),
        ),
        Index("ix_extension_assignment", "assignment_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    assignment_id: int = Field(foreign_key="assignment.id")
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    reason: str
    old_on: date
    old_time: time | None = None
    new_on: date
    new_time: time | None = None
    workdays: int | None = None
    counted_from: date | None = None
    outcome: str = "pending"
    decided_by: int | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = None
    note: str = ""


class AbsenceRow(SQLModel, table=True):
    """Somebody is away, and who stands in; both days are part of it."""

    __tablename__ = "absence"
    __table_args__ = (Index("ix_absence_person", "person_id", "until_on"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    stand_in_id: int | None = Field(default=None, foreign_key="person.id")
    from_on: date
    until_on: date
    noted_by: int = Field(foreign_key="person.id")
    noted_at: datetime
    cancelled_at: datetime | None = None


class UndoRow(SQLModel, table=True):
    """What an assignment was before a command changed it; one event may have changed several."""

    __tablename__ = "undo"
    __table_args__ = (Index("ix_undo_person", "person_id", "at"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    event_id: int
    at: datetime
    verb: str
    assignment_id: int = Field(foreign_key="assignment.id")
    revision: int
    before: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))


class ErrandRow(SQLModel, table=True):
    """A file that somebody asked for and that takes a while to make; the letter with it follows the answer."""

    __tablename__ = "errand"
    __table_args__ = (
        Index("ix_errand_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    kind: str
    person_id: int = Field(foreign_key="person.id")
    account_id: int
    params: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    asked_at: datetime
    attempts: int = 0
    done_at: datetime | None = None


class RoundRow(SQLModel, table=True):
    """Something that is done at set hours (a digest), when next, and which of its parts is done already."""

    __tablename__ = "round"
    name: str = Field(primary_key=True)
    next_at: datetime
    reached: int = 0
