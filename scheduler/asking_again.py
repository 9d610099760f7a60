"""Asking again: whoever has not acknowledged a directive is asked once more, and in the end their unit head is told."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from domain.directives import Directive, ask_at, back_at, told_of
from domain.messages import Draft, Priority
from domain.people import Account, Agency, Person, Role
from domain.workdays import WorkCalendar
from locales.texts import directives as texts
from locales.texts import leave as leave_texts
from scheduler.calling_off import about_letters
from scheduler.clockwork import Clockwork
from storage.recipients import Due
from storage.unit_of_work import UnitOfWork

LOOK_AFTER = timedelta(minutes=1)
"""When it is looked at whether a letter has arrived that was sent late."""
PEOPLE_AT_ONCE = 50
"""People in one transaction: small enough that a command waiting behind it is not felt."""


def about(person_id: int) -> str:
    """What the letter is about that asks somebody again; a newer one replaces one that has not left."""
    return f"ask:{person_id}"


async def ask_again(work: Clockwork, now: datetime) -> int:
    """Ask the silent, and tell of those who stay silent, in office hours only; gives the number of letters."""
    most = max(len(work.rules.ask_again), 1)
    async with work.store.read() as uow:
        if not await uow.recipients.is_any_due(now):
            return 0
        calendar = await uow.calendar()
    if not work.rules.hours.is_open(now, work.rules.zone, calendar):
        return 0
    letters = 0
    while asked := await _ask_some(work, calendar, most, now):
        letters += asked
        # on SQLite nothing in here waits by itself: whoever has written in the meantime comes first
        await asyncio.sleep(0)
    while told := await _tell_of_some(work, most, now):
        letters += told
        await asyncio.sleep(0)
    return letters


async def _ask_some(work: Clockwork, calendar: WorkCalendar, most: int, now: datetime) -> int:
    """One letter to each of the next few people for all that they have not acknowledged."""
    async with work.store.write() as uow:
        people = await uow.recipients.people_to_ask(now, PEOPLE_AT_ONCE, most)
        if not people:
            return 0
        agency = await uow.agency()
        due = await _those_who_are_there(work, uow, agency, await uow.recipients.to_ask(people, now, most), now)
        ways = await uow.ways.to_all(people, now)
        directives = {one: await uow.directives.get(one) for one in {each.recipient.directive_id for each in due}}
        for person_id, group in groupby(due, key=lambda each: each.recipient.person_id):
            person, account = agency.people.get(person_id), ways.get(person_id)
            theirs = [(each, one) for each in group if (one := directives[each.recipient.directive_id])]
            waiting = [one for each, one in theirs if not each.missed]
            if person is not None and waiting:
                await _ask(work, uow, person, account, waiting, now)
            for each, one in theirs:
                if person is not None and each.missed:
                    await _send_late(work, uow, each, one, person, account, now)
        await uow.recipients.asked({each.row: _next(work, each, calendar, now) for each in due if not each.missed})
        return len(people)


async def _those_who_are_there(
    work: Clockwork, uow: UnitOfWork, agency: Agency, due: Sequence[Due], now: datetime
) -> list[Due]:
    """Whoever is on leave is left in peace until they are back; gives the others."""
    calendar = await uow.calendar()
    back = {each.row: back_at(each.recipient.person_id, now, agency, work.rules, calendar) for each in due}
    await uow.recipients.ask_later({row: at for row, at in back.items() if at is not None})
    return [each for each in due if back[each.row] is None]


def _next(work: Clockwork, each: Due, calendar: WorkCalendar, now: datetime) -> datetime | None:
    """When a recipient comes up again; nobody is told of twice."""
    if each.told:
        return None
    return ask_at(each.recipient.posted_at, each.recipient.asks + 1, now, work.rules, calendar)


async def _ask(
    work: Clockwork, uow: UnitOfWork, person: Person, account: Account | None, waiting: list[Directive], now: datetime
) -> None:
    await uow.outbox.drop(about(person.id))
    draft = Draft(
        texts.ask_again(work.speech, person, waiting),
        dedupe=f"{about(person.id)}:{now.isoformat()}",
        priority=Priority.REMINDER,
        about=about(person.id),
    )
    await uow.outbox.post_to(account, draft, now, person_id=person.id)


async def _send_late(
    work: Clockwork, uow: UnitOfWork, each: Due, one: Directive, person: Person, account: Account | None, now: datetime
) -> None:
    """Whoever could not be reached when it went out gets it now, and is asked as if it had gone out now."""
    dedupe = f"directive:{one.id}:to:{person.id}:{now.isoformat()}"
    letter = texts.letter(work.speech, one, person)
    draft = Draft(letter, dedupe=dedupe, priority=Priority.REMINDER, about=about_letters(one.id))
    posted = await uow.outbox.post_to(account, draft, now, person_id=person.id)
    ask = ask_at(now, 0, now, work.rules, await uow.calendar())
    await uow.recipients.sent_late(each.row, posted.id if posted else None, now, ask)
    await uow.directives.look_again(one.id, now + LOOK_AFTER)


# -- who stays silent ------------------------------------------------------------------------------------------------


async def _tell_of_some(work: Clockwork, most: int, now: datetime) -> int:
    """For one directive: to each unit head one letter with the names of their silent. 0 once nobody is left."""
    async with work.store.write() as uow:
        number = await uow.recipients.next_to_tell_of(now, most)
        one = await uow.directives.get(number) if number is not None else None
        if one is None:
            return 0
        agency, all_silent = await uow.agency(), await uow.recipients.to_tell_of(one.id, now, most)
        silent = await _those_who_are_there(work, uow, agency, all_silent, now)
        today = work.rules.today(now)
        for told in await _whom_to_tell(uow, agency.on(today), silent, now):
            may_attest = told.to.role is Role.UNIT_HEAD or told.instead_of is not None
            letter = texts.still_silent(work.speech, told.to, one, told.silent, may_attest=may_attest)
            if told.instead_of is not None:
                letter = leave_texts.instead_of(work.speech, letter, told.instead_of)
            dedupe = f"directive:{one.id}:silent:{told.superior.id}:{today.isoformat()}"
            draft = Draft(letter, dedupe=dedupe, priority=Priority.REMINDER)
            await uow.outbox.post_to(told.account, draft, now, person_id=told.to.id)
        await uow.recipients.told([each.row for each in silent], now)
        return len(all_silent)


@dataclass(frozen=True)
class _Told:
    """A superior who is told of some silent people; whoever stands in for them gets the letter."""

    superior: Person
    stand_in: Person | None
    account: Account | None
    silent: list[Person]

    @property
    def to(self) -> Person:
        return self.stand_in or self.superior

    @property
    def instead_of(self) -> Person | None:
        return self.superior if self.stand_in else None


async def _whom_to_tell(uow: UnitOfWork, agency: Agency, silent: Sequence[Due], now: datetime) -> list[_Told]:
    """Who is told of whom, and where they are reached."""
    people = [person for each in silent if (person := agency.people.get(each.recipient.person_id))]
    superiors = {head.id for person in people for head in agency.heads_over(person)}
    superiors |= {other.id for other in agency.office()}
    stand_ins = {one: other for one in superiors if (other := agency.stand_in(one))}
    asked = [*superiors, *(other.id for other in stand_ins.values())]
    ways = await uow.ways.to_all(asked, now)
    stand_ins = {one: other for one, other in stand_ins.items() if other.id in ways}
    reachable = ways.keys() | stand_ins.keys()
    told: dict[int, list[Person]] = {}
    for person in people:
        for superior in told_of(person, agency, reachable):
            told.setdefault(superior.id, []).append(person)
    return [
        _Told(agency.people[one], other := stand_ins.get(one), ways.get(other.id if other else one), theirs)
        for one, theirs in told.items()
    ]
