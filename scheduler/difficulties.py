"""The tick of late answers: whoever owes a word on a difficulty is told again, and each time somebody higher hears too.

The Office's answer: the Office and its heads, from the second time on the leaders as well. A leader's: that leader, and
the Office. The officer's reply: the officer. Everybody gets one letter for all of it, and never more than one a day.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from domain import difficulties as rules
from domain.difficulties import TO_LEADERS, Difficulty, Kind, Note, Turn
from domain.messages import Draft, Priority
from domain.people import Agency, Person, best_account
from domain.tasks import Assignment, LogEntry, Verb
from locales.texts import difficulty_letters as texts
from scheduler.clockwork import Clockwork
from storage.unit_of_work import UnitOfWork

AT_ONCE = 200
"""Difficulties in one transaction; the rest climbs with the next tick, and its letters wait for another day."""

Late = tuple[Difficulty, Assignment]


async def climb(work: Clockwork, now: datetime) -> int:
    """Carry late answers up, in office hours only; gives the number of letters."""
    async with work.store.read() as uow:
        if not await uow.difficulties.any_late(now):
            return 0
        calendar = await uow.calendar()
    if not work.rules.hours.is_open(now, work.rules.zone, calendar):
        return 0
    due = rules.answer_due(now, work.rules, calendar)
    async with work.store.write() as uow:
        agency = await uow.agency()
        found = await uow.difficulties.late(now, AT_ONCE)
        tasks = await uow.tasks.of_numbers([one.number for one in found])
        told: dict[int, list[Late]] = {}
        for before in found:
            after = rules.climb(before, due)
            if not await uow.difficulties.save(before, after):
                continue
            task = tasks[before.number]
            people = hearers(after, task, agency)
            await _write_down(uow, after, people, now)
            for person in people:
                told.setdefault(person.id, []).append((after, task))
        return await _post(uow, work, told, agency, now)


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


async def _write_down(uow: UnitOfWork, one: Difficulty, people: Sequence[Person], now: datetime) -> None:
    names = ", ".join(person.name for person in people)
    await uow.difficulties.add(one.id, Note(now, Kind.CLIMBED, None, names))
    await uow.tasks.note(one.number, LogEntry(now, Verb.ESCALATED, None, names))


async def _post(
    uow: UnitOfWork, work: Clockwork, told: Mapping[int, Sequence[Late]], agency: Agency, now: datetime
) -> int:
    accounts = await uow.people.accounts_of(list(told))
    day = work.rules.today(now).isoformat()
    for person_id, late in told.items():
        letter = texts.overdue(work.speech, agency.people[person_id], late, agency)
        draft = Draft(letter, dedupe=f"difficulties:{person_id}:{day}", priority=Priority.REMINDER)
        account = best_account(accounts.get(person_id, []))
        numbers = [task.number for _one, task in late]
        await uow.outbox.post_to(account, draft, now, person_id=person_id, tasks=numbers)
    return len(told)
