"""Who holds a duty, as the database has it: a process that was replaced without knowing cannot act on it any more."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, exists, select

from storage.codecs import table
from storage.engine import Connection, insert_of
from storage.models import LetterRow, MetaRow

meta, letter = table(MetaRow), table(LetterRow)
DUTY = "duty:"
"""What the keys of duties begin with, among the facts about the database."""

HELD = exists().where(meta.c.key == bindparam("duty"), meta.c.value == bindparam("holder"))


@dataclass(frozen=True, slots=True)
class Held:
    """A duty and the process that holds it."""

    duty: str
    holder: str

    @property
    def values(self) -> dict[str, object]:
        """What fills in `HELD`."""
        return {"duty": DUTY + self.duty, "holder": self.holder}


class Duties:
    """The duties of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def hold(self, held: Held) -> None:
        """From now on whoever held the duty before can do nothing in its name."""
        insert = insert_of(self._db.dialect.name)(meta).values(key=DUTY + held.duty, value=held.holder)
        taken_over = {"value": held.holder}
        await self._db.execute(insert.on_conflict_do_update(index_elements=["key"], set_=taken_over))

    async def holds(self, held: Held) -> bool:
        return bool(await self._db.scalar(select(HELD), held.values))

    async def holders(self) -> dict[str, str]:
        """Who took each duty last."""
        rows = await self._db.execute(select(meta.c.key, meta.c.value).where(meta.c.key.startswith(DUTY)))
        return {row.key.removeprefix(DUTY): row.value for row in rows}

    async def sent_since(self, channel: str, instant: datetime) -> list[tuple[str, datetime]]:
        """To where letters of a channel were sent since an instant, whoever sent them, and when, in order."""
        recent = (letter.c.channel == channel, letter.c.attempted_at > instant)
        query = select(letter.c.address, letter.c.attempted_at).where(*recent).order_by(letter.c.attempted_at)
        return [(row.address, row.attempted_at) for row in await self._db.execute(query)]
