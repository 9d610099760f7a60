"""Tables of directives, whom they were sent to, and the links to their files."""

from datetime import date, datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint


class DirectiveRow(SQLModel, table=True):
    """`audience` says who is to get it; `sent_up_to` is the last person that the fan-out has reached.

    It goes out from `publish_at` on, until `fanned_out_at`; `refresh_at` is when it is looked at next how far it has
    come, and `status_letter_id` the message to whoever published it that says so.
    """

    __tablename__ = "directive"
    __table_args__ = (
        Index(
            "ix_directive_due",
            "publish_at",
            sqlite_where=text("fanned_out_at IS NULL AND cancelled_at IS NULL"),
            postgresql_where=text("fanned_out_at IS NULL AND cancelled_at IS NULL"),
        ),
        Index(
            "ix_directive_refresh",
            "refresh_at",
            sqlite_where=text("refresh_at IS NOT NULL"),
            postgresql_where=text("refresh_at IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    number: str
    issued_on: date | None = None
    subject: str
    summary: str = ""
    body: str = ""
    files: list[object] = Field(sa_column=Column(JSON, nullable=False))
    audience: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    published_by: int = Field(foreign_key="person.id")
    created_at: datetime
    publish_at: datetime
    sent_up_to: int = 0
    fanned_out_at: datetime | None = None
    cancelled_at: datetime | None = None
    refresh_at: datetime | None = None
    status_letter_id: int | None = None


class RecipientRow(SQLModel, table=True):
    """Somebody whom a directive was sent to; `ask_at` is when they are asked again whether they have received it.

    `acknowledged_by` is the person, or the unit head who attested for them. What became of the letter is kept here,
    as letters are not kept for long.
    """

    __tablename__ = "recipient"
    __table_args__ = (
        UniqueConstraint("directive_id", "person_id"),
        Index(
            "ix_recipient_ask",
            "ask_at",
            "person_id",
            sqlite_where=text("ask_at IS NOT NULL"),
            postgresql_where=text("ask_at IS NOT NULL"),
        ),
        Index("ix_recipient_person", "person_id"),
    )
    id: int | None = Field(default=None, primary_key=True)
    directive_id: int = Field(foreign_key="directive.id")
    person_id: int = Field(foreign_key="person.id")
    unit_id: int = Field(foreign_key="unit.id")
    letter_id: int | None = None
    posted_at: datetime
    delivered_at: datetime | None = None
    unreachable: bool = False
    acknowledged_at: datetime | None = None
    acknowledged_by: int | None = Field(default=None, foreign_key="person.id")
    asks: int = 0
    ask_at: datetime | None = None
    head_told_at: datetime | None = None


class UploadLinkRow(SQLModel, table=True):
    """A one-time link by which a file can be handed in, for a chat that cannot carry it in."""

    __tablename__ = "upload_link"
    token_hash: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", ondelete="CASCADE", index=True)
    expires_at: datetime
    used_at: datetime | None = None


class FileLinkRow(SQLModel, table=True):
    """A one-time link to a file, for a chat that cannot carry it; only the hash of its secret is kept."""

    __tablename__ = "file_link"
    token_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    file: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    expires_at: datetime
    used_at: datetime | None = None
