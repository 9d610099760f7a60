"""Recounts: which deadlines the days of a change touch, and how far the counting has come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select, text, update

from domain.extensions import Extension
from domain.recounting import Counted, Recount
from domain.tasks import Assignment, Status
from storage.codecs import table
from storage.engine import Connection
from storage.extensions import PENDING, extension, to_extension
from storage.models import AssignmentRow, RecountRow
from storage.models.tasks import UNFINISHED_ROWS
from storage.tasks import ALL, to_assignment

recount, assignment = table(RecountRow), table(AssignmentRow)

# written out, not bound: only so does the database see that the index of counted ones serves
_COUNTED = and_(text("assignment." + UNFINISHED_ROWS.text), text("assignment.workdays IS NOT NULL"))
_OPEN = recount.c.done_at.is_(None)


def _touched(start: ColumnElement[Any], end: ColumnElement[Any], days: Sequence[date]) -> list[Any]:
    """A count goes over a day that lies after its start, and not after its end."""
    return [end >= min(days), or_(*((start < day) & (end >= day) for day in days))]


def _of_days(days: Sequence[date]) -> list[Any]:
    # what is claimed has been judged by the deadline that it had
    not_claimed = assignment.c.status != Status.AWAITING.value
    return [_COUNTED, not_claimed, *_touched(assignment.c.counted_from, assignment.c.due_on, days)]


class Recounts:
    """Recounts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def ask(self, new: Recount) -> Recount:
        values = {
            "days": [day.isoformat() for day in new.days],
            "notice": new.notice,
            "asked_by": new.asked_by,
            "asked_at": new.asked_at,
            "reached": new.reached,
            "moved": {},
        }
        kept = await self._db.execute(recount.insert().values(values).returning(recount.c.id))
        return replace(new, id=kept.scalar_one())

    async def open(self) -> list[int]:
        """Those that are not over, the oldest first."""
        return [row[0] for row in await self._db.execute(select(recount.c.id).where(_OPEN).order_by(recount.c.id))]

    async def take(self, recount_id: int) -> Recount | None:
        """One that is not over, held until the transaction ends."""
        query = select(recount).where(recount.c.id == recount_id, _OPEN).with_for_update()
        row = (await self._db.execute(query)).one_or_none()
        if row is None:
            return None
        days = tuple(date.fromisoformat(day) for day in row.days)
        moved = {int(unit): count for unit, count in row.moved.items()}
        return Recount(row.id, days, row.notice, row.asked_by, row.asked_at, row.reached, moved)

    async def keep(self, one: Recount, done_at: datetime | None = None) -> None:
        """How far it has come."""
        moved = {str(unit): count for unit, count in one.moved.items()}
        values = {"reached": one.reached, "moved": moved, "done_at": done_at}
        await self._db.execute(update(recount).where(recount.c.id == one.id).values(values))

    # -- what the days touch -------------------------------------------------------------------------------------------

    async def counted(self, days: Sequence[date]) -> list[Counted]:
        """The deadlines whose count goes over some days, those of a person that are alike together."""
        alike = (assignment.c.assignee_id, assignment.c.workdays, assignment.c.counted_from, assignment.c.due_on)
        rows = await self._db.execute(
            select(*alike, func.count().label("how_many")).where(*_of_days(days)).group_by(*alike)
        )
        return [Counted(row.assignee_id, row.workdays, row.counted_from, row.due_on, row.how_many) for row in rows]

    async def people(self, days: Sequence[date], after: int, limit: int) -> list[int]:
        """The next people who have such deadlines."""
        person = assignment.c.assignee_id
        query = select(person).where(*_of_days(days), person > after).distinct().order_by(person).limit(limit)
        return [row[0] for row in await self._db.execute(query)]

    async def of_people(self, people: Sequence[int], days: Sequence[date]) -> list[Assignment]:
        """Their assignments, held until the transaction ends."""
        query = ALL.where(*_of_days(days), assignment.c.assignee_id.in_(people))
        query = query.order_by(assignment.c.sort_at, assignment.c.id).with_for_update(of=assignment)
        return [to_assignment(row) for row in await self._db.execute(query)]

    async def asked_for(self, days: Sequence[date]) -> list[Extension]:
        """The requests for a later deadline that wait, and whose count goes over some days."""
        touched = _touched(extension.c.counted_from, extension.c.new_on, days)
        query = select(extension).where(PENDING, extension.c.workdays.is_not(None), *touched).order_by(extension.c.id)
        return [to_extension(row) for row in await self._db.execute(query.with_for_update())]
