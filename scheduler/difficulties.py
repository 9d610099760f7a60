"""The tick of late answers: whoever owes a word on a difficulty is told again, and each time somebody higher hears too.

The Office's answer: the Office and its heads, from the second time on the leaders as well. A leader's: that leader, and
the Office. The officer's reply: the officer. Everybody gets one letter for all of it, and never more than one a day.
"""

import asyncio
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from domain import difficulties as rules
from domain.difficulties import TO_LEADERS, Difficulty, Kind, Note, Turn
from domain.messages import Draft, Priority
from domain.people import Account, Agency, Person
from domain.permissions import Action, may_ever
from domain.tasks import Assignment, LogEntry, Verb
from locales.texts import difficulty_letters as texts
from scheduler.clockwork import Clockwork
from storage.unit_of_work import UnitOfWork

MOST = 1000
"""The most difficulties that climb in one tick; the rest climbs with the next one."""

PEOPLE_AT_ONCE, DIFFICULTIES_AT_ONCE = 20, 50
"""What is done in one transaction: small enough that a command waiting behind it is not felt."""

T = TypeVar("T")
Late = tuple[Difficulty, Assignment]


async def climb(work: Clockwork, now: datetime) -> int:
    """Carry late answers up, in office hours only; gives the number of letters."""
    async with work.store.read() as uow:
        if not await uow.difficulties.any_late(now):
            return 0
        calendar = await uow.calendar()
        if not work.rules.hours.is_open(now, work.rules.zone, calendar):
            return 0
        agency = (await uow.agency()).on(work.rules.today(now))
        found = await uow.difficulties.late(now, MOST)
        tasks = await uow.tasks.of_numbers([one.number for one in found])
    due = rules.answer_due(now, work.rules, calendar)
    climbing = [_Climb(one, rules.climb(one, due), tasks[one.number], agency) for one in found]
    # the letters first: whoever is stopped in between posts none of them twice, and forgets none
    letters = await _tell(work, climbing, agency, now)
    for some in batched(climbing, DIFFICULTIES_AT_ONCE):
        async with work.store.write() as uow:
            for one in some:
                await _write_down(uow, one, now)
        await asyncio.sleep(0)
    return letters


class _Climb:
    """One difficulty that climbs, and who hears of it."""

    def __init__(self, before: Difficulty, after: Difficulty, task: Assignment, agency: Agency) -> None:
        self.before, self.after, self.task = before, after, task
        self.people = hearers(after, task, agency)


def hearers(one: Difficulty, task: Assignment, agency: Agency) -> list[Person]:
    """Who hears that the answer to a difficulty is late, now that it has climbed."""
    assignee = agency.people.get(task.assignee_id)
    if one.turn is Turn.OFFICER:
        return _once([assignee] if assignee else [])
    office = [person for person in agency.office() if person.id != task.assignee_id]
    if one.turn is Turn.LEADER:
        asked = [leader for leader in agency.leaders() if one.leader_id in (None, leader.id)]
        return _once([*asked, *office])
    heads = [head for person in office for head in agency.heads_over(person)]
    up = agency.leaders() if one.climbed >= TO_LEADERS or not (office or heads) else []
    return _once([*office, *heads, *up])


def _once(people: Iterable[Person]) -> list[Person]:
    return list({person.id: person for person in people}.values())


async def _write_down(uow: UnitOfWork, one: _Climb, now: datetime) -> None:
    """The thread and the log say so; unless the answer has come just now."""
    if await uow.difficulties.save(one.before, one.after):
        names = ", ".join(person.name for person in one.people)
        await uow.difficulties.add(one.after.id, Note(now, Kind.CLIMBED, None, names))
        await uow.tasks.note(one.task.number, LogEntry(now, Verb.ESCALATED, None, names))


async def _tell(work: Clockwork, climbing: Sequence[_Climb], agency: Agency, now: datetime) -> int:
    """One letter to everybody who hears of something, once a day."""
    async with work.store.read() as uow:
        people = {person.id for one in climbing for person in one.people}
        away = {person_id: stand_in for person_id in people if (stand_in := agency.stand_in(person_id))}
        ways = await uow.ways.to_all([*people, *(stand_in.id for stand_in in away.values())], now)
    told: dict[int, list[Late]] = {}
    for one in climbing:
        hearing = {_recipient(person, away.get(person.id), ways) for person in one.people}
        for person_id in hearing:
            told.setdefault(person_id, []).append((one.after, one.task))
    day = work.rules.today(now).isoformat()
    for some in batched(told, PEOPLE_AT_ONCE):
        async with work.store.write() as uow:
            for person_id in some:
                late = told[person_id]
                letter = texts.overdue(work.speech, agency.people[person_id], late, agency)
                draft = Draft(letter, dedupe=f"difficulties:{person_id}:{day}", priority=Priority.REMINDER)
                numbers = [task.number for _one, task in late]
                await uow.outbox.post_to(ways.get(person_id), draft, now, person_id=person_id, tasks=numbers)
        await asyncio.sleep(0)
    return len(told)


def _recipient(person: Person, stand_in: Person | None, ways: Mapping[int, Account]) -> int:
    """Who gets a person's letter: who stands in and can be reached; a word that is theirs alone stays their own."""
    if stand_in is None or stand_in.id not in ways:
        return person.id
    own = may_ever(person, Action.ANSWER) and stand_in.role is not person.role
    return person.id if own else stand_in.id


def batched(things: Iterable[T], most: int) -> Iterator[list[T]]:
    """Things, so many at a time."""
    left = list(things)
    for start in range(0, len(left), most):
        yield left[start : start + most]
