"""The web part of a running assistant: its site, its server, and, in the demo, the sample agency."""

import asyncio
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.channels.web import WebChannel
from bot.photo_links import photo_links
from bot.vitals import vitals_of
from bot.web.health import Health
from bot.web.server import WebServer, watched, whole
from bot.web.site import Posted, Site
from domain.channel import Channel, Hooked
from domain.clock import RehearsalClock

if TYPE_CHECKING:
    from bot.app import Assistant
    from bot.demo import Demo


async def serve(assistant: "Assistant", channel: WebChannel, stop: asyncio.Event) -> None:
    """Answer browsers until stopped. Raises PortTaken."""
    settings = assistant.settings
    site = Site(
        channel,
        assistant.store,
        assistant.clock,
        assistant.rules,
        assistant.speech,
        public_url=settings.public_url,
        health=health_of(assistant),
        posted=tuple(_posted(assistant.channels.values())),
        receive=assistant.reception.receive,
        photos=photo_links(settings, assistant.clock),
        demo=await _demo(assistant) if assistant.is_demo else None,
    )
    await WebServer(lambda: whole(site), settings.web_host, settings.web_port).serve(stop)


def _posted(channels: Iterable[Channel]) -> Iterator[Posted]:
    for channel in channels:
        if isinstance(channel, Hooked) and channel.hook:
            yield Posted(channel.hook, channel.webhook)


async def _demo(assistant: "Assistant") -> "Demo":
    from bot import demo

    assert isinstance(assistant.clock, RehearsalClock)  # noqa: S101 - bot/app.py gives the demo this clock
    await demo.prepare(assistant.store, assistant.rules, assistant.clock.now())

    async def run_ticks() -> None:
        await assistant.tick()
        # what was to leave later may leave now
        assistant.senders.wake(set(assistant.channels))

    shown = demo.Demo(assistant.store, assistant.clock, assistant.rules, run_ticks)
    await shown.begin()
    return shown


def health_of(assistant: "Assistant") -> Health:
    """What /healthz and /metrics look at."""
    return Health(assistant.store, assistant.clock, lambda: vitals_of(assistant))


async def serve_watchers(assistant: "Assistant", stop: asyncio.Event) -> None:
    """Only health and metrics, where the pages are another process's."""
    settings = assistant.settings
    server = WebServer(lambda: watched(health_of(assistant)), settings.web_host, settings.web_port)
    await server.serve(stop)
