"""Extensions of deadlines: what was asked for, and what became of it."""

from dataclasses import replace
from typing import Any

from sqlalchemy import select, text, update

from domain.deadlines import Deadline
from domain.extensions import Extension, Outcome
from storage.codecs import table
from storage.engine import Connection
from storage.models import AssignmentRow, ExtensionRow
from storage.tasks import OPEN_ROWS

extension, assignment = table(ExtensionRow), table(AssignmentRow)

PENDING = extension.c.outcome == "pending"


def to_extension(row: Any) -> Extension:
    return Extension(
        id=row.id,
        number=row.assignment_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        reason=row.reason,
        old=Deadline(row.old_on, row.old_time),
        new=Deadline(row.new_on, row.new_time, row.workdays, row.counted_from),
        outcome=Outcome(row.outcome),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        note=row.note,
    )


def _new_values(new: Deadline) -> dict[str, object]:
    return {"new_on": new.on, "new_time": new.at, "workdays": new.workdays, "counted_from": new.counted_from}


class Extensions:
    """Extensions of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def keep(self, new: Extension) -> Extension:
        """Keep a request, or a deadline that was moved without one; it replaces a request that is pending."""
        await self._db.execute(
            update(extension)
            .where(extension.c.assignment_id == new.number, PENDING)
            .values(outcome=Outcome.REPLACED.value, decided_at=new.asked_at)
        )
        values = _new_values(new.new) | {
            "assignment_id": new.number,
            "asked_by": new.asked_by,
            "asked_at": new.asked_at,
            "reason": new.reason,
            "old_on": new.old.on,
            "old_time": new.old.at,
            "outcome": new.outcome.value,
            "decided_by": new.decided_by,
            "decided_at": new.decided_at,
            "note": new.note,
        }
        kept = await self._db.execute(extension.insert().values(values).returning(extension.c.id))
        return replace(new, id=kept.scalar_one())

    async def decide(self, decided: Extension) -> bool:
        """Keep what became of a request that waits, unless somebody else was faster; says whether it was kept."""
        values = _new_values(decided.new) | {
            "outcome": decided.outcome.value,
            "decided_by": decided.decided_by,
            "decided_at": decided.decided_at,
            "note": decided.note,
        }
        waits = (extension.c.id == decided.id, PENDING)
        return (await self._db.execute(update(extension).where(*waits).values(values))).rowcount == 1

    async def pending(self, number: int) -> Extension | None:
        """The request that waits for a decision about an assignment; of two that came at once, the newer."""
        query = select(extension).where(extension.c.assignment_id == number, PENDING)
        query = query.order_by(extension.c.id.desc()).limit(1)
        row = (await self._db.execute(query)).one_or_none()
        return to_extension(row) if row else None

    async def undecided(self, limit: int) -> list[int]:
        """The assignments under way whose request waits for a decision, the oldest request first."""
        joined = extension.join(assignment, assignment.c.id == extension.c.assignment_id)
        # written out, not bound: only so does the database see that the partial index serves
        waits = (text("extension.outcome = 'pending'"), OPEN_ROWS)
        query = select(extension.c.assignment_id).select_from(joined).where(*waits).order_by(extension.c.id)
        return [row[0] for row in await self._db.execute(query.limit(limit))]

    async def of(self, number: int) -> list[Extension]:
        """Everything that was asked for and granted for an assignment, the oldest first."""
        query = select(extension).where(extension.c.assignment_id == number).order_by(extension.c.id)
        return [to_extension(row) for row in await self._db.execute(query)]

    async def reopen(self, number: int) -> None:
        """The last decision about an assignment was taken back: what was asked for waits again.

        A date that the approver chose is as if it had not been, and what it took the place of waits. Where something
        was asked for since, that alone waits.
        """
        if await self.pending(number) is not None:
            return
        of_it = extension.c.assignment_id == number
        query = select(extension).where(of_it, extension.c.outcome == "granted").order_by(extension.c.id.desc())
        last = (await self._db.execute(query.limit(1))).one()
        waiting = {"outcome": "pending", "decided_by": None, "decided_at": None}
        if last.asked_by != last.decided_by:
            await self._db.execute(update(extension).where(extension.c.id == last.id).values(waiting))
            return
        replaced = (of_it, extension.c.outcome == "replaced", extension.c.decided_at == last.asked_at)
        await self._db.execute(update(extension).where(*replaced).values(waiting))
        await self._db.execute(update(extension).where(extension.c.id == last.id).values(outcome="replaced"))
