"""The table of open dialogs."""

from datetime import datetime

from sqlalchemy import JSON, Column
from sqlmodel import Field, SQLModel


class ConversationRow(SQLModel, table=True):
    """The step that an account's dialog waits at, and what was said before."""

    __tablename__ = "conversation"
    account_id: int = Field(primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    step: str
    payload: dict[str, object] = Field(sa_column=Column(JSON, nullable=False))
    expires_at: datetime
