"""Stopping: what a directive gave that was withdrawn, or what a later one does not ask for any more, and who is told.

What somebody has is stopped, and their one letter posted, in one transaction: killed in between, nobody is told twice.
"""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from domain.decisions import WaitingTask
from domain.difficulties import Kind, Note, close
from domain.directives import Directive
from domain.people import Agency
from domain.proposals import ReadDocument
from domain.series import Series
from domain.tasks import Assignment, LogEntry, Status, Verb, stop
from locales.texts import stopping as texts
from scheduler import reminders
from scheduler.clockwork import Clockwork
from scheduler.telling import tell
from scheduler.told_of_giving import about_letters
from storage.unit_of_work import UnitOfWork

PEOPLE_AT_ONCE = 20
"""People in one transaction: small enough that a command waiting behind it is not felt."""


async def stop_due(work: Clockwork, now: datetime) -> int:
    """Stop what is to be stopped by now; gives the letters."""
    async with work.store.read() as uow:
        due = await uow.given.to_stop(now)
    letters = 0
    for document_id, proposals in due:
        while (posted := await _some(work, document_id, proposals, now)) is not None:
            letters += posted
            # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
            await asyncio.sleep(0)
    return letters


async def _some(work: Clockwork, document_id: int, proposals: Sequence[int], now: datetime) -> int | None:
    """What the next people have; gives the letters, None once it is over."""
    async with work.store.write() as uow:
        await uow.given.hold(document_id)
        document = await uow.proposals.document(document_id)
        directive = await uow.directives.get(document.directive_id or 0) if document else None
        if document is None or directive is None:
            await uow.given.stopped(proposals)
            return None
        if directive.cancelled_at is not None:
            await _return_what_went_on(uow, document, directive)
            await uow.outbox.drop(about_letters(document_id))
        people = await uow.given.people_to_stop(proposals, PEOPLE_AT_ONCE)
        why = await _why(uow, directive)
        run = _Stopping(work, uow, proposals, why, (await uow.agency()).on(work.rules.today(now)), now)
        if people:
            return await run.go(document_id, people)
        await uow.given.stopped(proposals)
        await run.tell_office(document_id)
        return None


async def _return_what_went_on(uow: UnitOfWork, document: ReadDocument, directive: Directive) -> None:
    """What it had taken over from an earlier directive is that one's again."""
    for one in await uow.proposals.of(document):
        if one.follows is not None:
            await uow.given.return_to(one.follows, one.id, directive.id)


async def _why(uow: UnitOfWork, directive: Directive) -> texts.Why:
    successor = await uow.given.successor_of(directive.id) if directive.cancelled_at is None else None
    return texts.Why(directive, await uow.directives.get(successor) if successor else None)


class _Stopping:
    """One transaction of it."""

    def __init__(
        self, work: Clockwork, uow: UnitOfWork, proposals: Sequence[int], why: texts.Why, agency: Agency, now: datetime
    ) -> None:
        self.work = work
        self.uow = uow
        self.proposals = proposals
        self.why = why
        self.agency = agency
        self.now = now

    async def go(self, document_id: int, people: Sequence[int]) -> int:
        by = (self.why.successor or self.why.directive).published_by
        entry = LogEntry(self.now, Verb.STOPPED, by, texts.why_stopped(self.work.speech, self.why))
        tasks = [one for one in await self.uow.given.tasks(self.proposals, hold=True) if one.is_open]
        rules, series = await self.uow.given.rules(self.proposals), await self.uow.given.series(self.proposals)
        letters = 0
        for person_id in people:
            stopped = [
                one
                for one in tasks
                if one.assignee_id == person_id and await stop_task(self.uow, one, entry, self.agency)
            ]
            waited = [one for one in rules if one.person_id == person_id]
            came_again = [one for one in series if one.person_id == person_id]
            await _end(self.uow, waited, came_again, self.now)
            ended = [*(rule.content for rule in waited), *(one.content for one in came_again)]
            letters += await self._tell(document_id, person_id, stopped, ended)
        return letters

    async def tell_office(self, document_id: int) -> int:
        """How much was stopped, to whoever published what stopped it; else to the Office."""
        tasks = [one for one in await self.uow.given.tasks(self.proposals) if one.status is Status.STOPPED]
        if not tasks:
            return 0
        publisher = self.agency.people.get((self.why.successor or self.why.directive).published_by)
        letter = texts.all_stopped(self.work.speech, self.why, tasks)
        letters = 0
        for person in [publisher] if publisher else self.agency.office():
            key = f"stopping:{document_id}:office:{person.id}:{self.now.isoformat()}"
            letters += await tell(self.uow, self.work.speech, self.agency, person, letter, key, self.now)
        return letters

    async def _tell(self, document_id: int, person_id: int, tasks: Sequence[Assignment], ended: Sequence[str]) -> int:
        person = self.agency.people.get(person_id)
        if person is None or not (tasks or ended):
            return 0
        letter = texts.stopped(self.work.speech, person, self.why, tasks, ended)
        key = f"stopping:{document_id}:{person_id}:{self.now.isoformat()}"
        numbers = [one.number for one in tasks]
        return await tell(self.uow, self.work.speech, self.agency, person, letter, key, self.now, numbers)


async def stop_task(uow: UnitOfWork, before: Assignment, entry: LogEntry, agency: Agency) -> bool:
    """Nobody works on it any more, is reminded of it, or waits for a word on it; says whether it was kept."""
    if not await uow.tasks.save(before, stop(before)):
        return False
    await uow.tasks.note(before.number, entry)
    if difficulty := await uow.difficulties.open_of(before.number):
        await uow.difficulties.save(difficulty, close(difficulty, entry.at))
        await uow.difficulties.add(difficulty.id, Note(entry.at, Kind.CLOSED, entry.actor_id, entry.note))
    await reminders.take_back(uow, [before], agency, entry.at)
    return True


async def no_longer_asked(uow: UnitOfWork, proposals: Collection[int], now: datetime) -> None:
    """What waits and what comes again of some proposals gives no further tasks."""
    await _end(uow, await uow.given.rules(proposals), await uow.given.series(proposals), now)


async def _end(uow: UnitOfWork, rules: Iterable[WaitingTask], series: Iterable[Series], now: datetime) -> None:
    for rule in rules:
        await uow.decisions.stop_waiting(rule.id, now)
    for one in series:
        await uow.series.stop(one.id, now)
