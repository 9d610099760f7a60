"""Files that people have asked for and that take a while to make: rows, so that no restart forgets one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from storage.codecs import table
from storage.engine import Connection
from storage.models import ErrandRow

errand = table(ErrandRow)


@dataclass(frozen=True, slots=True)
class Errand:
    """What is to be made, for whom, and for which of their chats."""

    id: int
    kind: str
    person_id: int
    account_id: int
    params: Mapping[str, Any]
    asked_at: datetime
    attempts: int = 0


class Errands:
    """Errands of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def ask(self, kind: str, person_id: int, account_id: int, params: Mapping[str, Any], now: datetime) -> None:
        """Have something made; the letter with it follows within seconds of the commit."""
        values = {"kind": kind, "person_id": person_id, "account_id": account_id, "params": dict(params)}
        await self._db.execute(errand.insert().values(**values, asked_at=now, attempts=0))

    async def next(self, after: int = 0) -> Errand | None:
        """The first errand behind another one that is still to be done."""
        query = select(errand).where(errand.c.done_at.is_(None), errand.c.id > after).order_by(errand.c.id).limit(1)
        row = (await self._db.execute(query)).one_or_none()
        if row is None:
            return None
        return Errand(row.id, row.kind, row.person_id, row.account_id, row.params, row.asked_at, row.attempts)

    async def done(self, errand_id: int, now: datetime) -> bool:
        """It is done; False where somebody else was faster."""
        open_one = (errand.c.id == errand_id, errand.c.done_at.is_(None))
        return bool((await self._db.execute(update(errand).where(*open_one).values(done_at=now))).rowcount)

    async def failed(self, errand_id: int) -> None:
        """Count a failure; it is tried again with the next tick."""
        await self._db.execute(update(errand).where(errand.c.id == errand_id).values(attempts=errand.c.attempts + 1))

    async def forget_before(self, instant: datetime) -> None:
        """Delete what was done before an instant."""
        await self._db.execute(errand.delete().where(errand.c.done_at < instant))
