"""How far a directive has come: settled from its letters, and told to whoever published it, in one message."""

from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from domain.directives import FRESH, Counts, Directive, members
from domain.messages import Draft, Letter
from domain.people import Person
from locales.texts import directives as texts
from scheduler import calling_off
from scheduler.clockwork import Clockwork
from storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

LOOK_EVERY = timedelta(seconds=5)
"""How often it is looked at how far a directive has come while it goes out."""
FRESH_EVERY = timedelta(minutes=1)
"""The same while it is fresh, when most people acknowledge."""
LATE_EVERY, LATE = timedelta(hours=1), timedelta(days=7)
"""The same where letters are still on their way: a vendor may be away for days."""


def about_status(number: int) -> str:
    """What the messages of how far a directive has come are about; a newer one replaces one that has not left."""
    return f"directive:{number}:status"


async def one_of_several(doing: Awaitable[int], number: int) -> int:
    """What is done for one directive; where it fails, the others still have their turn."""
    try:
        return await doing
    except Exception:
        log.exception("directive_failed", directive=number)
        return 0


async def follow(work: Clockwork, now: datetime) -> int:
    """See how far the directives have come that went out lately, and tell whoever published them."""
    async with work.store.read() as uow:
        due = await uow.directives.to_refresh(now)
    return sum([await one_of_several(follow_one(work, number, now), number) for number in due])


async def follow_one(work: Clockwork, number: int, now: datetime) -> int:
    """The same for one; where it was called off, those who have got it are told first."""
    told = await calling_off.tell(work, number, now)
    async with work.store.write() as uow:
        one = await uow.directives.get(number, hold=True)
        if one is None:
            return told
        counts = await _counts(uow, one)
        agency = await uow.agency()
        publisher = agency.people.get(one.published_by)
        letter_id = one.status_letter_id
        posted = await _tell_publisher(work, uow, one, counts, publisher, now) if publisher else None
        later = _next_look(one, settled=counts.is_settled, now=now)
        await uow.directives.refresh_later(number, later, letter_id or (posted.id if posted else None))
        return told + int(posted is not None)


async def _counts(uow: UnitOfWork, one: Directive) -> Counts:
    if one.cancelled_at is None:
        await uow.recipients.settle(one.id)
    counts = await uow.recipients.counts(one.id)
    if one.cancelled_at is None and one.fanned_out_at is None:
        return replace(counts, total=len(members(one.audience, await uow.agency())))
    return counts


async def _tell_publisher(
    work: Clockwork, uow: UnitOfWork, one: Directive, counts: Counts, publisher: Person, now: datetime
) -> Letter | None:
    """One message that is brought up to date; where its channel cannot do that, a second one when all have left."""
    if one.cancelled_at is not None and one.status_letter_id is None:
        return None
    status, final = about_status(one.id), f"{about_status(one.id)}:sent"
    draft = Draft(texts.progress(work.speech, one, counts), dedupe=final, about=status, replaces=one.status_letter_id)
    account = await uow.ways.to(publisher.id, now)
    is_over = counts.is_settled and one.cancelled_at is None
    if is_over and (letter := await uow.outbox.post_to(account, draft, now, person_id=publisher.id)):
        return letter
    seen = f"{counts.posted}:{counts.delivered}:{counts.acknowledged}:{counts.unreachable}"
    seen += ":off" if one.cancelled_at is not None else ""
    update = replace(draft, dedupe=f"{status}:{seen}", edit_only=one.status_letter_id is not None)
    return await uow.outbox.post_to(account, update, now, person_id=publisher.id)


def _next_look(one: Directive, *, settled: bool, now: datetime) -> datetime | None:
    """When it is looked at again how far a directive has come."""
    if one.cancelled_at is not None and settled:
        return None
    out_since = one.cancelled_at or one.fanned_out_at
    if out_since is None:
        return now + LOOK_EVERY
    age = now - out_since
    if settled:
        return now + FRESH_EVERY if age < FRESH else None
    if age < FRESH:
        return now + LOOK_EVERY
    return now + LATE_EVERY if age < LATE else None
