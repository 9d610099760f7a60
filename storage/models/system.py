"""The table of facts about the database itself."""

from sqlmodel import Field, SQLModel


class MetaRow(SQLModel, table=True):
    """A named value: the roster's version, whether this is a rehearsal."""

    __tablename__ = "meta"
    key: str = Field(primary_key=True)
    value: str
