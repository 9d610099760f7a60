"""Tables of the outbox (letters), the inbox (events), the pauses that vendors ask for, and their quotas."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint


class LetterRow(SQLModel, table=True):
    """`state` is pending, sending, sent, failed, dropped, expired or merged (an update whose words the letter that it
    replaces has now); `tasks` are the numbers that it speaks of.
    """

    __tablename__ = "letter"
    __table_args__ = (
        Index(
            "ix_letter_queue",
            "channel",
            "priority",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_letter_sending",
            "channel",
            sqlite_where=text("state = 'sending'"),
            postgresql_where=text("state = 'sending'"),
        ),
        Index(
            "ix_letter_about",
            "about",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index(
            "ix_letter_asks",
            "channel",
            "address",
            sqlite_where=text("asks"),
            postgresql_where=text("asks"),
        ),
        Index("ix_letter_address", "channel", "address", "id"),
        Index("ix_letter_attempted", "channel", "attempted_at"),
        Index("ix_letter_person", "person_id", "state"),
    )
    id: int | None = Field(default=None, primary_key=True)
    dedupe: str = Field(unique=True)
    channel: str
    address: str
    person_id: int | None = Field(default=None, foreign_key="person.id")
    text: str
    buttons: list[object] = Field(sa_column=Column(JSON, nullable=False))
    files: list[object] = Field(sa_column=Column(JSON, nullable=False))
    tasks: list[int] = Field(sa_column=Column(JSON, nullable=False))
    priority: int
    about: str = ""
    state: str = "pending"
    attempts: int = 0
    repeated: bool = False
    posted_at: datetime
    not_before: datetime
    expires_at: datetime | None = None
    attempted_at: datetime | None = None
    sent_at: datetime | None = None
    sent_ref: str = ""
    error: str = ""
    replaces: int | None = None
    """The letter whose message this one takes the place of, where the channel can edit."""
    edit_only: bool = False
    asks: bool = False
    """It went out with numbered lines, and its reader has said nothing since."""
    vital: bool = False
    """Whether it may use what is kept of a channel's monthly quota."""


class InboxRow(SQLModel, table=True):
    """`state` is pending, done or failed; `event` is the Incoming as JSON."""

    __tablename__ = "inbox"
    __table_args__ = (
        UniqueConstraint("channel", "event_id"),
        Index(
            "ix_inbox_queue",
            "id",
            sqlite_where=text("state = 'pending'"),
            postgresql_where=text("state = 'pending'"),
        ),
        Index("ix_inbox_address", "channel", "address", "id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    channel: str
    event_id: str
    address: str
    event: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    files: list[object] = Field(sa_column=Column(JSON, nullable=False))
    received_at: datetime
    state: str = "pending"
    attempts: int = 0
    not_before: datetime
    lease_until: datetime | None = None
    error: str = ""


class QuotaRow(SQLModel, table=True):
    """How many messages a channel has used of a month's quota, and up to which mark the Office was warned."""

    __tablename__ = "quota"
    channel: str = Field(primary_key=True)
    month: str = Field(primary_key=True)
    used: int = 0
    warned: int = 0
    spent_at: datetime | None = None
    """When the vendor said that nothing is left of it."""


class PauseRow(SQLModel, table=True):
    """A vendor asked for silence on a channel (`address` empty) or in one chat."""

    __tablename__ = "pause"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    since: datetime
    until: datetime
