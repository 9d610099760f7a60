"""How the channels are: what was last heard and sent there, what waits, what their vendors say."""

from datetime import datetime

from sqlalchemy import func, select

from domain.ways import OPEN, Health
from storage.engine import Connection
from storage.outbox import account, letter, pause
from storage.ways import Ways


class ChannelHealth:
    """The channels as of one transaction."""

    def __init__(self, connection: Connection, ways: Ways) -> None:
        self._db = connection
        self._ways = ways

    async def all(self, now: datetime) -> list[Health]:
        """Every channel that is configured, or that somebody is connected on."""
        linked = select(account.c.channel, func.count().label("people"), func.max(account.c.last_heard_at).label("at"))
        rows = {row.channel: row for row in await self._db.execute(linked.group_by(account.c.channel))}
        standings, waiting = await self._ways.standings(now), await self._waiting()
        found = []
        for name in sorted({*standings, *rows}):
            row = rows.get(name)
            people, heard_at = (row.people, row.at) if row else (0, None)
            sent_at, until = await self._sent_at(name), await self._paused_until(name, now)
            standing = standings.get(name, OPEN)
            found.append(Health(name, standing, people, heard_at, sent_at, waiting.get(name, 0), until))
        return found

    async def _waiting(self) -> dict[str, int]:
        count = select(letter.c.channel, func.count().label("waiting")).where(letter.c.state == "pending")
        return {row.channel: row.waiting for row in await self._db.execute(count.group_by(letter.c.channel))}

    async def _sent_at(self, channel: str) -> datetime | None:
        # in the order in which they were tried, which is an index: the last ones of a channel have arrived soon
        sent = (letter.c.channel == channel, letter.c.state == "sent", letter.c.attempted_at.is_not(None))
        query = select(letter.c.sent_at).where(*sent).order_by(letter.c.attempted_at.desc()).limit(1)
        at: datetime | None = await self._db.scalar(query)
        return at

    async def _paused_until(self, channel: str, now: datetime) -> datetime | None:
        silent = (pause.c.channel == channel, pause.c.address == "", pause.c.since <= now, pause.c.until > now)
        until: datetime | None = await self._db.scalar(select(pause.c.until).where(*silent))
        return until
