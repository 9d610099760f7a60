"""What assignments were before a command changed them, kept for as long as the command can be taken back."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update

from domain.tasks import Assignment, Status, Verb
from domain.undo import Undoable
from storage.codecs import deadline_from_json, deadline_to_json, table
from storage.engine import Connection
from storage.models import LetterRow, UndoRow
from storage.tasks import Tasks

undo, letter = table(UndoRow), table(LetterRow)


def _to_json(one: Assignment, letters: Sequence[str]) -> dict[str, Any]:
    return {
        "assignee_id": one.assignee_id,
        "unit_id": one.unit_id,
        "status": one.status.value,
        "percent": one.percent,
        "deadline": deadline_to_json(one.deadline),
        "claimed_at": one.claimed_at.isoformat() if one.claimed_at else None,
        "result": one.result,
        "stuck": one.stuck,
        "escalated": one.escalated,
        "letters": list(letters),
    }


def _from_json(kept: dict[str, Any], present: Assignment) -> Assignment:
    return replace(
        present,
        assignee_id=kept["assignee_id"],
        unit_id=kept["unit_id"],
        status=Status(kept["status"]),
        percent=kept["percent"],
        deadline=deadline_from_json(kept["deadline"]),
        claimed_at=datetime.fromisoformat(kept["claimed_at"]) if kept["claimed_at"] else None,
        result=kept["result"],
        stuck=kept["stuck"],
        escalated=kept["escalated"],
    )


class Undo:
    """Commands of one transaction that can be taken back."""

    def __init__(self, connection: Connection, tasks: Tasks) -> None:
        self._db = connection
        self._tasks = tasks

    async def keep(
        self,
        person_id: int,
        event_id: int,
        now: datetime,
        verb: Verb,
        before: Assignment,
        revision: int,
        letters: Sequence[str],
    ) -> None:
        """Keep what an assignment was; `revision` is the one that the command left."""
        await self._db.execute(
            undo.insert().values(
                person_id=person_id,
                event_id=event_id,
                at=now,
                verb=verb.value,
                assignment_id=before.number,
                revision=revision,
                before=_to_json(before, letters),
            )
        )

    async def last(self, person_id: int, since: datetime, number: int | None = None) -> list[Undoable]:
        """All that a person's last command changed (or the last about an assignment), if it was after an instant."""
        mine = (undo.c.person_id == person_id, undo.c.at > since)
        wanted = () if number is None else (undo.c.assignment_id == number,)
        latest = select(undo.c.event_id).where(*mine, *wanted).order_by(undo.c.at.desc(), undo.c.id.desc()).limit(1)
        event_id = await self._db.scalar(latest)
        if event_id is None:
            return []
        rows = await self._db.execute(select(undo).where(*mine, undo.c.event_id == event_id).order_by(undo.c.id))
        return [one for row in list(rows) if (one := await self._to_undoable(row))]

    async def _to_undoable(self, row: Any) -> Undoable | None:
        present = await self._tasks.get(row.assignment_id)
        if present is None:
            return None
        before, letters = _from_json(row.before, present), tuple(row.before["letters"])
        return Undoable(row.event_id, row.at, Verb(row.verb), row.revision, before, present, letters)

    async def drop_letters(self, keys: Collection[str]) -> list[int]:
        """Drop the letters of a command that have not left; gives the people whose letters have."""
        if not keys:
            return []
        these = letter.c.dedupe.in_(keys)
        await self._db.execute(update(letter).where(these, letter.c.state == "pending").values(state="dropped"))
        left = select(letter.c.person_id).where(these, letter.c.state.in_(("sent", "sending"))).order_by(letter.c.id)
        return [row[0] for row in await self._db.execute(left) if row[0] is not None]

    async def forget(self, person_id: int, event_id: int) -> None:
        """A command has been taken back, or cannot be any more."""
        await self._db.execute(delete(undo).where(undo.c.person_id == person_id, undo.c.event_id == event_id))

    async def sweep(self, before: datetime) -> None:
        """Delete what is too old to be taken back."""
        await self._db.execute(delete(undo).where(undo.c.at <= before))
