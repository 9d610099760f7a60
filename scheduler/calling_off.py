"""Calling off a directive: what has not left is dropped, and whoever has got it is told that it does not hold."""

import asyncio
from datetime import datetime

from domain.directives import Counts
from domain.messages import Draft, Priority
from locales.texts import directives as texts
from scheduler.clockwork import Clockwork
from storage.unit_of_work import UnitOfWork

PEOPLE_AT_ONCE = 20
"""People in one transaction, as in the fan-out."""


def about_letters(number: int) -> str:
    """What the letters of a directive are about: those that have not left are dropped when it is called off."""
    return f"directive:{number}"


async def call_off(uow: UnitOfWork, number: int, now: datetime) -> int:
    """It goes out to nobody else, and nobody is asked about it; gives how many have got it, who are told by a tick."""
    await uow.directives.cancel(number, now)
    await uow.recipients.stop_asking(number)
    await uow.proposals.called_off(number, now)
    uow.is_urgent = True
    return (await take_back(uow, number)).posted


async def take_back(uow: UnitOfWork, number: int) -> Counts:
    """Drop the letters that have not left: whom they were for are recipients no more. Gives the others."""
    await uow.outbox.drop(about_letters(number))
    await uow.recipients.settle(number)
    await uow.recipients.forget_unsent(number)
    return await uow.recipients.counts(number)


async def tell(work: Clockwork, number: int, now: datetime) -> int:
    """Tell those who have got one that was called off, in small transactions; begun again, nobody is told twice."""
    async with work.store.read() as uow:
        one = await uow.directives.get(number)
    if one is None or one.cancelled_at is None:
        return 0
    async with work.store.write() as uow:
        # a letter that was under way just then, and came back, must not leave either
        await take_back(uow, number)
    letters = 0
    last: int | None = 0
    while last is not None:
        posted, last = await _tell_some(work, number, last, now)
        letters += posted
        await asyncio.sleep(0)
    return letters


async def _tell_some(work: Clockwork, number: int, after: int, now: datetime) -> tuple[int, int | None]:
    """Tell the next few; gives how many letters were posted and the last of them, None once there are no more."""
    async with work.store.write() as uow:
        one = await uow.directives.get(number)
        people = await uow.recipients.reached(number, after, PEOPLE_AT_ONCE)
        if one is None or not people:
            return 0, None
        agency, ways, letters = await uow.agency(), await uow.ways.to_all(people, now), 0
        for person_id in people:
            person, account = agency.people.get(person_id), ways.get(person_id)
            if person is None or account is None or person_id == one.published_by:
                continue
            draft = Draft(
                texts.called_off(work.speech, one, person),
                dedupe=f"directive:{number}:off:{person_id}",
                priority=Priority.BROADCAST,
            )
            letters += await uow.outbox.post_to(account, draft, now, person_id=person_id) is not None
        return letters, people[-1]
