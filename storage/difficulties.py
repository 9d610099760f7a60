"""Difficulties with tasks, and their threads."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select, update

from domain.difficulties import Difficulty, Kind, Note, Turn
from storage.codecs import table
from storage.engine import Connection
from storage.models import AssignmentRow, DifficultyNoteRow, DifficultyRow

difficulty, note = table(DifficultyRow), table(DifficultyNoteRow)
assignment = table(AssignmentRow)

_IS_OPEN = difficulty.c.closed_at.is_(None)
_NUMBERED = difficulty.c.assignment_id == bindparam("numbered")
_LATEST = select(difficulty).where(_NUMBERED).order_by(difficulty.c.id.desc()).limit(1)
_THREAD = (
    select(note)
    .join_from(note, difficulty, difficulty.c.id == note.c.difficulty_id)
    .where(_NUMBERED)
    .order_by(note.c.id)
)
_TURNED = ("turn", "turn_at", "due_at", "leader_id", "revision", "climbed", "closed_at")
_SAVE = (
    update(difficulty)
    .where(
        difficulty.c.id == bindparam("changing"),
        difficulty.c.revision == bindparam("seen"),
        difficulty.c.climbed == bindparam("seen_climbed"),
    )
    .values({name: bindparam(f"new_{name}") for name in _TURNED})
)


def _to_difficulty(row: Any) -> Difficulty:
    return Difficulty(
        id=row.id,
        number=row.assignment_id,
        raised_by=row.raised_by,
        raised_at=row.raised_at,
        turn=Turn(row.turn),
        turn_at=row.turn_at,
        due_at=row.due_at,
        revision=row.revision,
        climbed=row.climbed,
        closed_at=row.closed_at,
        leader_id=row.leader_id,
    )


def _to_note(row: Any) -> Note:
    return Note(row.at, Kind(row.kind), row.author_id, row.text)


def _turned(one: Difficulty) -> dict[str, object]:
    return {
        "turn": one.turn.value,
        "turn_at": one.turn_at,
        "due_at": one.due_at,
        "leader_id": one.leader_id,
        "revision": one.revision,
        "climbed": one.climbed,
        "closed_at": one.closed_at,
    }


class Difficulties:
    """Difficulties of one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._db = connection

    async def latest(self, number: int) -> Difficulty | None:
        """The last difficulty of a task, open or closed."""
        row = (await self._db.execute(_LATEST, {"numbered": number})).one_or_none()
        return _to_difficulty(row) if row else None

    async def open_of(self, number: int) -> Difficulty | None:
        """The difficulty of a task that is open."""
        found = await self.latest(number)
        return found if found and found.is_open else None

    async def create(self, new: Difficulty) -> Difficulty:
        values = _turned(new) | {
            "assignment_id": new.number,
            "raised_by": new.raised_by,
            "raised_at": new.raised_at,
        }
        key = (await self._db.execute(difficulty.insert().values(values).returning(difficulty.c.id))).scalar_one()
        return replace(new, id=key)

    async def save(self, before: Difficulty, after: Difficulty) -> bool:
        """Keep a turn, unless somebody else was faster; says whether it was kept."""
        seen = {"changing": before.id, "seen": before.revision, "seen_climbed": before.climbed}
        values = {f"new_{name}": value for name, value in _turned(after).items()}
        return (await self._db.execute(_SAVE, seen | values)).rowcount == 1

    # -- threads -------------------------------------------------------------------------------------------------

    async def add(self, difficulty_id: int, new: Note) -> None:
        """Append to a thread."""
        values = {"difficulty_id": difficulty_id, "at": new.at, "author_id": new.author_id}
        await self._db.execute(note.insert().values(values | {"kind": new.kind.value, "text": new.text}))

    async def thread(self, number: int) -> list[Note]:
        """Everything that was said about the difficulties of a task, oldest first."""
        return [_to_note(row) for row in await self._db.execute(_THREAD, {"numbered": number})]

    async def threads(self, difficulty_ids: Sequence[int]) -> dict[int, list[Note]]:
        """The threads of some difficulties, oldest message first."""
        found: dict[int, list[Note]] = defaultdict(list)
        query = select(note).where(note.c.difficulty_id.in_(difficulty_ids)).order_by(note.c.id)
        for row in await self._db.execute(query):
            found[row.difficulty_id].append(_to_note(row))
        return found

    # -- lists ---------------------------------------------------------------------------------------------------

    async def waiting(
        self,
        limit: int,
        offset: int = 0,
        *,
        unit_ids: Collection[int] | None = None,
        person_ids: Collection[int] | None = None,
        leader_ids: Collection[int] | None = None,
        turn: Turn | None = None,
    ) -> tuple[list[Difficulty], int]:
        """Those that are open, oldest first, and how many in all: of units, of people, for leaders' word, in a turn."""
        joined = difficulty.join(assignment, assignment.c.id == difficulty.c.assignment_id)
        where: list[ColumnElement[bool]] = [_IS_OPEN]
        if unit_ids is not None:
            where.append(assignment.c.unit_id.in_(unit_ids))
        if person_ids is not None:
            where.append(assignment.c.assignee_id.in_(person_ids))
        if turn is not None:
            where.append(difficulty.c.turn == turn.value)
        if leader_ids is not None:
            asked = or_(difficulty.c.leader_id.is_(None), difficulty.c.leader_id.in_(leader_ids))
            where += [difficulty.c.turn == Turn.LEADER.value, asked]
        total = (await self._db.execute(select(func.count()).select_from(joined).where(*where))).scalar_one()
        query = select(difficulty).select_from(joined).where(*where)
        query = query.order_by(difficulty.c.raised_at, difficulty.c.id).limit(limit).offset(offset)
        return [_to_difficulty(row) for row in await self._db.execute(query)], int(total)

    async def held_up(self, numbers: Collection[int]) -> set[int]:
        """Those among some tasks with which a difficulty was open at their deadline, or later."""
        joined = difficulty.join(assignment, assignment.c.id == difficulty.c.assignment_id)
        late = or_(_IS_OPEN, difficulty.c.closed_at >= assignment.c.due_at)
        query = select(assignment.c.id).select_from(joined).where(assignment.c.id.in_(numbers), late)
        return {row[0] for row in await self._db.execute(query)}

    # -- the clock -----------------------------------------------------------------------------------------------

    async def any_late(self, now: datetime) -> bool:
        """Whether an answer is late; costs what is open, not what is kept."""
        query = select(difficulty.c.id).where(_IS_OPEN, difficulty.c.due_at <= now).limit(1)
        return (await self._db.execute(query)).first() is not None

    async def late(self, now: datetime, limit: int) -> list[Difficulty]:
        """Those whose answer is late, the longest waiting first."""
        query = select(difficulty).where(_IS_OPEN, difficulty.c.due_at <= now)
        query = query.order_by(difficulty.c.due_at, difficulty.c.id).limit(limit)
        return [_to_difficulty(row) for row in await self._db.execute(query)]
