"""Tables of units, people, their accounts, and the codes that link them."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint


class UnitRow(SQLModel, table=True):
    """`key` is the name as an import finds it again: case and spaces do not matter, marks do."""

    __tablename__ = "unit"
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str = Field(unique=True)
    parent_id: int | None = Field(default=None, foreign_key="unit.id")
    closed_at: datetime | None = None


class PersonRow(SQLModel, table=True):
    __tablename__ = "person"
    __table_args__ = (UniqueConstraint("key", "unit_id"),)
    id: int | None = Field(default=None, primary_key=True)
    name: str
    key: str
    unit_id: int = Field(foreign_key="unit.id", index=True)
    role: str
    title: str = ""
    focal: bool = False
    left_at: datetime | None = None


class AccountRow(SQLModel, table=True):
    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("channel", "address"),)
    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    channel: str
    address: str
    linked_at: datetime
    last_heard_at: datetime
    preferred: bool = False
    unreachable_since: datetime | None = None


class InviteRow(SQLModel, table=True):
    """A one-time code; only its hash is kept."""

    __tablename__ = "invite"
    code_hash: str = Field(primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    expires_at: datetime
    used_at: datetime | None = None


class WrongTriesRow(SQLModel, table=True):
    """How often a stranger's address gave a wrong code."""

    __tablename__ = "wrong_tries"
    channel: str = Field(primary_key=True)
    address: str = Field(primary_key=True)
    tries: int
    last_at: datetime


class WebSessionRow(SQLModel, table=True):
    """A browser that is let in; only the hash of its cookie is kept."""

    __tablename__ = "web_session"
    token_hash: str = Field(primary_key=True)
    account_id: int = Field(foreign_key="account.id", index=True, ondelete="CASCADE")
    expires_at: datetime
