"""Which duties there are: the ticks, the sending and the polling of each channel."""

import asyncio
from collections.abc import Callable, Mapping

from bot.duties import Duty
from domain.channel import Channel, Polling
from scheduler.sender import Sender
from scheduler.senders import Senders
from storage.duties import Held

TICKS = "ticks"


def sending(channel: str) -> str:
    """The name of the duty to send on a channel."""
    return f"send:{channel}"


def polling(channel: str) -> str:
    """The name of the duty to ask a channel's vendor for events."""
    return f"listen:{channel}"


async def _nothing(*_: object) -> None:
    """The jobs look by themselves whether the duty is held."""


def all_duties(
    channels: Mapping[str, Channel],
    senders: Senders,
    make: Callable[[Channel, Held], Sender],
    tasks: asyncio.TaskGroup,
) -> list[Duty]:
    """In the order in which they are begun: what waits is sent before more is heard."""
    send = [_sending(channel, senders, make, tasks) for channel in channels.values()]
    poll = [_polling(channel) for channel in channels.values() if isinstance(channel, Polling) and channel.polls]
    return [*send, Duty(TICKS, _nothing, _nothing), *poll]


def _sending(
    channel: Channel, senders: Senders, make: Callable[[Channel, Held], Sender], tasks: asyncio.TaskGroup
) -> Duty:
    """A sender of its own for each time that the duty is held: it knows nothing of an earlier one."""
    running: list[tuple[Sender, asyncio.Task[None]]] = []

    async def begin(held: Held) -> None:
        sender = make(channel, held)
        await sender.take_over()
        senders.by_channel[channel.name] = sender
        running.append((sender, tasks.create_task(sender.run())))

    async def end() -> None:
        senders.by_channel.pop(channel.name, None)
        sender, task = running.pop()
        sender.stop()
        await task

    return Duty(sending(channel.name), begin, end)


def _polling(channel: Polling) -> Duty:
    async def begin(_held: Held) -> None:
        await channel.start_polling()

    return Duty(polling(channel.name), begin, channel.stop_polling)
