"""Calling off a directive: nobody else gets it, whoever has got it is told once, and nobody is asked about it."""

import asyncio
from datetime import timedelta

import pytest

from domain.channel import Unavailable
from domain.directives import State
from domain.messages import Rows
from scheduler import calling_off, fan_out
from scheduler.sender import Sender
from tests.broadcasts import counts, planned, published, recipient
from tests.scheduler.test_fan_out import Dying, hired, letters_of, only_dung, work_of
from tests.scheduler.test_updates import Slate
from tests.world import World, plain

WITHDRAWN = "đã được thu hồi"


@pytest.fixture(autouse=True)
def no_breath(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fan_out, "BREATH", 0.0)


def told(world: World, who: str) -> int:
    return sum(WITHDRAWN in out.text for out in world.hears_all(who))


async def test_whoever_has_got_it_is_told_once(world: World) -> None:
    number = await published(world)
    answer = await world.answer("Lan", f"chidao {number} thu hồi")
    assert "Đã thu hồi chỉ đạo 1" in answer
    assert "10 người đã được gửi" in answer
    for _ in range(3):
        world.clock.move(seconds=6)
        await world.tick()
    assert {who: told(world, who) for who in ("Dung", "Em", "Bình", "Lan")} == {"Dung": 1, "Em": 1, "Bình": 1, "Lan": 0}
    assert "đã thu hồi" in await world.answer("Dung", f"chidao {number}")
    assert [button.label for row in world.last("Dung").buttons for button in row] == []


@pytest.mark.parametrize("after", [False, True], ids=["before the commit", "after the commit"])
@pytest.mark.parametrize("at", [1, 2, 3])
async def test_killed_in_between_everybody_is_told_and_nobody_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, at: int, *, after: bool
) -> None:
    monkeypatch.setattr(calling_off, "PEOPLE_AT_ONCE", 4)
    number = await published(world)
    await world.says("Lan", f"chidao {number} huy")
    for who in world.people:
        world.hears_all(who)
    with pytest.raises(asyncio.CancelledError):
        await calling_off.tell(work_of(world, Dying(world.store, at, after=after)), number, world.clock.now())
    await world.tick()
    assert {who: told(world, who) for who in world.people} == {who: int(who != "Lan") for who in world.people}


async def test_nobody_is_asked_about_it_any_more(world: World) -> None:
    async with world.store.write() as uow:
        (account,) = await uow.people.accounts(world.people["Dung"].id)
        await uow.people.unlink(account.id)
    number = await published(world)
    await world.says("Lan", f"chidao {number} huy")
    assert "đã hủy phát hành hoặc thu hồi" in await world.answer("Lan", f"chidao {number} nhac")
    async with world.store.write() as uow:
        code = await uow.people.invite(world.people["Dung"].id, world.clock.now())
    await world.says("Dung", code)
    await world.tick()
    for who in world.people:
        world.hears_all(who)
    await world.at("2026-11-25 08:00")
    assert {who: len(world.hears_all(who)) for who in world.people} == dict.fromkeys(world.people, 0)
    # whoever had not got it was never a recipient
    assert await recipient(world, number, "Dung") is None


async def test_half_way_those_who_wait_get_nothing_and_are_no_recipients(world: World) -> None:
    await hired(world, 30)
    number = await planned(world)
    with pytest.raises(asyncio.CancelledError):
        await fan_out.fan_out(work_of(world, Dying(world.store, 1, after=True)), world.clock.now())
    await world.senders.by_channel["telegram"].step()
    answer = await world.answer("Lan", f"chidao {number} huy")
    found = await counts(world, number)
    assert 0 < found.posted == found.delivered < len(await letters_of(world, number))
    assert f"{found.delivered} người đã được gửi" in answer
    assert found.unreachable == 0
    await world.tick()
    assert len(world.other.sent) == 0


async def test_a_letter_that_was_under_way_and_came_back_does_not_leave(world: World) -> None:
    number = await only_dung(world)
    world.other.errors += [Unavailable("away")]
    await fan_out.fan_out(work_of(world), world.clock.now())
    async with world.store.write() as uow:
        letter = await uow.outbox.next("web", world.clock.now())
        assert letter is not None
        await uow.outbox.take(letter, world.clock.now())
    await world.says("Lan", f"chidao {number} huy")
    async with world.store.write() as uow:
        await uow.outbox.put_back(letter.id, world.clock.now(), "away")
    for _ in range(3):
        await fan_out_and_follow(world)
    assert world.other.sent == []
    assert await recipient(world, number, "Dung") is None


async def fan_out_and_follow(world: World) -> None:
    """The tick comes before the sender."""
    world.clock.move(seconds=6)
    await world.tick()


async def test_the_message_of_how_far_it_is_says_so(world: World) -> None:
    slate = Slate()
    world.senders.by_channel["telegram"] = Sender(
        slate, world.store, world.clock, world.speech, steady=world.clock.steady
    )
    number = await planned(world)
    await world.tick()
    await world.says("Lan", f"chidao {number} huy")
    world.clock.move(seconds=6)
    await world.tick()
    assert "Đã thu hồi: đã gửi" in slate.edits[-1][2]


async def test_an_hour_later_it_is_too_late(world: World) -> None:
    number = await published(world)
    assert "Thu hồi" in [b.label for row in await card(world, number) for b in row]
    world.clock.move(hours=1, minutes=1)
    assert "Thu hồi" not in [b.label for row in await card(world, number) for b in row]
    assert "không thu hồi được" in await world.answer("Lan", f"chidao {number} huy")
    async with world.store.read() as uow:
        one = await uow.directives.get(number)
    assert one is not None
    assert one.state(world.clock.now()) is State.SENT
    assert one.may_be_called_off(1, world.clock.now() + timedelta(days=1))


async def card(world: World, number: int) -> Rows:
    await world.says("Lan", f"chidao {number}")
    return world.last("Lan").buttons


async def test_what_has_not_gone_out_is_called_off_without_a_word_to_others(world: World) -> None:
    number = await planned(world, at=world.clock.now() + timedelta(hours=3))
    assert "Đã hủy phát hành chỉ đạo 1" in await world.answer("Lan", f"chidao {number} huy")
    for _ in range(2):
        world.clock.move(hours=4)
        await world.tick()
    assert all(world.hears_all(who) == [] for who in world.people)
    assert "đã hủy phát hành" in plain(await world.answer("Lan", f"chidao {number}"))
