"""Errands: a file that takes a while is made outside of every transaction, then its letter is posted.

A handler answers at once and leaves an errand (`uow.errands.ask`); the next tick makes the file and posts the letter.
Killed in between, the file is made once more; the letter is posted once.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from domain.messages import Draft, Outgoing
from locales.texts import mail
from scheduler.clockwork import Clockwork
from storage.errands import Errand

log = structlog.get_logger()

Maker = Callable[[Clockwork, Errand, datetime], Awaitable[Outgoing | None]]
"""Makes what was asked for, outside of every transaction; None where there is nothing to send any more."""

MOST_TRIES = 3
AT_ONCE = 20
"""Errands in one tick; the others come with the next one."""


async def run(work: Clockwork, makers: Mapping[str, Maker], now: datetime) -> int:
    """Do what has been asked for, the oldest first; one that fails does not keep the others from being done."""
    letters, last = 0, 0
    for _ in range(AT_ONCE):
        async with work.store.read() as uow:
            errand = await uow.errands.next(last)
        if errand is None:
            break
        last = errand.id
        letters += await _do(work, makers, errand, now)
        await asyncio.sleep(0)
    return letters


async def _do(work: Clockwork, makers: Mapping[str, Maker], errand: Errand, now: datetime) -> int:
    try:
        made = await makers[errand.kind](work, errand, now)
    except Exception:
        log.exception("errand_failed", errand=errand.id, kind=errand.kind)
        if errand.attempts + 1 < MOST_TRIES:
            async with work.store.write() as uow:
                await uow.errands.failed(errand.id)
            return 0
        made = mail.not_made(work.speech)
    async with work.store.write() as uow:
        if not await uow.errands.done(errand.id, now) or made is None:
            return 0
        accounts = await uow.people.accounts(errand.person_id)
        # to the chat that asked, if it is still that person's
        account = next((one for one in accounts if one.id == errand.account_id), None) or (
            await uow.ways.to(errand.person_id, now)
        )
        draft = Draft(made, dedupe=f"errand:{errand.id}")
        await uow.outbox.post_to(account, draft, now, person_id=errand.person_id)
    return 1
