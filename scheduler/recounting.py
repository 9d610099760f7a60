"""The recount: after a change of the calendar, deadlines in working days are counted again, person by person.

What is moved and the letter that says so are one transaction, which also writes down how far it has come: a process
that is killed goes on where it was, and nobody is told twice.
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.messages import Outgoing
from domain.people import Agency, Person
from domain.recounting import Recount, move, recounted
from domain.tasks import Assignment, LogEntry, Verb
from domain.workdays import WorkCalendar
from locales.texts import calendar as texts
from scheduler import reminders
from scheduler.clockwork import Clockwork
from scheduler.telling import tell
from storage.unit_of_work import UnitOfWork

PEOPLE_AT_ONCE = 20
"""People in one transaction: small enough that a command waiting behind it is not felt."""


async def recount(work: Clockwork, now: datetime) -> int:
    """Count again whatever waits for it; gives the letters."""
    async with work.store.read() as uow:
        waiting = await uow.recounts.open()
    letters = 0
    for recount_id in waiting:
        while (posted := await _some(work, recount_id, now)) is not None:
            letters += posted
            # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
            await asyncio.sleep(0)
    return letters


async def _some(work: Clockwork, recount_id: int, now: datetime) -> int | None:
    """The next people; gives the letters, None once it is over."""
    async with work.store.write() as uow:
        one = await uow.recounts.take(recount_id)
        if one is None:
            return None
        run = _Run(work, uow, one, (await uow.agency()).on(work.rules.today(now)), await uow.calendar(), now)
        people = await uow.recounts.people(one.days, one.reached, PEOPLE_AT_ONCE)
        return await run.some(people) if people else await run.finish()


class _Run:
    """One transaction of a recount."""

    def __init__(
        self, work: Clockwork, uow: UnitOfWork, one: Recount, agency: Agency, calendar: WorkCalendar, now: datetime
    ) -> None:
        self.work = work
        self.uow = uow
        self.one = one
        self.agency = agency
        self.calendar = calendar
        self.now = now

    async def some(self, people: Sequence[int]) -> int:
        moved: dict[int, list[texts.Moved]] = {}
        for before in await self.uow.recounts.of_people(people, self.one.days):
            if (after := self._moved(before)) and await self.uow.tasks.save(before, after):
                moved.setdefault(before.assignee_id, []).append((before, after))
        both = [pair for pairs in moved.values() for pair in pairs]
        await self.uow.tasks.note_all([(after.number, self._entry(before, after)) for before, after in both])
        # those that have not left speak of the old dates
        await reminders.take_back(self.uow, [after for _, after in both], self.agency, self.now)
        letters = sum([await self._tell(person_id, pairs) for person_id, pairs in moved.items()])
        counts = Counter(self.one.moved) + Counter(after.unit_id for _, after in both)
        await self.uow.recounts.keep(replace(self.one, reached=people[-1], moved=counts))
        return letters

    def _moved(self, before: Assignment) -> Assignment | None:
        """The assignment with its new deadline; None where that has not changed."""
        if before.deadline is None:
            return None
        new = recounted(before.deadline, self.calendar)
        if new == before.deadline:
            return None
        rules = self.work.rules
        return move(before, new, rules.next_rung(new, self.now, self.calendar), rules.zone)

    def _entry(self, before: Assignment, after: Assignment) -> LogEntry:
        note = texts.moved(self.work.speech, before, after, self.one.notice)
        return LogEntry(self.now, Verb.RECOUNTED, self.one.asked_by, note)

    async def _tell(self, person_id: int, moved: Sequence[texts.Moved]) -> int:
        """One letter to a person for all that was moved."""
        person = self.agency.people.get(person_id)
        if person is None:
            return 0
        letter = texts.was_recounted(self.work.speech, person, moved, self._why(), self.calendar)
        return await self._post(person, letter, person_id, [after.number for _, after in moved])

    async def _post(self, to: Person, letter: Outgoing, key: object, numbers: Sequence[int] = ()) -> int:
        name = f"recount:{self.one.id}:{key}"
        return await tell(self.uow, self.work.speech, self.agency, to, letter, name, self.now, numbers)

    def _why(self) -> texts.Why:
        return texts.Why(self.one.notice, tuple((day, self.calendar.special(day)) for day in self.one.days))

    async def finish(self) -> int:
        """The requests that wait are counted again too; heads and the Office are told how many were moved."""
        for asked in await self.uow.recounts.asked_for(self.one.days):
            new = recounted(asked.new, self.calendar)
            if new != asked.new:
                await self.uow.extensions.decide(replace(asked, new=new))
                note = texts.request_moved(self.work.speech, asked.new, new, self.one.notice)
                await self.uow.tasks.note(asked.number, LogEntry(self.now, Verb.RECOUNTED, self.one.asked_by, note))
        await self.uow.recounts.keep(self.one, done_at=self.now)
        if not self.one.moved:
            return 0
        told = {head: count for head, count in self._by_head().items() if head not in self._informed()}
        letters = 0
        for head_id, count in told.items():
            head = self.agency.people[head_id]
            text = texts.unit_was_recounted(self.work.speech, self.agency.unit_name(head), count, self._why())
            letters += await self._post(head, text, f"head:{head_id}")
        total = sum(self.one.moved.values())
        for person_id in self._informed():
            text = texts.all_was_recounted(self.work.speech, total, self._why())
            person = self.agency.people[person_id]
            letters += await self._post(person, text, f"office:{person_id}")
        return letters

    def _by_head(self) -> dict[int, int]:
        """For each unit head, how many deadlines of the units that they answer for were moved."""
        counts: Counter[int] = Counter()
        for unit_id, units in self.agency.headed().items():
            count = sum(self.one.moved.get(unit, 0) for unit in units)
            counts.update({head.id: count for head in self.agency.heads(unit_id) if count})
        return dict(counts)

    def _informed(self) -> list[int]:
        """The Office, and whoever changed the calendar."""
        office = {person.id for person in self.agency.office()}
        return sorted(one for one in office | {self.one.asked_by} if one in self.agency.people)
