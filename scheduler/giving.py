"""Giving: what the Office accepted of a document becomes tasks when its directive goes out, and everybody is told once.

Each proposal is a transaction of its own, and so is each handful of letters; both write down how far they have come, so
that a process that is killed goes on where it was.
"""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog

from domain.decisions import Wait, WaitingTask
from domain.directives import Directive
from domain.giving import Share, by_now, family, shares
from domain.people import Agency
from domain.proposals import Decided, Proposal, ReadDocument
from domain.recounting import move
from domain.series import Every, Series
from domain.tasks import Assignment, Index, LogEntry, Task, Verb, changed, given
from domain.workdays import WorkCalendar
from locales.texts import assigning as assigning_texts
from locales.texts import stopping as texts
from scheduler import told_of_giving
from scheduler.clockwork import Clockwork
from scheduler.following import one_of_several
from scheduler.series import first
from scheduler.stopping import no_longer_asked, stop_task
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

AT_ONCE = 50
"""Proposals of one look; each is a transaction of its own."""


async def give(work: Clockwork, now: datetime) -> int:
    """Give whatever has come due, and tell of it; gives the letters."""
    documents: dict[int, _Paper | None] = {}
    last: list[tuple[int, int]] = []
    while True:
        async with work.store.read() as uow:
            due = await uow.proposals.due(now, AT_ONCE)
            for document_id in {document for document, _ in due} - documents.keys():
                documents[document_id] = await _Paper.load(uow, document_id)
        for document_id, proposal_id in due:
            if paper := documents[document_id]:
                await one_of_several(_give(work, paper, proposal_id, now), paper.directive.id)
            # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
            await asyncio.sleep(0)
        if len(due) < AT_ONCE or due == last:
            break
        last = due
    return await told_of_giving.tell_all(work, now)


class _Paper:
    """A document that goes out: its proposals, and its directive."""

    def __init__(self, document: ReadDocument, directive: Directive, proposals: list[Proposal]) -> None:
        self.document = document
        self.directive = directive
        self.proposals = {one.id: one for one in proposals}

    @classmethod
    async def load(cls, uow: UnitOfWork, document_id: int) -> "_Paper | None":
        document = await uow.proposals.document(document_id)
        directive = await uow.directives.get(document.directive_id) if document and document.directive_id else None
        if document is None or directive is None:
            return None
        return cls(document, directive, await uow.proposals.of(document))


async def _give(work: Clockwork, paper: _Paper, proposal_id: int, now: datetime) -> int:
    async with work.store.write() as uow:
        if await uow.proposals.take(proposal_id, now):
            run = _Giving(work, uow, paper, paper.proposals[proposal_id], await uow.calendar(), now)
            await run.go((await uow.agency()).on(work.rules.today(now)))
    return 0


