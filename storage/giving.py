"""What was given of proposals: its tasks, rules and series; who is still to be told; what is to be stopped."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select, update

from domain.decisions import WaitingTask
from domain.series import Series
from domain.tasks import OPEN, Assignment, LogEntry, Verb
from storage.codecs import table
from storage.decisions import to_waiting
from storage.decisions import waiting as rule
from storage.directives import directive
from storage.engine import Connection
from storage.models import LogRow, ProposalRow, ReadDocumentRow
from storage.series import series, to_series
from storage.tasks import ALL, assignment, new_assignment, new_task, task, to_assignment

document, proposal, log = table(ReadDocumentRow), table(ProposalRow), table(LogRow)

_INSERT_TASKS = task.insert().returning(task.c.id, sort_by_parameter_order=True)
_INSERT_ASSIGNMENTS = assignment.insert().returning(assignment.c.id, sort_by_parameter_order=True)


class Given:
    """What was given of proposals, in one transaction."""

    def __init__(self, connection: Connection, zone: ZoneInfo) -> None:
        self._db = connection
        self._zone = zone

    async def create(self, new: Sequence[Assignment]) -> list[Assignment]:
        """Keep many new tasks at once, each with its one assignment; gives them in their order, with their numbers."""
        if not new:
            return []
        tasks = await self._db.execute(_INSERT_TASKS, [new_task(one.task) for one in new])
        with_tasks = [replace(one, task=replace(one.task, id=row.id)) for one, row in zip(new, tasks, strict=True)]
        rows = [new_assignment(one, one.task.id, self._zone) for one in with_tasks]
        numbers = await self._db.execute(_INSERT_ASSIGNMENTS, rows)
        return [replace(one, number=row.id) for one, row in zip(with_tasks, numbers, strict=True)]

    # -- what there is -------------------------------------------------------------------------------------------

    async def tasks(self, proposals: Collection[int], *, hold: bool = False) -> list[Assignment]:
        """Every assignment that was given of some proposals, finished ones as well."""
        query = ALL.where(task.c.proposal_id.in_(proposals)).order_by(assignment.c.id)
        query = query.with_for_update(of=assignment) if hold else query
        return [to_assignment(row) for row in await self._db.execute(query)]

    async def rules(self, proposals: Collection[int]) -> list[WaitingTask]:
        """The rules that wait for a decision, and stand."""
        query = select(rule).where(rule.c.proposal_id.in_(proposals), rule.c.closed_at.is_(None)).order_by(rule.c.id)
        return [to_waiting(row) for row in await self._db.execute(query)]

    async def series(self, proposals: Collection[int]) -> list[Series]:
        """What comes again, and has not been stopped."""
        query = select(series).where(series.c.proposal_id.in_(proposals), series.c.stopped_at.is_(None))
        return [to_series(row) for row in await self._db.execute(query.order_by(series.c.id))]

    async def follow(self, old: Collection[int], new: int) -> None:
        """What was given of earlier proposals goes on as that of a new one."""
        for each in (task, rule, series):
            await self._db.execute(update(each).where(each.c.proposal_id.in_(old)).values(proposal_id=new))

    async def return_to(self, old: int, new: int, directive_id: int) -> None:
        """What has gone on as that of a new proposal is the earlier one's again; what the new one gave is not."""
        for each in (task, rule, series):
            went_on = (each.c.proposal_id == new, each.c.directive_id.is_distinct_from(directive_id))
            await self._db.execute(update(each).where(*went_on).values(proposal_id=old))

    async def reword(self, one: Assignment, content: str) -> None:
        """The task is said otherwise now."""
        await self._db.execute(update(task).where(task.c.id == one.task.id).values(content=content))

    async def changes(self, numbers: Collection[int], since: datetime) -> dict[int, LogEntry]:
        """What a later document has changed of some assignments since an instant: the last entry of each."""
        verbs = (Verb.CHANGED.value, Verb.STOPPED.value)
        query = select(log).where(log.c.assignment_id.in_(numbers), log.c.verb.in_(verbs), log.c.at >= since)
        rows = await self._db.execute(query.order_by(log.c.id))
        return {row.assignment_id: LogEntry(row.at, Verb(row.verb), row.actor_id, row.note) for row in rows}

    async def successor_of(self, directive_id: int) -> int | None:
        """The directive that has taken the place of another one, and stands; of several, the last."""
        joined = document.join(directive, directive.c.id == document.c.directive_id)
        query = select(directive.c.id).select_from(joined)
        query = query.where(document.c.succeeds == directive_id, directive.c.cancelled_at.is_(None))
        found: int | None = await self._db.scalar(query.order_by(directive.c.id.desc()).limit(1))
        return found

    async def gone_on(self, directive_id: int) -> set[int]:
        """The proposals whose tasks have gone on with the document of a later directive."""
        joined = proposal.join(document, document.c.id == proposal.c.document_id)
        went_on = (document.c.directive_id == directive_id, proposal.c.given_at.is_not(None))
        query = select(proposal.c.follows).select_from(joined).where(*went_on, proposal.c.follows.is_not(None))
        return {row.follows for row in await self._db.execute(query)}

    # -- who is to be told ---------------------------------------------------------------------------------------

    async def to_tell(self, now: datetime) -> list[int]:
        """The documents of which all has been given, and somebody is still to be told."""
        still_given = exists().where(proposal.c.document_id == document.c.id, proposal.c.give_at <= now)
        query = select(document.c.id).where(document.c.tell_at <= now, ~still_given).order_by(document.c.id)
        return [row.id for row in await self._db.execute(query)]

    async def told_up_to(self, document_id: int, now: datetime) -> int | None:
        """How far the telling has come, held until the transaction ends; None where there is nothing to tell."""
        still = (document.c.id == document_id, document.c.tell_at <= now)
        query = select(document.c.told_up_to).where(*still).with_for_update()
        row = (await self._db.execute(query)).one_or_none()
        return row.told_up_to if row else None

    async def told(self, document_id: int, up_to: int) -> None:
        await self._db.execute(update(document).where(document.c.id == document_id).values(told_up_to=up_to))

    async def all_told(self, document_id: int) -> None:
        await self._db.execute(update(document).where(document.c.id == document_id).values(tell_at=None))

    # -- what is to be stopped -----------------------------------------------------------------------------------

    async def to_stop(self, now: datetime) -> list[tuple[int, list[int]]]:
        """The proposals whose tasks are to be stopped, by document."""
        query = select(proposal.c.document_id, proposal.c.id).where(proposal.c.stop_at <= now)
        found: dict[int, list[int]] = {}
        for row in await self._db.execute(query.order_by(proposal.c.document_id, proposal.c.id)):
            found.setdefault(row.document_id, []).append(row.id)
        return [*found.items()]

    async def people_to_stop(self, proposals: Collection[int], limit: int) -> list[int]:
        """The next people who have something under way of some proposals."""
        under_way = assignment.c.status.in_([status.value for status in OPEN])
        tasks = (
            select(assignment.c.assignee_id.label("person"))
            .join_from(assignment, task, task.c.id == assignment.c.task_id)
            .where(task.c.proposal_id.in_(proposals), under_way)
        )
        rules = select(rule.c.person_id).where(rule.c.proposal_id.in_(proposals), rule.c.closed_at.is_(None))
        comes_again = select(series.c.person_id).where(
            series.c.proposal_id.in_(proposals), series.c.stopped_at.is_(None)
        )
        every = tasks.union(rules, comes_again).subquery()
        query = select(every.c.person).order_by(every.c.person).limit(limit)
        return [row.person for row in await self._db.execute(query)]

    async def stopped(self, proposals: Sequence[int]) -> None:
        await self._db.execute(update(proposal).where(proposal.c.id.in_(proposals)).values(stop_at=None))

    async def hold(self, document_id: int) -> None:
        """Keep other processes from the same document until the transaction ends."""
        await self._db.execute(select(document.c.id).where(document.c.id == document_id).with_for_update())
