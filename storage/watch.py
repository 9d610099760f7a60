"""What waits, for whoever watches the machine: counted off the indexes of what waits, however much is kept."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select

from storage.engine import Connection
from storage.inbox import inbox
from storage.outbox import letter, pause


@dataclass(frozen=True, slots=True)
class Waiting:
    """The letters of one channel and priority that wait; `since` is when the oldest of them could have left."""

    channel: str
    priority: int
    count: int
    since: datetime


class Watch:
    """Counts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def letters(self) -> list[Waiting]:
        # one that was tried and put back has been due for as long as it has been there
        due = func.min(case((letter.c.error == "", letter.c.not_before), else_=letter.c.posted_at))
        query = select(letter.c.channel, letter.c.priority, func.count().label("waiting"), due.label("since"))
        grouped = query.where(letter.c.state == "pending").group_by(letter.c.channel, letter.c.priority)
        return [Waiting(row.channel, row.priority, row.waiting, row.since) for row in await self._db.execute(grouped)]

    async def events(self) -> tuple[int, datetime | None]:
        """How many events have not been handled, and when the oldest came."""
        query = select(func.count().label("waiting"), func.min(inbox.c.received_at).label("since"))
        row = (await self._db.execute(query.where(inbox.c.state == "pending"))).one()
        return row.waiting, row.since

    async def pauses(self, now: datetime) -> list[tuple[str, str, datetime]]:
        """The channels (with an empty address) and chats that a vendor has silenced, and until when."""
        query = select(pause.c.channel, pause.c.address, pause.c.until).where(pause.c.since <= now, pause.c.until > now)
        return [(row.channel, row.address, row.until) for row in await self._db.execute(query)]
