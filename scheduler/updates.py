"""How an update leaves: as other words in a message that is there already, or else as a message of its own."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from domain.channel import Channel, Editing, Feature, Rejected, SentRef
from domain.messages import Letter, Outgoing
from storage.unit_of_work import Store, UnitOfWork

Dress = Callable[[Letter], Outgoing]
"""What leaves of a letter."""

Send = Callable[[Letter], Awaitable[SentRef]]
"""Has a letter leave as a message of its own."""


async def send_update(channel: Channel, store: Store, letter: Letter, dress: Dress, send: Send) -> str:
    """The vendor's name of the message that has the words now; empty where nothing was sent. Raises DeliveryError."""
    async with store.write() as uow:
        if await uow.updates.merge(letter, ""):
            return ""
        earlier = await uow.updates.earlier(letter)
    is_there = earlier and earlier.ref and (earlier.channel, earlier.address) == (letter.channel, letter.address)
    if earlier and is_there and Feature.EDIT in channel.features and isinstance(channel, Editing):
        try:
            # changed twice is changed once: it needs no mark
            words = dress(replace(letter, repeated=False))
            return (await channel.edit(letter.address, SentRef(earlier.ref), words)).ref
        except Rejected:
            # too old, or deleted by the person: it is said once more
            return (await send(letter)).ref
    return "" if letter.edit_only else (await send(letter)).ref


async def write_down(uow: UnitOfWork, letter: Letter, ref: str, now: datetime) -> None:
    """A letter has been sent; an update's words are those of its earlier letter from now on."""
    if letter.replaces is not None and await uow.updates.merge(letter, ref):
        return
    if ref:
        await uow.outbox.sent(letter.id, ref, now)
    else:
        await uow.updates.settle(letter)
