"""The web of a test's world: its site, its channel, and browsers without a screen."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx

from bot.channels.web import WebChannel
from bot.web.server import application
from bot.web.site import Site
from domain.messages import Draft, Incoming, Outgoing
from tests.world import World

HOME = "203.0.113.7"


def site_of(world: World, **more: object) -> Site:
    """The world's site."""
    site = Site(WebChannel(world.files), world.store, world.clock, world.rules, world.speech)
    return replace(site, **more)  # type: ignore[arg-type]


@asynccontextmanager
async def browser(site: Site, ip: str = HOME, **headers: str) -> AsyncIterator[httpx.AsyncClient]:
    """A browser at an address; it keeps its cookies and follows no redirect."""
    transport = httpx.ASGITransport(application(site), client=(ip, 40000))
    base = "https://nhacviec.test" if site.is_encrypted else "http://nhacviec.test"
    async with httpx.AsyncClient(transport=transport, base_url=base, headers=headers) as client:
        yield client


async def code_for(world: World, who: str) -> str:
    async with world.store.write() as uow:
        return await uow.people.invite(world.people[who].id, world.clock.now())


async def kept(world: World, incoming: list[Incoming]) -> None:
    """Keep events as the reception does, and handle none."""
    async with world.store.write() as uow:
        await uow.inbox.keep(incoming, world.clock.now(), world.clock.now())


async def listening(world: World, site: Site) -> WebChannel:
    """The site's channel, started."""

    async def receive(incoming: list[Incoming]) -> None:
        await kept(world, incoming)

    await site.channel.start(receive)
    return site.channel


async def posted(world: World, address: str, text: str, dedupe: str, ref: str = "", **more: object) -> None:
    """A letter that has been sent to an address on the web."""
    async with world.store.write() as uow:
        letter = await uow.outbox.post(
            Draft(Outgoing(text, **more), dedupe),  # type: ignore[arg-type]
            "web",
            address,
            world.clock.now(),
        )
        assert letter is not None
        await uow.outbox.sent(letter.id, ref or f"ref-{dedupe}", world.clock.now())
