"""The reminder tick: one letter to each person for all that has come due, and the next rung for each task."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from domain.ladder import next_rung
from domain.messages import Draft, Priority
from domain.people import Account, Agency, best_account
from domain.rules import Rules
from domain.tasks import Assignment, LogEntry, Verb
from domain.workdays import WorkCalendar
from locales.speech import Speech
from locales.texts import reminders as texts
from storage.outbox import NOWHERE
from storage.unit_of_work import Store, UnitOfWork

PEOPLE_AT_ONCE = 200
"""People in one transaction: small enough that a command waiting behind it is not felt."""


def about(person_id: int) -> str:
    """What a person's reminder letter is about; a newer one replaces one that has not left."""
    return f"remind:{person_id}"


async def remind(store: Store, rules: Rules, speech: Speech, now: datetime) -> int:
    """Remind everybody who has something due, in office hours only; gives the number of letters."""
    async with store.read() as uow:
        if not await uow.tasks.people_due(now, 1):
            return 0
        calendar = await uow.calendar()
    if not rules.hours.is_open(now, rules.zone, calendar):
        return 0
    letters = 0
    while sent := await _remind_some(store, rules, speech, calendar, now):
        letters += sent
    return letters


async def _remind_some(store: Store, rules: Rules, speech: Speech, calendar: WorkCalendar, now: datetime) -> int:
    async with store.write() as uow:
        people = await uow.tasks.people_due(now, PEOPLE_AT_ONCE)
        if not people:
            return 0
        agency = await uow.agency()
        accounts = await uow.people.accounts_of(people)
        due = await uow.tasks.due(people, now)
        told: list[Assignment] = []
        for person_id, group in groupby(due, key=lambda one: one.assignee_id):
            theirs = list(group)
            if await _post(uow, agency, accounts.get(person_id, []), theirs, speech, calendar, now):
                told += theirs
        await uow.tasks.remind_later({one.number: _next(one, rules, calendar, now) for one in due})
        await uow.tasks.note_all([(one.number, LogEntry(now, Verb.REMINDED, None)) for one in told])
        return len(people)


def _next(one: Assignment, rules: Rules, calendar: WorkCalendar, now: datetime) -> datetime | None:
    if one.deadline is None:
        return None
    return next_rung(one.deadline, now, rules.ladder, rules.hours, rules.zone, calendar)


async def _post(
    uow: UnitOfWork,
    agency: Agency,
    accounts: Sequence[Account],
    due: Sequence[Assignment],
    speech: Speech,
    calendar: WorkCalendar,
    now: datetime,
) -> bool:
    """Post one person's letter; says whether it has somewhere to go."""
    person = agency.people.get(due[0].assignee_id)
    if person is None:
        return False
    account = best_account(accounts)
    await uow.outbox.drop(about(person.id))
    draft = Draft(
        texts.reminder(speech, person, due, calendar, now),
        dedupe=f"{about(person.id)}:{now.isoformat()}",
        priority=Priority.REMINDER,
        about=about(person.id),
    )
    await uow.outbox.post(
        draft,
        account.channel if account else NOWHERE,
        account.address if account else "",
        now,
        person_id=person.id,
        tasks=[one.number for one in due],
    )
    return account is not None
