"""Leave that was noted, kept until some months after it has ended."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import delete, select, update

from domain.absences import Absence
from storage.codecs import table
from storage.engine import Connection
from storage.models import AbsenceRow

absence = table(AbsenceRow)


class Absences:
    """Absences of one transaction; whoever changes them has the agency loaded again (`UnitOfWork.roster_changed`)."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def all(self) -> list[Absence]:
        """Every absence that was not called off."""
        query = select(absence).where(absence.c.cancelled_at.is_(None)).order_by(absence.c.from_on, absence.c.id)
        return [
            Absence(row.id, row.person_id, row.stand_in_id, row.from_on, row.until_on, row.noted_by, row.noted_at)
            for row in await self._db.execute(query)
        ]

    async def keep(self, new: Absence) -> Absence:
        values = {
            "person_id": new.person_id,
            "stand_in_id": new.stand_in_id,
            "from_on": new.from_on,
            "until_on": new.until_on,
            "noted_by": new.noted_by,
            "noted_at": new.noted_at,
        }
        kept = await self._db.execute(absence.insert().values(values).returning(absence.c.id))
        return replace(new, id=kept.scalar_one())

    async def call_off(self, absence_id: int, now: datetime) -> None:
        await self._db.execute(update(absence).where(absence.c.id == absence_id).values(cancelled_at=now))

    async def sweep(self, before: date) -> None:
        """Delete what ended before a day."""
        await self._db.execute(delete(absence).where(absence.c.until_on < before))
