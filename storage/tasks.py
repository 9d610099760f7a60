"""Tasks, assignments, their history and evidence."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, bindparam, func, select, text, update

from domain.deadlines import Deadline
from domain.messages import StoredFile
from domain.tasks import OPEN, Assignment, Evidence, Index, LogEntry, Status, Task, Verb
from storage.codecs import file_from_json, table
from storage.engine import Connection
from storage.models import AssignmentRow, EvidenceRow, LogRow, TaskRow
from storage.models.tasks import AWAITING_ROWS, UNFINISHED_ROWS

task, assignment = table(TaskRow), table(AssignmentRow)
FAR = datetime(9999, 1, 1, tzinfo=UTC)
log, evidence = table(LogRow), table(EvidenceRow)

_COLUMNS = (
    *assignment.c,
    task.c.content,
    task.c.given_by,
    task.c.given_at,
    task.c.reform_index,
    task.c.source,
    task.c.directive_id,
    task.c.point,
    task.c.series_id,
    task.c.proposal_id,
)
ALL = select(*_COLUMNS).join_from(assignment, task, task.c.id == assignment.c.task_id)
_ONE = ALL.where(assignment.c.id == bindparam("numbered"))


_CHANGING = (
    "assignee_id", "unit_id", "status", "revision", "percent", "due_on", "due_time", "due_at", "sort_at", "workdays",
    "counted_from", "original_due_on", "original_due_time", "original_due_at", "claimed_at", "result",
    "stuck", "escalated",
)  # fmt: skip
_SAVE = (
    update(assignment)
    .where(assignment.c.id == bindparam("numbered"), assignment.c.revision == bindparam("seen"))
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_SAVE_WITH_REMINDER = _SAVE.values(remind_at=bindparam("new_remind_at"))
_REMIND_LATER = (
    update(assignment)
    .where(assignment.c.id == bindparam("numbered"), assignment.c.remind_at <= bindparam("now"))
    .values(remind_at=bindparam("next"))
)
OPEN_ROWS = assignment.c.status.in_([status.value for status in OPEN])
# written out, not bound: only so does the database see that the index of unfinished ones serves
_UNFINISHED = text("assignment." + UNFINISHED_ROWS.text)
_AWAITING = text("assignment." + AWAITING_ROWS.text)


def _to_task(row: Any) -> Task:
    return Task(
        id=row.task_id,
        content=row.content,
        given_by=row.given_by,
        given_at=row.given_at,
        index=Index(row.reform_index) if row.reform_index else None,
        source=row.source,
        directive_id=row.directive_id,
        point=row.point,
        series_id=row.series_id,
        proposal_id=row.proposal_id,
    )


def to_assignment(row: Any) -> Assignment:
    deadline = row.due_on and Deadline(row.due_on, row.due_time, row.workdays, row.counted_from)
    original = row.original_due_on and Deadline(row.original_due_on, row.original_due_time)
    return Assignment(
        number=row.id,
        task=_to_task(row),
        assignee_id=row.assignee_id,
        unit_id=row.unit_id,
        status=Status(row.status),
        revision=row.revision,
        percent=row.percent,
        deadline=deadline,
        original_deadline=original,
        remind_at=row.remind_at,
        claimed_at=row.claimed_at,
        result=row.result,
        stuck=row.stuck,
        escalated=row.escalated,
    )


def _values(one: Assignment, zone: ZoneInfo) -> dict[str, object]:
    deadline, original = one.deadline, one.original_deadline
    return {
        "assignee_id": one.assignee_id,
        "unit_id": one.unit_id,
        "status": one.status.value,
        "revision": one.revision,
        "percent": one.percent,
        "due_on": deadline and deadline.on,
        "due_time": deadline and deadline.at,
        "due_at": deadline and deadline.instant(zone),
        "sort_at": deadline.instant(zone) if deadline else FAR,
        "workdays": deadline and deadline.workdays,
        "counted_from": deadline and deadline.counted_from,
        "original_due_on": original and original.on,
        "original_due_time": original and original.at,
        "original_due_at": original and original.instant(zone),
        "remind_at": one.remind_at,
        "claimed_at": one.claimed_at,
        "result": one.result,
        "stuck": one.stuck,
        "escalated": one.escalated,
    }


def new_task(new: Task) -> dict[str, object]:
    return {
        "content": new.content,
        "given_by": new.given_by,
        "given_at": new.given_at,
        "reform_index": new.index and new.index.value,
        "source": new.source,
        "directive_id": new.directive_id,
        "point": new.point,
        "series_id": new.series_id,
        "proposal_id": new.proposal_id,
    }


def new_assignment(new: Assignment, task_id: int, zone: ZoneInfo) -> dict[str, object]:
    return _values(new, zone) | {"task_id": task_id, "index_name": new.task.index and new.task.index.value}


class Tasks:
    """Tasks of one transaction."""

    def __init__(self, connection: Connection, zone: ZoneInfo) -> None:
        self._db = connection
        self._zone = zone

    async def get(self, number: int) -> Assignment | None:
        if not 0 < number < 2**31:
            return None
        row = (await self._db.execute(_ONE, {"numbered": number})).one_or_none()
        return to_assignment(row) if row else None

    async def of_numbers(self, numbers: Collection[int]) -> dict[int, Assignment]:
        """Some assignments, by number."""
        rows = await self._db.execute(ALL.where(assignment.c.id.in_(numbers)))
        return {row.id: to_assignment(row) for row in rows}

    async def create(self, new: Assignment) -> Assignment:
        """Keep a new task with its one assignment; gives it with its number."""
        given = new_task(new.task)
        task_id = (await self._db.execute(task.insert().values(given).returning(task.c.id))).scalar_one()
        values = new_assignment(new, task_id, self._zone)
        number = (await self._db.execute(assignment.insert().values(values).returning(assignment.c.id))).scalar_one()
        return replace(new, number=number, task=replace(new.task, id=task_id))

    async def save(self, before: Assignment, after: Assignment) -> bool:
        """Keep a change, unless somebody else was faster; says whether it was kept."""
        values = _values(after, self._zone)
        statement = _SAVE_WITH_REMINDER
        if before.remind_at == after.remind_at:
            # a tick may have moved it since it was read
            statement = _SAVE
            del values["remind_at"]
        changed = await self._db.execute(
            statement,
            {f"new_{name}": value for name, value in values.items()}
            | {"numbered": before.number, "seen": before.revision},
        )
        return changed.rowcount == 1

    # -- lists ---------------------------------------------------------------------------------------------------

    async def todo(self, person_id: int, limit: int, offset: int = 0) -> list[Assignment]:
        """What a person has not finished, the most urgent first."""
        return await self._list(assignment.c.assignee_id == person_id, limit, offset)

    async def todo_of_units(self, unit_ids: Sequence[int], limit: int, offset: int = 0) -> list[Assignment]:
        """What the people of some units have not finished, the most urgent first."""
        return await self._list(assignment.c.unit_id.in_(unit_ids), limit, offset)

    async def near_of_units(self, unit_ids: Sequence[int], until: datetime, limit: int) -> list[Assignment]:
        """What the people of some units still have to do by an instant, the most urgent first."""
        whose = assignment.c.unit_id.in_(unit_ids)
        return await self._list(and_(whose, assignment.c.sort_at <= until, OPEN_ROWS), limit, 0)

    async def near_of_people(self, person_ids: Sequence[int], until: datetime, limit: int) -> list[Assignment]:
        mine = and_(assignment.c.assignee_id.in_(person_ids), assignment.c.sort_at <= until, OPEN_ROWS)
        return await self._list(mine, limit, 0)

    async def awaiting_of_units(self, unit_ids: Sequence[int], limit: int) -> list[Assignment]:
        """What the people of some units have claimed, and nobody has confirmed yet."""
        return await self._list(and_(assignment.c.unit_id.in_(unit_ids), _AWAITING), limit, 0)

    async def _list(self, whose: ColumnElement[bool], limit: int, offset: int) -> list[Assignment]:
        query = (
            ALL.where(whose, _UNFINISHED).order_by(assignment.c.sort_at, assignment.c.id).limit(limit).offset(offset)
        )
        return [to_assignment(row) for row in await self._db.execute(query)]

    async def count(self, person_id: int, now: datetime) -> tuple[int, int]:
        """How many a person has not finished, and how many of these are late; what is claimed is not."""
        return await self._count(assignment.c.assignee_id == person_id, now)

    async def count_of_units(self, unit_ids: Sequence[int], now: datetime) -> tuple[int, int]:
        return await self._count(assignment.c.unit_id.in_(unit_ids), now)

    async def _count(self, whose: ColumnElement[bool], now: datetime) -> tuple[int, int]:
        late = func.count().filter(assignment.c.sort_at <= now, assignment.c.status != Status.AWAITING.value)
        query = select(func.count(), late).where(whose, _UNFINISHED)
        total, overdue = tuple((await self._db.execute(query)).one())
        return total, overdue

    async def under(self, directive_id: int, limit: int = 200, *, typed: bool = False) -> list[Assignment]:
        """The tasks that were given under a directive, or those that were typed, and not read in its document."""
        query = ALL.where(task.c.directive_id == directive_id).order_by(assignment.c.id).limit(limit)
        query = query.where(task.c.proposal_id.is_(None)) if typed else query
        return [to_assignment(row) for row in await self._db.execute(query)]

    # -- reminders -----------------------------------------------------------------------------------------------

    async def people_due(self, now: datetime, limit: int) -> list[int]:
        """The people who have something to be reminded of."""
        due = assignment.c.remind_at <= bindparam("now")
        query = select(assignment.c.assignee_id).where(due, OPEN_ROWS).distinct().limit(bindparam("most"))
        return [row[0] for row in await self._db.execute(query, {"now": now, "most": limit})]

    async def due(self, person_ids: Sequence[int], now: datetime) -> list[Assignment]:
        """All that some people are to be reminded of now, the most urgent first.

        They are held until the transaction ends; what somebody is changing just now is left out.
        """
        query = ALL.where(assignment.c.remind_at <= now, OPEN_ROWS, assignment.c.assignee_id.in_(person_ids))
        query = query.order_by(assignment.c.assignee_id, assignment.c.due_at, assignment.c.id)
        # on SQLite, which has but one writer, this says nothing
        rows = await self._db.execute(query.with_for_update(of=assignment, skip_locked=True))
        return [to_assignment(row) for row in rows]

    async def remind_later(self, instants: dict[int, datetime | None], now: datetime) -> None:
        """Move the reminders of assignments, by number, where they are still due."""
        if not instants:
            return
        moved = [{"numbered": number, "next": instant, "now": now} for number, instant in instants.items()]
        await self._db.execute(_REMIND_LATER, moved)

    async def remind_again(self, numbers: set[int], now: datetime) -> None:
        """Remind of these once more: the letter that spoke of them was taken back."""
        if not numbers:
            return
        still_open = (assignment.c.id.in_(numbers), assignment.c.remind_at.is_not(None))
        await self._db.execute(update(assignment).where(*still_open).values(remind_at=now))

    # -- history -------------------------------------------------------------------------------------------------

    async def note(self, number: int, entry: LogEntry) -> None:
        await self._db.execute(log.insert(), [_log_values(number, entry)])

    async def note_all(self, entries: Sequence[tuple[int, LogEntry]]) -> None:
        if entries:
            await self._db.execute(log.insert(), [_log_values(number, entry) for number, entry in entries])

    async def history(self, number: int, limit: int = 50) -> list[LogEntry]:
        """What happened to an assignment: its last entries, oldest first."""
        query = select(log).where(log.c.assignment_id == number).order_by(log.c.id.desc()).limit(limit)
        rows = list(await self._db.execute(query))
        return [LogEntry(row.at, Verb(row.verb), row.actor_id, row.note, row.percent) for row in reversed(rows)]

    async def claimed_by(self, number: int) -> int | None:
        """Who said last that it is done: the assignee, or somebody for them."""
        claims = select(log.c.actor_id).where(log.c.assignment_id == number, log.c.verb == Verb.CLAIMED.value)
        return (await self._db.execute(claims.order_by(log.c.id.desc()).limit(1))).scalar()

    async def add_evidence(self, number: int, file: StoredFile, given_by: int, now: datetime) -> None:
        await self._db.execute(
            evidence.insert().values(assignment_id=number, file=asdict(file), given_by=given_by, given_at=now)
        )

    async def evidence(self, number: int) -> list[Evidence]:
        query = select(evidence).where(evidence.c.assignment_id == number).order_by(evidence.c.id)
        return [Evidence(file_from_json(row.file), row.given_by, row.given_at) for row in await self._db.execute(query)]


def _log_values(number: int, entry: LogEntry) -> dict[str, object]:
    return {
        "at": entry.at,
        "assignment_id": number,
        "actor_id": entry.actor_id,
        "verb": entry.verb.value,
        "note": entry.note,
        "percent": entry.percent,
    }
