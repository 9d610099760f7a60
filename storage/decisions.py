"""Waiting tasks, decisions, and what each has opened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update

from domain.decisions import Decision, Wait, WaitingTask
from domain.names import fold
from domain.tasks import Index, Status
from storage.codecs import table
from storage.engine import Connection
from storage.models import AssignmentRow, DecisionRow, OpeningRow, WaitingTaskRow

waiting, decision, opening = table(WaitingTaskRow), table(DecisionRow), table(OpeningRow)
assignment = table(AssignmentRow)

_OPEN = waiting.c.closed_at.is_(None)


def _key(number: str) -> str:
    """A number as it is found again: case, marks and spaces do not matter."""
    return fold(number).replace(" ", "")


def to_waiting(row: Any) -> WaitingTask:
    return WaitingTask(
        id=row.id,
        content=row.content,
        index=Index(row.reform_index) if row.reform_index else None,
        source=row.source,
        directive_id=row.directive_id,
        point=row.point,
        person_id=row.person_id,
        unit_id=row.unit_id,
        wait=Wait(row.said, row.days, row.working),
        given_by=row.given_by,
        given_at=row.given_at,
        proposal_id=row.proposal_id,
    )


def _to_decision(row: Any) -> Decision:
    return Decision(row.id, row.number, row.signed_on, row.received_on, row.opened_by, row.opened_at)


class Decisions:
    """Decisions of one transaction, and what waits for one."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    # -- what waits ----------------------------------------------------------------------------------------------------

    async def wait(self, new: WaitingTask) -> WaitingTask:
        values = {
            "content": new.content,
            "reform_index": new.index and new.index.value,
            "source": new.source,
            "directive_id": new.directive_id,
            "point": new.point,
            "person_id": new.person_id,
            "unit_id": new.unit_id,
            "said": new.wait.said,
            "days": new.wait.days,
            "working": new.wait.working,
            "given_by": new.given_by,
            "given_at": new.given_at,
            "proposal_id": new.proposal_id,
        }
        kept = await self._db.execute(waiting.insert().values(values).returning(waiting.c.id))
        return replace(new, id=kept.scalar_one())

    async def waiting(self) -> list[WaitingTask]:
        """Every rule that stands, in the order in which they were given."""
        return [to_waiting(row) for row in await self._db.execute(select(waiting).where(_OPEN).order_by(waiting.c.id))]

    async def stop_waiting(self, waiting_id: int, now: datetime) -> None:
        await self._db.execute(update(waiting).where(waiting.c.id == waiting_id).values(closed_at=now))

    async def times_opened(self) -> dict[int, int]:
        """How often each rule has been opened."""
        query = select(opening.c.waiting_id, func.count().label("times")).group_by(opening.c.waiting_id)
        return {row.waiting_id: row.times for row in await self._db.execute(query)}

    # -- decisions -----------------------------------------------------------------------------------------------------

    async def find(self, number: str) -> Decision | None:
        row = (await self._db.execute(select(decision).where(decision.c.key == _key(number)))).one_or_none()
        return _to_decision(row) if row else None

    async def last(self, limit: int) -> list[Decision]:
        query = select(decision).order_by(decision.c.id.desc()).limit(limit)
        return [_to_decision(row) for row in await self._db.execute(query)]

    async def keep(self, new: Decision) -> Decision:
        values = {
            "number": new.number,
            "key": _key(new.number),
            "signed_on": new.signed_on,
            "received_on": new.received_on,
            "opened_by": new.opened_by,
            "opened_at": new.opened_at,
        }
        kept = await self._db.execute(decision.insert().values(values).returning(decision.c.id))
        return replace(new, id=kept.scalar_one())

    async def opened(self, decision_id: int, made: Sequence[tuple[int, int]]) -> None:
        """The assignments that a decision has made, each of a waiting task."""
        rows = [{"decision_id": decision_id, "waiting_id": rule, "assignment_id": number} for rule, number in made]
        await self._db.execute(opening.insert(), rows)

    async def opened_by(self, decision_id: int) -> dict[int, int]:
        """What a decision has opened: the assignment of each waiting task; not what was taken back."""
        stopped = assignment.c.status == Status.STOPPED.value
        query = (
            select(opening.c.waiting_id, opening.c.assignment_id)
            .join_from(opening, assignment, assignment.c.id == opening.c.assignment_id)
            .where(opening.c.decision_id == decision_id, ~stopped)
        )
        return {row.waiting_id: row.assignment_id for row in await self._db.execute(query)}

    async def of_assignment(self, number: int) -> Decision | None:
        """The decision that an assignment came from."""
        query = select(decision).join_from(decision, opening, opening.c.decision_id == decision.c.id)
        row = (await self._db.execute(query.where(opening.c.assignment_id == number))).one_or_none()
        return _to_decision(row) if row else None
