"""The reminder tick: one letter to each person for all that has come due, and the next rung for each task."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime

import structlog

from domain.deadlines import Deadline
from domain.messages import Draft, Outgoing, Priority
from domain.people import Account, Agency, Person
from domain.rules import Rules
from domain.tasks import Assignment, LogEntry, Verb
from domain.ways import Share, is_vital
from domain.workdays import WorkCalendar
from locales.speech import Speech
from locales.texts import reminders as texts
from storage.unit_of_work import Store, UnitOfWork

log = structlog.get_logger()

PEOPLE_AT_ONCE = 20
"""People in one transaction: small enough that a command waiting behind it is not felt."""

Rungs = dict[Deadline, datetime]
"""The next rung of each deadline, worked out once a tick: many tasks share a deadline."""


def about(person_id: int) -> str:
    """What a person's reminder letter is about; a newer one replaces one that has not left."""
    return f"remind:{person_id}"


async def take_back(uow: UnitOfWork, tasks: Sequence[Assignment], agency: Agency, now: datetime) -> None:
    """Reminders of some tasks that have not left are taken back; what else they spoke of is reminded of again."""
    others: set[int] = set()
    for person_id in {one.assignee_id for one in tasks}:
        stand_in = agency.stand_in(person_id)
        for each in {person_id, stand_in.id if stand_in else person_id}:
            others |= await uow.outbox.drop(about(each))
    await uow.tasks.remind_again(others - {one.number for one in tasks}, now)


async def remind(store: Store, rules: Rules, speech: Speech, now: datetime) -> int:
    """Remind everybody who has something due, in office hours only; gives the number of letters."""
    async with store.read() as uow:
        if not await uow.tasks.people_due(now, 1):
            return 0
        calendar = await uow.calendar()
    if not rules.hours.is_open(now, rules.zone, calendar):
        return 0
    letters, rungs = 0, Rungs()
    while sent := await _remind_some(store, rules, speech, calendar, rungs, now):
        letters += sent
        # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
        await asyncio.sleep(0)
    return letters


async def _remind_some(
    store: Store, rules: Rules, speech: Speech, calendar: WorkCalendar, rungs: Rungs, now: datetime
) -> int:
    async with store.write() as uow:
        people = await uow.tasks.people_due(now, PEOPLE_AT_ONCE)
        if not people:
            return 0
        agency = (await uow.agency()).on(rules.today(now))
        people = _with_stand_ins(people, agency)
        ways = await uow.ways.to_all(people, now)
        due = await uow.tasks.due(people, now)
        told: list[Assignment] = []
        for person_id, theirs in _by_recipient(due, agency, ways).items():
            person = agency.people.get(person_id)
            text = _text(speech, person, theirs, agency, calendar, now) if person else None
            vital = any(is_vital(one.deadline, rules.today(now), calendar) for one in theirs)
            if text and await _post(uow, person_id, theirs, text, now, vital=vital):
                told += theirs
        await uow.tasks.remind_later({one.number: _next(one.deadline, rules, calendar, rungs, now) for one in due}, now)
        await uow.tasks.note_all([(one.number, LogEntry(now, Verb.REMINDED, None)) for one in told])
        # who is left out because a task is being changed just now comes with the next tick
        return len({one.assignee_id for one in due})


def _with_stand_ins(people: Sequence[int], agency: Agency) -> list[int]:
    """Some people, and with them all whose reminders go into the same letters."""
    stand_ins = {person_id: agency.stand_in(person_id) for person_id in people}
    recipients = {other.id if other else person_id for person_id, other in stand_ins.items()}
    stood_in_for = {away.id for recipient in recipients for away in agency.stands_in_for(recipient)}
    return sorted({*people, *recipients, *stood_in_for})


def _by_recipient(
    due: Sequence[Assignment], agency: Agency, ways: Mapping[int, Account]
) -> dict[int, list[Assignment]]:
    """What each letter speaks of, the most urgent first: the stand-in gets it, unless nothing reaches them."""
    letters: dict[int, list[Assignment]] = {}
    for one in sorted(due, key=lambda one: (one.deadline is None, one.deadline and one.deadline.on, one.number)):
        stand_in = agency.stand_in(one.assignee_id)
        reached = stand_in is not None and stand_in.id in ways
        letters.setdefault(stand_in.id if stand_in and reached else one.assignee_id, []).append(one)
    return letters


def _next(
    deadline: Deadline | None, rules: Rules, calendar: WorkCalendar, rungs: Rungs, now: datetime
) -> datetime | None:
    if deadline is not None and deadline not in rungs:
        rungs[deadline] = rules.next_rung(deadline, now, calendar)
    return rungs[deadline] if deadline is not None else None


def _text(
    speech: Speech, person: Person, due: Sequence[Assignment], agency: Agency, calendar: WorkCalendar, now: datetime
) -> Outgoing | None:
    """One person's letter; where it cannot be written, the others still get theirs, and this one the next rung."""
    try:
        return texts.reminder(speech, person, due, agency, calendar, now)
    except Exception:
        log.exception("reminder_failed", person=person.id, tasks=[one.number for one in due])
        return None


async def _post(
    uow: UnitOfWork, person_id: int, due: Sequence[Assignment], text: Outgoing, now: datetime, *, vital: bool
) -> bool:
    """Post one person's letter; says whether it has somewhere to go."""
    account = await uow.ways.to(person_id, now, Share.KEPT if vital else Share.ANY)
    await uow.outbox.drop(about(person_id))
    draft = Draft(
        text,
        dedupe=f"{about(person_id)}:{now.isoformat()}",
        priority=Priority.REMINDER,
        about=about(person_id),
        vital=vital,
    )
    await uow.outbox.post_to(account, draft, now, person_id=person_id, tasks=[one.number for one in due])
    return account is not None
