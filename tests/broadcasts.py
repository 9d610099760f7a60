"""Broadcasts for the tests: a directive that is published, and everybody who has got it."""

from datetime import datetime

from domain.directives import Audience, Counts, Directive, Everybody, Recipient
from tests.world import World

TYPED = "12/KH-UBND ngày 20/11/2026 v/v rà soát thủ tục hành chính"
ALL, HEADS = Audience(Everybody.ALL), Audience(Everybody.HEADS)


async def published(world: World, to: str = "tất cả", text: str = TYPED) -> int:
    """The Office publishes at once; gives the directive's number. Everybody has got it, and nothing is unheard."""
    await world.says("Lan", f"/chidao {text}")
    await world.says("Lan", to)
    await world.presses("Lan", "Phát hành")
    await world.tick()
    world.clock.move(seconds=6)
    await world.tick()
    for who in world.people:
        world.hears_all(who)
    async with world.store.read() as uow:
        return (await uow.directives.latest(1))[0].id


async def planned(world: World, audience: Audience = ALL, at: datetime | None = None) -> int:
    """A directive of the Office that has come due, or will; nothing has gone out yet."""
    now = world.clock.now()
    new = Directive(0, "12/KH-UBND", None, "Rà soát thủ tục", audience, world.people["Lan"].id, now, at or now)
    async with world.store.write() as uow:
        return (await uow.directives.create(new)).id


async def recipient(world: World, number: int, who: str) -> Recipient | None:
    async with world.store.read() as uow:
        return await uow.recipients.get(number, world.people[who].id)


async def counts(world: World, number: int) -> Counts:
    async with world.store.read() as uow:
        return await uow.recipients.counts(number)
