"""Tables of documents that were read, of what they propose, and of the names that they use."""

from datetime import datetime

from sqlalchemy import JSON, Column, Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint


class ReadDocumentRow(SQLModel, table=True):
    """A document that was read: `reading` is what was found in it, `text` is what stands in it.

    `tell_at` is when those who were given something by it are to be told, None once all have been; `told_up_to` is the
    last of them who has been.
    `draft` is the directive that is being made of it, until that has been published.
    """

    __tablename__ = "read_document"
    __table_args__ = (
        Index(
            "ix_read_document_tell",
            "tell_at",
            sqlite_where=text("tell_at IS NOT NULL"),
            postgresql_where=text("tell_at IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    read_for: int = Field(foreign_key="person.id")
    read_at: datetime = Field(index=True)
    reading: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    text: str
    directive_id: int | None = Field(default=None, foreign_key="directive.id", unique=True)
    succeeds: int | None = Field(default=None, foreign_key="directive.id")
    stops: list[int] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    tell_at: datetime | None = None
    told_up_to: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    draft: dict[str, object] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))


class ProposalRow(SQLModel, table=True):
    """A task as it is proposed; `place` is where it stands in the reading, `values` is what the Office made of it.

    `give_at` is when its tasks are to be given, None before the directive is published and once they have been;
    `stop_at` the same of when those that were given are to be stopped.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        Index(
            "ix_proposal_give",
            "give_at",
            "id",
            sqlite_where=text("give_at IS NOT NULL"),
            postgresql_where=text("give_at IS NOT NULL"),
        ),
        Index(
            "ix_proposal_stop",
            "stop_at",
            "id",
            sqlite_where=text("stop_at IS NOT NULL"),
            postgresql_where=text("stop_at IS NOT NULL"),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="read_document.id")
    number: int
    place: int
    content: str
    lead: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    coordinate: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    due: dict[str, object] | None = Field(default=None, sa_column=Column(JSON(none_as_null=True)))
    decided: str
    reason: str = ""
    into: int | None = None
    give_at: datetime | None = None
    given_at: datetime | None = None
    follows: int | None = Field(default=None, foreign_key="proposal.id")
    stop_at: datetime | None = None


class LearntNameRow(SQLModel, table=True):
    """A body as documents name it (`name` is folded), and the units and people of the agency that it stands for."""

    __tablename__ = "learnt_name"
    name: str = Field(primary_key=True)
    doers: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    learnt_from: int = Field(foreign_key="person.id")
    learnt_at: datetime
