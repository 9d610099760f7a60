"""Files that follow an answer: made by the next tick, posted once, given up when they cannot be made."""

from datetime import datetime

import pytest

from domain.messages import Outgoing
from scheduler import errands
from scheduler.clockwork import Clockwork
from storage.errands import Errand
from tests.world import MONDAY, World


async def asked(world: World, who: str = "Dung", **params: object) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people[who].id)
        await uow.errands.ask("sample", world.people[who].id, account.id, params, world.clock.now())


async def say_it(work: Clockwork, errand: Errand, now: datetime) -> Outgoing:
    return Outgoing(str(errand.params["text"]))


async def nothing(work: Clockwork, errand: Errand, now: datetime) -> Outgoing | None:
    return None


def clockwork(world: World) -> Clockwork:
    return Clockwork(world.store, world.files, world.rules, world.speech)


async def test_what_was_asked_for_is_made_and_posted_once(world: World) -> None:
    await asked(world, "Dung", text="tệp thứ nhất")
    await asked(world, "Em", text="tệp thứ hai")
    assert await errands.run(clockwork(world), {"sample": say_it}, MONDAY) == 2
    assert await errands.run(clockwork(world), {"sample": say_it}, MONDAY) == 0
    await world.settle()
    assert world.hears("Dung") == "tệp thứ nhất"
    assert world.hears("Em") == "tệp thứ hai"


async def test_it_goes_to_the_chat_that_asked(world: World) -> None:
    async with world.store.write() as uow:
        dung = world.people["Dung"].id
        web = await uow.people.link(dung, "web", "web-dung", MONDAY)
        await uow.errands.ask("sample", dung, web.id, {"text": "tệp"}, MONDAY)
    await errands.run(clockwork(world), {"sample": say_it}, MONDAY)
    await world.settle()
    assert world.hears_all("Dung") == []
    assert [(address, one.text) for address, one in world.other.sent] == [("web-dung", "tệp")]


async def test_what_cannot_be_made_is_tried_again_then_said_and_holds_nobody_up(world: World) -> None:
    await asked(world, "Dung")
    await asked(world, "Em", text="tệp")
    for _ in range(errands.MOST_TRIES):
        # an errand without its text makes `say_it` fail
        await errands.run(clockwork(world), {"sample": say_it}, MONDAY)
    await world.settle()
    assert world.hears("Em") == "tệp"
    assert "chưa lập được" in world.hears("Dung")
    assert await errands.run(clockwork(world), {"sample": say_it}, MONDAY) == 0


async def test_where_there_is_nothing_to_send_nothing_is_sent(world: World) -> None:
    await asked(world, "Dung")
    assert await errands.run(clockwork(world), {"sample": nothing}, MONDAY) == 0
    await world.settle()
    assert world.hears_all("Dung") == []


@pytest.mark.parametrize("kind", ["unheard-of"])
async def test_an_errand_of_a_kind_that_nobody_knows_is_given_up(world: World, kind: str) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.errands.ask(kind, world.people["Dung"].id, account.id, {}, MONDAY)
    for _ in range(errands.MOST_TRIES):
        await world.tick()
    assert "chưa lập được" in world.hears("Dung")
