"""The last look before a letter leaves: is its window open, and is something left of the month for it.

Messages are counted before they are sent, in a transaction of their own: killed in between, one is counted that was
not sent, and never the other way about. What the vendor surely did not take is given back.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from domain.channel import Channel, DeliveryError, Metered, Unknown
from domain.clock import Clock
from domain.messages import Letter, Outgoing, Priority
from domain.ways import Carries, Standing, carries
from scheduler.letters import another_way, share_of
from storage.unit_of_work import Store, UnitOfWork


class Shut(DeliveryError):
    """The person has not written for too long: the vendor would not take it."""


class NothingLeft(DeliveryError):
    """The month's quota has nothing for this letter."""


@asynccontextmanager
async def paid(channel: Channel, store: Store, clock: Clock, letter: Letter, outgoing: Outgoing) -> AsyncIterator[None]:
    """While this is entered the letter may be sent: it is paid for. Raises Shut or NothingLeft where it may not."""
    if channel.limits.window and letter.priority is not Priority.ANSWER:
        await _look_at_window(channel, store, clock, letter)
    if channel.limits.monthly_quota is None:
        yield
        return
    messages = channel.messages(outgoing) if isinstance(channel, Metered) else 1
    async with store.write() as uow:
        left = await _spend(uow, channel.name, letter, messages, clock.now())
    if not left:
        raise NothingLeft("nothing is left of the month's quota for it")
    at = clock.now()
    try:
        yield
    except Unknown:
        raise
    except DeliveryError as error:
        async with store.write() as uow:
            await uow.ways.give_back(channel.name, messages - error.taken, at)
        raise


async def _spend(uow: UnitOfWork, channel: str, letter: Letter, messages: int, now: datetime) -> bool:
    if await uow.ways.spend(channel, messages, now, share_of(letter)):
        return True
    more = share_of(letter, only_way=True)
    is_more = more > share_of(letter) and await another_way(uow, letter, now) is None
    return is_more and await uow.ways.spend(channel, messages, now, more)


async def _look_at_window(channel: Channel, store: Store, clock: Clock, letter: Letter) -> None:
    async with store.read() as uow:
        account = await uow.people.account_at(letter.channel, letter.address)
    if account and carries(account, Standing(channel.limits), clock.now()) is Carries.NEVER:
        raise Shut("the window is shut")
