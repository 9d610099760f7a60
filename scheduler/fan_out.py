"""The fan-out: a directive that has come due goes to everybody of its audience, in small transactions.

Each writes down how far it has come, so that a process that is killed goes on where it was, and nobody gets two.
"""

import asyncio
from dataclasses import replace
from datetime import datetime

from domain.directives import Directive, Recipient, ask_at, members
from domain.messages import Draft, Priority
from domain.people import Account, Person
from locales.texts import directives as texts
from scheduler.calling_off import about_letters
from scheduler.clockwork import Clockwork
from scheduler.following import follow_one, one_of_several
from storage.unit_of_work import UnitOfWork

PEOPLE_AT_ONCE = 20
"""People in one transaction: small enough that a command waiting behind it is not felt."""
BREATH = 0.1
"""Seconds between two of them: still several times as fast as any vendor takes the letters."""
PEOPLE_A_TICK = 1000
"""The others are posted to by the next tick, so that reminders do not wait for thousands."""

PEOPLE_A_LOOK = 500
"""After so many whoever published it is told how far it has come: about every three seconds."""


async def fan_out(work: Clockwork, now: datetime) -> int:
    """Send every directive that has come due; gives how many letters were posted."""
    async with work.store.read() as uow:
        due = await uow.directives.due(now)
    return sum([await one_of_several(_send(work, number, now), number) for number in due])


async def _send(work: Clockwork, number: int, now: datetime) -> int:
    letters = 0
    while letters < PEOPLE_A_TICK and (posted := await _send_some(work, number, now)):
        letters += posted
        if (letters - PEOPLE_AT_ONCE) % PEOPLE_A_LOOK == 0:
            await one_of_several(follow_one(work, number, now), number)
        # whoever has written in the meantime comes first
        await asyncio.sleep(BREATH if posted == PEOPLE_AT_ONCE else 0)
    return letters


async def _send_some(work: Clockwork, number: int, now: datetime) -> int:
    """Post to the next people of the audience; gives how many, 0 once there are no more."""
    async with work.store.write() as uow:
        one = await uow.directives.get(number, hold=True)
        if one is None or one.cancelled_at is not None or one.fanned_out_at is not None:
            return 0
        audience = [person for person in members(one.audience, await uow.agency()) if person.id > one.sent_up_to]
        people = audience[:PEOPLE_AT_ONCE]
        if not people:
            await uow.directives.fanned_out(number, now)
            return 0
        ways = await uow.ways.to_all([person.id for person in people], now)
        ask = ask_at(now, 0, now, work.rules, await uow.calendar())
        sent = [await _post(work, uow, one, person, ways.get(person.id), ask, now) for person in people]
        await uow.recipients.sent_to(sent)
        await uow.directives.reached(number, people[-1].id, now)
        return len(people)


async def _post(
    work: Clockwork,
    uow: UnitOfWork,
    one: Directive,
    person: Person,
    account: Account | None,
    ask: datetime | None,
    now: datetime,
) -> tuple[Recipient, int | None]:
    """Post one person's letter; gives the recipient, and the letter where there is somewhere to send it."""
    draft = Draft(
        texts.letter(work.speech, one, person),
        dedupe=f"directive:{one.id}:to:{person.id}",
        priority=Priority.BROADCAST,
        about=about_letters(one.id),
    )
    letter = await uow.outbox.post_to(account, draft, now, person_id=person.id)
    recipient = Recipient(one.id, person.id, person.unit_id, now)
    # whoever published it knows it
    if person.id == one.published_by:
        recipient = replace(recipient, acknowledged_at=now, acknowledged_by=person.id)
    if account is None:
        return replace(recipient, unreachable=True), None
    ask = None if recipient.acknowledged_at else ask
    return replace(recipient, ask_at=ask), letter.id if letter else None
