"""The fan-out: a directive that has come due goes to everybody of its audience, in small transactions.

Each writes down how far it has come, so that a process that is killed goes on where it was, and nobody gets two.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from domain.directives import Counts, Directive, Recipient, ask_at, members
from domain.messages import Draft, Letter, Priority
from domain.people import Account, Person, best_account
from locales.texts import directives as texts
from scheduler.clockwork import Clockwork
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

PEOPLE_AT_ONCE = 20
"""People in one transaction: small enough that a command waiting behind it is not felt."""
BREATH = 0.1
"""Seconds between two of them: still several times as fast as any vendor takes the letters."""
PEOPLE_A_TICK = 1000
"""The others are posted to by the next tick, so that reminders do not wait for thousands."""

LOOK_EVERY = timedelta(seconds=5)
"""How often it is looked at how far a directive has come while it goes out."""
FRESH_EVERY, FRESH = timedelta(minutes=1), timedelta(hours=1)
"""The same for the first hour, when most people acknowledge."""
LATE_EVERY, LATE = timedelta(hours=1), timedelta(days=7)
"""The same where letters are still on their way: a vendor may be away for days."""


def about_status(number: int) -> str:
    """What the messages of how far a directive has come are about; a newer one replaces one that has not left."""
    return f"directive:{number}:status"


def about_letters(number: int) -> str:
    """What the letters of a directive are about: those that have not left are dropped when it is called off."""
    return f"directive:{number}"


async def fan_out(work: Clockwork, now: datetime) -> int:
    """Send every directive that has come due; gives how many letters were posted."""
    async with work.store.read() as uow:
        due = await uow.directives.due(now)
    return sum([await _one_of_several(_send(work, number, now), number) for number in due])


async def _one_of_several(doing: Awaitable[int], number: int) -> int:
    """What is done for one directive; where it fails, the others still have their turn."""
    try:
        return await doing
    except Exception:
        log.exception("directive_failed", directive=number)
        return 0


async def _send(work: Clockwork, number: int, now: datetime) -> int:
    letters = 0
    while letters < PEOPLE_A_TICK and (posted := await _send_some(work, number, now)):
        letters += posted
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
        accounts = await uow.people.accounts_of([person.id for person in people])
        ask = ask_at(now, 0, now, work.rules, await uow.calendar())
        sent = [
            await _post(work, uow, one, person, best_account(accounts.get(person.id, [])), ask, now)
            for person in people
        ]
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
    if account is None:
        return replace(recipient, unreachable=True), None
    # whoever published it is not asked whether they know it
    return replace(recipient, ask_at=None if person.id == one.published_by else ask), letter.id if letter else None


# -- how far it has come ---------------------------------------------------------------------------------------------


async def follow(work: Clockwork, now: datetime) -> int:
    """See how far the directives have come that went out lately, and tell whoever published them."""
    async with work.store.read() as uow:
        due = await uow.directives.to_refresh(now)
    return sum([await _one_of_several(_follow(work, number, now), number) for number in due])


async def _follow(work: Clockwork, number: int, now: datetime) -> int:
    async with work.store.write() as uow:
        one = await uow.directives.get(number, hold=True)
        if one is None:
            return 0
        await uow.recipients.settle(number)
        counts = await uow.recipients.counts(number)
        if one.fanned_out_at is None:
            counts = replace(counts, total=len(members(one.audience, await uow.agency())))
        agency = await uow.agency()
        publisher = agency.people.get(one.published_by)
        letter_id = one.status_letter_id
        posted = await _tell_publisher(work, uow, one, counts, publisher, now) if publisher else None
        later = _next_look(one, settled=counts.is_settled, now=now)
        await uow.directives.refresh_later(number, later, letter_id or (posted.id if posted else None))
        return int(posted is not None)


async def _tell_publisher(
    work: Clockwork, uow: UnitOfWork, one: Directive, counts: Counts, publisher: Person, now: datetime
) -> Letter | None:
    """One message that is brought up to date; where its channel cannot do that, a second one when all have left."""
    status, final = about_status(one.id), f"{about_status(one.id)}:sent"
    draft = Draft(texts.progress(work.speech, one, counts), dedupe=final, about=status, replaces=one.status_letter_id)
    account = best_account(await uow.people.accounts(publisher.id))
    if counts.is_settled and (letter := await uow.outbox.post_to(account, draft, now, person_id=publisher.id)):
        return letter
    seen = f"{counts.posted}:{counts.delivered}:{counts.acknowledged}:{counts.unreachable}"
    update = replace(draft, dedupe=f"{status}:{seen}", edit_only=one.status_letter_id is not None)
    return await uow.outbox.post_to(account, update, now, person_id=publisher.id)


def _next_look(one: Directive, *, settled: bool, now: datetime) -> datetime | None:
    """When it is looked at again how far a directive has come."""
    if one.cancelled_at is not None:
        return None
    if one.fanned_out_at is None:
        return now + LOOK_EVERY
    age = now - one.fanned_out_at
    if settled:
        return now + FRESH_EVERY if age < FRESH else None
    if age < FRESH:
        return now + LOOK_EVERY
    return now + LATE_EVERY if age < LATE else None
