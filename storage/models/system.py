"""The table of facts about the database itself."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class MetaRow(SQLModel, table=True):
    """A named value: the roster's version, whether this is a rehearsal."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str


class VendorTokenRow(SQLModel, table=True):
    """The tokens of one channel, sealed. `generation` counts the pairs, and tells whether somebody has a newer one."""

    __tablename__ = "vendor_token"
    channel: str = Field(primary_key=True)
    generation: int
    access: str
    refresh: str
    expires_at: datetime | None = None
    given: str = ""
    tries: int = 0
    tried_at: datetime | None = None
    leased_until: datetime | None = None
    lost_at: datetime | None = None
