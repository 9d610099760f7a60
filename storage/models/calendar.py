"""The table of days that the Office corrects."""

from datetime import date

from sqlmodel import Field, SQLModel


class CalendarDayRow(SQLModel, table=True):
    """A holiday or a worked rest day, with the notice that says so."""

    __tablename__ = "calendar_day"
    day: date = Field(primary_key=True)
    working: bool
    name: str
    notice: str = ""
