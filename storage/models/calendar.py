"""Tables of the days that the Office corrects, and of the recounting of deadlines that follows."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel


class CalendarDayRow(SQLModel, table=True):
    """A holiday or a worked rest day, with the notice that says so, and the day that it was swapped with."""

    __tablename__ = "calendar_day"
    day: date = Field(primary_key=True)
    working: bool
    name: str
    notice: str = ""
    swapped_with: date | None = None


class RecountRow(SQLModel, table=True):
    """The deadlines whose count touches some days are counted again; `reached` is the last person whose are done.

    `moved` says how many were moved, by unit.
    """

    __tablename__ = "recount"
    __table_args__ = (
        Index("ix_recount_open", "id", sqlite_where=text("done_at IS NULL"), postgresql_where=text("done_at IS NULL")),
    )
    id: int | None = Field(default=None, primary_key=True)
    days: list[object] = Field(sa_column=Column(JSON, nullable=False))
    notice: str = ""
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime
    reached: int = 0
    moved: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    done_at: datetime | None = None
