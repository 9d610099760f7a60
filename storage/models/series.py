"""The table of recurring tasks."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class SeriesRow(SQLModel, table=True):
    """A task that comes again by an RRULE: the next one is due on `next_on` by the rule, and opened from `next_at` on.

    `ready` names its place in a ready set, empty for what was typed.
    """

    __tablename__ = "series"
    __table_args__ = (
        Index(
            "ix_series_due",
            "next_at",
            sqlite_where=text("stopped_at IS NULL"),
            postgresql_where=text("stopped_at IS NULL"),
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
    rule: str
    said: str
    ready: str = ""
    given_by: int = Field(foreign_key="person.id")
    given_at: datetime
    next_on: date
    next_at: datetime
    stopped_at: datetime | None = None
    proposal_id: int | None = Field(default=None, foreign_key="proposal.id", index=True)
