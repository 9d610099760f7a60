"""Rounds: what is done at set hours, when it is next due, and how far it has come."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import RoundRow

row_of = table(RoundRow)


@dataclass(frozen=True, slots=True)
class Planned:
    """When a round is due (UTC), and up to which of its parts it has come."""

    at: datetime
    reached: int = 0


class Rounds:
    """Rounds of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def all(self) -> dict[str, Planned]:
        """Every round, by its name."""
        rows = await self._db.execute(select(row_of))
        return {row.name: Planned(row.next_at, row.reached) for row in rows}

    async def plan(self, name: str, at: datetime) -> None:
        """The round is due at an instant, from its beginning."""
        values = {"next_at": at, "reached": 0}
        insert = insert_of(self._db.dialect.name)(row_of).values(name=name, **values)
        await self._db.execute(insert.on_conflict_do_update(index_elements=["name"], set_=values))

    async def reach(self, name: str, at: datetime, part: int) -> bool:
        """A part of the round that was due at an instant is done; False where that round is no longer due."""
        due = (row_of.c.name == name, row_of.c.next_at == at, row_of.c.reached < part)
        return bool((await self._db.execute(update(row_of).where(*due).values(reached=part))).rowcount)
