"""One tap keeps the window open: it is on every letter that is no answer, and nothing is said to whoever presses it."""

from datetime import timedelta

import pytest

from domain.channel import Limits
from domain.messages import Button, Draft, Outgoing
from domain.people import Account
from tests.world import World

SEEN = "Đã nhận"


@pytest.fixture
def windowed(world: World) -> World:
    """Telegram, with a week's window and five buttons."""
    world.channel.limits = Limits(window=timedelta(days=7), most_buttons=5)
    world.store.limits = {name: channel.limits for name, channel in world.channels.items()}
    return world


def labels(outgoing: Outgoing) -> list[str]:
    return [button.label for row in outgoing.buttons for button in row]


async def posted(world: World, *buttons: str) -> Outgoing:
    """A letter to Dung that has such buttons, as it arrived."""
    rows = tuple((Button(label, f"viec {n}"),) for n, label in enumerate(buttons, 1))
    async with world.store.write() as uow:
        way = await uow.ways.to(world.people["Dung"].id, world.clock.now())
        draft = Draft(Outgoing("Thông báo", rows), dedupe=f"test {len(world.channel.sent)}")
        await uow.outbox.post_to(way, draft, world.clock.now(), person_id=world.people["Dung"].id)
    await world.settle()
    return world.last("Dung")


async def account(world: World) -> Account:
    async with world.store.read() as uow:
        (found,) = await uow.people.accounts(world.people["Dung"].id)
    return found


async def test_every_letter_has_it_and_answers_have_not(windowed: World) -> None:
    assert labels(await posted(windowed)) == [SEEN]
    assert labels(await posted(windowed, "Xem", "Xong")) == ["Xem", "Xong", SEEN]
    await windowed.says("Dung", "việc")
    assert SEEN not in labels(windowed.last("Dung"))


async def test_it_takes_no_other_buttons_place_and_stands_there_once(windowed: World) -> None:
    five = ["a", "b", "c", "d", "e"]
    assert labels(await posted(windowed, *five)) == five
    assert labels(await posted(windowed, SEEN)) == [SEEN]


async def test_where_nothing_shuts_nobody_is_asked_to_press(world: World) -> None:
    assert labels(await posted(world)) == []


async def test_whoever_presses_it_is_heard_and_not_answered(windowed: World) -> None:
    await posted(windowed)
    windowed.hears_all("Dung")
    windowed.clock.move(days=3)
    await windowed.presses("Dung", SEEN)
    assert windowed.hears_all("Dung") == []
    assert (await account(windowed)).last_heard_at == windowed.clock.now()


async def test_an_open_question_stays_open(windowed: World) -> None:
    number = await windowed.assigned(to="Dung")
    letter = await posted(windowed)
    await windowed.says("Dung", f"vướng mắc {number}")
    windowed.hears_all("Dung")
    await windowed.presses("Dung", SEEN, of=letter)
    assert "vướng mắc" in (await windowed.answer("Dung", "Chưa có hướng dẫn của Bộ")).lower()


async def test_after_a_week_of_silence_a_press_brings_the_letters_back(windowed: World) -> None:
    letter = await posted(windowed)
    windowed.clock.move(days=8)
    async with windowed.store.read() as uow:
        assert await uow.ways.to(windowed.people["Dung"].id, windowed.clock.now()) is None
    await windowed.presses("Dung", SEEN, of=letter)
    assert labels(await posted(windowed)) == [SEEN]


async def test_who_follows_again_is_greeted(windowed: World) -> None:
    await windowed.says("Dung", left=True)
    assert (await account(windowed)).unreachable_since is not None
    await windowed.says("Dung", "/start")
    assert windowed.hears_all("Dung")
    assert (await account(windowed)).unreachable_since is None
