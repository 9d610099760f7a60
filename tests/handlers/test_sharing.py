"""Two processes at one inbox: each chat in its own order, and nothing is handled by both."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from handlers.dispatch import Dispatcher
from handlers.reception import LEASE, Reception
from scheduler.senders import Senders
from tests.handlers.test_reception import Vendor, said, states
from tests.world import World, plain

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)


@pytest.fixture
async def two(world: World) -> AsyncIterator[tuple[Reception, Reception, Vendor]]:
    """Two receptions on one database, and the vendor from which the first fetches its files."""
    vendor, stop = Vendor(), asyncio.Event()
    dispatcher = Dispatcher(world.store, Senders({}), world.dispatcher._desk)
    made = [
        Reception(world.store, world.files, dispatcher, {"telegram": vendor}, world.clock, shared=True) for _ in (1, 2)
    ]
    async with asyncio.TaskGroup() as tasks:
        for one in made:
            tasks.create_task(one.run(stop))
        await asyncio.sleep(0)
        yield made[0], made[1], vendor
        vendor.open.set()
        stop.set()


async def until(world: World, wanted: dict[str, str]) -> None:
    async with asyncio.timeout(10):
        while await states(world) != wanted:
            await asyncio.sleep(0.01)


async def test_what_comes_later_to_another_process_waits_for_what_came_before(
    world: World, two: tuple[Reception, Reception, Vendor]
) -> None:
    first, second, vendor = two
    number = await world.assigned("Dung")
    before = await states(world)
    await first.receive([said(world, "Dung", f"xong {number}", "a", file="x.pdf")])
    await second.receive([said(world, "Dung", "viec", "b"), said(world, "Em", "viec", "c")])
    await until(world, before | {"a": "pending", "b": "pending", "c": "done"})
    vendor.open.set()
    await until(world, before | dict.fromkeys("abc", "done"))
    await world.settle()
    heard = [plain(one.text) for one in world.hears_all("Dung")]
    assert "hoàn thành" in heard[0]
    assert "chờ xác nhận" in heard[1]


async def test_what_a_dead_process_had_in_hand_is_taken_over_once_it_has_been_silent_for_long_enough(
    world: World, two: tuple[Reception, Reception, Vendor]
) -> None:
    _, second, _ = two
    before, now = await states(world), world.clock.now()
    async with world.store.write() as uow:
        await uow.inbox.keep([said(world, "Dung", "viec", "a")], now, now + LEASE)
    await second.sweep()
    assert await states(world) == before | {"a": "pending"}
    world.clock.move(seconds=LEASE.total_seconds())
    await second.sweep()
    await until(world, before | {"a": "done"})


async def test_both_sweep_and_one_handles(world: World, two: tuple[Reception, Reception, Vendor]) -> None:
    first, second, _ = two
    before, now = await states(world), world.clock.now()
    async with world.store.write() as uow:
        await uow.inbox.keep([said(world, "Dung", "viec", str(n)) for n in range(20)], now, now)
    await asyncio.gather(first.sweep(), second.sweep())
    await until(world, before | {str(n): "done" for n in range(20)})
    assert first.handled + second.handled == 20
