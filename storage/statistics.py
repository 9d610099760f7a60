"""Counts over many tasks at once, each read off an index: their cost follows what is near, not what is kept."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select, text, update

from domain.escalation import Step
from domain.statistics import By, Counts, Done, Horizons, Stuck
from domain.tasks import Assignment, Index, Status, Verb
from storage.codecs import table
from storage.engine import Connection
from storage.models import AssignmentRow, DifficultyRow, ExtensionRow, LogRow
from storage.models.tasks import AWAITING_ROWS, STUCK_ROWS, UNFINISHED_ROWS
from storage.tasks import ALL, OPEN_ROWS, to_assignment

assignment, log = table(AssignmentRow), table(LogRow)
difficulty, extension = table(DifficultyRow), table(ExtensionRow)

# written out, not bound: only so does the database see that the partial indexes serve
_UNFINISHED = text("assignment." + UNFINISHED_ROWS.text)
_AWAITING = text("assignment." + AWAITING_ROWS.text)
_STUCK = text("assignment." + STUCK_ROWS.text)
_SPOKEN = (Verb.PROGRESSED.value, Verb.RETURNED.value)
_INDEXED = text("assignment.index_name IS NOT NULL")
_NOT_CLAIMED = assignment.c.status != Status.AWAITING.value

_KEYS: dict[By, ColumnElement[Any]] = {
    By.UNIT: assignment.c.unit_id,
    By.PERSON: assignment.c.assignee_id,
    By.INDEX: assignment.c.index_name,
}


def _within(by: By, unit_ids: Sequence[int], index: Index | None) -> list[Any]:
    where: list[Any] = [assignment.c.unit_id.in_(unit_ids)]
    if index is not None:
        where.append(assignment.c.index_name == index.value)
    if by is By.INDEX or index is not None:
        where.append(_INDEXED)
    return where


def _near(key: ColumnElement[Any], at: Horizons) -> Select[Any]:
    due = assignment.c.sort_at
    return select(
        key.label("key"),
        func.count().filter(due <= at.now).label("overdue"),
        func.count().filter(due > at.now, due <= at.today).label("today"),
        func.count().filter(due > at.today, due <= at.week).label("week"),
        func.count().filter(due > at.now, due <= at.soon).label("soon"),
    ).where(_UNFINISHED, _NOT_CLAIMED, due <= at.furthest)


def _done(key: ColumnElement[Any], since: datetime) -> Select[Any]:
    claimed, due = assignment.c.claimed_at, assignment.c.due_at
    original = func.coalesce(assignment.c.original_due_at, due)
    return select(
        key.label("key"),
        func.count().label("claimed"),
        func.count().filter(claimed < due).label("on_time"),
        func.count().filter(claimed < original).label("originally"),
    ).where(text("assignment.claimed_at IS NOT NULL"), claimed >= since, due.is_not(None))


class Statistics:
    """Counts of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def _rows(self, query: Select[Any]) -> list[Any]:
        return list(await self._db.execute(query))

    # -- what is open ------------------------------------------------------------------------------------------------

    async def of_units(self, unit_ids: Sequence[int], at: Horizons) -> dict[int, Counts]:
        """What is unfinished in each of some units; a unit with nothing is left out."""
        return await self.counts(By.UNIT, unit_ids, at)

    async def counts(
        self, by: By, unit_ids: Sequence[int], at: Horizons, index: Index | None = None
    ) -> dict[Any, Counts]:
        """What is unfinished in some units, for each unit, person or index; of one index only, where it is given."""
        key, mine = _KEYS[by], _within(by, unit_ids, index)
        near = {row.key: row for row in await self._rows(_near(key, at).where(*mine).group_by(key))}
        totals = await self._counted(key, _UNFINISHED, *mine)
        awaiting = await self._counted(key, _AWAITING, *mine)
        stuck = await self._counted(key, _STUCK, *mine)
        return {
            one: _counts(near.get(one), total, awaiting.get(one, 0), stuck.get(one, 0)) for one, total in totals.items()
        }

    async def _counted(self, key: ColumnElement[Any], *where: Any) -> dict[Any, int]:
        query: Select[Any] = select(key.label("key"), func.count().label("how_many")).where(*where)
        return {row.key: row.how_many for row in await self._rows(query.group_by(key))}

    async def due_days(self, unit_ids: Sequence[int], at: Horizons) -> dict[int, dict[date, int]]:
        """How many are due on each day of the rest of this week, in each of some units."""
        unit, day = assignment.c.unit_id, assignment.c.due_on
        near = (assignment.c.sort_at > at.now, assignment.c.sort_at <= at.week)
        query = select(unit, day, func.count()).where(_UNFINISHED, _NOT_CLAIMED, unit.in_(unit_ids), *near)
        found: dict[int, dict[date, int]] = {}
        for row in await self._rows(query.group_by(unit, day)):
            found.setdefault(row[0], {})[row[1]] = int(row[2])
        return found

    async def late(
        self, step: Step, until: datetime, since: datetime, unit_ids: Sequence[int] | None = None, limit: int = 500
    ) -> list[Assignment]:
        """What was due by an instant, was not carried up to a step yet, and is to be: the longest overdue first.

        Held back is what was reported on or given back since an instant, has an open difficulty, or a later deadline
        asked for.
        """
        number = assignment.c.id
        spoken = exists().where(log.c.assignment_id == number, log.c.at >= since, log.c.verb.in_(_SPOKEN))
        asked = exists().where(extension.c.assignment_id == number, text("extension.outcome = 'pending'"))
        where = [assignment.c.escalated.bitwise_and(int(step)) == 0, ~assignment.c.stuck, ~spoken, ~asked]
        if unit_ids is not None:
            where.append(assignment.c.unit_id.in_(unit_ids))
        query = ALL.where(_UNFINISHED, OPEN_ROWS, assignment.c.sort_at <= until, *where)
        rows = await self._db.execute(query.order_by(assignment.c.sort_at, number).limit(limit))
        return [to_assignment(row) for row in rows]

    async def carried_up(self, numbers: Sequence[int], step: Step) -> None:
        """A step is done for these tasks, and is not done again."""
        if numbers:
            raised = assignment.c.escalated.bitwise_or(int(step))
            await self._db.execute(update(assignment).where(assignment.c.id.in_(numbers)).values(escalated=raised))

    # -- what was done -----------------------------------------------------------------------------------------------

    async def done(
        self, by: By, unit_ids: Sequence[int], since: datetime, index: Index | None = None
    ) -> dict[Any, Done]:
        """What was claimed in some units since an instant, and whether in time, for each unit, person or index."""
        key = _KEYS[by]
        rows = await self._rows(_done(key, since).where(*_within(by, unit_ids, index)).group_by(key))
        return {row.key: Done(row.claimed, row.on_time, row.originally) for row in rows}

    # -- difficulties ------------------------------------------------------------------------------------------------

    async def raised(self, since: datetime) -> list[Stuck]:
        """The open difficulties that were raised since an instant, the oldest first."""
        return await self._difficulties(difficulty.c.raised_at >= since)

    async def waiting_for(self, turn: str) -> list[Stuck]:
        """The open difficulties that wait for somebody's answer, the oldest first."""
        return await self._difficulties(difficulty.c.turn == turn)

    async def _difficulties(self, *where: ColumnElement[bool]) -> list[Stuck]:
        query = (
            select(assignment.c.id, assignment.c.assignee_id, assignment.c.unit_id, difficulty.c.raised_at)
            .join_from(difficulty, assignment, assignment.c.id == difficulty.c.assignment_id)
            .where(text("difficulty.closed_at IS NULL"), *where)
            .order_by(difficulty.c.raised_at, difficulty.c.id)
        )
        return [Stuck(row.id, row.assignee_id, row.unit_id, row.raised_at) for row in await self._rows(query)]


def _counts(near: Any, total: int, awaiting: int, stuck: int) -> Counts:
    """Of one unit or index; `near` is None where nothing of it is near."""
    if near is None:
        return Counts(total, awaiting=awaiting, stuck=stuck)
    return Counts(total, near.overdue, near.today, near.week, near.soon, awaiting, stuck)