class _Giving:
    """One proposal that is given, in one transaction."""

    def __init__(
        self, work: Clockwork, uow: UnitOfWork, paper: _Paper, one: Proposal, calendar: WorkCalendar, now: datetime
    ) -> None:
        self.work = work
        self.uow = uow
        self.one = one
        self.directive = paper.directive
        merged_in = [each for each in paper.proposals.values() if each.into == one.number and _is_merged(each)]
        self.follows = [each.follows for each in (one, *merged_in) if each.follows is not None]
        self.calendar = calendar
        self.now = now
        self.source = assigning_texts.source(work.speech, paper.directive, one.read.point)

    async def go(self, agency: Agency) -> None:
        under_way = await self._take_over() if self.follows else []
        if self.one.decided is not Decided.ACCEPTED or not self.one.is_complete:
            return
        another_clock = isinstance(self.one.when, Wait | tuple)
        new = []
        for share in shares(self.one.lead, agency, self.directive.published_by):
            theirs = [task for task in under_way if _is_of(task, share)]
            if another_clock or not theirs:
                new.append(share)
            for task in theirs:
                under_way.remove(task)
                if not another_clock:
                    await self._change(task)
        await self._give(new, agency)
        for task in under_way:
            note = texts.stopped_note(self.work.speech, self.directive)
            await stop_task(self.uow, task, LogEntry(self.now, Verb.STOPPED, self.directive.published_by, note), agency)

    async def _give(self, new: Sequence[Share], agency: Agency) -> None:
        """Give everybody's part: a task, a rule that waits, or what comes again."""
        match self.one.when:
            case Wait() as wait:
                for share in new:
                    await self.uow.decisions.wait(WaitingTask(wait=wait, **self._facts(share)))
            case tuple() as rules:
                for share in new:
                    for every in rules:
                        await self._again(share, every)
            case _:
                await self._assign(new, agency)

    def _facts(self, share: Share) -> dict[str, Any]:
        """What a rule that waits and what comes again are given alike."""
        return {
            "id": 0,
            "content": self.one.content,
            "index": self._index(),
            "source": self.source,
            "directive_id": self.directive.id,
            "point": self.one.read.point,
            "person_id": share.person_id,
            "unit_id": share.unit_id,
            "given_by": self.directive.published_by,
            "given_at": self.now,
            "proposal_id": self.one.id,
        }

    def _index(self) -> Index | None:
        named = self.one.read.index
        return Index(named) if named and named in [*Index] else None

    async def _again(self, share: Share, every: Every) -> None:
        rules = self.work.rules
        try:
            next_on, next_at = first(every.rule, rules.today(self.now), rules, self.calendar)
        except ValueError:
            # its last day has passed: the letter to the Office says so
            log.warning("rule_has_no_day", proposal=self.one.id, rule=every.rule)
            return
        facts = self._facts(share)
        await self.uow.series.keep(Series(every=every, ready="", next_on=next_on, next_at=next_at, **facts))

    async def _assign(self, new: Sequence[Share], agency: Agency) -> None:
        by = self.directive.published_by
        point, directive = self.one.read.point, self.directive.id
        content, index = self.one.content, self._index()
        task = Task(0, content, by, self.now, index, self.source, directive, point, proposal_id=self.one.id)
        deadline = by_now(self.one.when, self.calendar)
        remind_at = self.work.rules.next_rung(deadline, self.now, self.calendar) if deadline else None
        tasks = [given(task, each.person_id, _unit_of(each, agency), deadline, remind_at) for each in new]
        made = await self.uow.given.create(tasks)
        await self.uow.tasks.note_all([(one.number, LogEntry(self.now, Verb.ASSIGNED, by)) for one in made])

    # -- what an earlier document has given ----------------------------------------------------------------------

    async def _take_over(self) -> list[Assignment]:
        """What was given of the earlier proposal goes on as that of this one; gives what is under way of it."""
        for earlier in self.follows:
            if root := await self.uow.proposals.get(earlier):
                await self.uow.given.follow(family(*root), self.one.id)
        if self.one.decided is not Decided.ACCEPTED:
            return []
        # another clock runs from now on
        await no_longer_asked(self.uow, [self.one.id], self.now)
        return [task for task in await self.uow.given.tasks([self.one.id], hold=True) if task.is_open]

    async def _change(self, before: Assignment) -> None:
        """A task that is under way goes on as it is asked for now."""
        after = self._as_asked_now(before)
        reworded = self.one.content != before.task.content
        if (after is before and not reworded) or not await self.uow.tasks.save(before, after):
            return
        if reworded:
            await self.uow.given.reword(before, self.one.content)
        note = texts.changed_note(self.work.speech, before, after, self.directive, reworded=reworded)
        await self.uow.tasks.note(after.number, LogEntry(self.now, Verb.CHANGED, self.directive.published_by, note))

    def _as_asked_now(self, before: Assignment) -> Assignment:
        """With the deadline that it has now."""
        new, old, rules = by_now(self.one.when, self.calendar), before.deadline, self.work.rules
        if new is None:
            return before if old is None else changed(before, deadline=None, remind_at=None, escalated=0)
        if old is not None and (old.on, old.at) == (new.on, new.at):
            return before
        return move(before, new, rules.next_rung(new, self.now, self.calendar), rules.zone)


def _unit_of(share: Share, agency: Agency) -> int:
    person = agency.people.get(share.person_id)
    return share.unit_id or (person.unit_id if person else min(agency.units))


def _is_merged(one: Proposal) -> bool:
    return one.decided is Decided.MERGED


def _is_of(task: Assignment, share: Share) -> bool:
    return task.unit_id == share.unit_id if share.unit_id else task.assignee_id == share.person_id
