"""Versions of what is loaded once and kept in memory: they grow with every change, whoever makes it."""

from sqlalchemy import Integer, String, cast

from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import MetaRow

meta = table(MetaRow)

ROSTER, CALENDAR = "roster", "calendar"


async def raise_version(connection: Connection, key: str) -> None:
    """Every process is to load this again."""
    following = cast(cast(meta.c.value, Integer) + 1, String)
    insert = insert_of(connection.dialect.name)(meta).values(key=key, value="1")
    await connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_={"value": following}))
