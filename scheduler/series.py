"""Recurring tasks: the next one is opened by itself when its time has come."""

from datetime import date, datetime

import structlog

from domain.deadlines import Deadline
from domain.people import Agency, Person
from domain.rules import Rules
from domain.series import Series, due_on, opens_at
from domain.tasks import Assignment, LogEntry, Task, Verb, given
from domain.workdays import DAY, WorkCalendar
from locales.texts import series as texts
from scheduler.clockwork import Clockwork
from scheduler.recurrence import next_day
from scheduler.telling import tell
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

AT_ONCE = 20
"""Tasks of one tick's round; each is a transaction of its own."""


async def open_due(work: Clockwork, now: datetime) -> int:
    """Open whatever has come due; gives the letters."""
    letters = 0
    while True:
        async with work.store.read() as uow:
            due = await uow.series.due(now, AT_ONCE)
        for series_id in due:
            async with work.store.write() as uow:
                letters += await _open(work, uow, series_id, now)
        if len(due) < AT_ONCE:
            return letters


async def _open(work: Clockwork, uow: UnitOfWork, series_id: int, now: datetime) -> int:
    one = await uow.series.take(series_id, now)
    if one is None:
        return 0
    agency, calendar = (await uow.agency()).on(work.rules.today(now)), await uow.calendar()
    day = one.next_on
    # whatever was missed while the assistant was away is made up for with the last one
    while (following := plan_after(one.every.rule, day, work.rules, calendar))[1] <= now:
        day = following[0]
    await uow.series.plan(one.id, *following)
    person = whose(one, agency)
    if person is None:
        log.warning("series_for_nobody", series=one.id)
        await uow.series.stop(one.id, now)
        return 0
    made = await _assign(uow, one, person, Deadline(due_on(day, work.rules.rest_day, calendar)), work, calendar, now)
    letter = texts.opened(work.speech, one, made, person, agency, calendar, now)
    return await tell(uow, work.speech, agency, person, letter, f"series:{one.id}:{day}", now, [made.number])


def first(rule: str, today: date, rules: Rules, calendar: WorkCalendar) -> tuple[date, datetime]:
    """The first day of a rule that is due after today, and when its task is opened (UTC), perhaps at once."""
    day = next_day(rule, today - DAY)
    while due_on(day, rules.rest_day, calendar) <= today:
        day = next_day(rule, day)
    return day, opens_at(today - DAY, day, rules.hours, rules.zone, calendar)


def plan_after(rule: str, day: date, rules: Rules, calendar: WorkCalendar) -> tuple[date, datetime]:
    """The day of the rule that follows another, and when its task is opened (UTC)."""
    following = next_day(rule, day)
    return following, opens_at(day, following, rules.hours, rules.zone, calendar)


def whose(one: Series, agency: Agency) -> Person | None:
    """Who gets the next one: the head of its unit, else the person, else who heads that person's unit."""
    heads = agency.heads(one.unit_id) if one.unit_id else []
    if heads:
        return heads[0]
    return agency.people.get(one.person_id)


async def _assign(
    uow: UnitOfWork,
    one: Series,
    person: Person,
    deadline: Deadline,
    work: Clockwork,
    calendar: WorkCalendar,
    now: datetime,
) -> Assignment:
    task = Task(
        0,
        one.content,
        one.given_by,
        now,
        one.index,
        source=one.source,
        directive_id=one.directive_id,
        point=one.point,
        series_id=one.id,
        proposal_id=one.proposal_id,
    )
    remind_at = work.rules.next_rung(deadline, now, calendar)
    new = given(task, person.id, one.unit_id or person.unit_id, deadline, remind_at)
    made = await uow.tasks.create(new)
    await uow.tasks.note(made.number, LogEntry(now, Verb.ASSIGNED, None, one.every.said))
    return made
